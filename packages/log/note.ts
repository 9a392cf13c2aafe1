/**
 * Signed notes, their keys, and the two things said in them here: a log's checkpoint and a witness's cosignature, by
 * C2SP signed-note, tlog-checkpoint and tlog-cosignature (Ed25519 alone). Who keeps a private key stays outside: a
 * signer is an argument.
 */
import { type Verify, verifierOf } from './ed25519.ts';
import { largestTree, type TreeHead } from './merkle.ts';
import { LogRefusal } from './refusal.ts';
import { base64, bytesOfBase64, hashBytes, sameBytes, sha256 } from './sha256.ts';

const keyTypes = { log: 1, witness: 4 } as const;
export type KeyKind = keyof typeof keyTypes;

/** A public key with its name, as a vkey tells it. */
export interface NoteKey {
  readonly name: string;
  readonly kind: KeyKind;
  /** The first four bytes of SHA-256(name || 0x0A || type || public key). */
  readonly id: Uint8Array;
  readonly verify: Verify;
}

/** Signs with Ed25519 and answers the 64 bytes of RFC 8032. */
export type Sign = (message: Uint8Array) => Promise<Uint8Array>;

/** A note's text, with its last newline, and the lines under it. */
interface Note {
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly id: Uint8Array; readonly signature: Uint8Array }[];
}

export interface Checkpoint extends TreeHead {
  readonly origin: string;
  /** What is signed: origin, size, root and extensions, each line with its newline. */
  readonly body: string;
  readonly note: Note;
}

const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const keyName = /^[^\s+\p{Z}\p{C}]+$/u;
const signatureLine = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;
/** More than 16 witnesses' worth, and little enough to refuse a flood. */
const largestNote = 64 * 1024;
const mostSignatures = 100;
const [idBytes, timeBytes, signatureBytes] = [4, 8, 64] as const;

const keyId = (name: string, type: number, publicKey: Uint8Array): Uint8Array =>
  sha256(Buffer.concat([utf8.encode(`${name}\n`), Uint8Array.of(type), publicKey])).slice(0, idBytes);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/**
 * A key as text, `<name>+<id>+<base64(type || public key)>`, as C2SP calls a verifier key.
 * @param publicKey the 32 bytes of RFC 8032
 * @throws {LogRefusal} `key-malformed` a name that is empty or holds spaces or a plus, a key of another length
 */
export const vkeyOf = (name: string, kind: KeyKind, publicKey: Uint8Array): string => {
  if (!keyName.test(name) || publicKey.length !== 32) throw new LogRefusal('key-malformed');
  const type = keyTypes[kind];
  return `${name}+${hex(keyId(name, type, publicKey))}+${base64(Buffer.concat([Uint8Array.of(type), publicKey]))}`;
};

/**
 * The key that a vkey tells.
 * @throws {LogRefusal} `key-malformed` also where name, id and key do not belong together, or the type is another
 */
export const parseVkey = (vkey: string, kind: KeyKind): NoteKey => {
  const [name = '', id = '', ...rest] = vkey.split('+');
  const key = bytesOfBase64(rest.join('+'));
  const type = keyTypes[kind];
  if (!keyName.test(name) || !key || key.length !== 33) throw new LogRefusal('key-malformed', 'no vkey');
  if (key[0] !== type) throw new LogRefusal('key-malformed', `a ${kind}'s key is of type ${type}, this of ${key[0]}`);
  const known = keyId(name, type, key.subarray(1));
  if (hex(known) !== id) throw new LogRefusal('key-malformed', 'name, id and key do not belong together');
  return { name, kind, id: known, verify: verifierOf(key.subarray(1)) };
};

