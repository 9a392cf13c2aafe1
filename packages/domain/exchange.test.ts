import { describe, expect, test } from 'vitest';
import { type ExchangeLine, exchangeOf, mayWait, movesOf, suggestTransfers, takesFor } from './exchange.ts';
import { type Outlook, type PlanInput, planLine } from './plan.ts';
import { firstProcurement } from './procurement-rules.ts';
import type { StockRow } from './stock.ts';
import { dayAfter } from './stock-outlook.ts';

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

describe('what a plan counts on', () => {
  const rich = siteOf('R', [row('R', 2_000)]);
  const poor = siteOf('P', [row('P', 50)]);
  const lineOf = ({ lines: [line] }: { readonly lines: readonly ExchangeLine[] }): ExchangeLine => {
    if (!line) throw new Error('nothing to share');
    return line;
  };
  const others = (...sites: ReturnType<typeof siteOf>[]) =>
    sites.flatMap(({ site, lines }) => lines.map((line) => ({ site, ...line })));
  const takes = (about: Partial<Parameters<typeof takesFor>[1]> = {}) =>
    takesFor(lineOf(poor), {
      site: 'P',
      before: undefined,
      others: others(rich),
      refused: new Set(),
      today,
      reviewDays: 7,
      ...about,
    });

  test('is what is suggested to the site, and the list of suggestions says just the same of it', () => {
    const taken = takes();
    expect(taken.countedSince).toEqual({ R: today });
    const [move] = movesOf(taken.takes);
    const counted = { ...poor, lines: [{ ...lineOf(poor), ...taken }] };
    const suggested = suggestTransfers([rich, counted], today);
    expect(suggested).toMatchObject([{ from: 'R', to: 'P', counted: true, quantity: move?.units }]);
    expect(suggestTransfers([rich, poor], today)).toMatchObject([{ counted: false, quantity: move?.units }]);
  });

  test('is no other site’s, however much that one needs it', () => {
    const first = { ...poor, lines: [{ ...lineOf(poor), ...takes() }] };
    const spare = 2_000 - (lineOf(rich).maximum ?? 0);
    const second = takesFor(lineOf(siteOf('Q', [])), {
      site: 'Q',
      before: undefined,
      others: others(rich, first),
      refused: new Set(),
      today,
      reviewDays: 7,
    });
    const units = (of: ExchangeLine['takes']) => movesOf(of).reduce((sum, one) => sum + one.units, 0);
    expect(units(takes().takes)).toBeGreaterThan(0);
    expect(units(second.takes) + units(takes().takes)).toBeLessThanOrEqual(spare);
  });

  test('is given once where two plans, made at the same moment, count on the same lot', () => {
    const [move] = takes().takes ?? [];
    if (!move) throw new Error('nothing to take');
    const both = ['P', 'Q'].map((site) => ({
      site,
      lines: [{ ...lineOf(poor), takes: [{ ...move, quantity: 1_500 }] }],
    }));
    expect(suggestTransfers([rich, ...both], today).filter(({ counted }) => counted)).toMatchObject([{ to: 'P' }]);
  });

  test('is counted on until the next order, then it is bought; after a month somebody may be asked once more', () => {
    const after = (days: number, before: ExchangeLine) =>
      takes({ before, today: dayAfter(today, days), others: others(rich) });
    const first = { ...lineOf(poor), ...takes() };
    expect(after(6, first)).toMatchObject({ takes: first.takes, countedSince: { R: today } });
    const late = after(7, first);
    expect(late).toEqual({ countedSince: { R: today } });
    expect(after(27, { ...lineOf(poor), ...late })).toEqual({ countedSince: { R: today } });
    expect(after(28, { ...lineOf(poor), ...late })).toMatchObject({ countedSince: { R: dayAfter(today, 28) } });
  });

  test('is never of a site that refused, nor of a lot that its last plan has no more', () => {
    expect(takes({ refused: new Set(['R']) })).toEqual({});
    const counted = { ...poor, lines: [{ ...lineOf(poor), ...takes() }] };
    const empty = { ...rich, lines: [{ ...lineOf(rich), lots: [] }] };
    expect(suggestTransfers([empty, counted], today)).toEqual([]);
  });

  test('is nothing for a vital medicine that ends before anything can arrive: nobody waits for what nobody agreed to', () => {
    const waits = (ven: 'V' | 'E' | 'N') =>
      (['out', 'before-arrival', 'low', 'ok'] as const).map((risk) => mayWait({ ven, risk }));
    expect(waits('V')).toEqual([false, false, true, true]);
    expect([...waits('E'), ...waits('N')]).toEqual(Array(8).fill(true));
  });
});
