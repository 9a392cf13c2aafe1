/** Whom a pharmacy has to tell of a recall: the own patients who got the lot, what came of it, and what they brought back. */
import type { Actor } from '@darmon/domain/actor';
import { isControlled } from '@darmon/domain/medicine';
import type { Once } from '@darmon/domain/once';
import { type CallOutcome, isInRange, type Recall, type RecallCall } from '@darmon/domain/recall';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { nextEntry } from '@darmon/domain/register';
import { instant } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { openSealed, type PatientDeps } from './patients.ts';

/** A page names so many patients at most, because each of them is told of the look in one transaction. */
const mostOnPage = 50;

/** The recall, for a pharmacy that ever held the lot. @throws Refusal `not-found`, also for every other one */
const loadConcerned = async (deps: Deps, actor: Actor, id: string) => {
  const recall = await deps.table.loadRecall(id);
  const row = recall && (await deps.table.loadStockRow({ site: actor.site, gtin: recall.gtin, lot: recall.lot }));
  if (!recall || !row) throw new Refusal('not-found');
  return { recall, row };
};

/** Whether one of the packs is meant: nobody knows where none was scanned. */
const meant = ({ serials: range }: Recall, serials: readonly string[]): 'yes' | 'no' | 'unknown' =>
  !range ? 'yes' : serials.length === 0 ? 'unknown' : serials.some((s) => isInRange(s, range)) ? 'yes' : 'no';

const idOf = (dispense: string) => {
  const [prescription = '', n] = dispense.split('.');
  return { prescription, n: Number(n) };
};

/** What a dispense handed over of the recalled lot. */
const handedOver = (recall: Recall, lines: readonly { lots: readonly LotGiven[] }[]) => {
  const lots = lines.flatMap((l) => l.lots).filter((l) => l.gtin === recall.gtin && l.lot === recall.lot);
  return {
    quantity: lots.reduce((sum, l) => sum + l.quantity, 0),
    serials: lots.flatMap((l) => (l.serials ?? []).map((s) => s.serial)),
  };
};
interface LotGiven {
  readonly gtin: string;
  readonly lot: string;
  readonly quantity: number;
  readonly serials?: readonly { readonly serial: string }[];
}

/**
 * The patients of this pharmacy who got the lot, oldest dispense first, with what has come of telling them. A page can
 * hold few. Each patient on it is told of the look.
 * @throws Refusal of standing, `not-found` where the pharmacy never held the lot
 */
export const listRecallCalls = async (deps: PatientDeps, actor: Actor, id: string, request: PageRequest) => {
  await loadStanding(deps, actor);
  const { recall } = await loadConcerned(deps, actor, id);
  const limit = Math.min(request.limit ?? mostOnPage, mostOnPage);
  const { gtin, lot } = recall;
  const page = await deps.table.listMovements(actor.site, gtin, lot, { ...request, limit });
  const dispenses = page.items.filter((m) => m.kind === 'dispense').map((m) => m.reference);
  const [found, calls] = await Promise.all([
    dispenses.length === 0 ? [] : deps.table.loadDispensesOf(dispenses.map(idOf)),
    deps.table.loadRecallCalls(id, actor.site, dispenses),
  ]);
  const standing = found.filter(({ dispense }) => !dispense.undone);
  const personal = await openSealed(
    deps,
    standing.map(({ prescription }) => prescription),
  );
  const patients = [...new Set(standing.map(({ prescription }) => prescription.patient))];
  await deps.table.commitRecallLooks(
    patients.map((patient) => ({
      patient,
      event: eventOf(deps, actor, 'patient-looked-up', deps.now(), { by: 'recall', recall: id, found: 1, patient }),
    })),
  );
  const items = standing.map(({ dispense: d, prescription }, i) => {
    const { quantity, serials } = handedOver(recall, d.lines);
    const call = calls.get(d.id);
    return {
      dispense: d.id,
      number: prescription.number,
      at: d.at,
      quantity,
      meant: meant(recall, serials),
      ...(personal[i]?.fullName !== undefined && { fullName: personal[i].fullName }),
      ...(personal[i]?.birthDate !== undefined && { birthDate: personal[i].birthDate }),
      ...(call && { outcome: call.outcome, calledAt: call.at, returned: call.returned }),
    };
  });
  return { items, ...(page.next !== undefined && { next: page.next }) };
};

/**
 * Writes down what came of telling a patient. Units that came back go into the lot's recalled row, where nothing can be
 * handed over, and into the register where the medicine is controlled.
 * @throws Refusal of standing, `not-found`, `quantity-invalid` for more than the patient got, `key-reused`
 */
export const recordRecallCall = (
  deps: Deps,
  actor: Actor,
  input: { id: string; dispense: string; outcome: CallOutcome; returned?: number },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const { recall, row } = await loadConcerned(deps, actor, input.id);
      const [[found], calls] = await Promise.all([
        deps.table.loadDispensesOf([idOf(input.dispense)]),
        deps.table.loadRecallCalls(recall.id, actor.site, [input.dispense]),
      ]);
      const given = found && handedOver(recall, found.dispense.lines);
      if (!found || !given || found.dispense.site !== actor.site || found.dispense.undone || given.quantity === 0)
        throw new Refusal('not-found');
      const before = calls.get(input.dispense);
      const back = input.returned ?? 0;
      const most = given.quantity - (before?.returned ?? 0);
      if (back > most || (back > 0 && input.outcome !== 'returned'))
        throw refuseAt('quantity-invalid', '/returned', { max: input.outcome === 'returned' ? most : 0 });
      const at = instant(now);
      const call: RecallCall = {
        dispense: input.dispense,
        site: actor.site,
        outcome: input.outcome,
        person: actor.person,
        at,
        returned: (before?.returned ?? 0) + back,
      };
      const { site, medicine, gtin, lot } = row;
      const about = { site, medicine, kind: 'return' as const, quantity: back, reference: input.dispense };
      const line = found.prescription.lines.find((l) =>
        found.dispense.lines.some((d) => d.line === l.line && d.lots.some((x) => x.gtin === gtin && x.lot === lot)),
      );
      const pages =
        line && isControlled(line.class) && back > 0 ? await deps.table.loadRegister(site, [medicine]) : undefined;
      const body = { dispense: call.dispense, outcome: call.outcome, calledAt: at, returned: call.returned };
      const event = eventOf(deps, actor, 'recall-notified', now, {
        recall: recall.id,
        dispense: input.dispense,
        outcome: input.outcome,
        ...(back > 0 && { moved: [{ place: site, gtin, lot, kind: 'return', quantity: back }] }),
      });
      await deps.table.commitRecallCall(
        recall.id,
        call,
        before,
        back > 0
          ? {
              dispense: found.dispense,
              row,
              movement: { ...about, id: deps.id(), gtin, lot, person: actor.person, at },
              register: pages ? [nextEntry(pages.get(medicine), { ...about, at, person: actor.person })] : [],
            }
          : undefined,
        changeOf(event, now, once, { status: 200, reference: recall.id, answer: body }),
      );
      return { status: 200, body };
    },
    asAnswered<{ dispense: string; outcome: CallOutcome; calledAt: string; returned: number }>,
  );
