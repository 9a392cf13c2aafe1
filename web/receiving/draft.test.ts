import { gtinCheckDigit } from '@darmon/domain/gs1';
import { expect, test } from 'vitest';
import {
  addByHand,
  bodyOf,
  changeLine,
  type Draft,
  type DraftLine,
  emptyDraft,
  needsOf,
  packOfCase,
  readExpiry,
  readingsFor,
  readPrice,
  removeLine,
  standingOf,
  type Taken,
  takePack,
  tell,
  tickCarton,
  withList,
} from './draft.ts';

const today = '2026-11-20';
const gtin = '09520000000011';
const full = { gtin, lot: 'A1234', expiryDate: '2027-06-30' };
const units = () => 20;
const draftOf = (taken: Taken) => {
  if (!('draft' in taken)) throw new Error(taken.kind);
  return taken.draft;
};
const lineOf = (draft: Draft, lot: string) => draft.lines.find((l) => l.lot === lot) as DraftLine;

test('a second scan of the same lot is one pack more of the same line', () => {
  const once = draftOf(takePack(emptyDraft, full, 'a', today));
  const twice = draftOf(takePack(once, full, 'b', today));
  expect(twice.lines).toHaveLength(1);
  expect(twice.lines[0]).toMatchObject({ key: 'a', lot: 'A1234', packs: 2 });
});

test('one pack, known by its serial, never counts twice, and its serial is sent', () => {
  const once = draftOf(takePack(emptyDraft, { ...full, serial: 'S1' }, 'a', today));
  expect(takePack(once, { ...full, serial: 'S1' }, 'b', today)).toEqual({ kind: 'same-serial' });
  const twice = draftOf(takePack(once, { ...full, serial: 'S2' }, 'b', today));
  expect(bodyOf(twice, units).lines).toMatchObject([{ packs: 2, serials: ['S1', 'S2'] }]);
});

test('a pack without lot and expiry asks for them, and the next one joins its line', () => {
  const taken = takePack(emptyDraft, { gtin, serial: 'S1' }, 'a', today);
  expect(taken.kind).toBe('needs');
  const [line] = draftOf(taken).lines;
  expect(needsOf(line!, today)).toEqual(['lot', 'expiry']);
  const typed = changeLine(draftOf(taken), { ...line!, lot: 'B77', expiry: '06.2028' });
  const next = takePack(typed, { gtin, serial: 'S2' }, 'b', today);
  expect(next.kind).toBe('added');
  expect(draftOf(next).lines).toMatchObject([{ lot: 'B77', packs: 2, expiry: '06.2028' }]);
});

test('a later scan never blanks nor overwrites the expiry of an earlier one', () => {
  const once = draftOf(takePack(emptyDraft, full, 'a', today));
  const without = draftOf(takePack(once, { gtin, lot: 'A1234' }, 'b', today));
  expect(without.lines[0]).toMatchObject({ expiry: '2027-06-30', packs: 2 });
  expect(takePack(once, { ...full, expiryDate: '2028-01-31' }, 'b', today)).toEqual({
    kind: 'expiry-conflict',
    lot: 'A1234',
    first: '2027-06-30',
    second: '2028-01-31',
  });
});

test('a month on a pack means its last day; dates that do not exist are not taken', () => {
  expect(readExpiry('02.2028')).toBe('2028-02-29');
  expect(readExpiry('6/2028')).toBe('2028-06-30');
  expect(readExpiry('30.06.2028')).toBe('2028-06-30');
  expect(readExpiry('2028-06-30')).toBe('2028-06-30');
  for (const wrong of ['31.02.2028', '13.2028', '00.2028', '2028', '12.11.28', 'soon', ''])
    expect(readExpiry(wrong)).toBeUndefined();
});

test('a price is whole tiyin, with a comma or a point; anything else is told', () => {
  expect(['12500', '12 500,5', '0.05'].map(readPrice)).toEqual([1_250_000, 1_250_050, 5]);
  for (const wrong of ['', '1,234', '-1', '1e3', 'abc']) expect(readPrice(wrong)).toBeUndefined();
});

test('an expired lot, a lot in Cyrillic and a wrong number of packs are told before anything is sent', () => {
  const [line] = (addByHand(emptyDraft, gtin, 'a') as Draft).lines as [DraftLine];
  expect(needsOf({ ...line, lot: 'А1', expiry: '01.2026', packs: 0 }, today)).toEqual(['lot-form', 'expired', 'packs']);
  expect(needsOf({ ...line, lot: 'A1', expiry: '11.2026', packs: 10_001 }, today)).toEqual(['packs']);
});

test('what is sent has packs, whole dates, and the document only where both its parts are there', () => {
  const draft = draftOf(takePack(emptyDraft, full, 'a', today));
  const line = { gtin, lot: 'A1234', expiryDate: '2027-06-30', packs: 1 };
  expect(bodyOf({ ...draft, document: { supplier: ' Namuna ', number: '12' } }, units)).toEqual({
    lines: [line],
    document: { supplier: 'Namuna', number: '12' },
  });
  expect(bodyOf({ ...draft, document: { supplier: 'Namuna', number: ' ' } }, units)).toEqual({ lines: [line] });
});

