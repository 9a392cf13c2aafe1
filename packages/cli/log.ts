/** `log ...`: what an auditor, a witness or anybody else can check of the log with its files and keys alone. */
import { generateKeyPairSync } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { Event } from '@darmon/domain/event';
import { directoryStore } from '@darmon/log/directory-store';
import { signerOf } from '@darmon/log/ed25519';
import type { ListedEvent } from '@darmon/log/event-list';
import { httpSource } from '@darmon/log/http-source';
import { type NoteKey, openCheckpoint, parseVkey, vkeyOf } from '@darmon/log/note';
import { checkProof, checkReveal, findEvent, proveConsistency, proveEntry, readCheckpoint } from '@darmon/log/proof';
import { LogRefusal } from '@darmon/log/refusal';
import { registerAt } from '@darmon/log/register';
import { base64, bytesOfBase64 } from '@darmon/log/sha256';
import type { TileSource, TileStore } from '@darmon/log/store';
import { verifyLog } from '@darmon/log/verify';
import { witnessOnce } from '@darmon/log/witness';
import * as z from 'zod';
import { linesOf } from './lines.ts';

/** What one of the commands answers: a line of JSON, and whether all is well. */
export interface LogAnswer {
  readonly ok: boolean;
  readonly line: Record<string, unknown>;
}

/** A directory, or a log that is served; only a directory can be written to. */
const openLog = async (place: string): Promise<TileSource & Partial<TileStore>> => {
  if (/^https?:\/\//.test(place)) return httpSource(place);
  await stat(place);
  return directoryStore(place);
};

/** Answers a refusal as a line too: what is wrong with a log is a result, not an accident. */
const answered = async (ask: () => Promise<LogAnswer>): Promise<LogAnswer> => {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof LogRefusal)) throw error;
    const { code, message } = error;
    return {
      ok: false,
      line: { ok: false, code, ...(message !== code && { detail: message.slice(code.length + 2) }) },
    };
  }
};

const ListedLine = z.object({ id: z.string().min(1), digest: z.string().length(43) });

