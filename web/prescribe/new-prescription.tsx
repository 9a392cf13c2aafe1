/** Writing a prescription: patient, diagnosis, medicines, signature, from top to bottom on one page. */
import type { PatientIdentity } from '@darmon/domain/patient';
import { routes } from '@darmon/function-prescribing/routes';
import { innText } from '@darmon/i18n/medicine';
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck, IconSignature } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { keyOf, ProblemError, useCall } from '../shared/client.ts';
import { nameOf, useFormulary } from '../shared/formulary.ts';
import { useLanguage, useT } from '../shared/language.ts';
import { Dialog, FailureAlert, Page, Section } from '../shared/parts.tsx';
import { type Found, SearchField } from '../shared/search-field.tsx';
import { Alerts } from './alerts.tsx';
import { checkRequestOf, overridesOf, type Reasons, standingAlerts } from './check.ts';
import { diagnosisTitle, findDiagnoses } from './diagnosis.ts';
import {
  barOf,
  type Draft,
  type DraftLine,
  emptyDraft,
  type Missing,
  maxLines,
  missingFrom,
  newLine,
  requestOf,
} from './draft.ts';
import { LineEditor, LineSummary } from './line-editor.tsx';
import { PatientSection } from './patient-section.tsx';
import { useCheck } from './use-check.ts';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The id of the prescription that was signed a moment ago. */
    signed?: string;
  }
}

const resultsShown = 12;

const MedicineSearch = ({
  draft,
  onChoose,
  fieldRef,
}: {
  readonly draft: Draft;
  readonly onChoose: (code: string) => void;
  readonly fieldRef: React.Ref<HTMLInputElement>;
}) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  const find = (text: string): readonly Found[] =>
    formulary.search(text, resultsShown).map((medicine) => {
      const bar = barOf(medicine, draft);
      const brands = [...new Set(medicine.packs.map((pack) => pack.brand))].join(', ');
      return {
        value: medicine.code,
        label: nameOf(medicine, language),
        disabled: bar !== undefined,
        detail: (
          <Text size="sm" className={bar ? 'bad' : 'quiet'}>
            {bar ? t(`web-prescribe:${bar}`) : `${t(`medicine:class.${medicine.class}`)} · ${brands}`}
          </Text>
        ),
      };
    });
  if (formulary.failed)
    return (
      <Group>
        <Text role="alert">{t('web-prescribe:formulary-missing')}</Text>
        <Button variant="default" onClick={formulary.retry}>
          {t('common:retry')}
        </Button>
      </Group>
    );
  return (
    <SearchField
      inputRef={fieldRef}
      label={t('web-prescribe:medicine-search')}
      description={t('web-prescribe:medicine-search-hint')}
      placeholder={t('web-prescribe:medicine-example')}
      busy={formulary.isPending}
      find={find}
      resembles={formulary.resembles}
      onChoose={onChoose}
    />
  );
};

const DiagnosisSection = ({
  icd10,
  onChoose,
  fieldRef,
}: {
  readonly icd10: string | undefined;
  readonly onChoose: (icd10: string | undefined) => void;
  readonly fieldRef: React.Ref<HTMLInputElement>;
}) => {
  const t = useT();
  const language = useLanguage();
  if (icd10)
    return (
      <Group justify="space-between" gap="sm">
        <Text fz="lg">
          <strong>{icd10}</strong> {diagnosisTitle(icd10, language)}
        </Text>
        <Button variant="default" onClick={() => onChoose(undefined)}>
          {t('web-prescribe:diagnosis-other')}
        </Button>
      </Group>
    );
  return (
    <SearchField
      inputRef={fieldRef}
      label={t('web-prescribe:diagnosis-search')}
      placeholder={t('web-prescribe:diagnosis-example')}
      find={(text) =>
        findDiagnoses(text, resultsShown).map((code) => ({
          value: code,
          label: `${code} ${diagnosisTitle(code, language) ?? t('web-prescribe:diagnosis-by-code')}`,
        }))
      }
      onChoose={onChoose}
    />
  );
};

