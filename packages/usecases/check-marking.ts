/** Asks the marking service about packs that were handed over while it gave no answer. */
import type { Event } from '@darmon/domain/event';
import { contradictsMarking, isInCirculation } from '@darmon/domain/pack-scan';
import { instant } from '@darmon/domain/time';
import type { Marking, MarkingAnswer } from '@darmon/marking/marking';
import type { MarkingCheck } from '@darmon/table/marking-items';
import { Changed } from '@darmon/table/transact';
import type { Deps } from './deps.ts';

/** Checks in one run; the next run goes on. */
const mostChecks = 500;
/** Packs in one question; the service takes a hundred. */
const mostPacks = 100;

type WaitingPack = MarkingCheck['packs'][number];

/** What a pack that has been handed over may be: sold, so out of circulation, and of the lot that was recorded. */
const findingOf = (pack: WaitingPack, answer: MarkingAnswer): 'agrees' | 'contradicts' | 'unknown' => {
  if (answer.kind !== 'known') return 'unknown';
  return contradictsMarking(pack, answer) || !isInCirculation(answer, { wasHere: true }) ? 'contradicts' : 'agrees';
};

const traceOf = (pack: WaitingPack, answer: MarkingAnswer) => ({
  gtin: pack.gtin,
  serial: pack.serial,
  lot: pack.lot,
  expiryDate: pack.expiryDate,
  found: findingOf(pack, answer),
  ...(answer.kind === 'known' && {
    status: answer.status,
    ...(answer.lot !== undefined && { knownLot: answer.lot }),
    ...(answer.expiryDate !== undefined && { knownExpiryDate: answer.expiryDate }),
  }),
});

/** As many checks as one question holds, in their order. */
const groupsOf = (checks: readonly MarkingCheck[]): MarkingCheck[][] => {
  const groups: MarkingCheck[][] = [];
  let packs = mostPacks;
  for (const check of checks) {
    packs += check.packs.length;
    if (packs > mostPacks) {
      groups.push([]);
      packs = check.packs.length;
    }
    groups.at(-1)?.push(check);
  }
  return groups;
};

/** Writes what was found, unless another run did; nobody's hand did this, so the job names itself. */
const close = async (deps: Deps, check: MarkingCheck, answers: readonly MarkingAnswer[]): Promise<boolean> => {
  const now = deps.now();
  const event: Event = {
    id: deps.id(),
    at: instant(now),
    type: 'marking-checked',
    actor: { person: 'check-marking', role: 'quality', site: check.site },
    changes: {
      prescription: check.prescription,
      dispense: check.dispense,
      packs: check.packs.map((pack, i) => traceOf(pack, answers[i] as MarkingAnswer)),
    },
  };
  const contradicting = check.packs.filter((pack, i) => findingOf(pack, answers[i] as MarkingAnswer) === 'contradicts');
  try {
    await deps.table.commitMarkingCheck(check, contradicting, { now, event });
    return true;
  } catch (error) {
    if (error instanceof Changed) return false;
    throw error;
  }
};

/**
 * Works off what waits, the oldest first; what the service says nothing about waits on. Each check is closed once, with
 * an event of what was found; a pack that contradicts what was recorded goes into quarantine.
 */
export const checkMarking = async (deps: Deps & { marking: Marking }): Promise<{ checked: number; open: number }> => {
  const checks = await deps.table.listMarkingChecks(deps.now(), mostChecks);
  let checked = 0;
  for (const group of groupsOf(checks)) {
    const packs = group.flatMap((c) => c.packs.map(({ gtin, serial }) => ({ gtin, serial })));
    const answers = [...(await deps.marking.lookAll(packs))];
    for (const check of group) {
      const own = answers.splice(0, check.packs.length);
      if (own.some((a) => a.kind === 'unavailable')) continue;
      if (await close(deps, check, own)) checked += 1;
    }
  }
  return { checked, open: checks.length - checked };
};
