import { transferStates } from '@darmon/domain/transfer';
import { describe, expect, test } from 'vitest';
import { differenceOf, inPacks, isTurnOf, openOf, type TransferSummary, transferOfScan } from './transfer-view.ts';

const one = (more: Partial<TransferSummary>): TransferSummary => ({
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
  number: 'E9J7R2CE',
  from: 'WH-0001',
  to: 'PH-0001',
  state: 'requested',
  at: '2026-11-20T09:30:00.000Z',
  person: 'pharmacist',
  lines: 1,
  ...more,
});

describe('whose turn it is', () => {
  test('a request waits for the sender, goods on their way for the receiver, and what is missing for both', () => {
    const turns = transferStates.map((state) => [state, isTurnOf(state, 'sender'), isTurnOf(state, 'receiver')]);
    expect(turns.filter(([, sender, receiver]) => sender || receiver)).toEqual([
      ['requested', true, false],
      ['approved', true, false],
      ['picking', true, false],
      ['shipped', false, true],
      ['short', true, true],
      ['cancelling', true, true],
    ]);
  });

  test('those that wait for a site come first, and what is done is left out', () => {
    const list = [
      one({ id: 'C', state: 'shipped' }),
      one({ id: 'B', state: 'requested' }),
      one({ id: 'A', state: 'received' }),
    ];
    expect(openOf(list, 'sender').map((t) => t.id)).toEqual(['B', 'C']);
    expect(openOf(list, 'receiver').map((t) => t.id)).toEqual(['C', 'B']);
  });
});

describe('a scan where a transfer is wanted', () => {
  const sscc = '095210201234567892';
  const shipment = { person: 'warehouse', at: '2026-11-20T10:30:00.000Z', sscc };
  const known = [one({ shipment })];

  test.each([
    'https://darmon.example/transfers/01KAGZ5V9YV1Q5T1M0E9J7R2CE',
    '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
    'e9j7r2ce',
    sscc,
    `00${sscc}`,
    `]C100${sscc}`,
    `(00)${sscc}`,
    `https://id.gs1.org/00/${sscc}`,
  ])('%s opens it', (raw) => {
    expect(transferOfScan(raw, known)?.id).toBe('01KAGZ5V9YV1Q5T1M0E9J7R2CE');
  });

  test('anything else opens nothing', () => {
    expect(transferOfScan('0109521020199013', known)).toBeUndefined();
    expect(transferOfScan('', known)).toBeUndefined();
  });
});

test('what came differs from what was expected, or was not counted at all', () => {
  const pairs: readonly [number, number | undefined][] = [
    [40, undefined],
    [40, 40],
    [40, 20],
    [40, 60],
  ];
  expect(pairs.map(([expected, came]) => differenceOf(expected, came))).toEqual(['none', 'same', 'short', 'over']);
});

test('units are whole packs and the rest', () => {
  expect(inPacks(50, 20)).toEqual({ packs: 2, rest: 10 });
});
