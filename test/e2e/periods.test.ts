/** Closing a month in a real browser: from the press that closes it to the authority's receipt and a stranger's check. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyPeriodAt } from '@darmon/cli/period';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { webPeriods } from '@darmon/i18n/words/web-periods';
import { unzip, zipOf } from '@darmon/usecases/zip';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPage, pageProblems, signIn } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isUsable } from '../support/screens.ts';

const words = translatorOf({ common, 'web-periods': webPeriods });
const folder = mkdtempSync(join(tmpdir(), 'darmon-period-'));
let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true, pace: 12 }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The job comes every five seconds here, and rests half a minute after the freeze. */
const byTheJob = { timeout: 240_000 };
/** A month is closed once: a second try would find it closed. */
const options = { timeout: 900_000, retry: 0 };

test(
  'an auditor closes a month, two sign it, the authority has it, and whoever has the key sees that a copy was changed',
  options,
  async () => {
    const { page, context } = await openPage(browser, { screen: 'phone', language: 'ru', url: cloud.url });
    const t = words('ru');
    const press = (name: string) => page.getByRole('button', { name }).click();
    await signIn(page, 'auditor', '/periods');
    await page.getByText(t('web-periods:empty')).waitFor();
    await isUsable(page);
    await press(t('web-periods:closeNow'));
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('web-periods:closeNow') })
      .click();
    await page.waitForURL((at) => /^\/periods\/\d{4}-\d\d$/.test(at.pathname));
    const month = new URL(page.url()).pathname.slice('/periods/'.length);

    await page.locator('#period-review').waitFor(byTheJob);
    await isUsable(page);
    for (const field of await page.locator('.period-form input').all()) await field.fill('sabab tekshirildi');
    await press(t('web-periods:reviewDone'));
    await page.locator('#period-signatures').waitFor();
    // who came without a second factor is led to it
    await press(t('web-periods:sign'));
    await page.getByRole('button', { name: t('web-periods:toFactor') }).waitFor();
    const { body } = await cloud.api<{ contents: string }>('auditor', `GET /api/periods/${month}`);
    for (const person of ['auditor', 'auditor2']) {
      const token = await cloud.token(person, { secondFactor: true });
      const signed = await cloud.api(person, `POST /api/periods/${month}/signatures`, {
        body: { contents: body.contents },
        token,
      });
      expect(signed.status).toBe(200);
    }
    await page.reload();
    await page.locator('#period-package').waitFor(byTheJob);
    await press(t('web-periods:submit'));
    await page.getByText(t('web-periods:receipt', { number: month })).waitFor(byTheJob);
    await isUsable(page);
    expect(pageProblems(page).filter((problem) => !/403/.test(problem))).toEqual([]);

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      press(t('web-periods:download', { what: `${month}-v1.zip` })),
    ]);
    const zip = join(folder, 'package.zip');
    await file.saveAs(zip);
    const key = join(folder, 'key.json');
    writeFileSync(key, JSON.stringify((await cloud.api(undefined, 'GET /api/.well-known/period-key')).body));
    expect(await verifyPeriodAt(zip, { key })).toMatchObject({ ok: true, line: { month, version: 1, signed: 2 } });
    const files = unzip(readFileSync(zip)) ?? [];
    const papers = files.filter(({ name }) => name.endsWith('.pdf'));
    expect(papers.length).toBeGreaterThan(10);
    for (const { bytes } of papers) expect(Buffer.from(bytes).toString('latin1', 0, 5)).toBe('%PDF-');
    const [data] = files.filter(({ name }) => name.endsWith('.json') && name !== 'manifest.json');
    for (const some of [data, papers[0]]) {
      const oneBit = (bytes: Uint8Array) => bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte));
      const changed = files.map((one) => (one === some ? { ...one, bytes: oneBit(one.bytes) } : one));
      writeFileSync(zip, zipOf(changed));
      expect(await verifyPeriodAt(zip, { key })).toMatchObject({
        ok: false,
        line: { problems: [`changed ${some?.name}`] },
      });
    }
    await context.close();
  },
);
