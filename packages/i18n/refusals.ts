/**
 * A refusal, and each fault of a request, in the reader's language. Facts become sentences of their own, so a code
 * reads well with any facts or none; facts that have no words are left to the machine-readable part of the answer.
 */
import type { RefusalCode, RefusalFacts } from '@darmon/domain/refusal';
import { dayText, timeText } from './dates.ts';
import type { Language } from './language.ts';
import { type Facts, type KeyOf, translatorOf } from './translator.ts';
import { credential as credentialWords } from './words/credential.ts';
import { refusals as refusalWords } from './words/refusals.ts';
import { schema as schemaWords } from './words/schema.ts';

const words = { refusals: refusalWords, schema: schemaWords, credential: credentialWords };
const translator = translatorOf(words);
type Key = KeyOf<typeof words>;

const hasWords = (key: string): key is Key & `refusals:${string}` =>
  Object.hasOwn(refusalWords, key.slice('refusals:'.length));

/** Facts in tiyin; their sentences name soums. */
const moneyFacts: ReadonlySet<string> = new Set(['approved', 'cost']);

const readable = (name: string, value: string | number): string | number => {
  if (typeof value === 'number') return moneyFacts.has(name) ? (value / 100).toLocaleString('ru') : value;
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return timeText(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayText(value) : value;
};

/** Why a code is not valid: the verifier's reason, which says what to do by itself. */
const codeReason = (code: RefusalCode, facts: RefusalFacts): (Key & `credential:${string}`) | undefined => {
  const key = `invalid.${facts.reason}`;
  return code === 'code-invalid' && Object.hasOwn(credentialWords, key)
    ? (`credential:${key}` as Key & `credential:${string}`)
    : undefined;
};

const factSentence = (t: (key: Key, facts?: Facts) => string, name: string, value: string | number): string => {
  // Every whole number is a multiple of 1.
  if (name === 'step' && value === 1) return '';
  const ofValue = `refusals:fact.${name}.${value}`;
  if (hasWords(ofValue)) return t(ofValue);
  const ofName = `refusals:fact.${name}`;
  return hasWords(ofName) ? t(ofName, { [name]: readable(name, value) }) : '';
};

export interface RefusalText {
  /** What is the matter, short, without a full stop. */
  readonly title: string;
  /** The facts that are known, then what to do next. */
  readonly detail: string;
}

/** The words of a refusal: RFC 9457's `title` and `detail`. Every code has them in every language. */
export const refusalText = (code: RefusalCode, facts: RefusalFacts, language: Language): RefusalText => {
  const t = translator(language);
  const known = Object.entries(facts).map(([name, value]) => factSentence(t, name, value));
  return {
    title: t(`refusals:${code}.title`),
    detail: [...known, t(codeReason(code, facts) ?? `refusals:${code}.next`)]
      .filter((sentence) => sentence !== '')
      .join(' '),
  };
};

/** What we read of a zod issue; only its kind and its limits, never the value that was sent. */
export interface SchemaIssue {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly expected?: unknown;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly inclusive?: boolean | undefined;
  readonly format?: unknown;
  readonly divisor?: unknown;
}

const types = ['string', 'number', 'int', 'boolean', 'array', 'object'] as const;
const typeOf = (value: unknown): (typeof types)[number] | 'other' => types.find((type) => type === value) ?? 'other';

const sizeKind = <Strict extends 'above' | 'below'>(
  origin: unknown,
  inclusive: boolean | undefined,
  strict: Strict,
): 'string' | 'array' | 'number' | Strict => {
  if (origin === 'string') return 'string';
  if (origin === 'array' || origin === 'set') return 'array';
  return inclusive === false ? strict : 'number';
};

const limitOf = (limit: unknown): Facts => ({ limit: typeof limit === 'number' ? limit : String(limit) });

const isKey = (key: string): key is keyof typeof schemaWords => Object.hasOwn(schemaWords, key);

/**
 * One sentence on one zod issue. `missing` says that the value was not there at all, which zod tells apart only in its
 * English message. A rule of the domain that has words of its own is found by that message.
 */
export const schemaText = (issue: SchemaIssue, missing: boolean, language: Language): string => {
  const t = translator(language);
  if (missing) return t('schema:required');
  switch (issue.code) {
    case 'invalid_type':
      return t(`schema:type.${typeOf(issue.expected)}`);
    case 'too_small':
      return t(`schema:tooSmall.${sizeKind(issue.origin, issue.inclusive, 'above')}`, limitOf(issue.minimum));
    case 'too_big':
      return t(`schema:tooBig.${sizeKind(issue.origin, issue.inclusive, 'below')}`, limitOf(issue.maximum));
    case 'invalid_format':
      if (issue.format === 'date') return t('schema:format.date');
      return t(issue.format === 'datetime' ? 'schema:format.datetime' : 'schema:format');
    case 'not_multiple_of':
      return t('schema:step', limitOf(issue.divisor));
    case 'invalid_value':
      return t('schema:value');
    case 'unrecognized_keys':
      return t('schema:extra');
    case 'invalid_union':
      return t('schema:variant');
    default: {
      const rule = `rule.${issue.message}`;
      return t(isKey(rule) ? `schema:${rule}` : 'schema:other');
    }
  }
};
