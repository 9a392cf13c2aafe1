/**
 * The pages of the local issuer: choose a person, signed out, went wrong. Plain HTML that works without scripts and
 * loads nothing. Names and roles only; in the cloud these pages are Cognito's.
 */
import { createHash } from 'node:crypto';
import type { Role } from '@darmon/domain/actor';
import type { Person } from '@darmon/domain/standing';
import { type Language, negotiateLanguage } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { signIn } from '@darmon/i18n/words/sign-in';

const words = translatorOf({ common, signIn });

/** The language of a page: the one the app asked for (`ui_locales`), else the browser's. */
export const pageLanguage = (uiLocales: unknown, acceptLanguage: string | undefined): Language =>
  negotiateLanguage(typeof uiLocales === 'string' && uiLocales ? uiLocales.replaceAll(' ', ',') : acceptLanguage);

/** A form that signs in whoever's button is pressed, one group a role in the order of the roles given. */
export function choosePersonPage(
  people: readonly Person[],
  roles: readonly Role[],
  action: string,
  language: Language,
): string {
  const t = words(language);
  const groups = roles.map((role) => {
    const members = people.filter((person) => person.roles[0] === role);
    if (members.length === 0) return '';
    const buttons = members.map(
      (person) =>
        `<li><button name="person" value="${safe(person.id)}"><b>${safe(person.name)}</b>` +
        `<small>${safe(person.id)} · ${safe(person.site)}</small></button></li>`,
    );
    return `<section><h2>${safe(t(`common:role.${role}`))}</h2><ul>${buttons.join('')}</ul></section>`;
  });
  return page(
    language,
    t('signIn:title'),
    `<p>${safe(t('signIn:hint'))}</p><form method="post" action="${safe(action)}">${groups.join('')}</form>`,
  );
}

/** Sends the form on by itself; the button is for browsers without scripts. */
export const signOutPage = (form: string, language: Language): string =>
  page(
    language,
    words(language)('signIn:signOut'),
    `${form}<input type="hidden" name="logout" value="yes" form="op.logoutForm">` +
      `<button form="op.logoutForm">${safe(words(language)('signIn:signOut'))}</button><script>${submitScript}</script>`,
  );

export const signedOutPage = (home: string, language: Language): string =>
  page(language, words(language)('signIn:signedOut'), homeLink(home, language));

/** `error` is an OAuth code such as `invalid_request`; nothing of the request is shown. */
export const wentWrongPage = (error: string, home: string, language: Language): string =>
  page(language, words(language)('signIn:wentWrong'), `<p><code>${safe(error)}</code></p>${homeLink(home, language)}`);

const homeLink = (home: string, language: Language): string =>
  `<p><a href="${safe(home)}">${safe(words(language)('signIn:toStart'))}</a></p>`;

const submitScript = "document.getElementById('op.logoutForm').submit()";

const style = `
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.5rem}h2{font-size:1rem;margin:1.5rem 0 .5rem}
ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.5rem;list-style:none;margin:0;padding:0}
button{display:block;width:100%;padding:.6rem .8rem;border:1px solid #8a8f98;border-radius:.5rem;background:transparent;color:inherit;font:inherit;text-align:start;cursor:pointer}
button:hover,button:focus-visible{border-color:#0b7285;outline:2px solid #0b7285}
b,small{display:block}`;

const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The policy of these pages: their own style and one script, both by hash, and nothing else. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src ${digest(style)}`,
  `script-src ${digest(submitScript)}`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const page = (language: Language, title: string, body: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${safe(title)} · Darmon</title>` +
  `<meta name="viewport" content="width=device-width,initial-scale=1"><style>${style}</style></head>` +
  `<body><main><h1>${safe(title)}</h1>${body}</main></body></html>`;

const safe = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
