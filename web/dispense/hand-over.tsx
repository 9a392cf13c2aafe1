/** Handing over: each owed line with its lots, packs that are scanned beside them, and the one button. */
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-dispensing/routes';
import { Button, Stack, Text } from '@mantine/core';
import { IconPackageExport } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useStrayScan } from '../scan/stray-scan.ts';
import { type Failure, ProblemError, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useT } from '../shared/language.ts';
import { FailureAlert } from '../shared/parts.tsx';
import { ClaimBar } from './claim.tsx';
import { type ControlledProof, ControlledStep } from './controlled.tsx';
import { type Dispensed, type Prescription, useFind } from './find.ts';
import { Outcome } from './finder.tsx';
import { ClosedLine, LineCard } from './line-card.tsx';
import { PackDeskView, usePackDesk } from './pack-desk.tsx';
import type { TakenPack, Target } from './packs.ts';
import { type Choice, type DispenseLine, firstChoice, type Plan, planOf } from './plan.ts';
import { lotKey, type ProposedLine, rowsOf } from './shelf.ts';

interface Planned {
  readonly line: ProposedLine;
  readonly choice: Choice;
  readonly plan: Plan;
}

/** The last Tashkent day on which anything of the prescription, or of this issue, can be handed over. */
const lastDayOf = ({ validUntil, repeat }: Prescription): string =>
  repeat?.windows.find((window) => window.issue === repeat.current)?.until ?? tashkentDay(Date.parse(validUntil) - 1);

