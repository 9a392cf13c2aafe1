/** A paper prescription that a doctor wrote while there was no network: its picture first, then what it says. */
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-dispensing/routes';
import { icd10 } from '@darmon/i18n/words/icd10';
import { webDispense } from '@darmon/i18n/words/web-dispense';
import { webPrescribe } from '@darmon/i18n/words/web-prescribe';
import { webScan } from '@darmon/i18n/words/web-scan';
import { Alert, Button, FileButton, Group, SimpleGrid, Text, TextInput } from '@mantine/core';
import { IconCamera, IconFileCheck, IconInfoCircle, IconPhoto } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { diagnosisTitle, findDiagnoses } from '../prescribe/diagnosis.ts';
import { newLine } from '../prescribe/draft.ts';
import { LineEditor, LineSummary } from '../prescribe/line-editor.tsx';
import '../prescribe/prescribe.css';
import '../shared/lists.css';
import { ProblemError, useCall } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useFormulary } from '../shared/formulary.ts';
import { addAreas, useLanguage, useT } from '../shared/language.ts';
import { FailureAlert, Page, Section } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import './dispense.css';
import { rememberOpened } from './find.ts';
import { emptyPaper, missingParts, type PaperDraft, paperBarOf, paperRequestOf } from './paper-draft.ts';
import { PaperPatient } from './paper-patient.tsx';
import { type ShrinkProblem, shrinkPicture } from './shrink.ts';

addAreas({ icd10, 'web-dispense': webDispense, 'web-prescribe': webPrescribe, 'web-scan': webScan });

const resultsShown = 12;

