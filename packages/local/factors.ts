/**
 * Who has a second factor here, and which: people of the demo whose work needs one have one from the beginning, made of
 * the state folder's seed; anybody else sets one up, as in the user pool. Secrets and used codes are kept in a file of
 * SQLite, so that a restart makes no used code good.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Person } from '@darmon/domain/standing';
import { Secret } from 'otpauth';
import { demoPeople } from './country/country.ts';
import {
  Attempts,
  type Factor,
  factorOf,
  factorSeed,
  factorWith,
  judgeCode,
  noAttempts,
  type Verdict,
} from './second-factor.ts';

type Who = Pick<Person, 'id' | 'rights'>;

export interface Factors {
  /** What a sign-in asks this person for; undefined where it asks for nothing. */
  of(person: Who): Factor | undefined;
  /** Whether the person set it up here, and so is asked at every sign-in, as the user pool asks. */
  isOwn(person: Who): boolean;
  /** Judges a code of a sign-in; a right one is used up. */
  judge(person: Who, code: string): Verdict;
  /** How the person's codes stand. */
  attempts(person: Who): Attempts;
  /** A new secret (base32) that counts for nothing yet; the one begun before is forgotten. */
  begin(person: Who): string;
  /** Judges a code of the secret that was begun or, where none is, of the one confirmed last; a right one takes its place. */
  confirm(person: Who, code: string): Verdict | 'not-begun';
  /** Has sign-ins ask for the confirmed factor, or not; false where none is confirmed. */
  demand(person: Who, on: boolean): boolean;
  /** Forgets whatever secret there is. */
  remove(person: Who): void;
  stop(): void;
}

/** As long as the user pool's own. */
const secretBytes = 32;

/** Whether a person of the demo began with a factor. */
const isOfTheDemo = ({ id, rights }: Who): boolean => rights.includes('controlled') && demoPeople.includes(id);

interface Kept {
  readonly secret: string | null;
  readonly pending: string | null;
  readonly demanded: boolean;
}

/**
 * @param path of the file, in a folder that exists
 * @param now milliseconds since 1970
 */
export function openFactors(path: string, seed: Uint8Array, now: () => number): Factors {
  const store = new DatabaseSync(path);
  store.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS factor (
      person TEXT PRIMARY KEY, secret TEXT, pending TEXT, demanded INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS attempts (person TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
  `);
  const kept = ({ id }: Who): Kept | undefined => {
    const row = store.prepare('SELECT secret, pending, demanded FROM factor WHERE person = ?').get(id);
    return row && { secret: text(row.secret), pending: text(row.pending), demanded: row.demanded === 1 };
  };
  const keep = ({ id }: Who, { secret, pending, demanded }: Kept): void => {
    store
      .prepare('INSERT OR REPLACE INTO factor (person, secret, pending, demanded) VALUES (?, ?, ?, ?)')
      .run(id, secret, pending, demanded ? 1 : 0);
  };
  /** What stands where nothing is kept. */
  const stands = (person: Who): Kept =>
    kept(person) ?? {
      secret: isOfTheDemo(person) ? factorOf(seed, person.id).secret : null,
      pending: null,
      demanded: isOfTheDemo(person),
    };
  const attempts = ({ id }: Who): Attempts => {
    const row = store.prepare('SELECT state FROM attempts WHERE person = ?').get(id);
    return row ? Attempts.parse(JSON.parse(String(row.state))) : noAttempts;
  };
  // Written before anything is awaited: the same code sent twice at once is judged one after the other.
  const judge = (person: Who, secret: string, before: Attempts, code: string): Verdict => {
    const { verdict, after } = judgeCode(secret, before, code, now());
    store
      .prepare('INSERT OR REPLACE INTO attempts (person, state) VALUES (?, ?)')
      .run(person.id, JSON.stringify(after));
    return verdict;
  };
  return {
    of(person) {
      const { secret, demanded } = stands(person);
      return demanded && secret !== null ? factorWith(secret, person.id) : undefined;
    },
    isOwn(person) {
      const own = kept(person);
      return own?.demanded === true && own.secret !== factorOf(seed, person.id).secret;
    },
    judge(person, code) {
      const { secret } = stands(person);
      return secret === null ? 'wrong' : judge(person, secret, attempts(person), code);
    },
    attempts,
    begin(person) {
      const pending = new Secret({ buffer: new Uint8Array(randomBytes(secretBytes)).buffer }).base32;
      keep(person, { ...stands(person), pending });
      return pending;
    },
    confirm(person, code) {
      const before = stands(person);
      const secret = before.pending ?? kept(person)?.secret;
      if (!secret) return 'not-begun';
      // Codes of another secret that were used say nothing of this one's.
      const count = attempts(person);
      const verdict = judge(person, secret, before.pending ? { ...count, usedStep: noAttempts.usedStep } : count, code);
      if (verdict === 'accepted') keep(person, { ...before, secret, pending: null });
      return verdict;
    },
    demand(person, on) {
      const before = stands(person);
      if (on && before.secret === null) return false;
      keep(person, { ...before, demanded: on });
      return true;
    },
    remove: (person) => keep(person, { secret: null, pending: null, demanded: false }),
    stop: () => store.close(),
  };
}

/** The factors of a state folder. */
export const factorsIn = (folder: string, now: () => number): Factors => {
  const seed = factorSeed(folder);
  return openFactors(join(folder, 'identity', 'factors.db'), seed, now);
};

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