/** The parts of a note, nothing believed yet; undefined where it is none. */
const parseNote = (bytes: Uint8Array): Note | undefined => {
  if (bytes.length > largestNote) return undefined;
  let all: string;
  try {
    all = strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
  const at = all.lastIndexOf('\n\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a note may not hold
  if (at < 0 || !all.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(all)) return undefined;
  const lines = all.slice(at + 2, -1).split('\n');
  if (lines.length > mostSignatures) return undefined;
  const signatures = lines.map((line) => {
    const [, name, text] = signatureLine.exec(line) ?? [];
    const signature = text === undefined ? undefined : bytesOfBase64(text);
    if (name === undefined || !keyName.test(name) || !signature || signature.length <= idBytes) return undefined;
    return { name, id: signature.subarray(0, idBytes), signature: signature.subarray(idBytes) };
  });
  return signatures.every((one) => one !== undefined) ? { text: all.slice(0, at + 1), signatures } : undefined;
};

/** The body of a checkpoint. An origin holds no newline and a size is a whole number. */
export const checkpointBody = (origin: string, { size, root }: TreeHead): string =>
  `${origin}\n${size}\n${base64(root)}\n`;

const linesBy = (note: Note, key: NoteKey): Uint8Array[] =>
  note.signatures
    .filter(({ name, id }) => name === key.name && sameBytes(id, key.id))
    .map(({ signature }) => signature);

/**
 * A checkpoint that this log signed. Signatures of keys that are not asked for are passed over, as the format demands.
 * @throws {LogRefusal} `checkpoint-malformed`, `checkpoint-origin` where it is another log's, `checkpoint-unsigned` where
 * no line is this key's, `checkpoint-signature` where any such line is wrong
 */
export const openCheckpoint = (bytes: Uint8Array, log: NoteKey): Checkpoint => {
  const note = parseNote(bytes);
  const [origin, size, root, ...more] = note?.text.slice(0, -1).split('\n') ?? [];
  const rootHash = root === undefined ? undefined : bytesOfBase64(root);
  const sized = size !== undefined && /^(0|[1-9][0-9]{0,12})$/.test(size) && Number(size) <= largestTree;
  if (!note || !origin || !sized || rootHash?.length !== hashBytes || more.includes(''))
    throw new LogRefusal('checkpoint-malformed');
  if (origin !== log.name) throw new LogRefusal('checkpoint-origin');
  const ours = linesBy(note, log);
  if (ours.length === 0) throw new LogRefusal('checkpoint-unsigned');
  const message = utf8.encode(note.text);
  if (!ours.every((signature) => log.verify(message, signature))) throw new LogRefusal('checkpoint-signature');
  return { origin, size: Number(size), root: rootHash, body: note.text, note };
};

/** What a witness signs: C2SP tlog-cosignature, `cosignature/v1`. */
const cosigned = (seconds: number | bigint, body: string): Uint8Array =>
  utf8.encode(`cosignature/v1\ntime ${seconds}\n${body}`);

/**
 * When this witness last cosigned the checkpoint, in seconds since 1970; undefined where it did not. Of several lines each
 * has to be right.
 * @throws {LogRefusal} `cosignature-malformed`, `cosignature-signature`
 */
export const cosignedAt = (checkpoint: Checkpoint, witness: NoteKey): number | undefined => {
  const times = linesBy(checkpoint.note, witness).map((line) => {
    if (line.length !== timeBytes + signatureBytes) throw new LogRefusal('cosignature-malformed');
    const seconds = new DataView(line.buffer, line.byteOffset).getBigUint64(0);
    if (!witness.verify(cosigned(seconds, checkpoint.body), line.subarray(timeBytes)))
      throw new LogRefusal('cosignature-signature');
    return Number(seconds);
  });
  return times.length === 0 ? undefined : Math.max(...times);
};

const lineOf = (key: NoteKey, signature: Uint8Array): string =>
  `\u2014 ${key.name} ${base64(Buffer.concat([key.id, signature]))}\n`;

/** Signed, and what was signed looked at again: a key that is not ours must not reach a reader. */
const signedBy = async (key: NoteKey, sign: Sign, message: Uint8Array): Promise<Uint8Array> => {
  const signature = await sign(message);
  if (!key.verify(message, signature)) throw new LogRefusal('signer-failed', 'what was signed does not verify');
  return signature;
};

/**
 * A signed checkpoint, as its bytes; equal for equal heads, because Ed25519 takes no chance.
 * @throws {LogRefusal} `signer-failed` where the signature is not the key's; whatever `sign` throws
 */
export const signCheckpoint = async (log: NoteKey, sign: Sign, head: TreeHead): Promise<Uint8Array> => {
  const body = checkpointBody(log.name, head);
  return utf8.encode(`${body}\n${lineOf(log, await signedBy(log, sign, utf8.encode(body)))}`);
};

/**
 * One witness's line for a checkpoint, with its newline.
 * @param seconds since 1970, whole
 * @throws {LogRefusal} `signer-failed`; whatever `sign` throws
 */
export const cosign = async (
  checkpoint: Checkpoint,
  { key, sign, seconds }: { readonly key: NoteKey; readonly sign: Sign; readonly seconds: number },
): Promise<string> => {
  const signature = await signedBy(key, sign, cosigned(seconds, checkpoint.body));
  const time = new Uint8Array(timeBytes);
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
  return lineOf(key, Buffer.concat([time, signature]));
};

/** A checkpoint with one line more, or as it was where the line stands there already. */
export const withLine = (checkpoint: Uint8Array, line: string): Uint8Array => {
  const text = strictUtf8.decode(checkpoint);
  return text.includes(`\n${line}`) ? checkpoint : utf8.encode(text + line);
};
