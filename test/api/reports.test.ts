/** Every report through the gateway and the bundles: it adds up, says nothing without a word, and is told to whom it may. */

import { Report } from '@darmon/domain/report';
import type { ReportOffer } from '@darmon/domain/report-query';
import { joinReports } from '@darmon/domain/report-query';
import { languages } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { regions } from '@darmon/i18n/words/regions';
import { report as words } from '@darmon/i18n/words/report';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud, type TestCloud } from '../support/cloud.ts';

let cloud: TestCloud;
let offers: readonly ReportOffer[];
beforeAll(async () => {
  cloud = await startCloud();
  const written = await cloud.api<{ items: { gtin: string; lot: string; state: string; onHand: number }[] }>(
    'warehouse',
    'GET /api/sites/WH-0001/stock?limit=20',
  );
  const lot = written.body.items.find(({ state, onHand }) => state === 'available' && onHand > 100);
  const asked = await cloud.api('warehouse', 'POST /api/sites/WH-0001/write-offs', {
    body: { lines: [{ gtin: lot?.gtin, lot: lot?.lot, quantity: lot?.onHand, reason: 'damaged' }] },
  });
  expect(asked.status).toBe(201);
  const praise = { site: 'PH-0001', kind: 'praise', about: 'staff', text: 'Kind and quick' };
  expect((await cloud.api(undefined, 'POST /api/feedback', { body: praise })).status).toBe(201);
  offers = (await cloud.api<{ items: ReportOffer[] }>('auditor', 'GET /api/reports')).body.items;
});
afterAll(() => cloud?.stop());

const read = async (person: string, report: string, query: Record<string, string> = {}) => {
  const { status, body } = await cloud.api<Record<string, unknown>>(
    person,
    `GET /api/reports/${report}?${new URLSearchParams(query)}`,
  );
  return { status, body };
};
const made = async (report: string, query: Record<string, string> = {}): Promise<Report> => {
  const { status, body } = await read('auditor', report, query);
  expect([report, status, body.code]).toEqual([report, 200, undefined]);
  return Report.parse(body);
};
const needed = ({ needs }: ReportOffer): Record<string, string> =>
  Object.fromEntries(needs.map((field) => [field, field === 'site' ? 'PH-0001' : 'PARA500TAB']));

/** Every key that a screen or a paper would look up for a report. */
const keysOf = ({ report, sections, figures, checks, notes }: Report): string[] => [
  `title.${report}`,
  `about.${report}`,
  ...figures.map(({ name }) => `figure.${name}`),
  ...checks.map(({ name }) => `check.${name}`),
  ...notes.map((note) => `note.${note}`),
  ...sections.flatMap(({ name, columns, rows }) => [
    `${report}.${name}`,
    ...columns.map((column) => `column.${column.name}`),
    ...columns.flatMap(({ kind }, i) =>
      kind === 'word' ? rows.flatMap(({ cells }) => (cells[i] === null ? [] : [`word.${cells[i]}`])) : [],
    ),
  ]),
];

test('every report that is offered is made, adds up, and has a word for all that it says', async () => {
  expect(offers.length).toBeGreaterThan(3);
  const known = new Set(Object.keys(words));
  const wordless = new Set<string>();
  for (const offer of offers) {
    const report = await made(offer.report, needed(offer));
    expect([offer.report, report.checks.filter(({ holds }) => !holds)]).toEqual([offer.report, []]);
    for (const key of keysOf(report)) if (!known.has(key)) wordless.add(key);
  }
  expect([...wordless]).toEqual([]);
});

test('a report says its frame in every language', () => {
  for (const language of languages) {
    const t = translatorOf({ report: words, regions })(language);
    expect(t('report:pageOf', { page: 1, pages: 2 })).toMatch(/1.*2/);
  }
});

test('pages of a report joined are all of it', async () => {
  const whole = await made('expiry-risk', { site: 'PH-0001' });
  let all: Report | undefined = await made('expiry-risk', { site: 'PH-0001', limit: '9' });
  while (all?.next !== undefined) {
    const more: Report = await made('expiry-risk', { site: 'PH-0001', limit: '9', cursor: all.next });
    all = joinReports(all, more);
  }
  expect({ ...all, madeAt: '' }).toEqual({ ...whole, madeAt: '' });
});

test('a keeper is offered what can be told of one site, of the own one, and nothing of another', async () => {
  const own = (await cloud.api<{ items: ReportOffer[] }>('pharmacist', 'GET /api/reports')).body.items;
  expect(own.map(({ report }) => report)).toContain('write-offs');
  expect(own.map(({ report }) => report)).not.toContain('complaints-signals');
  expect((await read('pharmacist', 'expiry-risk')).body.site).toBe('PH-0001');
  expect((await read('pharmacist', 'expiry-risk', { site: 'WH-0001' })).body.code).toBe('not-found');
  expect((await read('pharmacist', 'complaints-signals')).body.code).toBe('not-found');
  expect((await read('pharmacist', 'complaints-signals', { site: 'PH-0001' })).body.code).toBe('not-found');
  // the country is not told by leaving the place out, nor the region
  expect((await read('pharmacist', 'write-offs', { region: 'UZ-TK' })).body).toMatchObject({ site: 'PH-0001' });
  expect((await read('chief', 'write-offs')).body.site).toBeUndefined();
});

test('a question that a report does not take is refused and not left aside', async () => {
  for (const [report, query] of [
    ['write-offs', { medicine: 'PARA500TAB' }],
    ['write-offs', { month: '2099-01' }],
    ['write-offs', { from: '2020-01-01', through: '2026-01-01' }],
    ['write-offs', { month: "2026-13'" }],
    ['expiry-risk', { site: '../x' }],
  ] as const)
    expect([report, query, (await read('auditor', report, query)).body.code]).toEqual([report, query, 'schema']);
  expect((await read('auditor', 'nothing')).body.code).toBe('not-found');
  expect((await read('auditor', 'expiry-risk', { cursor: 'abc' })).body.code).toBe('bad-cursor');
  expect((await read('auditor', 'expiry-risk', { site: 'PH-9999' })).body.code).toBe('not-found');
});
