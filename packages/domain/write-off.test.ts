import { describe, expect, test } from 'vitest';
import type { Actor } from './actor.ts';
import { type Approval, approvalMs, requireSignature } from './approval.ts';
import { maxPhotoBytes, requirePhoto } from './photo.ts';
import { Refusal } from './refusal.ts';
import type { StockRow } from './stock.ts';
import { instant } from './time.ts';
import { actText, linesToPost, signaturesNeeded, type WriteOff, writeOffLine } from './write-off.ts';

const refusedWith = (act: () => unknown): string => {
  try {
    act();
    return 'not refused';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

const row: StockRow = {
  site: 'WH-1',
  medicine: 'AMOX500CAP',
  gtin: '09521020199013',
  lot: 'A1',
  expiryDate: '2027-06-30',
  free: 40,
  held: 10,
  state: 'recalled',
  brand: 'Brand',
  packUnits: 16,
  divisibleBy: 8,
  packPrice: 1_600,
};
const wanted = { gtin: row.gtin, lot: row.lot, quantity: 16, reason: 'damaged' as const };
const today = '2026-11-20';

describe('a line of an act', () => {
  test('takes what nobody holds, whatever the state of the lot, at the price of the pack', () => {
    expect(writeOffLine(wanted, row, false, today, 0)).toMatchObject({ quantity: 16, value: 1_600, brand: 'Brand' });
    expect(refusedWith(() => writeOffLine({ ...wanted, quantity: 48 }, row, false, today, 0))).toBe('out-of-stock');
  });

  test('leaves in steps, or all that is left', () => {
    expect(refusedWith(() => writeOffLine({ ...wanted, quantity: 4 }, row, false, today, 0))).toBe('quantity-invalid');
    expect(writeOffLine({ ...wanted, quantity: 3 }, { ...row, free: 3 }, false, today, 0).quantity).toBe(3);
  });

  test('is expired only from the day after its last', () => {
    const expired = { ...wanted, reason: 'expired' as const };
    expect(refusedWith(() => writeOffLine(expired, row, false, '2027-06-30', 0))).toBe('not-expired');
    expect(writeOffLine(expired, row, false, '2027-07-01', 0).reason).toBe('expired');
  });
});

const act: WriteOff = {
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD',
  site: 'WH-1',
  author: { person: 'warehouse', name: 'A', role: 'warehouse' },
  at: '2026-11-20T09:30:00.000Z',
  lines: [writeOffLine(wanted, row, true, today, 0)],
  photos: ['01KAGZ5V9YV1Q5T1M0E9J7R2CE'],
  note: 'wet',
  backdated: { day: '2026-11-19', reason: 'late' },
  value: 1_600,
  needed: 1,
  state: 'requested',
  version: 1,
  actHash: 'A'.repeat(43),
  signatures: [],
};

test('what is signed is all that the author said, and nothing of what became of it', () => {
  const other: Partial<WriteOff>[] = [
    { site: 'WH-2' },
    { author: { ...act.author, person: 'warehouse2' } },
    { at: '2026-11-20T09:30:01.000Z' },
    { lines: act.lines.map((l) => ({ ...l, quantity: 8 })) },
    { lines: act.lines.map((l) => ({ ...l, reason: 'lost' as const })) },
    { photos: [] },
    { note: 'dry' },
    { backdated: { day: '2026-11-18', reason: 'late' } },
    { value: 1 },
    { needed: 2 },
  ];
  const texts = [act, ...other.map((change) => ({ ...act, ...change }))].map(actText);
  expect(new Set(texts).size).toBe(texts.length);
  const closed: WriteOff = { ...act, state: 'approved', version: 7, closed: { person: 'p', at: act.at, reason: 'r' } };
  expect(actText(closed)).toBe(actText(act));
});

test('what the last signature moves comes out of what is held, line by line', () => {
  expect(linesToPost(act)).toMatchObject([
    { line: 1, entries: [{ place: 'WH-1', kind: 'write-off', quantity: -16, held: true, controlled: true }] },
  ]);
});

test('a third person signs above the value of the policy, and not at it', () => {
  expect([signaturesNeeded(100, 100), signaturesNeeded(101, 100)]).toEqual([1, 2]);
});

describe('a signature', () => {
  const now = Date.parse('2026-11-20T12:00:00.000Z');
  const of = { subject: '/api/write-offs/X/approve', bodyHash: 'A'.repeat(43) };
  const actor = { person: 'approver', role: 'approver', site: 'OF-1' } as Actor;
  const approval: Approval = {
    id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
    ...of,
    person: 'approver',
    role: 'approver',
    site: 'OF-1',
    at: instant(now),
    until: instant(now + approvalMs),
    secondFactor: false,
    used: false,
  };
  const sign = (about: Partial<Approval>, by: Partial<Actor> = {}, wantedId: string | undefined = approval.id) =>
    refusedWith(() =>
      requireSignature(
        { wanted: wantedId, found: { ...approval, ...about } },
        { ...actor, ...by },
        { author: 'warehouse', signers: ['chief'] },
        of,
        now,
      ),
    );

  test.each([
    ['holds', {}, {}, 'not refused'],
    ['is not the author’s', { person: 'warehouse' }, { person: 'warehouse' }, 'approver-is-author'],
    ['is not given twice', { person: 'chief' }, { person: 'chief' }, 'signer-repeated'],
    ['is not given with another’s yes', { person: 'quality' }, {}, 'approval-invalid'],
    ['is not given with a used yes', { used: true }, {}, 'approval-invalid'],
    ['is not given with a yes that ran out', { until: instant(now) }, {}, 'approval-invalid'],
    ['is not given with a yes to another path', { subject: '/api/write-offs/Y/approve' }, {}, 'approval-invalid'],
    ['is not given with a yes to another act', { bodyHash: 'B'.repeat(43) }, {}, 'approval-invalid'],
  ] as const)('%s', (_, about, by, answer) => expect(sign(about, by)).toBe(answer));
});

describe('a photo', () => {
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  test('is of the type that it is said to be', () => {
    expect(refusedWith(() => requirePhoto('image/jpeg', jpeg))).toBe('not refused');
    expect(refusedWith(() => requirePhoto('image/png', png))).toBe('not refused');
    expect(refusedWith(() => requirePhoto('image/png', jpeg))).toBe('photo-invalid');
    expect(refusedWith(() => requirePhoto('image/jpeg', png))).toBe('photo-invalid');
    expect(refusedWith(() => requirePhoto('image/jpeg', new Uint8Array()))).toBe('photo-invalid');
  });
  test('is small', () => {
    const large = new Uint8Array(maxPhotoBytes + 1);
    large.set(jpeg);
    expect(refusedWith(() => requirePhoto('image/jpeg', large))).toBe('photo-invalid');
    expect(refusedWith(() => requirePhoto('image/jpeg', large.slice(0, maxPhotoBytes)))).toBe('not refused');
  });
});
