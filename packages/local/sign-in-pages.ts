/**
 * The pages of the local issuer: choose a person, confirm with a code, signed out, went wrong. Plain HTML that works without scripts and
 * loads nothing. Names and roles only, and the demo's own codes; in the cloud these pages are Cognito's.
 */
import { createHash } from 'node:crypto';
import { qrSvg } from '@darmon/documents/qr';
import type { Role } from '@darmon/domain/actor';
import type { Person } from '@darmon/domain/standing';
import { timeText } from '@darmon/i18n/dates';
import { type Language, negotiateLanguage } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { signIn } from '@darmon/i18n/words/sign-in';
import type { Factor, Verdict } from './second-factor.ts';

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
  purpose: 'to sign in' | 'to confirm' = 'to sign in',
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
    `<p>${safe(t('signIn:hint'))}</p>` +
      (purpose === 'to confirm' ? `<p>${safe(t('signIn:chooseToConfirm'))}</p>` : '') +
      `<form method="post" action="${safe(action)}">${groups.join('')}</form>` +
      (purpose === 'to confirm' ? `${wayForm(action)}${cancelButton(language)}</form>` : ''),
  );
}

export interface Confirmation {
  readonly person: Person;
  readonly factor: Factor;
  /** What became of the code that was just typed. */
  readonly verdict: Verdict | undefined;
  /** An instant, where no code is looked at before it. */
  readonly lockedUntil: string | undefined;
  /** A code that would be accepted now, which only a demo gives away. */
  readonly code: string | undefined;
  /** Until the next code. */
  readonly seconds: number;
  readonly action: string;
  readonly language: Language;
}

/** Asks a person who is known for six digits, and shows the demo's code and secret beside. */
export function confirmPage(asked: Confirmation): string {
  const { person, verdict, lockedUntil, action, language } = asked;
  const t = words(language);
  const problem =
    lockedUntil !== undefined
      ? t('signIn:codeLocked', { time: clockText(lockedUntil) })
      : verdict === 'wrong'
        ? t('signIn:codeWrong')
        : verdict === 'used'
          ? t('signIn:codeUsed')
          : undefined;
  const known = `<input type="hidden" name="person" value="${safe(person.id)}">`;
  const marks = problem === undefined ? '' : ' aria-invalid="true" aria-describedby="problem"';
  return page(
    language,
    t('signIn:confirmTitle'),
    `<p><b>${safe(person.name)}</b> <small>${safe(person.id)} · ${safe(person.site)}</small></p>` +
      `<p>${safe(t('signIn:confirmWhy'))}</p>` +
      `<form method="post" action="${safe(action)}" class="narrow">${known}` +
      (problem === undefined ? '' : `<p id="problem" class="problem" role="alert">${warningSign}${safe(problem)}</p>`) +
      `<label for="code">${safe(t('signIn:code'))}</label>` +
      `<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="7" required autofocus${marks}>` +
      `<button class="main">${safe(t('signIn:confirm'))}</button></form>` +
      demoBox(asked, known) +
      wayBack(action, language),
  );
}

/** The first full minute from an instant on, as the clock shows it. */
const clockText = (instant: string): string =>
  timeText(new Date(Math.ceil(Date.parse(instant) / 60_000) * 60_000).toISOString()).slice(-5);

const warningSign = '<span aria-hidden="true">⚠ </span>';

/** What no real sign-in would show. */
function demoBox({ factor, lockedUntil, code, seconds, action, language }: Confirmation, known: string): string {
  const t = words(language);
  const now =
    code !== undefined
      ? `<p>${safe(t('signIn:demoCode'))} <output id="demo-code">${safe(code)}</output></p>`
      : `<p>${safe(lockedUntil === undefined ? t('signIn:demoWait', { seconds }) : t('signIn:demoLocked'))}</p>`;
  const secret = factor.secret.replace(/(.{4})(?=.)/g, '$1 ');
  return (
    `<section class="demo" aria-labelledby="demo"><h2 id="demo">${safe(t('signIn:demoOnly'))}</h2>${now}` +
    `<form method="post" action="${safe(action)}" class="narrow">${known}` +
    `<button>${safe(t('signIn:newCode'))}</button></form>` +
    `<details><summary>${safe(t('signIn:ownApp'))}</summary><p>${safe(t('signIn:ownAppHow'))}</p>` +
    `<div class="picture" role="img" aria-label="${safe(t('signIn:keyPicture'))}">${qrSvg(factor.uri, 'M')}</div>` +
    `<p><code>${safe(secret)}</code></p></details></section>`
  );
}

/** For somebody whom no code could be asked for. */
export const noFactorPage = (person: Person, action: string, language: Language): string =>
  page(
    language,
    words(language)('signIn:noFactor'),
    `<p><b>${safe(person.name)}</b> <small>${safe(person.id)} · ${safe(person.site)}</small></p>` +
      `<p>${safe(words(language)('signIn:noFactorHow'))}</p>${wayBack(action, language)}`,
  );

/** Another person, or back to the app with nothing confirmed. */
const wayBack = (action: string, language: Language): string =>
  `${wayForm(action)}<button name="person" value="">${safe(words(language)('signIn:someoneElse'))}</button>` +
  `${cancelButton(language)}</form>`;

const wayForm = (action: string): string => `<form method="post" action="${safe(action)}" class="narrow ways">`;

const cancelButton = (language: Language): string =>
  `<button name="cancel" value="yes">${safe(words(language)('signIn:cancel'))}</button>`;

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
button b,button small{display:block}
button.main{border-color:#0b7285;background:#0b7285;color:#fff;font-weight:600}
label{display:block;font-weight:600}
input{box-sizing:border-box;width:100%;margin:.25rem 0 .75rem;padding:.5rem .8rem;border:1px solid #6b7078;border-radius:.5rem;background:Field;color:FieldText;font:600 1.5rem/1.4 ui-monospace,monospace;letter-spacing:.2em}
input:focus-visible{border-color:#0b7285;outline:2px solid #0b7285}
input[aria-invalid]{border:2px solid #e03131}
.narrow{max-width:24rem}.ways{display:grid;gap:.5rem;margin-top:1.5rem}
.problem{margin:.5rem 0;padding:.6rem .8rem;border-inline-start:4px solid #e03131;background:color-mix(in srgb,#e03131 12%,Canvas)}
.demo{max-width:24rem;box-sizing:border-box;margin-top:1.5rem;padding:.25rem 1rem 1rem;border:2px dashed #8a8f98;border-radius:.5rem}
.demo h2{margin:.75rem 0 .25rem}
output{font:600 1.25rem/1.4 ui-monospace,monospace;letter-spacing:.1em;white-space:nowrap}
summary{margin-top:.75rem;padding:.6rem 0;cursor:pointer}summary:focus-visible{outline:2px solid #0b7285}
.picture svg{display:block;width:100%;max-width:14rem;height:auto}
code{overflow-wrap:anywhere}`;

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
