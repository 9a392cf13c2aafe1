/** The prescription at the counter: who it is for, what is handed over, one button; then what was handed over. */
import { formatNumber } from '@darmon/domain/number';
import { isOpen } from '@darmon/domain/prescription';
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-dispensing/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import type { AnswerOf } from '@darmon/http/route';
import { lastDayText } from '@darmon/i18n/dates';
import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArchive,
  IconBan,
  IconCamera,
  IconCircleCheck,
  IconClockX,
  IconHandStop,
  IconId,
  IconPackageExport,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { CameraDialog } from '../scan/camera-dialog.tsx';
import { wantPack } from '../scan/meaning.ts';
import { useStrayScan } from '../scan/stray-scan.ts';
import { keyOf, UncertainError, useAnswer, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { FailureAlert, type Note, Page, PrescriptionMark, Said, Waiting } from '../shared/parts.tsx';
import { ClaimBar } from './claim.tsx';
import { Done, History } from './done.tsx';
import { openedAs, type Prescription, useFind } from './find.ts';
import { Outcome } from './finder.tsx';
import { ClosedLine, LineCard } from './line-card.tsx';
import { byHand, type Choice, firstChoice, lotKey, type Plan, type ProposedLine, planOf } from './plan.ts';
import { CheckMark } from './verdict.tsx';

type Dispensed = AnswerOf<typeof routes.dispensePrescription>;

export const DispensePage = () => {
  const { id } = useParams({ from: '/signed-in/dispense/$id' });
  return <Counter key={id} id={id} />;
};

const Counter = ({ id }: { readonly id: string }) => {
  const t = useT();
  const queries = useQueryClient();
  const view = useAnswer(prescribing.readPrescription, { params: { id } }, { staleTime: 5_000 });
  const [done, setDone] = useState<Dispensed | undefined>();
  const [undone, setUndone] = useState(false);
  const refresh = useCallback(() => {
    void queries.invalidateQueries({ queryKey: keyOf(prescribing.readPrescription) });
    void queries.invalidateQueries({ queryKey: keyOf(routes.proposeLots) });
  }, [queries]);
  const leaveDone = useCallback(() => setDone(undefined), []);
  if (view.isPending) return <Waiting />;
  if (view.error)
    return (
      <Page title={t('web-dispense:title')}>
        <FailureAlert failure={view.error} onRetry={() => void view.refetch()} />
        <div>
          <Button component={Link} to="/dispense">
            {t('web-dispense:emptyTitle')}
          </Button>
        </div>
      </Page>
    );
  const prescription = view.data;
  if (done)
    return (
      <Done
        dispensed={done}
        prescription={prescription}
        onOpen={leaveDone}
        onUndone={() => {
          setDone(undefined);
          setUndone(true);
          refresh();
        }}
      />
    );
  return (
    <Page title={t('common:prescription')}>
      {undone && (
        <Alert role="status" color="green" variant="light" icon={<IconCircleCheck aria-hidden />}>
          {t('web-dispense:undone')}
        </Alert>
      )}
      <Head prescription={prescription} />
      <Body
        prescription={prescription}
        onChanged={refresh}
        onDispensed={(dispensed) => {
          setUndone(false);
          setDone(dispensed);
          refresh();
        }}
      />
      <History
        prescription={prescription}
        onUndone={() => {
          setUndone(true);
          refresh();
        }}
      />
    </Page>
  );
};

/** Marks, the person to compare with a document, and where it comes from. */
const Head = ({ prescription }: { readonly prescription: Prescription }) => {
  const t = useT();
  const format = useFormat();
  const opened = openedAs(prescription.id);
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Text span className="number big-number">
          {formatNumber(prescription.number)}
        </Text>
        <PrescriptionMark status={prescription.status} />
        {opened && <CheckMark check={opened.check} />}
      </Group>
      <Paper withBorder p="md" className="patient-card">
        <div className="row-between">
          {opened?.patient ? (
            <div>
              <Group gap={6} className="quiet">
                <IconId size={20} aria-hidden />
                <Text size="sm">{t('web-dispense:compare')}</Text>
              </Group>
              <Text fz="1.35rem" fw={700}>
                {opened.patient.fullName}
              </Text>
              <Text fz="1.1rem">
                {t('common:birthDate')}: <strong>{format.day(opened.patient.birthDate)}</strong>
                {(opened.patient.sex === 'male' || opened.patient.sex === 'female') &&
                  ` · ${t(`common:${opened.patient.sex}`)}`}
              </Text>
            </div>
          ) : (
            <Text>{t('web-dispense:scanForPatient')}</Text>
          )}
          <Text size="sm" className="quiet">
            {prescription.clinicName}
            <br />
            {t('web-dispense:doctor')}: {prescription.prescriberName}
            <br />
            {t('web-dispense:issued')} {format.day(prescription.issuedAt)} · {t('web-dispense:validUntil')}{' '}
            {lastDayText(prescription.validUntil)}
          </Text>
        </div>
      </Paper>
    </Stack>
  );
};

