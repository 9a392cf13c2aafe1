/** Events that never happened, with their keys and entries: for tests and measurements. The same number, the same event. */
import type { Event, EventType } from '@darmon/domain/event';
import type { Sealed } from './append.ts';
import { signerOf } from './ed25519.ts';
import { saltOf, sealEntry } from './entry.ts';
import { parseVkey, vkeyOf } from './note.ts';
import { sha256 } from './sha256.ts';

const types: readonly EventType[] = [
  'prescription-issued',
  'prescription-dispensed',
  'patient-looked-up',
  'stock-posted',
];
const roles = ['doctor', 'pharmacist', 'warehouse'] as const;
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const began = Date.parse('2026-11-20T04:00:00.000Z');

const keys = new Map<string, Uint8Array>();
const keyOf = (name: string): Uint8Array => {
  const key = keys.get(name) ?? sha256(new TextEncoder().encode(name));
  keys.set(name, key);
  return key;
};

const ulid = (n: number): string => {
  let [text, rest] = ['', n];
  for (; text.length < 16; rest = Math.floor(rest / 32)) text = crockford[rest % 32] + text;
  return `01KAHG9000${text}`;
};

export const madeUpEvent = (n: number): Event => ({
  id: ulid(n),
  at: new Date(began + n * 137).toISOString(),
  type: types[n % types.length] as EventType,
  actor: {
    person: `person-${n % 90}`,
    role: roles[n % roles.length] as (typeof roles)[number],
    site: `PH-${1000 + (n % 40)}`,
  },
  changes: { line: 1 + (n % 3), quantity: 7 + (n % 30), lot: `L${n % 500}` },
});

/** The salt of an event, out of the key of the made-up person number `person`. */
export const madeUpSalt = (event: Event, person: number): Uint8Array => saltOf(keyOf(`person ${person}`), event.id);

const sealed = new Map<number, Sealed>();
/** As many are kept as the tests ask for again and again. */
const kept = 2_000;

/** Event number `n` as the appender takes it, about one of a thousand made-up people. Its bytes must not be changed. */
export const madeUpEntry = (n: number): Sealed => {
  const known = sealed.get(n);
  if (known) return known;
  const event = madeUpEvent(n);
  const person = n % 1_000;
  const subjects = [
    { kind: 'patient', id: `patient-${person}`, key: keyOf(`person ${person}`) },
    { kind: 'actor', id: event.actor.person, key: keyOf(event.actor.person) },
  ];
  const entry = { id: event.id, bytes: sealEntry(event, madeUpSalt(event, person), subjects) };
  if (n < kept) sealed.set(n, entry);
  return entry;
};

/** A key pair that everybody can make again. Never trust it. */
export const madeUpKey = (name: string, kind: 'log' | 'witness' = 'log') => {
  const { publicKey, sign } = signerOf(keyOf(`${kind} ${name}`));
  const vkey = vkeyOf(name, kind, publicKey);
  return { key: parseVkey(vkey, kind), vkey, sign };
};
