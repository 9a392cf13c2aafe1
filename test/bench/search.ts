/**
 * Medicine search as somebody types, in a formulary of a country's size: what travels, what a key costs by itself, and
 * what it costs in a real browser on the doctor's own screen, until the list stands there.
 */
import type { Medicine } from '@darmon/domain/medicine';
import { makeMedicineSearch } from '@darmon/domain/medicine-search';
import { translatorOf } from '@darmon/i18n/translator';
import { webPrescribe } from '@darmon/i18n/words/web-prescribe';
import { openTable } from '@darmon/table/table';
import type { Page } from 'playwright-core';
import { openBrowser, openPage, signIn } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { largeFormulary } from '../support/large-formulary.ts';
import { ulid } from './fixtures.ts';
import type { Row } from './measure.ts';

type Report = (row: Row) => void;
type Note = (text: string) => void;

const products = 15_000;
const seed = 15;
const shown = 12;

/** The value below which 95 of 100 lie. */
const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;

/** What a field holds after each key, for names in every script, brands, strengths and slips of the finger. */
const typedIn = (medicines: readonly Medicine[], every: number): string[] =>
  medicines
    .filter((_, n) => n % every === 0)
    .flatMap(({ inn, innRu, innUz, strength, packs }) => {
      const slip = `${inn.slice(0, 4)}w${inn.slice(5)}`;
      return [`${inn} ${strength}`, innRu, innUz, packs.at(-1)?.brand ?? '', slip];
    })
    .flatMap((text) => Array.from(text, (_, n) => text.slice(0, n + 1)));

/** `search/keystroke`: processor time of one search, in this process. */
const keystrokeRow = (medicines: readonly Medicine[], report: Report, note: Note): void => {
  const began = performance.now();
  const search = makeMedicineSearch(medicines);
  note(`search/keystroke: the index is made in ${(performance.now() - began).toFixed(0)} ms`);
  const texts = typedIn(medicines, 60);
  const find = (text: string): number => {
    const before = process.cpuUsage();
    search.find(text, { limit: shown });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  for (const text of texts.slice(0, 2_000)) find(text);
  report({
    name: 'search/keystroke',
    value: p95(texts.map(find)),
    unit: 'ms',
    limit: '<=20',
    of: `processor time, 95 of 100 of ${texts.length} keys, ${products} medicines`,
  });
};

const importAll = (cloud: TestCloud, medicines: readonly Medicine[]): Promise<void> => {
  const now = Date.now();
  return openTable({ client: cloud.dynamodb, table: cloud.table, now: () => now }).commitFormulary(medicines, {
    id: ulid(now),
    at: new Date(now).toISOString(),
    type: 'formulary-imported',
    actor: { person: 'admin', role: 'admin', site: 'OF-0001' },
    changes: { medicines: medicines.length },
  });
};

/** Types each text into the field that has the focus, and answers milliseconds from key to list, layout included. */
const typeAll = (page: Page, texts: readonly string[]): Promise<number[]> =>
  page.evaluate(async (all) => {
    const field = document.activeElement as HTMLInputElement;
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const listed = (): string =>
      Array.from(document.querySelectorAll('[role=option]'), (one) => one.textContent).join();
    const times: number[] = [];
    for (const text of all) {
      const began = performance.now();
      setValue?.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
      // React draws before the next task; then the browser has to place what is new.
      await Promise.resolve();
      document.body.getBoundingClientRect();
      times.push(performance.now() - began);
      const drawn = listed();
      await new Promise((resolve) => setTimeout(resolve));
      if (drawn !== listed()) throw new Error('the list was drawn later than was measured');
    }
    return times;
  }, texts);

/** `search/browser`, `search/transfer` and, on the way, that it goes on without a network. */
const browserRows = async (medicines: readonly Medicine[], report: Report, note: Note): Promise<void> => {
  const cloud = await startCloud({ web: true });
  const browser = await openBrowser();
  try {
    await importAll(cloud, medicines);
    const { page, context } = await openPage(browser, { screen: 'desktop', language: 'ru', url: cloud.url });
    const packed = page.waitForResponse((answer) => answer.url().includes('/api/medicines/packed'));
    await signIn(page, 'doctor', '/prescribe/new');
    const { responseBodySize } = await (await packed).request().sizes();
    report({
      name: 'search/transfer',
      value: responseBodySize / 1_000_000,
      unit: 'MB',
      limit: '<=1.5',
      of: `the whole formulary as it is sent, compressed, ${products} medicines`,
    });
    const name = translatorOf({ 'web-prescribe': webPrescribe })('ru')('web-prescribe:medicine-search');
    const field = page.getByRole('combobox', { name });
    await field.fill('левоам');
    await page.getByRole('option').first().waitFor();
    await context.setOffline(true);
    const texts = typedIn(medicines, 300);
    await field.focus();
    await typeAll(page, texts.slice(0, 300));
    const times = await typeAll(page, texts);
    note(
      `search/browser: half of the keys within ${times.toSorted((a, b) => a - b)[times.length >> 1]?.toFixed(1)} ms`,
    );
    report({
      name: 'search/browser',
      value: p95(times),
      unit: 'ms',
      limit: '<=20',
      of: `headless browser without a network, key to list on the doctor's screen, 95 of 100 of ${times.length} keys`,
    });
  } finally {
    await browser.close();
    await cloud.stop();
  }
};

export const searchRows = async (report: Report, note: Note): Promise<void> => {
  const medicines = largeFormulary(products, seed);
  keystrokeRow(medicines, report, note);
  await browserRows(medicines, report, note);
};