const Body = ({
  prescription,
  onChanged,
  onDispensed,
}: {
  readonly prescription: Prescription;
  readonly onChanged: () => void;
  readonly onDispensed: (dispensed: Dispensed) => void;
}) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const { status, claim, cancelRequested } = prescription;
  const isElsewhere = claim !== undefined && !claim.own;
  const { id } = prescription;
  const proposal = useAnswer(
    routes.proposeLots,
    { params: { id } },
    { enabled: isOpen(status) && !isElsewhere && !cancelRequested, staleTime: 5_000 },
  );
  const closedLines = prescription.lines.map((line) => <ClosedLine key={line.line} line={line} />);
  if (!isOpen(status)) {
    const Icon = { completed: IconArchive, cancelled: IconBan, expired: IconClockX, draft: IconAlertTriangle }[status];
    return (
      <>
        <Alert
          role="alert"
          color={status === 'completed' ? 'gray' : 'red'}
          icon={<Icon aria-hidden />}
          title={t(`web-dispense:closed.${status}`)}
        >
          <Text>{t(`web-dispense:closed.${status}.text`, { date: lastDayText(prescription.validUntil) })}</Text>
          <Button component={Link} to="/dispense" mt="sm">
            {t('web-dispense:emptyTitle')}
          </Button>
        </Alert>
        {closedLines}
      </>
    );
  }
  if (isElsewhere) {
    const time = format.time(claim.until);
    return (
      <>
        <Alert
          role="alert"
          color="violet"
          icon={<IconHandStop aria-hidden />}
          title={t('web-dispense:claimedElsewhere', { time })}
        >
          <Text>{t('web-dispense:claimedElsewhereText', { time })}</Text>
          <Button component={Link} to="/dispense" mt="sm">
            {t('web-dispense:emptyTitle')}
          </Button>
        </Alert>
        {closedLines}
      </>
    );
  }
  if (cancelRequested)
    return (
      <>
        <Alert
          role="alert"
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('web-dispense:cancelRequested')}
        >
          <Text mb="sm">{t('web-dispense:cancelRequestedText')}</Text>
          <ClaimBar prescription={prescription} disabled={false} onChanged={onChanged} />
        </Alert>
        {closedLines}
      </>
    );
  // Packs, their sizes and what may be rounded stand in the formulary; without it a plan would be a guess.
  if (formulary.failed) return <FailureAlert failure={new UncertainError()} onRetry={formulary.retry} />;
  if (proposal.isPending || formulary.isPending) return <Waiting label={t('web-dispense:lotsLoading')} />;
  if (proposal.error) return <FailureAlert failure={proposal.error} onRetry={() => void proposal.refetch()} />;
  return (
    <Lines prescription={prescription} proposed={proposal.data.lines} onChanged={onChanged} onDispensed={onDispensed} />
  );
};