/** Asks before a draft is thrown away, and more urgently where it may already be signed. */
const LeaveGuard = ({ dirty, uncertain }: { readonly dirty: boolean; readonly uncertain: boolean }) => {
  const t = useT();
  const blocker = useBlocker({ shouldBlockFn: () => dirty, enableBeforeUnload: () => dirty, withResolver: true });
  return (
    <Dialog
      opened={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={t('web-prescribe:leave-title')}
      centered
    >
      <Stack>
        <Text>{t(uncertain ? 'web-prescribe:leave-uncertain' : 'web-prescribe:leave-detail')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {t('web-prescribe:leave')}
          </Button>
          <Button data-autofocus onClick={() => blocker.reset?.()}>
            {t('web-prescribe:stay')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};

/** `/prescribe/new`. Ends at the signed prescription's own screen. */
export const NewPrescriptionPage = () => {
  const t = useT();
  const language = useLanguage();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const formulary = useFormulary();
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [open, setOpen] = useState<string | undefined>();
  const [reasons, setReasons] = useState<Reasons>({});
  const safety = useCheck(checkRequestOf(draft));
  const alerts = safety.check?.alerts ?? [];
  const standing = standingAlerts(alerts, reasons);
  const issue = useCall(routes.issuePrescription);
  const issued = useRef(false);
  const patientField = useRef<HTMLInputElement>(null);
  const diagnosisField = useRef<HTMLInputElement>(null);
  const medicineField = useRef<HTMLInputElement>(null);

  const change = (more: Partial<Draft>) => setDraft((before) => ({ ...before, ...more }));
  const choosePatient = (patient: PatientIdentity | undefined) => {
    change({ patient });
    // After the field that was typed in has left the page, the next one is where the hand goes on.
    setTimeout(() => (patient ? diagnosisField : patientField).current?.focus());
  };
  const chooseDiagnosis = (icd10: string | undefined) => {
    change({ icd10 });
    setTimeout(() => (icd10 ? medicineField : diagnosisField).current?.focus());
  };
  const addMedicine = (code: string) => {
    const medicine = formulary.byCode(code);
    if (!medicine || draft.lines.length >= maxLines) return;
    const line = newLine(medicine, crypto.randomUUID());
    change({ lines: [...draft.lines, line] });
    setOpen(line.key);
  };
  const changeLine = (line: DraftLine) =>
    setDraft((before) => ({ ...before, lines: before.lines.map((one) => (one.key === line.key ? line : one)) }));
  const removeLine = (key: string) => {
    setDraft((before) => ({ ...before, lines: before.lines.filter((one) => one.key !== key) }));
    setTimeout(() => medicineField.current?.focus());
  };

  const missing = missingFrom(draft);
  const request = requestOf(draft);
  const sign = async (again: boolean) => {
    if (!request || missing.length) return;
    const overrides = overridesOf(alerts, reasons);
    const body = { ...request, ...(overrides.length > 0 && { overrides }) };
    const answer = again ? await issue.retry() : await issue.run({ body });
    if (!answer) {
      // somebody else may have prescribed meanwhile: the warnings are asked for again
      void safety.again();
      return;
    }
    issued.current = true;
    setDraft(emptyDraft);
    await queries.invalidateQueries({ queryKey: keyOf(routes.listPrescriptions) });
    await navigate({
      to: '/prescribe/$id',
      params: { id: answer.id },
      state: { signed: answer.id },
      replace: true,
      ignoreBlocker: true,
    });
  };
  const goTo = (what: Missing) => {
    if ('line' in what) setOpen(what.line.key);
    else if (what.part === 'patient') patientField.current?.focus();
    else if (what.part === 'diagnosis') diagnosisField.current?.focus();
    else medicineField.current?.focus();
  };
  const errorsOf = (index: number): readonly string[] =>
    issue.failure instanceof ProblemError
      ? issue.failure.problem.errors
          .filter(({ pointer }) => pointer === `/lines/${index}` || pointer.startsWith(`/lines/${index}/`))
          .map(({ detail }) => detail)
      : [];
  const frozen = issue.pending || issue.uncertain;
  const dirty = !issued.current && (draft.patient !== undefined || draft.icd10 !== undefined || draft.lines.length > 0);

  return (
    <Page title={t('web-prescribe:new-title')}>
      <LeaveGuard dirty={dirty} uncertain={issue.uncertain} />
      <fieldset className="plain" disabled={frozen}>
        <Stack gap="md">
          <Section title={t('common:patient')} id="patient">
            <PatientSection patient={draft.patient} onChoose={choosePatient} fieldRef={patientField} />
          </Section>
          <Section title={t('web-prescribe:diagnosis')} id="diagnosis">
            <DiagnosisSection icd10={draft.icd10} onChoose={chooseDiagnosis} fieldRef={diagnosisField} />
          </Section>
          <Section title={t('web-prescribe:medicines')} id="medicines">
            {draft.lines.map((line, index) => {
              const same = {
                line,
                errors: errorsOf(index),
                onChange: changeLine,
                onRemove: () => removeLine(line.key),
              };
              return line.key === open ? (
                <LineEditor
                  key={line.key}
                  {...same}
                  onDone={() => {
                    setOpen(undefined);
                    setTimeout(() => medicineField.current?.focus());
                  }}
                />
              ) : (
                <LineSummary key={line.key} {...same} onEdit={() => setOpen(line.key)} />
              );
            })}
            {draft.lines.length < maxLines ? (
              <MedicineSearch draft={draft} onChoose={addMedicine} fieldRef={medicineField} />
            ) : (
              <Text className="note">{t('web-prescribe:lines-full', { count: maxLines })}</Text>
            )}
          </Section>
          {draft.patient && (safety.check || safety.pending) && (
            <Section title={t('web-patient-record:warnings')} id="warnings">
              <Alerts
                {...safety}
                reasons={reasons}
                onReason={(alert, reason) => setReasons((before) => ({ ...before, [alert]: reason }))}
              />
            </Section>
          )}
        </Stack>
      </fieldset>
      <FailureAlert failure={issue.failure} uncertain={issue.uncertain} onRetry={() => void sign(true)} />
      <Paper withBorder p="md" className="sign-bar">
        <Group justify="space-between" gap="md">
          <div className="grow" role="status">
            {missing.length ? (
              <Group gap="xs" align="center">
                <IconAlertCircle size={20} aria-hidden className="warn" />
                <Text>{t('web-prescribe:missing-title')}</Text>
                {missing.map((what) => (
                  <button
                    type="button"
                    key={'line' in what ? `${what.line.key}${what.part}` : what.part}
                    className="missing"
                    onClick={() => goTo(what)}
                  >
                    {'line' in what && `${innText(what.line.medicine, language)}: `}
                    {t(`web-prescribe:missing.${what.part}`)}
                  </button>
                ))}
              </Group>
            ) : standing.length > 0 ? (
              <Group gap="xs" wrap="nowrap">
                <IconAlertCircle size={20} aria-hidden className="warn" />
                <button
                  type="button"
                  className="missing"
                  onClick={() => document.getElementById('warnings')?.scrollIntoView({ behavior: 'smooth' })}
                >
                  {t('web-patient-record:to-answer', { count: standing.length })}
                </button>
              </Group>
            ) : (
              <Group gap="xs" wrap="nowrap">
                <IconCircleCheck size={20} aria-hidden className="good" />
                <Text>{t('web-prescribe:ready')}</Text>
              </Group>
            )}
          </div>
          <Button
            size="lg"
            disabled={missing.length > 0 || standing.length > 0 || frozen}
            leftSection={<IconSignature size={22} aria-hidden />}
            onClick={() => void sign(false)}
          >
            {t(issue.pending ? 'web-prescribe:signing' : 'web-prescribe:sign')}
          </Button>
        </Group>
      </Paper>
    </Page>
  );
};