test('packs of a line that was taken out can be scanned again', () => {
  const once = draftOf(takePack(emptyDraft, { ...full, serial: 'S1' }, 'a', today));
  const none = removeLine(once, 'a');
  expect(none.lines).toEqual([]);
  expect(takePack(none, { ...full, serial: 'S1' }, 'b', today).kind).toBe('added');
});

const list = {
  id: 'L1',
  supplier: 'Namuna',
  cartons: [
    { sscc: '106141412345678908', lines: [] },
    {
      sscc: '106141412345678915',
      parent: '106141412345678908',
      lines: [{ gtin, lot: 'A', packs: 3, serials: ['1', '2', '3'] }],
    },
    { sscc: '106141412345678922', parent: '106141412345678908', lines: [{ gtin, lot: 'B', packs: 2 }] },
  ],
};
const announced = [
  { gtin, lot: 'A', expiryDate: '2027-06-30', packs: 3, serials: ['1', '2', '3'], got: 0 },
  { gtin, lot: 'B', expiryDate: '2027-07-31', packs: 4, got: 40 },
];
const listed = withList(emptyDraft, list, announced, units);
let n = 0;
const newKey = () => `k${++n}`;

test('against a list each line says what is still to come, and what is not on it is said to be more', () => {
  expect(listed.lines.map((l) => [l.lot, l.expected, standingOf(l, true)])).toEqual([
    ['A', 3, 'to-come'],
    ['B', 2, 'to-come'],
  ]);
  const some = draftOf(takePack(listed, { gtin, lot: 'B' }, 'x', today));
  expect(standingOf(lineOf(some, 'B'), true)).toBe('some');
  const over = draftOf(takePack(some, { gtin, lot: 'B' }, 'x', today, 5));
  expect(standingOf(lineOf(over, 'B'), true)).toBe('over');
  const other = draftOf(takePack(over, { ...full, lot: 'C' }, 'x', today));
  expect(standingOf(lineOf(other, 'C'), true)).toBe('extra');
  expect(bodyOf(other, units)).toMatchObject({ expected: 'L1', lines: [{ lot: 'C' }, { lot: 'B', packs: 6 }] });
});

test('a pack that names no lot is of the line whose serial number the list names, and of no other', () => {
  expect(lineOf(draftOf(takePack(listed, { gtin, serial: '2' }, 'x', today)), 'A').packs).toBe(1);
  const unknown = takePack(listed, { gtin, serial: '9' }, 'x', today);
  expect([unknown.kind, draftOf(unknown).lines[0]?.lot]).toEqual(['needs', '']);
});

test('what the pack itself says of its expiry counts, not the list', () => {
  const taken = draftOf(takePack(listed, { gtin, lot: 'A', expiryDate: '2027-05-31' }, 'x', today));
  expect(lineOf(taken, 'A').expiry).toBe('2027-05-31');
  expect(takePack(taken, { gtin, lot: 'A', expiryDate: '2027-06-30' }, 'x', today).kind).toBe('expiry-conflict');
});

test('a pallet ticks off every carton in it once, and no pack that was scanned before twice', () => {
  const scanned = draftOf(takePack(listed, { gtin, lot: 'A', serial: '1' }, 'x', today));
  const ticked = tickCarton(scanned, '106141412345678908', newKey, today);
  expect(ticked).toMatchObject({ kind: 'ticked', packs: 4, lines: 2 });
  const draft = (ticked as { draft: Draft }).draft;
  expect([lineOf(draft, 'A').packs, lineOf(draft, 'A').serials.length, lineOf(draft, 'B').packs]).toEqual([3, 3, 2]);
  expect(tickCarton(draft, '106141412345678915', newKey, today).kind).toBe('ticked-before');
  expect(tickCarton(draft, '006141412345678900', newKey, today).kind).toBe('not-on-list');
});

test('a case is known by its pack, and a code that is no case is not', () => {
  const body = '1952000000001';
  const ofCase = body + gtinCheckDigit(body);
  expect(packOfCase(ofCase, (g) => g === gtin, gtinCheckDigit)).toBe(gtin);
  expect(packOfCase(gtin, () => true, gtinCheckDigit)).toBeUndefined();
});

test('packs that came damaged are not taken in, and come back when the number is corrected', () => {
  const draft = draftOf(takePack(listed, { gtin, lot: 'A' }, 'x', today, 3));
  const told = { key: 't', kind: 'damaged' as const, gtin, lot: 'A', packs: 2, note: '', photos: [] };
  const told2 = tell(draft, told);
  expect(lineOf(told2, 'A').packs).toBe(1);
  const corrected = tell(told2, { ...told, packs: 1 });
  expect(lineOf(corrected, 'A').packs).toBe(2);
  expect(bodyOf(corrected, units).discrepancies).toEqual([{ kind: 'damaged', gtin, lot: 'A', received: 20 }]);
});

test('a temperature is asked for only where something that needs it came', () => {
  expect(readingsFor(listed, () => 'cold')).toEqual([]);
  const came = draftOf(takePack(listed, { gtin, lot: 'A' }, 'x', today));
  expect(readingsFor(came, () => 'cold')).toEqual(['cold']);
  expect(readingsFor(came, () => undefined)).toEqual([]);
});
