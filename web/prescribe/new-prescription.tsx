/** Writing a prescription: patient, diagnosis, medicines, signature, from top to bottom on one page. */

import { isControlled } from '@darmon/domain/medicine';
import type { PatientIdentity } from '@darmon/domain/patient';
import type { Template } from '@darmon/domain/template';
import { routes } from '@darmon/function-prescribing/routes';
import type { AnswerOf } from '@darmon/http/route';
import { innText } from '@darmon/i18n/medicine';
import { refusalText } from '@darmon/i18n/refusals';
import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck, IconSignature } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { call, type Failure, keyOf, ProblemError, useAnswer, useCall } from '../shared/client.ts';
import { nameOf, useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { usePolicy } from '../shared/policy.ts';
import { Alerts } from './alerts.tsx';
import { checkRequestOf, overridesOf, type Reasons, standingAlerts } from './check.ts';
import { DiagnosisSection, LeaveGuard, MedicineSearch } from './choosing.tsx';
import { cameBackFor, useConfirmation } from './confirm.tsx';
import {
  type Draft,
  type DraftLine,
  dosageOf,
  emptyDraft,
  type IssueRequest,
  type Missing,
  missingFrom,
  newLine,
  quantityOf,
  requestOf,
} from './draft.ts';
import { type Begun, begunOf, copyOf, storedOf, templateOf, withTemplate } from './keeping.ts';
import { type Kept, useKeptDraft } from './kept-draft.ts';
import { LineEditor, LineSummary } from './line-editor.tsx';
import { PatientSection } from './patient-section.tsx';
import { RepeatSection } from './repeat-section.tsx';
import { TemplateBar, useTemplates } from './templates.tsx';
import { useCheck } from './use-check.ts';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The id of the prescription that was signed a moment ago. */
    signed?: string;
  }
}

/** Whether what is written is kept, in a few quiet words; louder where another device has it too. */
const KeptMark = ({
  keeping: { kept, failure, saved },
  at,
}: {
  readonly keeping: ReturnType<typeof useKeptDraft>;
  readonly at: (instant: string) => string;
}) => {
  const t = useT();
  if (failure instanceof ProblemError) return <FailureAlert failure={failure} />;
  return (
    <Text size="sm" className="quiet" role="status">
      {failure
        ? t('web-prescribe:draft-not-saved')
        : kept && saved && t('web-prescribe:draft-saved', { at: at(kept.savedAt) })}
    </Text>
  );
};

