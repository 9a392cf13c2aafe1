import { maxWriteOffLines } from '@darmon/domain/write-off';
import { describe, expect, test } from 'vitest';
import {
  addUnits,
  asTheyLie,
  bodyOf,
  type DraftLine,
  type Lot,
  linesOfProposals,
  linesOfTransit,
  needsOf,
  withQuantity,
  worthOf,
} from './draft.ts';

const lot: Lot = {
  medicine: 'AMOX500CAP',
  gtin: '09521020199013',
  lot: 'A1',
  expiryDate: '2027-06-30',
  packUnits: 16,
  packPrice: 1_600,
  free: 40,
  step: 8,
};
const today = '2026-11-20';
const line = (about: Partial<DraftLine> = {}): DraftLine => ({
  lot,
  quantity: 16,
  reason: 'damaged',
  note: '',
  ...about,
});
const added = (lines: readonly DraftLine[], of = lot, units = 16) => {
  const answer = addUnits(lines, of, units, 'damaged');
  if (answer.kind !== 'added') throw new Error(answer.kind);
  return answer.lines;
};

describe('a scan', () => {
  test('adds a pack to the line of its lot, and a line where there is none', () => {
    const once = added([]);
    expect(once.map((l) => l.quantity)).toEqual([16]);
    expect(added(once).map((l) => l.quantity)).toEqual([32]);
    expect(added(once, { ...lot, lot: 'B2' }).map((l) => l.lot.lot)).toEqual(['A1', 'B2']);
  });

  test('never takes more than nobody holds', () => {
    const twice = added(added([]));
    expect(added(twice).map((l) => l.quantity)).toEqual([40]);
    expect(addUnits(added(twice), lot, 16, 'damaged').kind).toBe('none-free');
  });

  test('of a pack with a number names it once, and it leaves the line with its units', () => {
    const first = addUnits([], lot, 16, 'damaged', 'S1');
    if (first.kind !== 'added') throw new Error(first.kind);
    expect(addUnits(first.lines, lot, 16, 'damaged', 'S1').kind).toBe('same-pack');
    const second = addUnits(first.lines, lot, 16, 'damaged', 'S2');
    const [both] = second.kind === 'added' ? second.lines : [];
    expect([both?.quantity, both?.serials]).toEqual([32, ['S1', 'S2']]);
    expect(both && withQuantity(both, 16).serials).toEqual(['S1']);
    expect(both && withQuantity(both, undefined).serials).toBeUndefined();
    expect(both && bodyOf([both], { photos: [], note: '', earlier: null }).lines[0]?.serials).toEqual(['S1', 'S2']);
  });

  test('adds no line to a full act', () => {
    const full = Array.from({ length: maxWriteOffLines }, (_, i) => line({ lot: { ...lot, lot: `L${i}` } }));
    expect(addUnits(full, lot, 16, 'damaged').kind).toBe('too-many');
    expect(addUnits(full, { ...lot, lot: 'L3' }, 16, 'damaged').kind).toBe('added');
  });
});

describe('a line', () => {
  test.each([
    [undefined, false],
    [0, false],
    [4, false],
    [8, true],
    [40, true],
    [41, false],
    [1.5, false],
  ])('of %s units is to be sent: %s', (quantity, isRight) => {
    expect(needsOf(line({ quantity }), today)).toEqual(isRight ? [] : ['quantity']);
  });

  test('takes all that is left, whatever the steps', () => {
    expect(needsOf(line({ lot: { ...lot, free: 3 }, quantity: 3 }), today)).toEqual([]);
  });

  test('says what `other` is, and is not called expired while it is not', () => {
    expect(needsOf(line({ reason: 'other' }), today)).toEqual(['note']);
    expect(needsOf(line({ reason: 'other', note: 'ab' }), today)).toEqual(['note']);
    expect(needsOf(line({ reason: 'other', note: 'eaten by mice' }), today)).toEqual([]);
    expect(needsOf(line({ reason: 'expired' }), today)).toEqual(['not-expired']);
    expect(needsOf(line({ reason: 'expired' }), '2027-07-01')).toEqual([]);
  });

  test('is worth its part of the price of a pack', () => expect(worthOf(line({ quantity: 8 }))).toBe(800));
});

test('what has expired becomes lines that can be sent as they are', () => {
  const [proposed] = linesOfProposals([
    {
      medicine: 'AMOX500CAP',
      gtin: lot.gtin,
      lot: 'OLD',
      expiryDate: '2026-11-19',
      brand: 'Brand',
      packUnits: 16,
      quantity: 3,
      value: 300,
      state: 'available',
    },
  ]);
  expect(proposed && needsOf(proposed, today)).toEqual([]);
  expect(proposed?.quantity).toBe(3);
});

describe('what never came of a transfer', () => {
  const onWay = (name: string, inTransit: number) => ({
    line: 1,
    medicine: lot.medicine,
    gtin: lot.gtin,
    lot: name,
    expiryDate: lot.expiryDate,
    packUnits: 16,
    picked: 40,
    received: 0,
    returned: 0,
    inTransit,
    inAct: 0,
    writtenOff: 0,
    serials: 0,
    packPrice: 1_600,
  });

  test('is offered whole as lost, each lot once, and nothing that came', () => {
    const lines = linesOfTransit([onWay('A1', 40), onWay('A1', 40), onWay('B2', 0)], () => 8);
    expect(lines).toEqual([{ lot: { ...lot, step: 8 }, quantity: 40, reason: 'lost-in-transit', note: '' }]);
    expect(lines.flatMap((l) => needsOf(l, today))).toEqual([]);
  });

  test('is sent with the transfer', () => {
    const body = bodyOf([line()], { photos: [], note: '', earlier: null, transfer: '01KAGZ5V9YV1Q5T1M0E9J7R2CE' });
    expect(body.transfer).toBe('01KAGZ5V9YV1Q5T1M0E9J7R2CE');
  });
});

test('an act that was kept is judged by what lies there now, and nothing of it is dropped', () => {
  const kept = [line({ quantity: 40 }), line({ lot: { ...lot, lot: 'GONE' } })];
  const now = asTheyLie(kept, [{ ...lot, free: 16 }]);
  expect(now.map((l) => [l.lot.lot, l.lot.free, l.quantity])).toEqual([
    ['A1', 16, 40],
    ['GONE', 0, 16],
  ]);
  expect(now.map((l) => needsOf(l, today))).toEqual([['quantity'], ['quantity']]);
});

test('only what was said is sent', () => {
  expect(bodyOf([line()], { photos: [], note: ' ', earlier: null })).toEqual({
    lines: [{ gtin: lot.gtin, lot: 'A1', quantity: 16, reason: 'damaged' }],
  });
  expect(
    bodyOf([line({ note: ' wet ' })], {
      photos: ['P'],
      note: 'flood',
      earlier: { day: '2026-11-19', reason: ' late ' },
    }),
  ).toEqual({
    lines: [{ gtin: lot.gtin, lot: 'A1', quantity: 16, reason: 'damaged', note: 'wet' }],
    photos: ['P'],
    note: 'flood',
    backdated: { day: '2026-11-19', reason: 'late' },
  });
});
