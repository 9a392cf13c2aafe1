/**
 * What the daily analysis is told of each event: who did what to whose prescription, and no word that names a patient.
 * Rules read these and nothing else, so that what they find on made-up events is what they find on real ones.
 */

import * as z from 'zod';

const factKinds = [
  'prescribed',
  'dispensed',
  'not-dispensed',
  'undone',
  'looked-up',
  'sign-in-refused',
  'password-given',
  'clock-read',
] as const;
export const FactKind = z
  .enum(factKinds)
  .meta({ id: 'FactKind', description: 'What happened, as the analysis sees it' });

/** One medicine of a prescription or of a dispense. */
export interface FactLine {
  /** ATC code, so that strengths and forms of one substance count together. */
  readonly substance: string;
  /** Controlled by its class, or prone to abuse by the policy's list. */
  readonly watched: boolean;
  /** Smallest units. */
  readonly quantity: number;
  /** Of the course. */
  readonly days: number;
}

export interface Fact {
  /** The event's. */
  readonly id: string;
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number;
  /** When it was written down, where that was later: a sign-in is known for refused when nobody came in by it. */
  readonly recorded?: number;
  readonly kind: (typeof factKinds)[number];
  /** Who did it; of a sign-in, whose account was tried; of a password, who was given it. */
  readonly person: string;
  readonly site: string;
  readonly prescription?: string;
  /** Of a dispense and of its undoing, where a prescription is handed over in parts. */
  readonly dispense?: string;
  readonly patient?: string;
  /** Of a dispense: who prescribed. */
  readonly prescriber?: string;
  /** Of a dispense: where it was prescribed. */
  readonly clinic?: string;
  readonly lines?: readonly FactLine[];
  /** Of a prescription: how many warnings the prescriber went past. */
  readonly warnings?: number;
  /** How far a device's clock is ahead of ours; behind is negative. */
  readonly driftSeconds?: number;
  /** Of a clock: whose it is, where that is known. */
  readonly device?: string;
  /** Of refused sign-ins that are told together: how many; one where nothing stands here. */
  readonly times?: number;
}
