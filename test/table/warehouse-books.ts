/**
 * The books of a small chain as its keepers would write them, apart from the rules: what each place holds of each lot,
 * free and promised, what it held before, and what a keeper may think of doing next.
 */

import fc from 'fast-check';
import { gtins } from '../support/house.ts';

export const minute = 60_000;
const hour = 60 * minute;
export const packUnits = 20;
export const gtin = gtins.amoxicillin;
export const medicine = 'AMOX500CAP';
export const backdateDays = 5;
export const expiries = ['2028-06-30', '2028-09-30', '2029-01-31'] as const;
const sites = ['PH-1', 'PH-2', 'WH-1'] as const;
type Site = (typeof sites)[number];
export const keepers = { 'PH-1': 'pharmacist', 'PH-2': 'pharmacist2', 'WH-1': 'warehouse' } as const;
/** Who says yes beside each of them. */
export const colleagues = { 'PH-1': 'pharmacist3', 'PH-2': 'pharmacist4', 'WH-1': 'warehouse2' } as const;

export interface Row {
  free: number;
  held: number;
  state: 'available' | 'on-hold';
  /** What it gained or lost, and when it counts. */
  readonly moved: { readonly at: number; readonly quantity: number }[];
  /** Movements that were taken back. */
  readonly reversed: Set<string>;
}

interface Act {
  readonly id: string;
  readonly hash: string;
  readonly site: Site;
  readonly lot: number;
  readonly quantity: number;
  readonly back: number;
  /** The end of the day that it counts for, where it is dated back. */
  readonly at: number | undefined;
}

interface Given {
  readonly id: string;
  readonly site: Site;
  readonly lot: number;
  readonly quantity: number;
}

interface Sent {
  readonly id: string;
  readonly from: Site;
  readonly to: Site;
  readonly lot: number;
  readonly quantity: number;
  shipped: boolean;
}

export interface Books {
  /** Lots of a run are of that run alone, and lie in a zone of that run. */
  readonly name: (lot: number) => string;
  readonly zone: string;
  readonly rows: Map<string, Row>;
  readonly acts: Act[];
  readonly given: Given[];
  readonly sent: Sent[];
}

const rowName = (place: string, lot: number): string => `${place} ${lot}`;
export const rowOf = (books: Books, place: string, lot: number): Row | undefined => books.rows.get(rowName(place, lot));
export const madeRow = (books: Books, place: string, lot: number): Row => {
  const row = rowOf(books, place, lot) ?? {
    free: 0,
    held: 0,
    state: 'available',
    moved: [],
    reversed: new Set(),
  };
  books.rows.set(rowName(place, lot), row);
  return row;
};
const balanceAt = (row: Row, at: number): number =>
  row.moved.reduce((sum, m) => (m.at <= at ? sum + m.quantity : sum), 0);
/** The least that lay there from an instant on. */
export const leastFrom = (row: Row, at: number): number =>
  Math.min(balanceAt(row, at), ...row.moved.filter((m) => m.at > at).map((m) => balanceAt(row, m.at)));

/** What came to an end of its way. */
export const moveOn = (books: Books, transit: Row, to: string, lot: number, quantity: number, at: number): void => {
  transit.free -= quantity;
  transit.moved.push({ at, quantity: -quantity });
  const row = madeRow(books, to, lot);
  row.free += quantity;
  row.moved.push({ at, quantity });
};

/** Why units cannot be taken off a shelf. */
export const whyNotTaken = (row: Row | undefined, quantity: number): string => {
  if (!row) return 'lot-unknown';
  if (row.state !== 'available') return 'lot-blocked';
  return row.free < quantity ? 'out-of-stock' : 'done';
};

const nat = (max: number) => fc.integer({ min: 0, max });
/** Most of it happens to one lot, or too little would ever happen twice to the same units. */
const lot = fc.constantFrom(0, 0, 0, 1, 2);
const where = { site: fc.constantFrom(...sites), lot };
const back = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 7 }) },
);
export const arrivalOf = fc.record({
  do: fc.constant('receive' as const),
  ...where,
  packs: fc.integer({ min: 1, max: 4 }),
  back,
});
export const stepOf = fc.oneof(
  { weight: 5, arbitrary: arrivalOf },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('dispense' as const),
      site: fc.constantFrom('PH-1' as const, 'PH-2' as const),
      lot,
      quantity: fc.integer({ min: 1, max: 21 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), which: nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('write off' as const),
      ...where,
      quantity: fc.integer({ min: 1, max: 60 }),
      back,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sign' as const), which: nat(9) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('refuse' as const, 'withdraw' as const), which: nat(9) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('hold' as const, 'release' as const), ...where }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      ...where,
      to: fc.constantFrom(...sites),
      quantity: fc.integer({ min: 1, max: 50 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('ship' as const), which: nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('call off' as const), which: nat(3) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('take in' as const),
      which: nat(3),
      part: fc.constantFrom(0.3, 0.6, 1, 1.5),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('send back' as const), which: nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('count' as const), ...where, differs: fc.integer({ min: -9, max: 9 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reverse' as const), ...where }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 30 * hour }) }) },
);
export type Step = typeof stepOf extends fc.Arbitrary<infer S> ? S : never;

/** What chance seldom brings together in so many sequences: a lot that is blocked while some of it is promised and asked for. */
export const blockedOnItsWay: readonly [Step[], Step[]] = [
  [{ do: 'receive', site: 'PH-1', lot: 0, packs: 4, back: 0 }],
  [
    { do: 'send', site: 'PH-1', lot: 0, to: 'PH-2', quantity: 10 },
    { do: 'hold', site: 'PH-1', lot: 0 },
    { do: 'ship', which: 0 },
    { do: 'dispense', site: 'PH-1', lot: 0, quantity: 5 },
    { do: 'release', site: 'PH-1', lot: 0 },
    { do: 'ship', which: 0 },
    { do: 'take in', which: 0, part: 1.5 },
    { do: 'take in', which: 0, part: 1 },
  ],
];

/** What a hundred sequences must have brought about, or they were not worth playing. */
export const reached = [
  'receive: done',
  'receive: backdate-too-far',
  'dispense: done',
  'dispense: lot-blocked',
  'dispense: out-of-stock',
  'write off: done',
  'write off: out-of-stock',
  'write off: past-negative',
  'sign: done',
  'refuse: done',
  'withdraw: done',
  'hold: done',
  'release: done',
  'send: done',
  'send: out-of-stock',
  'ship: done',
  'ship: lot-blocked',
  'call off: done',
  'take in: done',
  'take in: received-over',
  'send back: done',
  'count: done',
  'reverse: done',
  'reverse: already-reversed',
  'reverse with a colleague: done',
];