/** The form. Ends at the signed prescription's own screen. */
const Writing = ({ begun, keptAs }: { readonly begun: Begun; readonly keptAs: Kept | undefined }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const formulary = useFormulary();
  const [draft, setDraft] = useState<Draft>(begun.draft);
  const [open, setOpen] = useState<string | undefined>();
  const [reasons, setReasons] = useState<Reasons>(begun.reasons);
  const templates = useTemplates();
  const base = checkRequestOf(draft);
  const policy = usePolicy();
  const whole = requestOf(draft, policy);
  const safety = useCheck(whole ?? base);
  const alerts = safety.check?.alerts ?? [];
  const standing = standingAlerts(alerts, reasons);
  const issue = useCall(routes.issuePrescription);
  const issued = useRef(false);
  const isBegun = draft.patient !== undefined || draft.icd10 !== undefined || draft.lines.length > 0;
  const keeping = useKeptDraft(
    isBegun && !issued.current ? storedOf({ draft, reasons }) : undefined,
    draft.patient?.fullName ?? draft.icd10 ?? draft.lines[0]?.medicine.inn,
    keptAs,
  );
  const patientField = useRef<HTMLInputElement>(null);
  const diagnosisField = useRef<HTMLInputElement>(null);
  const medicineField = useRef<HTMLInputElement>(null);
  const boardField = useRef<HTMLInputElement>(null);

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
    if (!medicine || draft.lines.length >= policy.maxLinesWithDecision) return;
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

  const missing = missingFrom(draft, policy);
  const request = whole;
  const isControlledDraft = draft.lines.some(({ medicine }) => isControlled(medicine.class));
  const confirmation = useConfirmation(async () => (await keeping.keepNow())?.id);
  const askConfirmation = (body: IssueRequest, patient: PatientIdentity) =>
    confirmation.confirmControlled({
      body,
      patient,
      lines: draft.lines.flatMap((line) => {
        const dosage = dosageOf(line);
        const quantity = quantityOf(line);
        return dosage && quantity !== undefined ? [{ medicine: line.medicine, dosage, quantity }] : [];
      }),
    });
  const sign = async (again: boolean) => {
    if (!request || missing.length) return;
    const overrides = overridesOf(alerts, reasons);
    const held = again ? undefined : await keeping.settle();
    const written = {
      ...request,
      ...(overrides.length > 0 && { overrides }),
      ...(safety.check && { policy: safety.check.policy }),
      ...(held && { draft: held.id }),
    };
    const approval = again || !isControlledDraft ? undefined : await askConfirmation(written, request.patient);
    if (!again && isControlledDraft && approval === undefined) return keeping.resume();
    const body = { ...written, ...(approval !== undefined && { approval }) };
    const answer = again ? await issue.retry() : await issue.run({ body });
    if (!answer) {
      // somebody else may have prescribed meanwhile: the warnings are asked for again
      void safety.again();
      keeping.resume();
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
  const isReady = request !== undefined && !missing.length && !standing.length && safety.check !== undefined;
  const goOn = useRef(sign);
  goOn.current = sign;
  useEffect(() => {
    if (isReady && cameBackFor(keptAs?.id)) void goOn.current(false);
  }, [isReady, keptAs]);
  const goTo = (what: Missing) => {
    if ('line' in what) setOpen(what.line.key);
    else if (what.part === 'patient') patientField.current?.focus();
    else if (what.part === 'diagnosis') diagnosisField.current?.focus();
    else if (what.part === 'board-decision') boardField.current?.focus();
    else medicineField.current?.focus();
  };
  /** What signing refused, or what the check says that it would refuse, under one place of the request. */
  const errorsAt = (place: string): readonly string[] => {
    const isAt = (pointer = '') => pointer === place || pointer.startsWith(`${place}/`);
    const refused =
      issue.failure instanceof ProblemError
        ? issue.failure.problem.errors.filter(({ pointer }) => isAt(pointer)).map(({ detail }) => detail)
        : [];
    if (refused.length || !whole) return refused;
    return (safety.check?.refusals ?? [])
      .filter(({ pointer }) => isAt(pointer))
      .map(({ code, facts }) => {
        const { title, detail } = refusalText(code, facts, language);
        return `${title}. ${detail}`;
      });
  };
  const useTemplate = (template: Parameters<typeof withTemplate>[1]) =>
    setDraft((before) => withTemplate(before, template, formulary.byCode, () => crypto.randomUUID()));
  /** Of a line that says a whole dose: whether the medicine is a favourite, and the way to make it one or none. */
  const favouriteOf = (line: DraftLine) => {
    const made = templateOf({ lines: [line] }, nameOf(line.medicine, language), crypto.randomUUID());
    if (!made || !templates.ready || templates.pending) return undefined;
    const isThis = (one: Template) => one.kind === 'favourite' && one.lines[0]?.medicine === line.medicine.code;
    const is = templates.items.some(isThis);
    const others = templates.items.filter((one) => !isThis(one));
    return { is, toggle: () => void templates.change(is ? others : [...others, { ...made, kind: 'favourite' }]) };
  };
  const canKeep = templateOf(draft, 'x', 'x') !== undefined;
  const frozen = issue.pending || issue.uncertain;
  const dirty = !issued.current && isBegun && (!keeping.saved || issue.uncertain);

  return (
    <Page title={t('web-prescribe:new-title')}>
      {confirmation.dialog}
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
                errors: errorsAt(`/lines/${index}`),
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
                <LineSummary key={line.key} {...same} onEdit={() => setOpen(line.key)} favourite={favouriteOf(line)} />
              );
            })}
            <TemplateBar
              templates={templates}
              current={canKeep ? (name) => templateOf(draft, name, crypto.randomUUID()) : undefined}
              onApply={useTemplate}
            />
            {draft.lines.length > policy.maxLines && (
              <TextInput
                ref={boardField}
                label={t('web-prescribe:board-decision')}
                description={t('web-prescribe:board-decision-hint', { count: policy.maxLines })}
                value={draft.boardDecision ?? ''}
                maxLength={40}
                required
                onChange={(event) => change({ boardDecision: event.currentTarget.value })}
              />
            )}
            {draft.lines.length < policy.maxLinesWithDecision ? (
              <MedicineSearch draft={draft} onChoose={addMedicine} fieldRef={medicineField} />
            ) : (
              <Text className="note">{t('web-prescribe:lines-full', { count: policy.maxLinesWithDecision })}</Text>
            )}
          </Section>
          {draft.lines.length > 0 && (
            <Section title={t('web-prescribe:repeat')} id="repeat">
              <RepeatSection
                repeat={draft.repeat}
                onChange={(repeat) => setDraft(({ repeat: _, ...rest }) => ({ ...rest, ...(repeat && { repeat }) }))}
                error={errorsAt('/repeat')[0]}
              />
            </Section>
          )}
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
      <KeptMark keeping={keeping} at={(instant) => format.time(instant)} />
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

const route = getRouteApi('/signed-in/prescribe/new');

/** `/prescribe/new`: empty, with what stood on an earlier prescription (`from`), or a draft to go on with (`draft`). */
export const NewPrescriptionPage = () => {
  const t = useT();
  const formulary = useFormulary();
  const { from, draft } = route.useSearch();
  const earlier = useAnswer(routes.readPrescription, { params: { id: from ?? '' } }, { enabled: from !== undefined });
  const kept = useQuery<AnswerOf<typeof routes.readDraft>, Failure>({
    queryKey: [...keyOf(routes.readDraft), draft],
    queryFn: ({ signal }) => call(routes.readDraft, { params: { id: draft ?? '' } }, { signal }),
    enabled: draft !== undefined,
    // read once: from then on this page is the one that changes it
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const waited = from !== undefined ? earlier : draft !== undefined ? kept : undefined;
  if (waited && (!waited.data || formulary.isPending))
    return (
      <Page title={t('web-prescribe:new-title')}>
        {waited.error ? <FailureAlert failure={waited.error} onRetry={() => void waited.refetch()} /> : <Waiting />}
      </Page>
    );
  const newKey = () => crypto.randomUUID();
  const begun =
    from !== undefined && earlier.data
      ? { draft: copyOf(earlier.data, formulary.byCode, newKey), reasons: {} }
      : kept.data && begunOf(kept.data.body, formulary.byCode);
  return (
    <Writing
      key={from ?? draft ?? 'new'}
      begun={begun ?? { draft: emptyDraft, reasons: {} }}
      keptAs={draft !== undefined ? kept.data : undefined}
    />
  );
};
