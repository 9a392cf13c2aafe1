/** Erasures: how far each is, what it waits for, and the second person's answer. */
import type { Erasure } from '@darmon/domain/privacy';
import { routes } from '@darmon/function-privacy/routes';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconClockPause, IconPlayerTrackNext, IconUserOff, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAll } from '../shared/all-pages.ts';
import { keyOf, useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { useNames } from '../shared/names.ts';
import { Dialog, Empty, FailureAlert, Mark, Section, Waiting } from '../shared/parts.tsx';
import { Kept } from './kept.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

const marks = {
  asked: { color: 'orange', Icon: IconClockPause },
  waiting: { color: 'orange', Icon: IconClockPause },
  closing: { color: 'blue', Icon: IconPlayerTrackNext },
  shredded: { color: 'blue', Icon: IconPlayerTrackNext },
  done: { color: 'green', Icon: IconCheck },
  refused: { color: 'gray', Icon: IconX },
} as const;

export const Erasures = () => {
  const t = useT();
  const { data: me } = useMe();
  // who finds patients here, above
  const mayAsk = me?.roles.includes('admin') ?? false;
  const erasures = useAll(routes.listErasures, {});
  const nameOf = useNames(
    (erasures.data ?? []).flatMap(({ by, asked, second }) => [by, asked?.checkedBy, second?.person]),
  );
  return (
    <Section title={t('web-privacy:erasures')} id="privacy-erasures">
      {erasures.isPending && <Waiting />}
      <FailureAlert failure={erasures.error} onRetry={() => void erasures.refetch()} />
      {erasures.data?.length === 0 && (
        <Empty title={t('web-privacy:noErasures')}>{mayAsk && <Text>{t('web-privacy:noErasuresNext')}</Text>}</Empty>
      )}
      {erasures.data && erasures.data.length > 0 && (
        <ul className="plain-list">
          {erasures.data.map((one) => (
            <ErasureRow key={one.patient} erasure={one} nameOf={nameOf} />
          ))}
        </ul>
      )}
    </Section>
  );
};

const ErasureRow = ({
  erasure,
  nameOf,
}: {
  readonly erasure: Erasure;
  readonly nameOf: (person: string) => string;
}) => {
  const t = useT();
  const format = useFormat();
  const { state, asked, second, kept, by, at, doneAt, patient, cause } = erasure;
  return (
    <li className="privacy-row">
      <Mark {...marks[state]}>{t(`web-privacy:state.${state}`)}</Mark>
      <Text size="sm" className="privacy-id">
        {t('web-privacy:patientId', { id: patient })} · {t(`web-privacy:cause.${cause}`)}
      </Text>
      <Text size="sm">{t('web-privacy:askedBy', { person: nameOf(by), at: format.instant(at) })}</Text>
      {asked && (
        <Text size="sm">
          {t('web-privacy:checkedAt', { person: nameOf(asked.checkedBy), site: asked.site })} · {asked.reason}
        </Text>
      )}
      {second && (
        <Text size="sm">
          {[t('web-privacy:secondBy', { person: nameOf(second.person), at: format.instant(second.at) }), second.reason]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      )}
      {doneAt && <Text size="sm">{t('web-privacy:doneAt', { at: format.instant(doneAt) })}</Text>}
      {kept && kept.length > 0 && <Kept kept={kept} />}
      <Steps erasure={erasure} />
    </li>
  );
};

/** What may be pressed now; the screen asks the server whether it may. */
const Steps = ({ erasure }: { readonly erasure: Erasure }) => {
  const t = useT();
  const { data: me } = useMe();
  const queries = useQueryClient();
  const confirm = useCall(routes.confirmErasure);
  const advance = useCall(routes.workErasure);
  const [open, setOpen] = useState<'confirm' | 'refuse'>();
  const params = { patient: erasure.patient };
  const mayAct = me?.roles.some((role) => role === 'admin' || role === 'chief') ?? false;
  const isOwn = [erasure.by, erasure.asked?.checkedBy].includes(me?.person);
  const again = () => {
    for (const route of [routes.listErasures, routes.readRights])
      void queries.invalidateQueries({ queryKey: keyOf(route) });
  };
  const { state, cause } = erasure;
  const isUnderWay = state === 'waiting' || state === 'closing' || state === 'shredded';
  if (!mayAct) return null;
  return (
    <>
      <Group mt="xs">
        {state === 'asked' && !isOwn && (
          <Button leftSection={<IconUserOff size={20} aria-hidden />} onClick={() => setOpen('confirm')}>
            {t('web-privacy:confirm')}
          </Button>
        )}
        {isUnderWay && (
          <Button
            variant="default"
            loading={advance.pending}
            leftSection={<IconPlayerTrackNext size={20} aria-hidden />}
            onClick={() => void advance.run({ params }).then((answer) => answer && again())}
          >
            {t('web-privacy:advance')}
          </Button>
        )}
        {cause === 'request' && (state === 'asked' || state === 'waiting') && (
          <Button variant="default" onClick={() => setOpen('refuse')}>
            {t('web-privacy:refuse')}
          </Button>
        )}
      </Group>
      <FailureAlert failure={advance.failure} onRetry={() => void advance.retry()} />
      <Dialog
        opened={open === 'confirm'}
        onClose={() => !confirm.pending && setOpen(undefined)}
        title={t('web-privacy:confirm')}
      >
        <Stack gap="md">
          <Text>{t('web-privacy:askErasureNote')}</Text>
          <Text fw={650}>{t('web-privacy:confirmNote')}</Text>
          <FailureAlert failure={confirm.failure} uncertain={confirm.uncertain} onRetry={() => void confirm.retry()} />
          <Button
            color="red"
            loading={confirm.pending}
            onClick={() =>
              void confirm.run({ params }).then((answer) => {
                if (!answer) return;
                setOpen(undefined);
                void advance.run({ params }).then(again);
              })
            }
          >
            {t('web-privacy:confirm')}
          </Button>
        </Stack>
      </Dialog>
      {open === 'refuse' && <Refuse patient={erasure.patient} onClose={() => setOpen(undefined)} onDone={again} />}
    </>
  );
};

const Refuse = ({
  patient,
  onClose,
  onDone,
}: {
  readonly patient: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const t = useT();
  const refuse = useCall(routes.refuseErasure);
  const run = async (reason: string): Promise<boolean> => {
    if (!(await refuse.run({ params: { patient }, body: { reason } }))) return false;
    onDone();
    return true;
  };
  return <ReasonDialog title={t('web-privacy:refuse')} call={refuse} run={run} onClose={onClose} />;
};