async function* eventsOfFile(file: string): AsyncGenerator<ListedEvent> {
  let number = 0;
  for await (const line of linesOf(createReadStream(file))) {
    number += 1;
    const event = ListedLine.safeParse(jsonOf(line));
    if (!event.success) throw new Error(`${file}, line ${number}: no {"id", "digest"}`);
    yield event.data;
  }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export interface VerifyOptions {
  readonly key: NoteKey;
  readonly witness?: readonly NoteKey[];
  readonly known?: readonly string[];
  /** A file of the table's events. */
  readonly events?: string;
  /** Or the events themselves; they are read twice. */
  readonly listed?: () => AsyncIterable<ListedEvent>;
}

/** The whole log, entry by entry. @throws Error where it cannot be reached, or a file of events is none */
export const verifyLogAt = async (place: string, options: VerifyOptions): Promise<LogAnswer> => {
  const { key, witness = [], known = [], events, listed } = options;
  const verdict = await verifyLog(await openLog(place), {
    log: key,
    witnesses: witness,
    known: await Promise.all(known.map((file) => readFile(file))),
    ...(events !== undefined && { events: () => eventsOfFile(events) }),
    ...(listed && { events: listed }),
  });
  return { ok: verdict.ok, line: { ...verdict } };
};

export interface ProveOptions {
  readonly key: NoteKey;
  /** A position, or an event's id. */
  readonly what: { readonly entry: number } | { readonly id: string };
  readonly checkpoint?: string;
}

/** One entry's proof, under the log's checkpoint or an older one from a file. */
export const proveEntryAt = (place: string, { key, what, checkpoint: file }: ProveOptions): Promise<LogAnswer> =>
  answered(async () => {
    const source = await openLog(place);
    const checkpoint = file === undefined ? await readCheckpoint(source) : await readFile(file);
    const index = 'entry' in what ? what.entry : await findEvent(source, what.id, openCheckpoint(checkpoint, key).size);
    if (index === undefined) throw new LogRefusal('no-such-entry', 'the log has no entry of this event');
    return { ok: true, line: { ...(await proveEntry(source, { log: key, index, checkpoint })) } };
  });

/** Far above any proof. */
const largestProof = 64 * 1024;

const Reveal = z.object({ event: Event, salt: z.string() });

/** A proof from a file, from keys alone; with `reveal`, that this event under this salt is what was recorded. */
export const checkProofFile = (
  file: string,
  { key, witness = [], reveal }: { key: NoteKey; witness?: readonly NoteKey[]; reveal?: string },
): Promise<LogAnswer> =>
  answered(async () => {
    const text = await readFile(file, 'utf8');
    if (text.length > largestProof) throw new LogRefusal('proof-malformed', 'too long');
    const { index, entry, checkpoint } = checkProof(jsonOf(text), key, witness);
    if (reveal !== undefined) {
      const shown = Reveal.safeParse(jsonOf(await readFile(reveal, 'utf8')));
      const salt = shown.data && bytesOfBase64(shown.data.salt);
      if (!shown.success || !salt) throw new LogRefusal('reveal-differs', 'no {"event", "salt": base64}');
      checkReveal(entry, shown.data.event, salt);
    }
    const { size, root } = checkpoint;
    return { ok: true, line: { ok: true, index, size, root: base64(root), entry } };
  });

/** That one checkpoint continues another, from the log's tiles. */
export const checkConsistency = (
  place: string,
  { key, older, newer }: { key: NoteKey; older: string; newer: string },
): Promise<LogAnswer> =>
  answered(async () => {
    const files = { older: await readFile(older), newer: await readFile(newer) };
    const { from, to, proof } = await proveConsistency(await openLog(place), { log: key, ...files });
    return { ok: true, line: { ok: true, from: from.size, to: to.size, root: base64(to.root), proof } };
  });

const secretHead = 'PRIVATE+KEY+';

/** A witness's secret and public halves out of its key file: `PRIVATE+KEY+` and then as a vkey, with the seed in the key's place. */
const readWitnessKey = async (file: string) => {
  const text = (await readFile(file, 'utf8')).trimEnd();
  const [name = '', id = '', ...rest] = text.slice(secretHead.length).split('+');
  const bytes = bytesOfBase64(rest.join('+'));
  if (!text.startsWith(secretHead) || bytes?.length !== 33) throw new LogRefusal('key-malformed', file);
  const { publicKey, sign } = signerOf(bytes.subarray(1));
  const key = parseVkey(vkeyOf(name, 'witness', publicKey), 'witness');
  if (bytes[0] !== 4 || Buffer.from(key.id).toString('hex') !== id) throw new LogRefusal('key-malformed', file);
  return { key, sign };
};

/** Makes a witness's key: the secret half into a file that only its owner may read and that must not exist yet. */
export const makeWitnessKey = (name: string, file: string): Promise<LogAnswer> =>
  answered(async () => {
    const { d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    const seed = Buffer.from(d, 'base64url');
    const vkey = vkeyOf(name, 'witness', signerOf(seed).publicKey);
    const [, id] = vkey.split('+');
    const secret = base64(Buffer.concat([Uint8Array.of(4), seed]));
    await writeFile(file, `${secretHead}${name}+${id}+${secret}\n`, { flag: 'wx', mode: 0o600 });
    return { ok: true, line: { vkey } };
  });

export interface WitnessOptions {
  /** File of the witness's secret key. */
  readonly key: string;
  readonly log: NoteKey;
  /** File in which the last checkpoint is remembered. */
  readonly state: string;
  /** File that gets the cosigned checkpoint. */
  readonly out?: string;
  readonly now: () => number;
}

/** Looks at the log once and cosigns; into a directory the line is written too, unless the log grew in between. */
export const witnessLog = (place: string, { key: file, log, state, out, now }: WitnessOptions): Promise<LogAnswer> =>
  answered(async () => {
    const source = await openLog(place);
    const { key, sign } = await readWitnessKey(file);
    const seen = await witnessOnce({ source, log, memory: registerAt(state), key, sign, now });
    if (out !== undefined) {
      await writeFile(`${out}.new`, seen.cosigned);
      await rename(`${out}.new`, out);
    }
    const attached = (await source.swapCheckpoint?.(seen.served, seen.cosigned)) ?? false;
    const { root } = openCheckpoint(seen.served, log);
    return {
      ok: true,
      line: { ok: true, from: seen.from ?? null, size: seen.size, root: base64(root), line: seen.line, attached },
    };
  });
