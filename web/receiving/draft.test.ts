import { expect, test } from 'vitest';
import {
  addByHand,
  bodyOf,
  changeLine,
  emptyDraft,
  needsOf,
  readExpiry,
  removeLine,
  type Taken,
  takePack,
} from './receipt.ts';

const today = '2026-11-20';
const gtin = '09520000000011';
const full = { gtin, lot: 'A1234', expiryDate: '2027-06-30' };
const draftOf = (taken: Taken) => {
  if (!('draft' in taken)) throw new Error(taken.kind);
  return taken.draft;
};

test('a second scan of the same lot is one pack more of the same line', () => {
  const once = draftOf(takePack(emptyDraft, full, 'a', today));
  const twice = draftOf(takePack(once, full, 'b', today));
  expect(twice.lines).toHaveLength(1);
  expect(twice.lines[0]).toMatchObject({ key: 'a', lot: 'A1234', packs: 2 });
});

test('one pack, known by its serial, never counts twice', () => {
  const once = draftOf(takePack(emptyDraft, { ...full, serial: 'S1' }, 'a', today));
  expect(takePack(once, { ...full, serial: 'S1' }, 'b', today)).toEqual({ kind: 'same-serial' });
  expect(draftOf(takePack(once, { ...full, serial: 'S2' }, 'b', today)).lines[0]?.packs).toBe(2);
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
  for (const wrong of ['31.02.2028', '13.2028', '00.2028', '2028', 'soon', ''])
    expect(readExpiry(wrong)).toBeUndefined();
});

test('an expired lot, a lot in Cyrillic and a wrong number of packs are told before anything is sent', () => {
  const line = { key: 'a', gtin, lot: 'А1', expiry: '01.2026', packs: 0, fromCode: { lot: false, expiry: false } };
  expect(needsOf(line, today)).toEqual(['lot-form', 'expired', 'packs']);
  expect(needsOf({ ...line, lot: 'A1', expiry: '11.2026', packs: 10_001 }, today)).toEqual(['packs']);
});

test('a receipt has at most 25 lines, as the server takes', () => {
  let draft = emptyDraft;
  for (let i = 0; i < 25; i++) draft = draftOf(takePack(draft, { ...full, lot: `L${i}` }, `k${i}`, today));
  expect(takePack(draft, { ...full, lot: 'L25' }, 'k25', today)).toEqual({ kind: 'too-many' });
  expect(addByHand(draft, gtin, 'k25')).toBeUndefined();
});

test('what is sent has packs, whole dates, and the document only where both its parts are there', () => {
  const draft = draftOf(takePack(emptyDraft, full, 'a', today));
  const line = { gtin, lot: 'A1234', expiryDate: '2027-06-30', packs: 1 };
  expect(bodyOf(draft, { supplier: ' Namuna ', number: '12' })).toEqual({
    lines: [line],
    document: { supplier: 'Namuna', number: '12' },
  });
  expect(bodyOf(draft, { supplier: 'Namuna', number: ' ' })).toEqual({ lines: [line] });
});

test('packs of a line that was taken out can be scanned again', () => {
  const once = draftOf(takePack(emptyDraft, { ...full, serial: 'S1' }, 'a', today));
  const none = removeLine(once, 'a');
  expect(none.lines).toEqual([]);
  expect(takePack(none, { ...full, serial: 'S1' }, 'b', today).kind).toBe('added');
});
