/**
 * A real browser for tests, the same one on every machine: Chromium out of an npm package, with its own fonts and, where
 * the machine lacks them, its own libraries. Extracted once a version. It also knows how a person signs in and how to
 * ask axe-core about a screen.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const root = fileURLToPath(new URL('../../', import.meta.url));
const archives = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..', 'bin');
// Open Sans, which comes with the browser, lacks the ʻ of every second Uzbek word.
const dejavu = join(root, 'packages', 'documents', 'node_modules', 'dejavu-fonts-ttf', 'ttf');
const version = (): string => {
  const { version } = JSON.parse(readFileSync(join(archives, '..', 'package.json'), 'utf8')) as { version: string };
  return version;
};

const extraction = `const { inflate } = await import(${JSON.stringify(import.meta.resolve('@sparticuz/chromium'))});
  await Promise.all(process.argv.slice(1).map((archive) => inflate(archive)));`;

/**
 * The folder of the browser. Extraction is into a folder of its own that is then renamed, so that test files which start
 * together cannot meet half a browser. Only fonts of npm packages are known to it, so that widths are the same on every machine.
 */
const extracted = async (): Promise<string> => {
  const folder = join(root, '.local', 'browser', version());
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const own = mkdtempSync(`${folder}-`);
  // The package extracts to the temporary folder and reuses whatever lies there under its names: a process of its own
  // gets one of its own, so that nothing else that starts meanwhile is told that the folder is its temporary one.
  const parts = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'].map((part) => join(archives, part));
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', extraction, ...parts], {
    env: { ...process.env, TMPDIR: own },
  });
  writeFileSync(
    join(own, 'fonts', 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(folder, 'fonts')}</dir><dir>${dejavu}</dir>` +
      `<cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`,
  );
  try {
    renameSync(own, folder);
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
};

const runs = (executable: string, env: NodeJS.ProcessEnv): boolean =>
  spawnSync(executable, ['--version', '--no-sandbox'], { env, stdio: 'ignore', timeout: 20_000 }).status === 0;

/** The machine's own libraries where they suffice, else those that came with the browser. */
const environment = (folder: string, executable: string): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = { ...process.env, FONTCONFIG_PATH: join(folder, 'fonts'), TZ: 'Asia/Tashkent' };
  if (runs(executable, env)) return env;
  const own = join(folder, 'al2023', 'lib');
  return { ...env, LD_LIBRARY_PATH: env.LD_LIBRARY_PATH ? `${own}:${env.LD_LIBRARY_PATH}` : own };
};

export interface BrowserOptions {
  /** A `.y4m` or `.mjpeg` file that the camera shows; without one there is no camera. */
  readonly camera?: string;
}

/** Starts the browser. The caller closes it. */
export const openBrowser = async ({ camera }: BrowserOptions = {}): Promise<Browser> => {
  const folder = await extracted();
  const executablePath = join(folder, 'chromium');
  return chromium.launch({
    executablePath,
    env: environment(folder, executablePath) as Record<string, string>,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
      ...(camera
        ? [
            '--use-fake-device-for-media-stream',
            '--use-fake-ui-for-media-stream',
            `--use-file-for-fake-video-capture=${camera}`,
          ]
        : []),
    ],
  });
};

/** The two sizes that every screen must be usable at. */
const screens = {
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 800 } },
} as const satisfies Record<string, BrowserContextOptions>;

export type Screen = keyof typeof screens;

const problems = new WeakMap<Page, string[]>();

/**
 * A page of its own session in one size and one language of the app. What the page reports as an error is kept for
 * `pageProblems`; only what names no person may be printed, so texts are cut to their first line.
 */
export const openPage = async (
  browser: Browser,
  { screen, language, url }: { readonly screen: Screen; readonly language: string; readonly url: string },
): Promise<{ page: Page; context: BrowserContext }> => {
  const context = await browser.newContext({ ...screens[screen], baseURL: url, acceptDownloads: true });
  await context.addInitScript((chosen) => {
    if (localStorage.getItem('darmon.language') === null) localStorage.setItem('darmon.language', chosen);
  }, language);
  const page = await context.newPage();
  const seen: string[] = [];
  problems.set(page, seen);
  page.on('pageerror', (error) => seen.push(`${error.name}: ${error.message.split('\n', 1)[0]}`));
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(message.text().split('\n', 1)[0] ?? '');
  });
  return { page, context };
};

/** Uncaught errors, failed loads and broken policies of the page so far. */
export const pageProblems = (page: Page): readonly string[] => problems.get(page) ?? [];

/** Signs a demo person in, by the app's own way through the issuer, and waits for the address that `path` opens. */
export const signIn = async (page: Page, person: string, path = '/'): Promise<void> => {
  await page.goto(path);
  await page.waitForURL((at) => at.pathname === '/sign-in');
  await page.locator('main button').first().click();
  await page.locator(`button[name="person"][value="${person}"]`).click();
  await page.waitForURL((at) => at.pathname !== '/callback' && !at.pathname.startsWith('/identity'));
  if (path !== '/') await page.waitForURL((at) => at.pathname === new URL(path, at).pathname);
  await page.locator('main h1').waitFor();
};

/** What axe-core finds on the screen as it stands, one line a violation: rule, impact and where. */
export const violations = async (page: Page): Promise<readonly string[]> => {
  // Half-faded colours would be measured as too faint.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => `${id} (${impact}): ${node.target.join(' ')}`),
  );
};

/** True where nothing has to be scrolled sideways. */
export const fitsWidth = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