export const PaperPage = () => {
  const t = useT();
  const language = useLanguage();
  const navigate = useNavigate();
  const formulary = useFormulary();
  const enter = useCall(routes.enterPaper);
  const [draft, setDraft] = useState<PaperDraft>(emptyPaper);
  const [open, setOpen] = useState<string | undefined>();
  const medicineField = useRef<HTMLInputElement>(null);
  const today = tashkentDay(Date.now());
  const change = (more: Partial<PaperDraft>) => setDraft((before) => ({ ...before, ...more }));
  const missing = missingParts(draft, today);
  const request = paperRequestOf(draft, today);
  const frozen = enter.pending || enter.uncertain;

  const errorsOf = (index: number): readonly string[] =>
    enter.failure instanceof ProblemError
      ? enter.failure.problem.errors
          .filter(({ pointer }) => pointer === `/lines/${index}` || pointer.startsWith(`/lines/${index}/`))
          .map(({ detail }) => detail)
      : [];
  const findMedicines = (text: string) =>
    formulary.search(text, resultsShown).map((medicine) => {
      const bar = paperBarOf(medicine, draft);
      return {
        value: medicine.code,
        label: formulary.name(medicine.code),
        disabled: bar !== undefined,
        detail: bar && (
          <Text size="sm" className="bad">
            {t(bar === 'controlled' ? 'web-dispense:paperNoControlled' : 'web-prescribe:already-there')}
          </Text>
        ),
      };
    });
  const send = async () => {
    if (!request) return;
    const answer = enter.uncertain ? await enter.retry() : await enter.run({ body: request });
    if (!answer) return;
    const { fullName, birthDate, sex } = request.patient;
    rememberOpened({ id: answer.id, patient: { fullName, birthDate, sex }, check: undefined });
    await navigate({ to: '/dispense/$id', params: { id: answer.id } });
  };
  return (
    <Page title={t('web-dispense:enterPaper')}>
      <Alert color="blue" variant="light" icon={<IconInfoCircle aria-hidden />}>
        <Text>{t('web-dispense:paperText')}</Text>
      </Alert>
      <fieldset className="plain paper-form" disabled={frozen}>
        <Section title={t('web-dispense:paperPicture')} id="picture">
          <PictureField picture={draft.picture} onChange={(picture) => change({ picture })} />
        </Section>
        <Section title={t('web-dispense:paperHead')} id="head">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <DayField
              label={t('web-dispense:writtenOn')}
              value={draft.writtenOn}
              max={today}
              error={enter.fieldError('/writtenOn')}
              onChange={(writtenOn) => change({ writtenOn })}
            />
            <TextInput
              label={t('web-dispense:prescriber')}
              description={t('web-dispense:prescriberHint')}
              value={draft.prescriber}
              maxLength={36}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              error={enter.fieldError('/prescriber')}
              onChange={(event) => change({ prescriber: event.currentTarget.value.trim().toLowerCase() })}
            />
          </SimpleGrid>
        </Section>
        <Section title={t('common:patient')} id="patient">
          <PaperPatient draft={draft} today={today} onChange={change} />
        </Section>
        <Section title={t('web-prescribe:diagnosis')} id="diagnosis">
          {draft.icd10 ? (
            <Group justify="space-between" gap="sm">
              <Text fz="lg">
                <strong>{draft.icd10}</strong> {diagnosisTitle(draft.icd10, language)}
              </Text>
              <Button variant="default" onClick={() => change({ icd10: undefined })}>
                {t('web-prescribe:diagnosis-other')}
              </Button>
            </Group>
          ) : (
            <SearchField
              label={t('web-prescribe:diagnosis-search')}
              placeholder={t('web-prescribe:diagnosis-example')}
              find={(text) =>
                findDiagnoses(text, resultsShown).map((code) => ({
                  value: code,
                  label: `${code} ${diagnosisTitle(code, language) ?? t('web-prescribe:diagnosis-by-code')}`,
                }))
              }
              onChoose={(code) => change({ icd10: code })}
            />
          )}
        </Section>
        <Section title={t('web-prescribe:medicines')} id="medicines">
          {draft.lines.map((line, index) => {
            const same = {
              line,
              errors: errorsOf(index),
              onChange: (next: typeof line) =>
                change({ lines: draft.lines.map((one) => (one.key === next.key ? next : one)) }),
              onRemove: () => change({ lines: draft.lines.filter((one) => one.key !== line.key) }),
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
          <SearchField
            inputRef={medicineField}
            label={t('web-prescribe:medicine-search')}
            busy={formulary.isPending}
            find={findMedicines}
            resembles={formulary.resembles}
            onChoose={(code) => {
              const medicine = formulary.byCode(code);
              if (!medicine) return;
              const line = newLine(medicine, crypto.randomUUID());
              change({ lines: [...draft.lines, line] });
              setOpen(line.key);
            }}
          />
        </Section>
      </fieldset>
      <FailureAlert failure={enter.failure} uncertain={enter.uncertain} onRetry={() => void send()} />
      <div className="act-bar">
        <Text role="status">
          {missing.length > 0
            ? `${t('web-dispense:paperMissing')} ${missing.map((part) => t(`web-dispense:paperPart.${part}`)).join(', ')}`
            : t('web-dispense:paperReady')}
        </Text>
        <Button
          size="lg"
          className="act-main"
          loading={enter.pending}
          disabled={!request || enter.uncertain}
          leftSection={<IconFileCheck size={24} aria-hidden />}
          onClick={() => void send()}
        >
          {t('web-dispense:paperEnter')}
        </Button>
      </div>
    </Page>
  );
};

/** From the camera of a phone or a file; shrunk here, so that a rural network has little to carry. */
const PictureField = ({
  picture,
  onChange,
}: {
  readonly picture: PaperDraft['picture'];
  readonly onChange: (picture: PaperDraft['picture']) => void;
}) => {
  const t = useT();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<ShrinkProblem | undefined>();
  const take = async (file: File | null) => {
    if (!file) return;
    setPending(true);
    setProblem(undefined);
    try {
      const shrunk = await shrinkPicture(file);
      if ('problem' in shrunk) setProblem(shrunk.problem);
      else onChange(shrunk);
    } catch {
      setProblem('not-a-picture');
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      {picture && (
        <img
          className="paper-picture"
          src={`data:${picture.type};base64,${picture.data}`}
          alt={t('web-dispense:pictureOfPaper')}
        />
      )}
      <Group gap="sm">
        <FileButton accept="image/*" capture="environment" onChange={(file) => void take(file)}>
          {(props) => (
            <Button
              {...props}
              variant={picture ? 'default' : 'filled'}
              loading={pending}
              leftSection={<IconCamera size={20} aria-hidden />}
            >
              {t('web-dispense:takePicture')}
            </Button>
          )}
        </FileButton>
        <FileButton accept="image/*" onChange={(file) => void take(file)}>
          {(props) => (
            <Button {...props} variant="default" loading={pending} leftSection={<IconPhoto size={20} aria-hidden />}>
              {t('web-dispense:chooseFile')}
            </Button>
          )}
        </FileButton>
      </Group>
      <div role="alert">{problem && <Text className="bad">{t(`web-scan:picture.${problem}`)}</Text>}</div>
    </>
  );
};
