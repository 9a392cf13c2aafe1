/** The counter's main verb: hand over lines of a prescription, or say why not. */
import type { Actor } from '@darmon/domain/actor';
import type { Approvable, Approval } from '@darmon/domain/approval';
import type { Dispense, IdentityChecked } from '@darmon/domain/dispense';
import {
  handOver,
  requireOutcomes,
  type WantedHandOver,
  type WantedOutcome,
  type WantedReason,
} from '@darmon/domain/hand-over';
import { isControlled } from '@darmon/domain/medicine';
import { makeSecret } from '@darmon/domain/number';
import type { Once } from '@darmon/domain/once';
import { type PackAt, packsOfScans } from '@darmon/domain/pack-scan';
import type { LineOutcome, Prescription, PrescriptionLine } from '@darmon/domain/prescription';
import * as rules from '@darmon/domain/prescription';
import { Refusal } from '@darmon/domain/refusal';
import { rightsOf } from '@darmon/domain/standing';
import { lotName, type StockRow } from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { MarkingAnswer } from '@darmon/marking/marking';
import type { Counter } from '@darmon/table/counter';
import { type ControlledInput, checkIdentity, requireControlled } from './controlled.ts';
import { askMarking, checkOf, isSerialRefusal, judgeSerials, type MarkingDeps, withAnswers } from './counter-packs.ts';
import { type Answer, changeOf, changeOnce, eventOf } from './deps.ts';
import { movementsOf, requireKnown } from './dispensing.ts';
import type { PatientDeps } from './patients.ts';
import { registerOfDispense } from './register.ts';
import { requireWitnessStands } from './witness.ts';

export type DispenseDeps = PatientDeps & MarkingDeps;

export interface DispenseInput extends ControlledInput {
  readonly id: string;
  readonly lines: readonly WantedOutcome[];
}

/** A line to hand over, with its place in the request, its line of the prescription and the packs scanned for it. */
interface Wanted {
  readonly wanted: WantedHandOver;
  readonly i: number;
  readonly line: PrescriptionLine;
  readonly packs: readonly PackAt[];
}

/** The request against the prescription, judged as far as it can be without the shelf. */
interface Asked {
  readonly p: Prescription;
  readonly counter: Counter;
  readonly answers: ReadonlyMap<string, MarkingAnswer>;
  readonly wanted: readonly Wanted[];
  /** Of them, those of controlled medicines; then `approval` is the witness's. */
  readonly guarded: readonly Wanted[];
  readonly reasons: readonly WantedReason[];
  readonly approval: Approval | undefined;
  /** The number and id that the dispense gets. */
  readonly n: number;
  readonly id: string;
}

const isHandOver = (outcome: WantedOutcome): outcome is WantedHandOver => 'quantity' in outcome;

const scansOf = (lines: readonly WantedOutcome[]) =>
  lines.flatMap((l, i) =>
    isHandOver(l) ? (l.scans ?? []).map((raw, at) => ({ raw, pointer: `/lines/${i}/scans/${at}` })) : [],
  );

/**
 * What lies on the shelf for one line, in one read. A lot or a GTIN that was named and is not there is looked for by
 * itself, so that the refusal can say what is the matter with it; only mistakes pay for that.
 */
const loadShelf = async (
  deps: DispenseDeps,
  counter: Counter,
  site: string,
  { wanted, packs, line: { medicine } }: Wanted,
  today: string,
): Promise<{ rows: StockRow[]; medicineOf: ReadonlyMap<string, string> }> => {
  const rows = await deps.table.loadLots(site, medicine, today, counter.blocked);
  const onShelf = new Set(rows.map(lotName));
  const gtins = new Set(rows.map((r) => r.gtin));
  const named = [...(wanted.lots ?? []), ...packs].flatMap(({ gtin, lot }) =>
    lot === undefined ? [] : [{ gtin, lot }],
  );
  const missing = [...new Map(named.map((l) => [lotName(l), l])).values()].filter((l) => !onShelf.has(lotName(l)));
  const strange = packs.map((p) => p.gtin).filter((gtin) => !gtins.has(gtin));
  const [found, known] = await Promise.all([
    Promise.all(missing.map((lot) => deps.table.loadStockRow({ site, ...lot }))),
    deps.table.loadPacks(strange),
  ]);
  return {
    rows: [...rows, ...found.filter((r) => r !== undefined).filter((r) => r.medicine === medicine)],
    medicineOf: new Map([...known.values()].map((k) => [k.gtin, k.medicine])),
  };
};

