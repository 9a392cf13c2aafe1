// One scan as one unit of goods: a pack, or a carton or pallet. It owns what one code must say for that, and when a code
// that reads well is doubted all the same. The syntax is in gs1.ts, the pairs of identifiers in gs1-pairs.ts.

import { elementsFrom, elementValue, type LogisticUnit, type Pack } from './gs1.ts';
import { isPredefined } from './gs1-identifiers.ts';
import { type PairFault, pairFault } from './gs1-pairs.ts';
import { refuseAt } from './refusal.ts';
import { parseScan, type Scan } from './scan.ts';

/** `count` of a pack is AI 30, pieces of an item sold by measure; of a logistic unit the trade items in it. */
export type ScannedUnit = ({ kind: 'pack'; count?: number } & Pack) | ({ kind: 'logistic-unit' } & LogisticUnit);

/** A code that reads well and is not taken for a unit: `ai` is the identifier in doubt, `other` the one it is about. */
export type Doubt = { kind: 'doubt' } & (PairFault | { code: 'separator-lost'; ai: string; other: string });

type Goods = Extract<Scan, { kind: 'pack' | 'logistic-unit' }>;

/**
 * What a raw scan says of goods: the unit; what else it is; or why it is doubted. `today` is `YYYY-MM-DD`. A case with a
 * GTIN of its own (indicator 1 to 8) is a pack of that GTIN here. A logistic unit that is a trade item itself (AI 00 with
 * AI 01) holds one of that GTIN.
 */
export function readUnit(raw: string, today: string): ScannedUnit | Doubt | Exclude<Scan, Goods> {
  const scan = parseScan(raw, { today });
  if (scan.kind !== 'pack' && scan.kind !== 'logistic-unit') return scan;
  const fault = pairFault(scan.gs1) ?? (raw.includes('://') ? undefined : lostSeparator(scan, today));
  if (fault !== undefined) return { kind: 'doubt', ...fault };
  const { gs1, ...unit } = scan;
  if (unit.kind === 'pack') {
    const pieces = elementValue(gs1, '30');
    return pieces === undefined ? unit : { ...unit, count: Number(pieces) };
  }
  const itself = elementValue(gs1, '01');
  return itself === undefined ? unit : { ...unit, contentGtin: itself, count: 1 };
}

/**
 * The same where nothing but a unit will do.
 * @throws Refusal `scan-unreadable` where it is anything else or a separator may be lost, `scan-inconsistent` where its
 * identifiers do not belong together
 */
export function unitOfScan(raw: string, today: string, pointer: string): ScannedUnit {
  const unit = readUnit(raw, today);
  switch (unit.kind) {
    case 'pack':
    case 'logistic-unit':
      return unit;
    case 'doubt':
      if (unit.code !== 'separator-lost') {
        throw refuseAt('scan-inconsistent', pointer, { ai: unit.ai, other: unit.other });
      }
      throw refuseAt('scan-unreadable', pointer, { kind: 'refused', reason: unit.code });
    default:
      throw refuseAt('scan-unreadable', pointer, {
        kind: unit.kind,
        reason: unit.kind === 'refused' ? unit.code : unit.kind,
      });
  }
}

// Real lots are shorter, and so are those of a serial that was swallowed together with AI 21 in front of it.
const LONG_LOT = 12;
const SHORTEST_LOT = 3;
const SHORTEST_SERIAL = 6;

/**
 * A scanner that drops separators leaves what stood behind one in the value before it. Where no separator came, because
 * the last value alone has no fixed length, that value is doubted if an expiry date is in it that the code does not give
 * otherwise, or if it is a lot longer than lots are and has room for a serial number. Most such values are too long and
 * refused by the parser; a short rest looks like any lot, and no rule can tell.
 */
function lostSeparator(
  { gs1 }: Goods,
  today: string,
): Omit<Extract<Doubt, { code: 'separator-lost' }>, 'kind'> | undefined {
  const [ai, value] = gs1[gs1.length - 1] ?? ['', ''];
  if (ai !== '10' && ai !== '21') return undefined;
  const there = new Set(gs1.map(([one]) => one));
  if (gs1.some(([one], i) => i < gs1.length - 1 && !isPredefined(one))) return undefined;
  const doubt = (other: string) => ({ code: 'separator-lost' as const, ai, other });
  if (!there.has('17')) {
    for (let at = value.indexOf('17', 1); at !== -1; at = value.indexOf('17', at + 1)) {
      const hidden = elementsFrom(value, at, today);
      if (hidden?.every(([one]) => !there.has(one))) return doubt('17');
    }
  }
  if (ai === '10' && !there.has('21') && value.length >= LONG_LOT) {
    const at = value.indexOf('21', SHORTEST_LOT);
    if (at !== -1 && value.length - at - 2 >= SHORTEST_SERIAL) return doubt('21');
  }
  return undefined;
}
