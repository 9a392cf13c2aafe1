/**
 * Drafts: a form as far as it was written, kept for its owner alone. What stands in one is the screen's own business;
 * nothing is decided on it, and it is checked like any other request when it is signed.
 */
import * as z from 'zod';
import { PersonId } from './actor.ts';
import { PrescriptionId } from './prescription.ts';
import { Refusal } from './refusal.ts';
import { dayMs, Instant, instant } from './time.ts';

const maxDraftBytes = 20_000;
/** How long a draft is kept after it was last saved. */
export const draftDays = 30;

export const DraftBody = z
  .record(z.string(), z.unknown())
  .refine((body) => JSON.stringify(body).length <= maxDraftBytes, `at most ${maxDraftBytes} characters of JSON`)
  .meta({ id: 'DraftBody', description: 'A half-written form, as the screen keeps it; at most 20 kB' });
export const DraftTitle = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .meta({ id: 'DraftTitle', description: 'What its owner knows it by; kept encrypted like the rest' });

/** What the table keeps. Once issued, nothing of its content is left. */
export const Draft = z.object({
  /** Becomes the id of the prescription that is issued from it. */
  id: PrescriptionId,
  version: z.int().positive(),
  status: z.enum(['draft', 'discarded', 'issued']),
  person: PersonId,
  savedAt: Instant,
  /** A data key of its own, wrapped by KMS. */
  wrappedKey: z.string(),
  sealed: z.record(z.string(), z.string()),
});
export type Draft = z.infer<typeof Draft>;

/** True once nobody can go on with it for its age. */
const isOld = (draft: Draft, now: number): boolean => now >= Date.parse(draft.savedAt) + draftDays * dayMs;

/** The draft, where it is `person`'s own and still kept; others learn nothing of it. */
export const ownDraft = (draft: Draft | undefined, person: string, now: number): Draft => {
  if (!draft || draft.person !== person || isOld(draft, now)) throw new Refusal('not-found');
  return draft;
};

/**
 * The next version of a draft. One that was thrown away comes back by being saved again; one that was issued is closed.
 * @throws Refusal `draft-closed`, `version-changed` where another device saved meanwhile
 */
export const nextDraft = (draft: Draft, seen: number, now: number): Draft => {
  if (draft.status === 'issued') throw new Refusal('draft-closed');
  if (draft.version !== seen) throw new Refusal('version-changed');
  return { ...draft, version: draft.version + 1, status: 'draft', savedAt: instant(now) };
};

/** The draft thrown away; saving it again takes that back. @throws Refusal `draft-closed` where it is none any more */
export const discardDraft = (draft: Draft): Draft => {
  if (draft.status !== 'draft') throw new Refusal('draft-closed');
  return { ...draft, version: draft.version + 1, status: 'discarded' };
};

/** Refuses to issue from what is no draft any more. @throws Refusal `draft-closed` */
export const requireDraft = (draft: Draft | undefined, person: string, now: number): void => {
  if (ownDraft(draft, person, now).status !== 'draft') throw new Refusal('draft-closed');
};
