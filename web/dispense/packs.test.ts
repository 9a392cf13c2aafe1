import { expect, test } from 'vitest';
import { judgePack, lotsByPacks, type TakenPack, type Target } from './packs.ts';
import { type ProposedLine, rowsOf } from './shelf.ts';

const today = '2026-11-20';
const gtin = '09520000000011';
const medicine = {
  code: 'AMOX500CAP',
  inn: 'Amoxicillin',
  innRu: 'Amoxicillin',
  innUz: 'Amoksitsillin',
  atc: 'J01CA04',
  form: 'capsule' as const,
  strength: '500 mg',
  class: 'rx' as const,
  reimbursed: false,
  registered: true,
  unit: 'capsule' as const,
  routes: ['oral' as const],
  packs: [
    { gtin, brand: 'Amoks', maker: 'Namuna', units: 10, divisibleBy: 1 },
    { gtin: '09520000000028', brand: 'Other', maker: 'Namuna', units: 10, divisibleBy: 1 },
  ],
};
const line: ProposedLine = {
  line: 1,
  medicine: medicine.code,
  owed: 21,
  available: 110,
  lots: [],
  others: [
    { gtin, lot: 'EARLY', expiryDate: '2027-01-31', onHand: 10, brand: 'Amoks' },
    { gtin, lot: 'LATE', expiryDate: '2028-06-30', onHand: 100, brand: 'Amoks' },
  ],
  substitutionAllowed: true,
  controlled: false,
};
const target = (about: { packs?: readonly TakenPack[]; line?: ProposedLine } = {}): Target => {
  const of = about.line ?? line;
  return { line: of, medicine, rows: rowsOf(of, medicine), packs: about.packs ?? [], quantity: of.owed };
};
const pack = (about: Partial<TakenPack> = {}): TakenPack => ({ raw: 'scan', gtin, ...about });
const judge = (scanned: TakenPack, of = target()) =>
  judgePack(scanned, [of], (one) => medicine.packs.find((p) => p.gtin === one) && medicine.code, today);

test('a pack finds its line by its GTIN and keeps its lot', () => {
  expect(judge(pack({ lot: 'LATE' }))).toMatchObject({ kind: 'taken', lot: 'LATE', packs: [{ lot: 'LATE' }] });
});

test('a pack of a medicine that is not owed is foreign', () => {
  expect(judge(pack({ gtin: '09520000000998', lot: 'LATE' }))).toEqual({ kind: 'foreign' });
});

test('a pack without a lot asks for it where two lots are on the shelf, and is certain where one is', () => {
  expect(judge(pack({ serial: 'S1' }))).toMatchObject({ kind: 'needs-lot', lots: [{ lot: 'EARLY' }, { lot: 'LATE' }] });
  const one = target({ line: { ...line, others: line.others.slice(1) } });
  expect(judge(pack({ serial: 'S1' }), one)).toMatchObject({ kind: 'taken', lot: 'LATE' });
});

test('the same serial number twice is one pack, while packs without one are many', () => {
  const taken = pack({ raw: 'a', serial: 'S1', lot: 'LATE' });
  expect(judge(pack({ raw: 'b', serial: 'S1', lot: 'LATE' }), target({ packs: [taken] }))).toEqual({
    kind: 'repeated',
  });
  const bare = pack({ raw: 'a', lot: 'LATE' });
  expect(judge(bare, target({ packs: [bare] }))).toMatchObject({ kind: 'taken', packs: [bare, bare] });
});

test('a pack with another expiry date than its lot contradicts the shelf, and an unknown lot is told to be one', () => {
  expect(judge(pack({ lot: 'LATE', expiryDate: '2028-07-31' }))).toMatchObject({
    kind: 'contradicts',
    shelf: '2028-06-30',
  });
  expect(judge(pack({ lot: 'NEVER' }))).toMatchObject({ kind: 'lot-unknown' });
});

test('a pack more than is owed is not needed', () => {
  const packs = ['a', 'b', 'c'].map((raw) => pack({ raw, lot: 'LATE' }));
  expect(judge(pack({ raw: 'd', lot: 'LATE' }), target({ packs }))).toMatchObject({ kind: 'not-needed' });
});

test('another brand is refused at the scan where the prescriber forbids it', () => {
  const only = { ...line, brand: 'Amoks', substitutionAllowed: false };
  const other = pack({ gtin: '09520000000028', lot: 'LATE' });
  expect(judge(other, target({ line: only }))).toMatchObject({ kind: 'other-brand', brand: 'Other' });
});

test('what packs do not cover comes from their own lots before others', () => {
  const { rows } = target();
  const lots = lotsByPacks(line, rows, [pack({ lot: 'LATE' })], 21, { today, mayRound: true });
  expect(lots).toEqual([{ gtin, lot: 'LATE', quantity: 21 }]);
  const both = lotsByPacks(line, rows, [pack({ lot: 'EARLY' }), pack({ lot: 'LATE' })], 21, { today, mayRound: true });
  expect(both).toEqual([
    { gtin, lot: 'EARLY', quantity: 10 },
    { gtin, lot: 'LATE', quantity: 11 },
  ]);
});
