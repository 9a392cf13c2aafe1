/**
 * What the national marking service is asked about a pack, and what it can answer. Owns the words; how the service is
 * reached is `client.ts`. Who dispenses needs this file alone.
 */

/** A pack as its DataMatrix names it: GTIN with 14 digits (AI 01) and the serial number (AI 21). */
export interface MarkedPack {
  readonly gtin: string;
  readonly serial: string;
}

/**
 * Where a code is in its life: `issued` to a maker and not on a pack yet, `applied` to a pack that was not yet released,
 * `in-circulation`, `withdrawn` from it (sold, or taken off for another reason; which, the answer does
 * not say), `written-off`, or `annulled` before it was ever used.
 */
export const markingStatuses = ['issued', 'applied', 'in-circulation', 'withdrawn', 'written-off', 'annulled'] as const;
export type MarkingStatus = (typeof markingStatuses)[number];

/**
 * Why there is no answer: `down`, nothing came in time or the service failed; `limited`, the requests of this minute are
 * used up; `paused`, it failed several times in a row and is left alone for a while; `refused`, it does not take our key or
 * our question; `unreadable`, it answered what we do not understand.
 */
export type WhyUnavailable = 'down' | 'limited' | 'paused' | 'refused' | 'unreadable';

/**
 * What is known of a pack. `lot` is the service's product series and `expiryDate` a day, `YYYY-MM-DD`; each is absent where
 * the service has none. `unknown` means that the service answered and has no such code.
 */
export type MarkingAnswer =
  | { readonly kind: 'known'; readonly status: MarkingStatus; readonly lot?: string; readonly expiryDate?: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unavailable'; readonly why: WhyUnavailable };

/** Never throws and never keeps a counter waiting: a service that is down is an answer, and dispensing goes on. */
export interface Marking {
  look(pack: MarkedPack): Promise<MarkingAnswer>;
  /** One answer for each pack, in their order; one question to the service for all of them. */
  lookAll(packs: readonly MarkedPack[]): Promise<readonly MarkingAnswer[]>;
}
