/** What browser tests do with every screen: open it as a person in a language, and hold it to what all screens keep. */
import type { Language } from '@darmon/i18n/language';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { fitsWidth, openPage, pageProblems, type Screen, signIn, violations } from './browser.ts';

export interface Opened<T> {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The words of its language. */
  readonly t: T;
  close(): Promise<void>;
}

/** A page of its own, where a demo person is signed in and has come to `path`. */
export const openAs = async <T>(
  browser: Browser,
  url: string,
  words: (language: Language) => T,
  as: { readonly person: string; readonly path: string; readonly screen: Screen; readonly language: Language },
): Promise<Opened<T>> => {
  const { page, context } = await openPage(browser, { screen: as.screen, language: as.language, url });
  await signIn(page, as.person, as.path);
  return { page, context, t: words(as.language), close: () => context.close() };
};

/** Nothing that axe-core finds, and nothing to scroll sideways. */
export const isUsable = async (page: Page): Promise<void> => {
  expect(await violations(page)).toEqual([]);
  expect(await fitsWidth(page)).toBe(true);
};

/**
 * Usable, and without an error of the page. `expected` is part of the one that the step itself brings about and the browser
 * notes, such as the status of a refusal.
 */
export const isSound = async (page: Page, expected?: string): Promise<void> => {
  await isUsable(page);
  expect(pageProblems(page).filter((said) => expected === undefined || !said.includes(expected))).toEqual([]);
};