/** The pack that the server refused, by its place in the request. */
const refusedPack = (
  failure: Failure | undefined,
  lines: readonly DispenseLine[],
  planned: readonly Planned[],
): { readonly line: number; readonly pack: TakenPack; readonly text: string } | undefined => {
  if (!(failure instanceof ProblemError)) return undefined;
  for (const { pointer, detail } of failure.problem.errors) {
    const [, at, scan] = /^\/lines\/(\d+)\/scans\/(\d+)/.exec(pointer) ?? [];
    const line = lines[Number(at)]?.line;
    const pack = planned.find((one) => one.line.line === line)?.choice.packs?.[Number(scan)];
    if (line !== undefined && pack) return { line, pack, text: `${failure.problem.title}. ${detail}` };
  }
  return undefined;
};

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
  const [proof, setProof] = useState<ControlledProof>({});
  const { finding, find, lookUp } = useFind();
  const today = tashkentDay(Date.now());
  const last = lastDayOf(prescription);

  const planned = useMemo(
    () =>
      proposed.map((line): Planned => {
        const choice = choices[line.line] ?? firstChoice(line);
        return { line, choice, plan: planOf(line, choice, formulary.byCode(line.medicine), today) };
      }),
    [proposed, choices, formulary, today],
  );
  const change = (line: number, choice: Choice) => setChoices((before) => ({ ...before, [line]: choice }));
  const lines = planned.flatMap(({ plan }): DispenseLine[] =>
    plan.kind === 'ready' || plan.kind === 'withheld' ? [plan.request] : [],
  );
  const given = planned.filter(({ plan }) => plan.kind === 'ready');
  const isFaulty = planned.some(({ plan }) => plan.kind === 'fault');
  const isWhole = planned.every(({ plan, line }) => plan.kind === 'ready' && plan.given >= line.owed);
  const isControlled = given.some(({ line }) => line.controlled);
  const lacksProof = isControlled && (proof.approval === undefined || proof.identity === undefined);
  const blocked = isFaulty || lines.length === 0 || lacksProof;
  const frozen = dispense.pending || dispense.uncertain;

  const targets = planned.map(
    ({ line, choice }): Target => ({
      line,
      medicine: formulary.byCode(line.medicine),
      rows: rowsOf(line, formulary.byCode(line.medicine)),
      packs: choice.packs ?? [],
      quantity: choice.quantity || line.owed,
    }),
  );
  const desk = usePackDesk(targets, today, ({ line }, packs, lot) => {
    const of = planned.find((one) => one.line.line === line.line);
    if (!of) return 'planned';
    const { lots, withheld: _why, ...rest } = of.choice;
    const isPlanned = of.plan.kind === 'ready' && of.plan.lots.some((one) => lotKey(one) === lotKey(lot));
    // Lots that were chosen by hand stand while the packs are of them; else the packs decide.
    const named = lots && (lots[lotKey(lot)] ?? 0) > 0 ? { lots } : {};
    change(line.line, { ...rest, ...named, packs, included: true, quantity: of.choice.quantity || line.owed });
    return isPlanned ? 'planned' : 'other';
  });

  const answered = async (sent: Promise<Dispensed | undefined>) => {
    const dispensed = await sent;
    if (dispensed) onDispensed(dispensed);
    else onChanged();
  };
  const send = () => {
    if (blocked) return;
    void answered(dispense.run({ params: { id: prescription.id }, body: { lines, ...(isControlled && proof) } }));
  };
  const leavePack = (pack: TakenPack) => {
    for (const { line, choice } of planned)
      if (choice.packs?.includes(pack))
        change(line.line, { ...choice, packs: choice.packs.filter((one) => one !== pack) });
  };

  // The server alone knows which packs were handed over before: its refusal names one.
  const refused = refusedPack(dispense.failure, lines, planned);
  const { say } = desk;
  const refusedPackOf = refused?.pack;
  const refusedText = refused?.text ?? '';
  useEffect(() => {
    if (refusedPackOf) say({ kind: 'doubt', pack: refusedPackOf, text: refusedText });
  }, [refusedPackOf, refusedText, say]);

  // Beside a prescription a scanner reads packs; the next patient's code simply opens the next prescription.
  const scanned = (raw: string) => {
    if (!frozen && !desk.take(raw)) find(raw);
  };
  useStrayScan(scanned, (doubt) => say({ kind: 'note', note: { good: false, text: t(`web-scan:keys.${doubt}`) } }));

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

  const word =
    given.length === 0 && lines.length > 0
      ? 'web-dispense:recordWhyNot'
      : isWhole
        ? 'web-dispense:dispenseAll'
        : 'web-dispense:dispensePart';
  const said = isFaulty
    ? t('web-dispense:incomplete')
    : lines.length === 0
      ? t('web-dispense:nothing')
      : lacksProof
        ? t('web-dispense:proofMissing')
        : t('web-dispense:summary', { count: given.length, total: prescription.lines.length });
  return (
    <Stack gap="md">
      <PackDeskView
        desk={desk}
        disabled={frozen}
        onOther={find}
        onLeave={(pack) => {
          leavePack(pack);
          if (refused) dispense.reset();
        }}
        onSetAside={(pack) => {
          leavePack(pack);
          dispense.reset();
          onChanged();
        }}
      />
      <div aria-live="polite">
        <Outcome
          finding={finding}
          onNumber={(number) => void lookUp({ number })}
          onPinfl={(pinfl) => void lookUp({ pinfl })}
        />
      </div>
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
            last={last}
            disabled={frozen}
            onChange={(choice) => change(line.line, choice)}
          />
        );
      })}
      {isControlled && (
        <ControlledStep
          subject={`/api/prescriptions/${prescription.id}/dispenses`}
          lines={isFaulty || lines.length === 0 ? undefined : lines}
          disabled={frozen}
          identityError={dispense.fieldError('/identity')}
          onChange={setProof}
        />
      )}
      {!refused && (
        <FailureAlert
          failure={dispense.failure}
          uncertain={dispense.uncertain}
          onRetry={() => void answered(dispense.retry())}
        />
      )}
      <div className="act-bar no-print">
        <Text role="status">{said}</Text>
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
      <ClaimBar prescription={prescription} disabled={frozen} onChanged={onChanged} />
    </Stack>
  );
};
