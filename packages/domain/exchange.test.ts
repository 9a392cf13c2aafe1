import { expect, test } from 'vitest';
import { exchangeOf, suggestTransfers } from './exchange.ts';
import { type Outlook, type PlanInput, planLine } from './plan.ts';
import { firstProcurement } from './procurement-rules.ts';
import type { StockRow } from './stock.ts';

const today = '2026-11-20';
const row = (site: string, free: number, about: Partial<StockRow> = {}): StockRow => ({
  site,
  medicine: 'A',
  gtin: '09520000000011',
  lot: `L${site}`,
  expiryDate: '2028-01-31',
  free,
  held: 0,
  state: 'available',
  brand: 'Brand',
  packUnits: 10,
  ...about,
});
const outlook: Outlook = {
  method: 'combination',
  months: Array.from({ length: 13 }, (_, i) => ({ month: String(i), units: 300, low: 240, high: 360 })),
  wape: 0.1,
  mase: 0.9,
  bias: 0,
  sigma: 30,
  unusual: [],
};
const siteOf = (site: string, rows: readonly StockRow[], about: Partial<PlanInput> = {}) => {
  const input: PlanInput = {
    medicine: 'A',
    atc: undefined,
    today,
    rules: firstProcurement,
    pack: { gtin: '09520000000011', packUnits: 10 },
    rows,
    onOrder: [],
    inTransit: 0,
    outlook,
    ...about,
  };
  const shared = exchangeOf(planLine(input), input);
  return { site, lines: shared ? [shared] : [] };
};

test('a site with far more than its target sends to one that would have to order, and keeps its own target', () => {
  const [rich, poor] = [siteOf('R', [row('R', 2_000)]), siteOf('P', [row('P', 50)])];
  const [move, ...more] = suggestTransfers([rich, poor], today);
  expect(move).toMatchObject({ medicine: 'A', from: 'R', to: 'P', lot: 'LR', reason: 'above-maximum' });
  expect(more).toEqual([]);
  expect(move?.quantity).toBeLessThanOrEqual(2_000 - (rich.lines[0]?.maximum ?? 0));
  expect(move?.quantity).toBeGreaterThan(0);
});

test('what would expire goes first, and blocked or promised units go nowhere', () => {
  const spoiling = siteOf('S', [
    row('S', 900, { expiryDate: '2026-12-31' }),
    row('S', 500, { lot: 'HELD', state: 'on-hold', expiryDate: '2026-12-31' }),
  ]);
  const poor = siteOf('P', [row('P', 20)]);
  const moves = suggestTransfers([spoiling, poor, siteOf('R', [row('R', 2_000)])], today);
  expect(moves[0]).toMatchObject({ from: 'S', to: 'P', reason: 'would-expire' });
  expect(moves.map(({ lot }) => lot)).not.toContain('HELD');
});

test('a site that has about what it needs, or of whose use nothing is known, has nothing to do with others', () => {
  expect(siteOf('E', [row('E', 420)]).lines).toEqual([]);
  expect(siteOf('N', [row('N', 9_000)], { outlook: { ...outlook, method: 'none', months: [] } }).lines).toEqual([]);
});

test('where nobody needs it nothing is moved', () => {
  expect(suggestTransfers([siteOf('R', [row('R', 2_000)]), siteOf('Q', [row('Q', 3_000)])], today)).toEqual([]);
});
