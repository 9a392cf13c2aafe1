/** Handing over: each owed line with its lots, packs that are scanned beside them, and the one button. */
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-dispensing/routes';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCamera, IconPackageExport } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { CameraDialog } from '../scan/camera-dialog.tsx';
import { wantPack } from '../scan/meaning.ts';
import { useStrayScan } from '../scan/stray-scan.ts';
import { useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useT } from '../shared/language.ts';
import { FailureAlert, type Note, Said } from '../shared/parts.tsx';
import { ClaimBar } from './claim.tsx';
import { type Dispensed, type Prescription, useFind } from './find.ts';
import { Outcome } from './finder.tsx';
import { ClosedLine, LineCard } from './line-card.tsx';
import { byHand, type Choice, firstChoice, lotKey, type Plan, type ProposedLine, planOf } from './plan.ts';

export const HandOver = ({
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
