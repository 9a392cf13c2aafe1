/** One signed prescription: its code to show and print, and what became of it. */
import { Reason } from '@darmon/domain/event';
import { isControlled } from '@darmon/domain/medicine';
import { formatNumber } from '@darmon/domain/number';
import { isOpen } from '@darmon/domain/prescription';
import { routes } from '@darmon/function-prescribing/routes';
import type { AnswerOf } from '@darmon/http/route';
import { dosageSentence, quantityText } from '@darmon/i18n/dosage';
import { Alert, Button, Group, Paper, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { IconBan, IconCircleCheck, IconClockPause, IconInfoCircle, IconPlus, IconRepeat } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Dialog, FailureAlert, LineMark, Page, PrescriptionMark, Section, Waiting } from '../shared/parts.tsx';
import { diagnosisTitle } from './diagnosis.ts';
import { TakeAlong } from './paper.tsx';
import { Windows } from './repeat-section.tsx';
import { UsualReasons } from './usual-reasons.tsx';

type Prescription = AnswerOf<typeof routes.readPrescription>;

const watchMs = 20_000;
const reasons = ['wrong-dose', 'wrong-medicine', 'wrong-patient', 'changed'] as const;

const Facts = ({ facts }: { readonly facts: readonly (readonly [string, string])[] }) => (
  <dl className="facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

const Lines = ({ prescription }: { readonly prescription: Prescription }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  return (
    <Stack component="ol" gap="xs" className="rows">
      {prescription.lines.map((line) => (
        <Paper component="li" withBorder p="sm" key={line.line}>
          <Group justify="space-between" align="flex-start" gap="xs">
            <Text fw={650} className="grow">
              {formulary.name(line.medicine)}
            </Text>
            <LineMark status={line.status} />
          </Group>
          <Text>{dosageSentence(line.dosage, language)}</Text>
          <Text className="quiet">
            {quantityText(line.quantity, line.unit, language)} ·{' '}
            {t('web-prescribe:dispensed-of', { dispensed: line.dispensed, quantity: line.quantity })}
            {line.brand && ` · ${line.brand}`}
            {!line.substitutionAllowed && ` · ${t('web-prescribe:substitution-forbidden')}`}
          </Text>
          {line.owed && (
            <Text>{t('web-prescribe:owed-until', { day: format.day(line.owed.on), site: line.owed.site })}</Text>
          )}
          {line.notDispensed && (
            <Text>
              {t('web-prescribe:refused-because', { reason: t(`counter-papers:reason.${line.notDispensed.reason}`) })}
            </Text>
          )}
        </Paper>
      ))}
    </Stack>
  );
};

const Dispenses = ({ prescription }: { readonly prescription: Prescription }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const { claim, dispenses, cancelRequested, lines, repeat } = prescription;
  const lineOf = new Map(lines.map((line) => [line.line, line]));
  return (
    <Stack gap="sm">
      {claim && (
        <Group gap="xs" wrap="nowrap">
          <IconClockPause size={20} aria-hidden className="warn" />
          <Text>{t('web-prescribe:claimed-by', { site: claim.site, until: format.time(claim.until) })}</Text>
        </Group>
      )}
      {cancelRequested && (
        <Alert color="orange" icon={<IconInfoCircle aria-hidden />}>
          {t('web-prescribe:cancel-requested')}
        </Alert>
      )}
      {repeat && (
        <Windows
          current={repeat.current}
          windows={repeat.windows.map((window) => {
            const given = window.dispensed.some((n) => n > 0);
            const what = window.dispensed
              .map((n, i) => quantityText(n, lines[i]?.unit ?? 'piece', language))
              .join(', ');
            return {
              ...window,
              ...(given && { said: t('web-prescribe:repeat-collected', { what }) }),
              ...(!given && window.issue < repeat.current && { said: t('web-prescribe:repeat-nothing') }),
            };
          })}
        />
      )}
      {!dispenses.length && <Text>{t('web-prescribe:nothing-yet')}</Text>}
      {dispenses.length > 0 && (
        <Stack component="ul" gap="xs" className="rows">
          {dispenses.map((dispense) => (
            <li key={dispense.id}>
              <Text fw={600} td={dispense.undone ? 'line-through' : undefined}>
                {t('web-prescribe:dispensed-at', { site: dispense.site, at: format.instant(dispense.at) })}
              </Text>
              {dispense.lines.map((given) => {
                const line = lineOf.get(given.line);
                return (
                  line && (
                    <Text key={given.line}>
                      {formulary.name(line.medicine)}: {quantityText(given.quantity, line.unit, language)}
                    </Text>
                  )
                );
              })}
              {dispense.undone && <Text className="warn">{t('web-prescribe:undone')}</Text>}
            </li>
          ))}
        </Stack>
      )}
    </Stack>
  );
};

const CancelButton = ({ prescription }: { readonly prescription: Prescription }) => {
  const t = useT();
  const queries = useQueryClient();
  const cancel = useCall(routes.cancelPrescription);
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState('');
  const isReason = Reason.safeParse(reason).success;
  const label = t(
    prescription.lines.some((line) => line.dispensed > 0) ? 'web-prescribe:cancel-rest' : 'web-prescribe:cancel',
  );
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: keyOf(routes.readPrescription) });
    void queries.invalidateQueries({ queryKey: keyOf(routes.listPrescriptions) });
  };
  const send = async (again: boolean) => {
    const input = { params: { id: prescription.id }, body: { reason: reason.trim() } };
    const answer = again ? await cancel.retry() : await cancel.run(input);
    if (answer) setOpened(false);
    // A refusal usually means that somebody else was faster, and the page should show what they did.
    refresh();
  };
  const close = () => {
    setOpened(false);
    setReason('');
    cancel.reset();
  };
  return (
    <>
      <Button variant="default" leftSection={<IconBan size={18} aria-hidden />} onClick={() => setOpened(true)}>
        {label}
      </Button>
      <Dialog opened={opened} onClose={close} title={label} closeOnClickOutside={!cancel.pending}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (isReason) void send(false);
          }}
        >
          <Text>{t('web-prescribe:cancel-detail')}</Text>
          <UsualReasons
            label={t('web-prescribe:cancel-reason')}
            usual={reasons.map((one) => t(`web-prescribe:reason.${one}`))}
            reason={reason}
            onReason={setReason}
          />
          <Textarea
            label={t('web-prescribe:cancel-reason')}
            description={t('web-prescribe:cancel-reason-hint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={300}
            autosize
            minRows={2}
            required
            disabled={cancel.uncertain}
            error={cancel.fieldError('/reason')}
          />
          <FailureAlert failure={cancel.failure} uncertain={cancel.uncertain} onRetry={() => void send(true)} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common:back')}
            </Button>
            <Button type="submit" color="red.9" loading={cancel.pending} disabled={!isReason || cancel.uncertain}>
              {label}
            </Button>
          </Group>
        </form>
      </Dialog>
    </>
  );
};

