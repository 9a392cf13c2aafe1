/** Finding a medicine in a real browser: what the device keeps, what it asks for again, and what a slip of the finger shows. */
import type { Medicine } from '@darmon/domain/medicine';
import { translatorOf } from '@darmon/i18n/translator';
import { webPrescribe } from '@darmon/i18n/words/web-prescribe';
import { webShared } from '@darmon/i18n/words/web-shared';
import { formulary } from '@darmon/local/country/formulary';
import { openTable } from '@darmon/table/table';
import type { Browser, Page } from 'playwright-core';
import { ulid } from 'ulid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fitsWidth, openBrowser, openPage, pageProblems, type Screen, signIn, violations } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';

const words = translatorOf({ 'web-prescribe': webPrescribe, 'web-shared': webShared });

let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

const open = async (screen: Screen, language: 'ru' | 'uz-Latn') => {
  const { page, context } = await openPage(browser, { screen, language, url: cloud.url });
  const t = words(language);
  return { page, context, t, field: page.getByRole('combobox', { name: t('web-prescribe:medicine-search') }) };
};

interface Packed {
  readonly version: string;
  readonly formulary?: unknown;
}
const packedAnswer = async (page: Page): Promise<Packed> =>
  (await page.waitForResponse((answer) => new URL(answer.url()).pathname === '/api/medicines/packed')).json();

const imported = (medicines: readonly Medicine[]): Promise<void> => {
  const now = Date.now();
  return openTable({ client: cloud.dynamodb, table: cloud.table, now: () => now }).commitFormulary(medicines, {
    id: ulid(now),
    at: new Date(now).toISOString(),
    type: 'formulary-imported',
    actor: { person: 'admin', role: 'admin', site: 'OF-0001' },
    changes: {},
  });
};

test('a device gets the formulary once, asks only whether it still stands, and gets the next one when it does not', async () => {
  const { page, context, field } = await open('phone', 'ru');
  const first = packedAnswer(page);
  await signIn(page, 'doctor', '/prescribe/new');
  expect((await first).formulary).toBeDefined();
  await field.fill('парацет');
  await page.getByRole('option').first().waitFor();

  const again = packedAnswer(page);
  await page.goto('/prescribe/new');
  expect(await again).toEqual({ version: (await first).version });

  const [model] = formulary as readonly [Medicine];
  await imported([{ ...model, code: 'NEWONE1TAB', inn: 'novelumab', innRu: 'новелумаб', innUz: 'novelumab' }]);
  const next = packedAnswer(page);
  await page.goto('/prescribe/new');
  expect((await next).version).not.toBe((await first).version);
  await field.fill('новелум');
  await page.getByRole('option', { name: 'новелумаб' }).waitFor();
  expect(pageProblems(page)).toEqual([]);
  await context.close();
});

test('what the device keeps is searched while the server has not answered yet', async () => {
  const { page, context, field } = await open('desktop', 'ru');
  await signIn(page, 'doctor', '/prescribe/new');
  await field.fill('амокс');
  await page.getByRole('option').first().waitFor();
  let asked = 0;
  await page.route('**/api/medicines/packed*', () => {
    asked += 1;
  });
  await page.goto('/prescribe/new');
  await field.fill('амокс');
  await page.getByRole('option').first().waitFor();
  expect(asked).toBe(1);
  await context.close();
});

test.each([
  ['phone', 'uz-Latn', 'amaksitsillin'],
  ['desktop', 'ru', 'амаксицил'],
] as const)(
  'a slip of the finger shows what resembles it, says so, and Enter takes nothing of it: %s, %s',
  async (screen, language, typed) => {
    const { page, context, t, field } = await open(screen, language);
    const ready = page.locator('[role=option][data-combobox-selected]');
    await signIn(page, 'doctor', '/prescribe/new');
    await field.fill('amoks');
    await ready.waitFor();

    await field.fill(typed);
    await page.getByText(t('web-shared:resembling'), { exact: true }).waitFor();
    await page.getByRole('option').first().waitFor();
    expect(await ready.count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    expect(await fitsWidth(page)).toBe(true);
    await page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe(typed);

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: t('web-prescribe:amount') }).waitFor();
    await context.close();
  },
);
