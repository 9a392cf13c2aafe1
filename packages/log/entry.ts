/**
 * What stands in the log of an event: when, what kind, in which role and where, keyed commitments to whom it concerns,
 * and a keyed digest of the event. Nothing in it names a person, and without the keys nothing can be tried against it;
 * whoever gets event and salt can prove what was recorded. SPEC.md says it byte by byte.
 */
import type { Event } from '@darmon/domain/event';
import { LogRefusal } from './refusal.ts';
import { hmac, sameBytes } from './sha256.ts';
import { longestEntry } from './tiles.ts';

export interface Entry {
  /** An instant with milliseconds. */
  readonly at: string;
  /** `eventDigest` of the event. */
  readonly digest: string;
  /** The event's id, a ULID. */
  readonly event: string;
  /** None where nobody of the staff acted. */
  readonly role?: string;
  readonly site: string;
  /** Whom and what it concerns, in the order in which they were given. */
  readonly subjects: readonly { readonly commitment: string; readonly kind: string }[];
  readonly type: string;
  readonly v: 1;
}

/** Whom or what an event concerns, before it is hidden. */
export interface Subject {
  /** Such as `patient`, `actor` or `prescription`. */
  readonly kind: string;
  readonly id: string;
  /** At least 32 bytes, one key a person. Destroying it cuts every tie between the person and the log. */
  readonly key: Uint8Array;
}

const mostSubjects = 16;
const keyBytes = 32;

// 43 characters of base64url are 258 bits, so the last one has only these spellings
const digestText = '[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]';
const subjectText = `\\{"commitment":"${digestText}","kind":"[a-z][a-z-]{1,31}"\\}`;
/** The one spelling of an entry: RFC 8785 of the fields above, so this decides, and no parser. */
const spelling = new RegExp(
  `^\\{"at":"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z","digest":"${digestText}",` +
    `"event":"([0-7][0-9A-HJKMNP-TV-Z]{25})",("role":"[a-z][a-z-]{1,31}",)?"site":"[A-Z0-9][A-Z0-9-]{2,15}",` +
    `"subjects":\\[(${subjectText}(,${subjectText}){0,${mostSubjects - 1}})?\\],"type":"[a-z][a-z0-9-]{1,63}","v":1\\}$`,
);

/**
 * JSON in its one canonical spelling: RFC 8785, keys sorted by UTF-16 units, no white space.
 * @throws {TypeError} what JSON does not know (undefined, NaN, bigint, a class of its own) or text with half a character
 */
export const canonicalJson = (value: unknown): string => {
  if (typeof value === 'string' && value.isWellFormed()) return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (typeof value === 'object' && (Object.getPrototypeOf(value) ?? Object.prototype) === Object.prototype) {
    let text = '';
    for (const key of Object.keys(value).sort())
      text += `${text === '' ? '' : ','}${canonicalJson(key)}:${canonicalJson((value as Record<string, unknown>)[key])}`;
    return `{${text}}`;
  }
  throw new TypeError(`no canonical JSON for ${typeof value}`);
};

const keyed = (key: Uint8Array, text: string): Uint8Array => {
  if (key.length < keyBytes) throw new RangeError(`a key has at least ${keyBytes} bytes`);
  return hmac(key, text);
};
const base64url = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64url');

/**
 * A salt for one event out of a key that outlives it, so that none has to be stored: destroy the key, and no digest under
 * it can be tried any more.
 * @throws {RangeError} a key shorter than 32 bytes
 */
export const saltOf = (key: Uint8Array, event: string): Uint8Array => keyed(key, `darmon-log/salt/v1\n${event}`);

/**
 * The digest of an event: HMAC-SHA256 under its salt of its canonical JSON, as base64url.
 * @throws {RangeError} a salt shorter than 32 bytes, {TypeError} an event that has no canonical JSON
 */
export const eventDigest = (event: Event, salt: Uint8Array): string =>
  base64url(keyed(salt, `darmon-log/event/v1\n${canonicalJson(event)}`));

/**
 * The commitment to one subject of one event. The event's id goes in, so that two events of a person have nothing in
 * common for whoever has not got the key.
 * @throws {RangeError} a key shorter than 32 bytes, a kind or id that holds a newline
 */
export const commitmentTo = ({ kind, id, key }: Subject, event: string): string => {
  if (/\n/.test(kind + id)) throw new RangeError('a subject holds no newline');
  return base64url(keyed(key, `darmon-log/subject/v1\n${event}\n${kind}\n${id}`));
};

const utf8 = new TextEncoder();
const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

/**
 * The bytes of an event's entry; the same for the same arguments, always.
 * @throws {LogRefusal} `entry-not-canonical` where id, site, role, type or a kind is spelt as none may be; what
 * `eventDigest` and `commitmentTo` throw
 */
export const sealEntry = (event: Event, salt: Uint8Array, subjects: readonly Subject[]): Uint8Array => {
  const { id, actor, type } = event;
  const entry: Entry = {
    at: new Date(event.at).toISOString(),
    digest: eventDigest(event, salt),
    event: id,
    ...(actor.role !== undefined && { role: actor.role }),
    site: actor.site,
    subjects: subjects.map((one) => ({ commitment: commitmentTo(one, id), kind: one.kind })),
    type,
    v: 1,
  };
  // the keys stand in their canonical order, and the spelling is judged as a reader would
  const bytes = utf8.encode(JSON.stringify(entry));
  if (idOfEntry(bytes) === undefined) throw new LogRefusal('entry-not-canonical', event.type);
  return bytes;
};

/** The bytes of an entry's fields, unjudged: a proof's reader compares them with a leaf. */
export const encodeEntry = (entry: Entry): Uint8Array => utf8.encode(canonicalJson(entry));

/** The id of the event whose entry these bytes are; undefined for bytes that are not an entry in its one spelling. */
export const idOfEntry = (bytes: Uint8Array): string | undefined =>
  bytes.length > longestEntry ? undefined : spelling.exec(latin1(bytes))?.[1];

/** The entry that these bytes are; undefined for bytes that are not an entry in its one spelling. */
export const decodeEntry = (bytes: Uint8Array): Entry | undefined =>
  idOfEntry(bytes) === undefined ? undefined : JSON.parse(latin1(bytes));

/** True where the entry is what `sealEntry` made of this event under this salt; subjects are not asked about. */
export const reveals = (entry: Entry, event: Event, salt: Uint8Array): boolean => {
  const { subjects: _, ...rest } = entry;
  const bytes = encodeEntry({ ...rest, subjects: [] });
  return sameBytes(bytes, sealEntry(event, salt, []));
};
