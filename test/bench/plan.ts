/**
 * How fast whole plans are made on two threads, and how much memory it takes: two sites of ten thousand medicines each,
 * every one with three years of use forecast and back-tested, its shelf, and every step of what to order; sorted and
 * packed as they are kept. A hundred such sites are fifty times this, one pair after the other.
 */
import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { byRisk, type Outlook, type PlanLine, planLine, planOf } from '@darmon/domain/plan';
import { firstProcurement } from '@darmon/domain/procurement-rules';
import type { StockRow } from '@darmon/domain/stock';
import { forecastSeries } from '@darmon/forecast/forecast';
import { kinds, pharmacySeries } from '@darmon/forecast/pharmacy-series';
import { packedLines } from '@darmon/table/packed-lines';
import type { Row } from './measure.ts';

const threads = 2;
const products = 10_000;
/** As many are told of at once. */
const stride = 2_500;
const [months, horizon] = [36, 13];
const today = '2026-11-20';
const warm = 300;

const outlookOf = (values: readonly number[]): Outlook => {
  const found = forecastSeries({ start: '2023-11', step: 'month', values }, { horizon });
  const { wape = null, mase = null, bias = null } = found.backtest[found.method] ?? {};
  return {
    method: found.method,
    months: found.forecast.map((units, i) => {
      const [low = units, high = units] = found.interval80[i] ?? [];
      return { month: String(i), units, low, high };
    }),
    wape,
    mase,
    bias,
    sigma: found.sigma,
    unusual: [],
  };
};

const planOne = (n: number): PlanLine => {
  const kind = kinds[n % kinds.length] as (typeof kinds)[number];
  const values = pharmacySeries(kind, 8_001 + Math.floor(n / kinds.length), months).months;
  const row = (lot: string, expiryDate: string, free: number): StockRow => ({
    site: 'PH-1001',
    medicine: `M${n}`,
    gtin: '09520000000011',
    lot,
    expiryDate,
    free,
    held: 0,
    state: 'available',
    brand: 'Brand',
    packUnits: 20,
  });
  const last = values.at(-1) ?? 0;
  return planLine({
    medicine: `M${n}`,
    atc: undefined,
    today,
    rules: firstProcurement,
    pack: { gtin: '09520000000011', packUnits: 20, packPrice: 1_000_000 },
    rows: [row('A', '2027-01-31', Math.round(last / 3)), row('B', '2028-03-31', Math.round((last * (n % 7)) / 3))],
    onOrder: n % 3 === 0 ? [{ quantity: Math.round(last), due: '2026-12-01' }] : [],
    inTransit: 0,
    outlook: outlookOf(values),
  });
};

/** A site's plan as it is kept; answers how many bytes its lines come to. */
const planSite = (count: number, told: (done: number) => void): number => {
  const lines: PlanLine[] = [];
  for (let n = 0; n < count; n += 1) {
    lines.push(planOne(n));
    if ((n + 1) % stride === 0) told(n + 1);
  }
  lines.sort(byRisk);
  planOf({ id: 'P', site: 'PH-1001', name: 'N', kind: 'pharmacy', region: 'UZ-TK', at: '', policy: 1 }, lines);
  let bytes = 0;
  for (let at = 0; at < lines.length; at += 200) bytes += packedLines(lines.slice(at, at + 200)).packed.length;
  return bytes;
};

if (workerData?.planProducts !== undefined) {
  const port = parentPort as NonNullable<typeof parentPort>;
  planSite(warm, () => {});
  port.postMessage('ready');
  await once(port, 'message');
  const bytes = planSite(workerData.planProducts, (done) => port.postMessage({ done }));
  port.postMessage({ bytes });
}

export const planRows = async (report: (row: Row) => void, note: (text: string) => void): Promise<void> => {
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL(import.meta.url), { workerData: { planProducts: products } }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  let most = process.memoryUsage.rss();
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  const [began, before] = [performance.now(), process.cpuUsage()];
  const bytes = await Promise.all(
    workers.map(
      (worker, at) =>
        new Promise<number>((planned) => {
          worker.on('message', (said: { done?: number; bytes?: number }) => {
            if (said.done !== undefined) note(`plan/series: site ${at + 1}, ${said.done} of ${products} medicines`);
            if (said.bytes !== undefined) planned(said.bytes);
          });
          worker.postMessage('go');
        }),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  clearInterval(watch);
  await Promise.all(workers.map((worker) => worker.terminate()));
  const count = threads * products;
  note(
    `plan/series: ${count} in ${seconds.toFixed(1)} s, ${((count * 1e6) / (user + system)).toFixed(0)} a second of processor time; a site's plan is kept in ${((bytes[0] ?? 0) / 1e6).toFixed(1)} MB`,
  );
  report({
    name: 'plan/series',
    value: count / seconds,
    unit: 'series/s',
    limit: '>=500',
    of: `${months} months, back-tested, forecast ${horizon} ahead and planned with every step, on ${threads} threads`,
  });
  report({
    name: 'plan/memory',
    value: most / 1e6,
    unit: 'MB',
    limit: '<=1000',
    of: `two sites of ${products} medicines planned at once, the whole process`,
  });
};