const reasonOf = ({ line, notDispensed: reason, note, owedOn }: WantedReason) => ({
  line,
  reason,
  ...(note !== undefined && { note }),
  ...(owedOn !== undefined && { owedOn }),
});

const outcomesOf = (lines: Dispense['lines'], reasons: readonly WantedReason[]): LineOutcome[] => [
  ...lines.map(({ line, quantity, owedOn }) => ({ line, quantity, ...(owedOn !== undefined && { owedOn }) })),
  ...reasons.map(({ line, notDispensed, owedOn }) => ({
    line,
    notDispensed,
    ...(owedOn !== undefined && { owedOn }),
  })),
];

const answerOf = (d: Dispense, number: string) => ({
  id: d.id,
  status: d.status,
  lines: d.lines.map(({ medicine: _, ...line }) => line),
  ...(d.notDispensed && { notDispensed: d.notDispensed }),
  receipt: `${number}.${d.n}.${d.receiptSecret}`,
});

/** What the trail says: nothing of who collected but the kind of document. */
const traceOf = (d: Dispense, approval: Approval | undefined) => ({
  id: d.id,
  status: d.status,
  lines: d.lines,
  ...(d.notDispensed && { notDispensed: d.notDispensed }),
  ...(d.controlled && { controlled: d.controlled }),
  ...(approval && { approval: approval.id }),
});

/** The first round of reads, and every refusal that needs no shelf. The marking service is asked beside it. */
const ask = async (
  deps: DispenseDeps,
  actor: Actor,
  input: DispenseInput,
  approvable: Approvable,
  now: number,
): Promise<Asked> => {
  const scanned = packsOfScans(scansOf(input.lines), tashkentDay(now));
  const [counter, answers] = await Promise.all([
    deps.table.loadCounter(input.id, actor.person, actor.site, input.approval),
    askMarking(deps, scanned),
  ]);
  const p = rules.asOf(requireKnown(counter, actor, now), now);
  rules.requireDispensable(p, actor, input.lines, now);
  requireOutcomes(p, input.lines, now);
  const handOvers = input.lines.flatMap((wanted, i) =>
    isHandOver(wanted) ? [{ wanted, i, line: rules.lineOf(p, wanted.line, `/lines/${i}/line`) }] : [],
  );
  const controlled = handOvers.filter(({ line }) => isControlled(line.class));
  const approval =
    controlled.length === 0
      ? undefined
      : requireControlled(
          actor,
          controlled.map(({ line, i }) => ({ medicine: line.medicine, pointer: `/lines/${i}/line` })),
          { rights: rightsOf(actor, counter.person), input, approval: counter.approval, approvable },
          now,
        );
  const packs = await withAnswers(deps, actor.site, scanned, answers);
  const wanted = handOvers.map((w) => ({
    ...w,
    packs: packs.filter((pack) => pack.pointer.startsWith(`/lines/${w.i}/`)),
  }));
  const n = p.dispenses + 1;
  return {
    p,
    counter,
    answers,
    wanted,
    guarded: wanted.filter(({ line }) => isControlled(line.class)),
    reasons: input.lines.filter((l): l is WantedReason => !isHandOver(l)),
    approval,
    n,
    id: `${p.id}.${n}`,
  };
};

/** The second round: shelves, registers and the document of who collects; and the lots that serve each line. */
const serve = async (
  deps: DispenseDeps,
  actor: Actor,
  asked: Asked,
  more: { identity: IdentityChecked | undefined; left: ReadonlyMap<string, number>; now: number },
) => {
  const { p, counter, wanted, guarded, approval, id } = asked;
  const { site } = actor;
  const today = tashkentDay(more.now);
  const [shelves, pages, checked] = await Promise.all([
    Promise.all(wanted.map((w) => loadShelf(deps, counter, site, w, today))),
    deps.table.loadRegister(
      site,
      guarded.map(({ line }) => line.medicine),
    ),
    approval && checkIdentity(deps, actor, p, id, { identity: more.identity, witness: approval.person }),
    approval && requireWitnessStands(deps, actor, approval, more.now),
  ]);
  const served = wanted.map((w, i) =>
    handOver(w.line, w.wanted, {
      pointer: `/lines/${w.i}`,
      packs: w.packs,
      today,
      medicine: w.line.medicine,
      left: more.left,
      rows: shelves[i]?.rows ?? [],
      medicineOf: shelves[i]?.medicineOf ?? new Map(),
    }),
  );
  const controlled = new Set(guarded.map(({ line }) => line.line));
  const register = registerOfDispense(
    pages,
    served.map(({ line }) => line).filter(({ line }) => controlled.has(line)),
    {
      kind: 'dispense',
      site,
      at: instant(more.now),
      reference: id,
      person: actor.person,
      prescriber: p.prescriber,
      ...(approval && { witness: approval.person }),
    },
  );
  const lines = served.map(({ line }) => {
    const entry = register.find((e) => e.medicine === line.medicine);
    return { ...line, ...(entry && { balance: entry.balance }) };
  });
  return { lines, serials: served.flatMap((s) => s.serials), register, checked };
};

