/** What was handed over: listed, and taken back. */
import type { Actor } from '@darmon/domain/actor';
import { type Dispense, outcomeOf, requireUndoable, undoableUntil } from '@darmon/domain/dispense';
import { isControlled } from '@darmon/domain/medicine';
import type { Once } from '@darmon/domain/once';
import type { Prescription } from '@darmon/domain/prescription';
import * as rules from '@darmon/domain/prescription';
import { Refusal } from '@darmon/domain/refusal';
import { rightsOf } from '@darmon/domain/standing';
import { instant } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { movementsOf, requireKnown } from './dispensing.ts';
import { registerOfDispense } from './register.ts';
import { transitionView } from './views.ts';

const controlledLines = (p: Prescription, dispense: Dispense) =>
  dispense.lines.filter(({ line }) => isControlled(p.lines.find((l) => l.line === line)?.class ?? 'otc'));

/**
 * Takes a dispense back within the policy's time: the stock returns to the same lots, units to the same packs, the
 * register has a line more, the prescription the state that the remaining dispenses leave. Nothing is deleted.
 * @throws Refusal `not-found` (also where it is another site's), `already-undone`, `undo-too-late`, `right-missing`,
 * `key-reused`
 */
export const undoDispense = (deps: Deps, actor: Actor, input: { id: string; reason: string }, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const [prescription = '', n] = input.id.split('.');
      const [counter, dispenses] = await Promise.all([
        deps.table.loadCounter(prescription, actor.person, actor.site),
        deps.table.loadDispenses(prescription),
      ]);
      const dispense = dispenses.find((d) => d.n === Number(n));
      const p = requireKnown(counter, actor, now);
      if (!dispense) throw new Refusal('not-found');
      requireUndoable(dispense, actor, counter.policy, now);
      const guarded = controlledLines(p, dispense);
      if (guarded.length > 0 && !rightsOf(actor, counter.person).includes('controlled'))
        throw new Refusal('right-missing');
      const pages = await deps.table.loadRegister(
        dispense.site,
        guarded.map((l) => l.medicine),
      );
      const standing = dispenses.filter((d) => !d.undone);
      const next = rules.undo(p, dispense.n, standing.map(outcomeOf), now);
      const at = instant(now);
      const movements = movementsOf(deps, dispense, 'dispense-undone', actor.person, at);
      const register = registerOfDispense(pages, guarded, {
        kind: 'dispense-undone',
        site: dispense.site,
        at,
        reference: dispense.id,
        person: actor.person,
        prescriber: p.prescriber,
      });
      const body = transitionView(next, now);
      const trace = { prescription: p.id, dispense: dispense.id, status: body.status };
      const event = eventOf(deps, actor, 'dispense-undone', now, trace, input.reason);
      await deps.table.commitUndo({
        next,
        dispense,
        reason: input.reason,
        movements,
        register,
        change: changeOf(event, now, once, { status: 200, reference: dispense.id, answer: body }),
      });
      return { status: 200, body };
    },
    asAnswered<ReturnType<typeof transitionView>>,
  );

const dispensed = new Set<string>(['prescription-dispensed', 'line-not-dispensed']);

/** Dispenses of a site on a Tashkent day, newest first, and until when each may be taken back. A page can hold few. */
export const listDispenses = async (
  deps: Deps,
  actor: Actor,
  of: { site: string; day: string },
  request: PageRequest,
) => {
  const now = deps.now();
  const { policy } = await loadStanding(deps, actor);
  const page = await deps.table.listDispenseEvents(of.site, of.day, request);
  const ids = page.items
    .filter((e) => dispensed.has(e.type))
    .map((e) => String(e.changes.id).split('.'))
    .map(([prescription = '', n]) => ({ prescription, n: Number(n) }));
  const found = ids.length === 0 ? [] : await deps.table.loadDispensesOf(ids);
  const items = found.map(({ dispense: d, prescription }) => {
    const until = undoableUntil(d, actor.site, policy, now);
    return {
      id: d.id,
      prescription: d.prescription,
      number: prescription.number,
      at: d.at,
      person: d.person,
      lines: d.lines,
      ...(d.notDispensed && { notDispensed: d.notDispensed }),
      undone: d.undone !== undefined,
      ...(until !== undefined && { undoableUntil: until }),
    };
  });
  return { items, ...(page.next !== undefined && { next: page.next }) };
};
