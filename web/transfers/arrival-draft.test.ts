import { describe, expect, test } from 'vitest';
import { arrivalBody, count, countAll, countPack, emptyArrival, type Scanned } from './arrival-draft.ts';
import type { TransferLot } from './transfer-view.ts';

const gtin = '09520000000011';
const lot = (name: string, inTransit: number, more: Partial<TransferLot> = {}): TransferLot => ({
  line: 1,
  medicine: 'AMOX500CAP',
  gtin,
  lot: name,
  expiryDate: '2028-06-30',
  packUnits: 20,
  picked: inTransit,
  received: 0,
  returned: 0,
  inTransit,
  inAct: 0,
  writtenOff: 0,
  serials: 0,
  ...more,
});
const drafted = (scanned: Scanned) => {
  if (scanned.kind !== 'counted') throw new Error(scanned.kind);
  return scanned.draft;
};

describe('a pack that is scanned', () => {
  test('adds its units to its lot, and one without a lot to the only lot that is on its way', () => {
    const first = drafted(countPack(emptyArrival, { gtin, lot: 'A' }, 'raw', [lot('A', 40), lot('B', 20)]));
    expect(first.counted).toEqual({ [`${gtin}#A`]: { units: 20 } });
    const only = drafted(countPack(emptyArrival, { gtin }, 'raw', [lot('A', 40), lot('B', 0)]));
    expect(only.counted).toEqual({ [`${gtin}#A`]: { units: 20 } });
  });

  test('is never guessed: another lot, two possible lots and the same number twice are said', () => {
    const lots = [lot('A', 40), lot('B', 20)];
    const kindOf = (scanned: Scanned) => scanned.kind;
    expect(kindOf(countPack(emptyArrival, { gtin, lot: 'X' }, 'raw', lots))).toBe('not-this-transfer');
    expect(kindOf(countPack(emptyArrival, { gtin }, 'raw', lots))).toBe('which-lot');
    const once = drafted(countPack(emptyArrival, { gtin, lot: 'A', serial: 'S1' }, 'raw', lots));
    expect(kindOf(countPack(once, { gtin, lot: 'A', serial: 'S1' }, 'raw', lots))).toBe('same-serial');
  });
});

describe('what is sent', () => {
  test('packs with a number as they were scanned, and the rest in units', () => {
    const lots = [lot('A', 60)];
    const one = drafted(countPack(emptyArrival, { gtin, lot: 'A', serial: 'S1' }, 'raw1', lots));
    const two = drafted(countPack(one, { gtin, lot: 'A' }, 'raw2', lots));
    expect(arrivalBody(two, lots)).toEqual({
      lines: [
        { scan: 'raw1', lot: 'A' },
        { gtin, lot: 'A', quantity: 20 },
      ],
      final: true,
    });
  });

  test('what is over is told, a place without a zone is none, and what nobody counted is not sent', () => {
    const lots = [lot('A', 40), lot('B', 20)];
    const draft = count({ ...emptyArrival, final: false }, `${gtin}#A`, { units: 60, shelf: '3' });
    expect(arrivalBody(draft, lots)).toEqual({
      lines: [{ gtin, lot: 'A', quantity: 60 }],
      discrepancies: [{ kind: 'over', gtin, lot: 'A', expected: 40, received: 60 }],
    });
  });

  test('all of it came: every lot that is on its way, whole', () => {
    const lots = [lot('A', 40), lot('B', 0), lot('C', 20)];
    expect(arrivalBody(countAll(emptyArrival, lots), lots).lines).toEqual([
      { gtin, lot: 'A', quantity: 40 },
      { gtin, lot: 'C', quantity: 20 },
    ]);
  });
});