type Served = Awaited<ReturnType<typeof serve>>;

/** The dispense, and the prescription that it leaves. */
const recordOf = (
  deps: DispenseDeps,
  actor: Actor,
  { p, n, id, reasons }: Asked,
  { lines, checked }: Served,
  now: number,
) => {
  const { site, person } = actor;
  const next = rules.dispense(p, { site, lines: outcomesOf(lines, reasons) }, now);
  const dispense: Dispense = {
    id,
    prescription: p.id,
    n,
    site,
    person,
    at: instant(now),
    status: next.status,
    lines,
    ...(reasons.length > 0 && { notDispensed: reasons.map(reasonOf) }),
    ...(p.repeat && { issue: p.repeat.current }),
    ...(checked && { controlled: checked.proof, ...(checked.sealed && { sealed: checked.sealed }) }),
    receiptSecret: makeSecret(deps.random(6)),
  };
  return { next, dispense };
};

/**
 * Hands over lines of a prescription, fully or in part, from one lot or several, and says of others why not. Without lots
 * or scans the first expiring are taken. Two rounds of reads and one transaction: prescription, dispense, lots, movements,
 * packs, register, event and idempotency record are written together or not at all. Controlled medicines need the
 * right, a witness and a document. The marking service is asked beside the first read, and delays nothing that it cannot
 * answer.
 * @throws Refusal of standing, `not-found`, of the prescription's state (`prescription.ts`), `note-missing`,
 * `promise-invalid`, of controlled medicines (`controlled.ts`), of stock (`stock.ts`), of packs (`pack-scan.ts`,
 * `counter-packs.ts`), `substitution-not-allowed`, `split-dispense`, `key-reused`
 */
export const dispensePrescription = (
  deps: DispenseDeps,
  actor: Actor,
  input: DispenseInput,
  request: { once: Once; approvable: Approvable },
): Promise<Answer<ReturnType<typeof answerOf>>> => {
  /** What opened packs hold, as far as the database has said so. */
  const left = new Map<string, number>();
  return changeOnce(
    deps,
    request.once,
    async () => {
      const now = deps.now();
      const asked = await ask(deps, actor, input, request.approvable, now);
      const served = await serve(deps, actor, asked, { identity: input.identity, left, now });
      const { next, dispense } = recordOf(deps, actor, asked, served, now);
      const { lines, at, site } = dispense;
      const lots = lines.flatMap((l) => l.lots.map((lot) => ({ ...lot, medicine: l.medicine })));
      const type = lines.length > 0 ? 'prescription-dispensed' : 'line-not-dispensed';
      const event = eventOf(deps, actor, type, now, traceOf(dispense, asked.approval));
      try {
        await deps.table.commitDispense({
          next,
          dispense,
          movements: movementsOf(deps, dispense, 'dispense', actor.person, at),
          allocations: lots.map(({ serials: _, ...lot }) => lot),
          serials: served.serials,
          register: served.register,
          approval: asked.approval,
          check: checkOf(deps, asked.answers, served.serials, {
            dispense: dispense.id,
            prescription: next.id,
            site,
            at,
            expiryOf: (use) => lots.find((lot) => lotName(lot) === lotName(use))?.expiryDate ?? '',
          }),
          change: changeOf(event, now, request.once, { status: 201, reference: dispense.id }),
        });
      } catch (error) {
        if (isSerialRefusal(error)) await judgeSerials(deps, asked.p, site, served.serials, left);
        throw error;
      }
      return { status: 201, body: answerOf(dispense, next.number) };
    },
    async ({ reference }) => {
      const [prescription = '', n] = reference.split('.');
      const [found] = await deps.table.loadDispensesOf([{ prescription, n: Number(n) }]);
      if (!found) throw new Refusal('not-found');
      return answerOf(found.dispense, found.prescription.number);
    },
  );
};