// A number that is broken over two rows is copied wrong.
const unbroken = (number: string): string => number.replaceAll('-', '-\u2060');

const route = getRouteApi('/signed-in/prescribe/$id');

/** `/prescribe/$id`. Looks again by itself while something can still become of the prescription. */
export const PrescriptionPage = () => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const { id } = route.useParams();
  const signed = useRouterState({ select: (state) => state.location.state.signed === id });
  const answer = useAnswer(routes.readPrescription, { params: { id } }, { refetchInterval: watchMs });
  const prescription = answer.data;
  if (!prescription)
    return (
      <Page title={t('common:prescription')}>
        {answer.isPending ? <Waiting /> : <FailureAlert failure={answer.error} onRetry={() => void answer.refetch()} />}
      </Page>
    );
  const { status, patient, diagnosis, code, cancelRequested } = prescription;
  const open = isOpen(status);
  const controlled = prescription.lines.some((line) => isControlled(line.class));
  const title = diagnosis && diagnosisTitle(diagnosis.icd10, language);
  const facts: (readonly [string, string])[] = [
    [
      t('common:patient'),
      patient ? `${patient.fullName}, ${format.day(patient.birthDate)}` : t('web-shared:patient-erased'),
    ],
    ...(diagnosis
      ? ([[t('web-prescribe:diagnosis'), title ? `${diagnosis.icd10} ${title}` : diagnosis.icd10]] as const)
      : []),
    [t('web-prescribe:issued-at'), format.instant(prescription.issuedAt)],
    [t('web-prescribe:valid-through'), format.lastDay(prescription.validUntil)],
    [t('web-prescribe:clinic'), `${prescription.clinicName}, ${prescription.prescriberName}`],
  ];
  return (
    <Page
      title={t('web-prescribe:signed-title', { number: unbroken(formatNumber(prescription.number)) })}
      action={
        <Group gap="xs">
          {patient && !controlled && (
            <Button
              renderRoot={(props) => <Link to="/prescribe/new" search={{ from: id }} {...props} />}
              variant="default"
              leftSection={<IconRepeat size={20} aria-hidden />}
            >
              {t('web-prescribe:renew')}
            </Button>
          )}
          <Button component={Link} to="/prescribe/new" leftSection={<IconPlus size={20} aria-hidden />}>
            {t('web-prescribe:new')}
          </Button>
        </Group>
      }
    >
      {signed && status === 'active' && (
        <Alert color="green" role="status" icon={<IconCircleCheck aria-hidden />} title={t('web-prescribe:signed')} />
      )}
      <div role="status">
        <PrescriptionMark status={status} />
      </div>
      <FailureAlert failure={answer.error} onRetry={() => void answer.refetch()} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {code && <TakeAlong prescription={prescription} code={code} usable={open} />}
        <Stack gap="md">
          <Paper withBorder p="md">
            <Facts facts={facts} />
          </Paper>
          <Section title={t('web-prescribe:medicines')} id="medicines">
            <Lines prescription={prescription} />
          </Section>
          <Section title={t('web-prescribe:became-of-it')} id="became">
            <Dispenses prescription={prescription} />
            {open && !cancelRequested && (
              <Group>
                <CancelButton prescription={prescription} />
              </Group>
            )}
          </Section>
        </Stack>
      </SimpleGrid>
    </Page>
  );
};