const Lines = ({
  prescription,
  proposed,
  onChanged,
  onDispensed,
}: {
  readonly prescription: Prescription;
  readonly proposed: readonly ProposedLine[];
  readonly onChanged: () => void;
  readonly onDispensed: (dispensed: Dispensed) => void;
}) => {
  const t = useT();
  const formulary = useFormulary();
  const dispense = useCall(routes.dispensePrescription);
  const [choices, setChoices] = useState<Readonly<Record<number, Choice>>>({});
  const [scanned, setScanned] = useState<ReadonlySet<string>>(new Set());
  const [note, setNote] = useState<Note | undefined>();
  const [camera, setCamera] = useState(false);
  const { finding, find, lookUp } = useFind();
  const today = tashkentDay(Date.now());

  const planned = useMemo(
    () =>
      proposed.map((line): { line: ProposedLine; choice: Choice; plan: Plan } => {
        const choice = choices[line.line] ?? firstChoice(line);
        return { line, choice, plan: planOf(line, choice, formulary.byCode(line.medicine), today) };
      }),
    [proposed, choices, formulary, today],
  );
  const ready = planned.flatMap(({ plan }) => (plan.kind === 'ready' ? [plan.request] : []));
  const isFaulty = planned.some(({ plan }) => plan.kind === 'fault');
  const isWhole = planned.every(({ plan, line }) => plan.kind === 'ready' && plan.request.quantity === line.owed);
  const blocked = isFaulty || ready.length === 0;

  const answered = async (sent: Promise<Dispensed | undefined>) => {
    const dispensed = await sent;
    if (dispensed) onDispensed(dispensed);
    else onChanged();
  };
  const send = () => {
    if (!blocked) void answered(dispense.run({ params: { id: prescription.id }, body: { lines: ready } }));
  };

  /** A pack beside the prescription: is it one of these medicines, and of the lot that is to be taken? */
  const takePack = (raw: string): boolean => {
    const read = wantPack(raw, today, (gtin) => formulary.byGtin(gtin) !== undefined);
    if (read.kind === 'no') return false;
    const { gtin, lot } = read.pack;
    const medicine = formulary.byGtin(gtin);
    const of = planned.find(({ line }) => line.medicine === medicine?.code);
    if (!medicine || !of) {
      setNote({ good: false, text: t('web-dispense:packForeign') });
      return true;
    }
    const name = formulary.name(medicine.code);
    if (lot === undefined) {
      setNote({ good: true, text: t('web-dispense:packRight', { name }) });
      return true;
    }
    const key = lotKey({ gtin, lot });
    const shelf = of.line.others.find((other) => lotKey(other) === key);
    if (!shelf) {
      setNote({ good: false, text: t('web-dispense:packLotUnknown', { lot }) });
      return true;
    }
    setScanned((before) => new Set(before).add(key));
    const isTaken = of.plan.kind === 'ready' && of.plan.lots.some((taken) => lotKey(taken) === key);
    if (isTaken) setNote({ good: true, text: t('web-dispense:packRightLot', { name, lot }) });
    else {
      const units = Math.min(shelf.onHand, of.line.owed);
      setChoices({
        ...choices,
        [of.line.line]: { ...of.choice, included: true, lots: byHand([{ gtin, lot, quantity: units }]) },
      });
      setNote({ good: true, text: t('web-dispense:packOtherLot', { name, lot }) });
    }
    return true;
  };
  // Beside a prescription a scanner reads packs; the next patient's code simply opens the next prescription.
  useStrayScan((raw) => {
    if (dispense.pending || dispense.uncertain) return;
    if (!takePack(raw)) find(raw);
  });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && event.ctrlKey) {
        event.preventDefault();
        document.getElementById('dispense-now')?.click();
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  const word = isWhole ? 'web-dispense:dispenseAll' : 'web-dispense:dispensePart';
  return (
    <Stack gap="md">
      {prescription.lines.map((line) => {
        const of = planned.find((one) => one.line.line === line.line);
        if (!of) return <ClosedLine key={line.line} line={line} />;
        return (
          <LineCard
            key={line.line}
            line={line}
            proposed={of.line}
            medicine={formulary.byCode(line.medicine)}
            choice={of.choice}
            plan={of.plan}
            onlyOne={proposed.length === 1}
            disabled={dispense.pending || dispense.uncertain}
            scanned={scanned}
            onChange={(choice) => setChoices({ ...choices, [line.line]: choice })}
          />
        );
      })}
      <div className="said">
        <Said note={note} />
        <div aria-live="polite">
          <Outcome
            finding={finding}
            onNumber={(number) => void lookUp({ number })}
            onPinfl={(pinfl) => void lookUp({ pinfl })}
          />
        </div>
        <FailureAlert
          failure={dispense.failure}
          uncertain={dispense.uncertain}
          onRetry={() => void answered(dispense.retry())}
        />
      </div>
      <div className="act-bar no-print">
        <Text role="status">
          {isFaulty
            ? t('web-dispense:incomplete')
            : ready.length === 0
              ? t('web-dispense:nothing')
              : t('web-dispense:summary', { count: ready.length, total: prescription.lines.length })}
        </Text>
        <Button
          id="dispense-now"
          size="lg"
          className="act-main"
          loading={dispense.pending}
          disabled={blocked || dispense.uncertain}
          aria-keyshortcuts="Control+Enter"
          leftSection={<IconPackageExport size={24} aria-hidden />}
          onClick={send}
        >
          {t(word)}
        </Button>
      </div>
      <Group justify="space-between" gap="sm" className="no-print">
        <Text size="sm" className="quiet claim-hint">
          {t('web-dispense:checkPackHint')}
        </Text>
        <Button variant="default" leftSection={<IconCamera size={20} aria-hidden />} onClick={() => setCamera(true)}>
          {t('web-dispense:checkPack')}
        </Button>
      </Group>
      <ClaimBar prescription={prescription} disabled={dispense.pending || dispense.uncertain} onChanged={onChanged} />
      <CameraDialog
        opened={camera}
        onClose={() => setCamera(false)}
        stayOpen
        note={note?.text}
        onCode={(raw) => {
          if (!takePack(raw)) setNote({ good: false, text: t('web-dispense:packUnreadable') });
        }}
      />
    </Stack>
  );
};
