/** Taking a person's name out of what has to stay: of a prescription, its picture and hand-overs, of feedback. */
import { type Event, retentionActor } from '@darmon/domain/event';
import type { Feedback } from '@darmon/domain/feedback';
import type { Prescription } from '@darmon/domain/prescription';
import { instant } from '@darmon/domain/time';
import { Changed } from '@darmon/table/transact';
import type { Deps } from './deps.ts';

/** Why something personal goes. */
export type Cause = 'erasure' | 'retention';

const removedAt = (deps: Deps, site: string, changes: Record<string, unknown>): Event => ({
  id: deps.id(),
  at: instant(deps.now()),
  type: 'content-removed',
  actor: retentionActor(site),
  changes,
});

const isNamed = (p: Prescription): boolean => Object.keys(p.sealed).length > 0 || p.pageMac !== undefined;

/** The picture of the paper that a prescription was entered from; 1 where there was one. */
export const wipePicture = async (deps: Deps, p: Pick<Prescription, 'id' | 'paper'>): Promise<number> => {
  const picture = p.paper && (await deps.table.loadPicture(p.id));
  if (!picture || picture.sealed.length === 0) return 0;
  await deps.table.wipePicture(p.id);
  return 1;
};

/** What its hand-overs say of who collected. */
const wipeCollectors = async (deps: Deps, p: Prescription): Promise<number> => {
  const dispenses = p.dispenses === 0 ? [] : await deps.table.loadDispenses(p.id);
  const named = dispenses.filter((d) => d.sealed !== undefined).map((d) => d.n);
  await deps.table.wipeDispenses(p.id, named);
  return named.length;
};

/**
 * Everything a prescription says of its patient; what was prescribed and handed over stays. The prescription itself goes
 * last, so that whoever is stopped on the way begins again. Again, it finds nothing to do.
 */
export const wipePrescription = async (
  deps: Deps,
  p: Prescription,
  cause: Cause,
): Promise<{ prescriptions: number; pictures: number; collectors: number }> => {
  const pictures = await wipePicture(deps, p);
  const collectors = await wipeCollectors(deps, p);
  for (let at: Prescription | undefined = p; at && isNamed(at); at = await deps.table.loadPrescription(p.id))
    try {
      await deps.table.wipePrescription(at, removedAt(deps, p.clinic, { prescription: p.id, cause }));
      return { prescriptions: 1, pictures, collectors };
    } catch (error) {
      // somebody took a hand-over back meanwhile: read again
      if (!(error instanceof Changed)) throw error;
    }
  return { prescriptions: 0, pictures, collectors };
};

/** The words of feedback; 1 where there were any. */
export const wipeFeedback = async (deps: Deps, feedback: Feedback, cause: Cause): Promise<number> => {
  if (feedback.wrappedKey === '') return 0;
  await deps.table.wipeFeedback(feedback.id, removedAt(deps, feedback.site, { feedback: feedback.id, cause }));
  return 1;
};

export const isWiped = (p: Prescription): boolean => !isNamed(p);
