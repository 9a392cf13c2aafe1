/** Legal holds: set by the number of a prescription, lifted with a reason. */
import type { Hold } from '@darmon/domain/privacy';
import { routes as compliance } from '@darmon/function-compliance/routes';
import { routes } from '@darmon/function-privacy/routes';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useAll } from '../shared/all-pages.ts';
import { keyOf, useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { useNames } from '../shared/names.ts';
import { Empty, FailureAlert, Mark, Section, Waiting } from '../shared/parts.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

export const Holds = () => {
  const t = useT();
  const { data: me } = useMe();
  const holds = useAll(routes.listHolds, {});
  const nameOf = useNames((holds.data ?? []).flatMap(({ by, lifted }) => [by, lifted?.by]));
  const isAuditor = me?.roles.includes('auditor') ?? false;
  const mayLift = isAuditor || (me?.roles.includes('admin') ?? false);
  return (
    <Section title={t('web-privacy:holds')} id="privacy-holds">
      <Text size="sm" className="quiet">
        {t('web-privacy:holdsNote')}
      </Text>
      {holds.isPending && <Waiting />}
      <FailureAlert failure={holds.error} onRetry={() => void holds.refetch()} />
      {holds.data?.length === 0 && (
        <Empty title={t('web-privacy:noHolds')}>{isAuditor && <Text>{t('web-privacy:noHoldsNext')}</Text>}</Empty>
      )}
      {holds.data && holds.data.length > 0 && (
        <ul className="plain-list">
          {holds.data.map((one) => (
            <HoldRow key={one.patient} hold={one} nameOf={nameOf} mayLift={mayLift} />
          ))}
        </ul>
      )}
      {isAuditor && <SetHold />}
    </Section>
  );
};

const HoldRow = ({
  hold,
  nameOf,
  mayLift,
}: {
  readonly hold: Hold;
  readonly nameOf: (person: string) => string;
  readonly mayLift: boolean;
}) => {
  const t = useT();
  const format = useFormat();
  const [lifting, setLifting] = useState(false);
  const { patient, by, at, reason, lifted } = hold;
  return (
    <li className="privacy-row">
      <Mark color={lifted ? 'gray' : 'violet'} Icon={lifted ? IconLockOpen : IconLock}>
        {t(lifted ? 'web-privacy:lifted' : 'web-privacy:held')}
      </Mark>
      <Text size="sm" className="privacy-id">
        {t('web-privacy:patientId', { id: patient })}
      </Text>
      <Text size="sm">
        {t('web-privacy:heldBy', { person: nameOf(by), at: format.instant(at) })} · {reason}
      </Text>
      {lifted && (
        <Text size="sm">
          {t('web-privacy:liftedBy', { person: nameOf(lifted.by), at: format.instant(lifted.at) })} · {lifted.reason}
        </Text>
      )}
      {!lifted && mayLift && (
        <Button variant="default" onClick={() => setLifting(true)} leftSection={<IconLockOpen size={20} aria-hidden />}>
          {t('web-privacy:lift')}
        </Button>
      )}
      {lifting && <Lift patient={patient} onClose={() => setLifting(false)} />}
    </li>
  );
};

const Lift = ({ patient, onClose }: { readonly patient: string; readonly onClose: () => void }) => {
  const t = useT();
  const queries = useQueryClient();
  const lift = useCall(routes.liftHold);
  const run = async (reason: string): Promise<boolean> => {
    if (!(await lift.run({ params: { patient }, body: { reason } }))) return false;
    void queries.invalidateQueries({ queryKey: keyOf(routes.listHolds) });
    return true;
  };
  return <ReasonDialog title={t('web-privacy:lift')} call={lift} run={run} onClose={onClose} />;
};

/** By the number on a paper, as an auditor has it. */
const SetHold = () => {
  const t = useT();
  const queries = useQueryClient();
  const find = useCall(compliance.findPrescription);
  const hold = useCall(routes.holdPatient);
  const [number, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const isReady = number.trim() !== '' && reason.trim().length >= 3;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = await find.run({ params: { number: number.trim() } });
    if (!found || !(await hold.run({ body: { prescription: found.id, reason: reason.trim() } }))) return;
    setNumber('');
    setReason('');
    for (const route of [routes.listHolds, routes.listErasures])
      void queries.invalidateQueries({ queryKey: keyOf(route) });
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <div className="privacy-fields">
          <TextInput
            label={t('web-privacy:holdOf')}
            value={number}
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
          <TextInput
            label={t('web-privacy:reason')}
            description={t('web-privacy:reasonHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={reason}
            maxLength={300}
            autoComplete="off"
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </div>
        <FailureAlert failure={find.failure} />
        <FailureAlert failure={hold.failure} uncertain={hold.uncertain} onRetry={() => void hold.retry()} />
        <Group>
          <Button
            type="submit"
            disabled={!isReady}
            loading={find.pending || hold.pending}
            leftSection={<IconLock size={20} aria-hidden />}
          >
            {t('web-privacy:hold')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
