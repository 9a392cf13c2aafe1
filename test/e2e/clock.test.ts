/** A device whose clock is off, in a real browser: what it says, whom it tells, and that it is silent once it is right. */

import { tashkentDay } from '@darmon/domain/time';
import { translatorOf } from '@darmon/i18n/translator';
import { webShared } from '@darmon/i18n/words/web-shared';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPage, type Screen, signIn } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isSound } from '../support/screens.ts';

const words = translatorOf({ 'web-shared': webShared });

let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

const off = 8 * 60;
/** What the device tells is sent beside what the screen does. */
const patiently = { timeout: 60_000 };
/** The page's clock is ahead by what its storage says, as a machine's is by what somebody set. */
const setClock = async (page: Page): Promise<void> => {
  await page.context().addInitScript(() => {
    const RealDate = Date;
    let ahead = 480_000;
    try {
      ahead = Number(localStorage.getItem('test.ahead') ?? '480') * 1_000;
    } catch {
      // a frame of nobody's, as axe opens one
    }
    // biome-ignore lint/suspicious/noGlobalAssign: the clock of the machine is what is tested
    Date = class extends RealDate {
      constructor(...given: [] | [string | number]) {
        if (given.length === 0) super(RealDate.now() + ahead);
        else super(given[0]);
      }
      static override now() {
        return RealDate.now() + ahead;
      }
    } as DateConstructor;
  });
};
const told = async () => {
  const day = tashkentDay(Date.now());
  const { body } = await cloud.api<{ items: { changes: { device: string; driftSeconds: number } }[] }>(
    'auditor',
    `GET /api/trail?site=PH-0001&from=${day}&through=${day}&type=device-clock-read&limit=100`,
  );
  return body.items.map(({ changes }) => changes);
};
const shoot = async (page: Page, name: string) => {
  const folder = process.env.PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
};

test.each([
  ['phone', 'ru'],
  ['desktop', 'uz-Latn'],
] as const satisfies readonly (readonly [Screen, string])[])(
  'a clock that is off is said on a %s, told once, and said no more when it is right',
  async (screen, language) => {
    const { page, context } = await openPage(browser, { screen, language, url: cloud.url });
    const t = words(language);
    const before = (await told()).length;
    await setClock(page);
    await signIn(page, 'pharmacist', '/dispense');
    await page.getByText(t('web-shared:clock-title')).waitFor();
    await page.getByText(t('web-shared:clock-ahead', { by: t('web-shared:clock-minutes', { count: 8 }) })).waitFor();
    await isSound(page);
    await shoot(page, `clock-${screen}`);
    await expect.poll(async () => (await told()).length, patiently).toBe(before + 1);
    await page.reload();
    await page.getByText(t('web-shared:clock-title')).waitFor();
    expect((await told()).slice(before).map(({ driftSeconds }) => Math.abs(driftSeconds - off) <= 15)).toEqual([true]);

    await page.evaluate(() => localStorage.setItem('test.ahead', '0'));
    await page.reload();
    await expect.poll(async () => (await told()).length, patiently).toBe(before + 2);
    expect(await page.getByText(t('web-shared:clock-title')).count()).toBe(0);
    expect(new Set((await told()).slice(before).map(({ device }) => device)).size).toBe(1);
    await isSound(page);
    await context.close();
  },
);
