/**
 * `npm run bench`: one JSON line a figure on stdout, notes for people on stderr, exit 1 if a limit is missed.
 * `--only <prefix>` measures what begins so.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { bundleRows } from './bundles.ts';
import { credentialBench } from './credential.ts';
import { historyRow, httpRows, requestRows, useCaseRow } from './dispensing.ts';
import { factRows } from './facts.ts';
import { forecastRows } from './forecast.ts';
import { logRows } from './log.ts';
import { keeps, type Row, rounded } from './measure.ts';
import { planRows } from './plan.ts';
import { recallRows } from './recall.ts';
import { receiveRow } from './receiving.ts';
import { safetyRows } from './safety.ts';
import { scanRows } from './scan.ts';
import { searchRows } from './search.ts';
import { fefoRow, pastRow } from './stock.ts';

/** In the order in which they are printed. */
const names = [
  'dispense/usecase',
  'dispense/http',
  'dispense/reads',
  'dispense/writes',
  'pairs/http',
  'dispense/history',
  'receive/10k',
  'onhand/past',
  'fefo/1000',
  'verify/bare',
  'verify/dcc-sdk',
  'qr/3-lines',
  'qr/5-lines',
  'qr/delegated',
  'safety/growth',
  'safety/check',
  'recall/100k',
  'recall/heap',
  'scan/parse',
  'forecast/series',
  'forecast/wape',
  'forecast/worse',
  'forecast/groups',
  'forecast/group-worse',
  'forecast/coverage',
  'forecast/group-coverage',
  'plan/series',
  'plan/memory',
  'search/keystroke',
  'search/transfer',
  'search/browser',
  'log/append',
  'log/verify',
  'log/proof',
  'log/proof-size',
  'report/month',
  'report/linear',
  'report/aggregates',
  'report/care',
  'bundle/kB',
  'bundle/import',
] as const;
type Name = (typeof names)[number];

const only = (): string => {
  try {
    return parseArgs({ options: { only: { type: 'string', default: '' } } }).values.only;
  } catch {
    process.stderr.write('npm run bench [-- --only <prefix of a name>]\n');
    return process.exit(2);
  }
};

const prefix = only();
const wanted = (name: string): boolean => name.startsWith(prefix);
if (!names.some(wanted)) {
  process.stderr.write(`no figure begins with ${prefix}: ${names.join(', ')}\n`);
  process.exit(2);
}

const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const rows = new Map<string, Row>();
let printed = 0;
const print = (row: Row): void => {
  process.stdout.write(`${JSON.stringify({ ...row, value: rounded(row.value) })}\n`);
};
/** Prints a row as soon as all before it are printed, so that the order is the table's whatever was measured first. */
const report = (row: Row): void => {
  if (wanted(row.name)) rows.set(row.name, row);
  const order = names.filter(wanted);
  for (;;) {
    const next = rows.get(order[printed] ?? '');
    if (!next) return;
    print(next);
    printed += 1;
  }
};

/** What is measured together, because it stands on the same ground. */
const parts: readonly (readonly [rows: readonly Name[], measure: () => Promise<void>])[] = [
  [['dispense/usecase'], () => useCaseRow(report, note)],
  [['dispense/http', 'pairs/http'], () => httpRows(report, note, wanted)],
  [['dispense/reads', 'dispense/writes'], () => requestRows(report)],
  [['dispense/history'], () => historyRow(report, note)],
  [['receive/10k'], () => receiveRow(report, note)],
  [['onhand/past'], () => pastRow(report, note)],
  [['fefo/1000'], () => fefoRow(report, note)],
  [['verify/bare', 'verify/dcc-sdk', 'qr/3-lines', 'qr/5-lines', 'qr/delegated'], () => credentialBench(report)],
  [['safety/growth', 'safety/check'], async () => safetyRows(report)],
  [['recall/100k', 'recall/heap'], () => recallRows(report, note)],
  [['scan/parse'], async () => scanRows(report)],
  [
    [
      'forecast/series',
      'forecast/wape',
      'forecast/worse',
      'forecast/groups',
      'forecast/group-worse',
      'forecast/coverage',
      'forecast/group-coverage',
    ],
    () => forecastRows(report, note),
  ],
  [['plan/series', 'plan/memory'], () => planRows(report, note)],
  [['search/keystroke', 'search/transfer', 'search/browser'], () => searchRows(report, note)],
  [['log/append', 'log/verify', 'log/proof', 'log/proof-size'], () => logRows(report, note, wanted)],
  [['report/month', 'report/linear', 'report/aggregates', 'report/care'], () => factRows(report, note)],
  [['bundle/kB', 'bundle/import'], () => bundleRows(report, note)],
];

note(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.versions.node}`);
const began = performance.now();
let failed = false;
for (const [of, measure] of parts) {
  if (!of.some(wanted)) continue;
  try {
    await measure();
  } catch (error) {
    failed = true;
    note(`${of.join(', ')}: ${error instanceof Error ? error.message : 'failed'}`);
  }
}
// A part that failed leaves a gap; what stands behind it is printed all the same.
for (const name of names.filter(wanted).slice(printed)) {
  const row = rows.get(name);
  if (row) print(row);
}
const missed = [...rows.values()].filter((row) => !keeps(row));
for (const { name, value, limit } of missed) note(`${name} is ${value}, not ${limit}`);
note(`${((performance.now() - began) / 1000).toFixed(0)} s, load ${loadavg()[0]?.toFixed(1)}`);
process.exitCode = failed || missed.length > 0 ? 1 : 0;
