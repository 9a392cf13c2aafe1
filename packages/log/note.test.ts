import { expect, test } from 'vitest';
import { signerOf, verifierOf } from './ed25519.ts';
import { madeUpKey } from './made-up.ts';
import {
  checkpointBody,
  cosign,
  cosignedAt,
  openCheckpoint,
  parseVkey,
  signCheckpoint,
  vkeyOf,
  withLine,
} from './note.ts';
import { emptyRoot, sha256 } from './sha256.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const head = { size: 20_852_163, root: sha256(utf8('a root')) };
const log = madeUpKey('example.org/log');
const witness = madeUpKey('witness.example.org/one', 'witness');
const signed = await signCheckpoint(log.key, log.sign, head);

// The example of Go's sumdb/note, with its private key, as implementations of signed notes share it.
const example = {
  vkey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  seed: Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1),
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  line: 'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=',
};

test('the key and signature of the shared example are made and believed here', async () => {
  const { publicKey, sign } = signerOf(example.seed);
  expect(vkeyOf('PeterNeumann', 'log', publicKey)).toBe(example.vkey);
  const { id, verify } = parseVkey(example.vkey, 'log');
  const signature = await sign(utf8(example.text));
  expect(Buffer.concat([id, signature]).toString('base64')).toBe(example.line);
  expect(verify(utf8(example.text), signature)).toBe(true);
  expect(verify(utf8(`${example.text} `), signature)).toBe(false);
});

test('a vkey that was changed anywhere, or is of another type, is refused', () => {
  for (let at = 0; at < log.vkey.length; at += 1) {
    const other = log.vkey[at] === 'A' ? 'B' : 'A';
    expect(() => parseVkey(log.vkey.slice(0, at) + other + log.vkey.slice(at + 1), 'log')).toThrow(/^key-malformed/);
    expect(() => parseVkey(log.vkey.slice(0, at), 'log')).toThrow(/^key-malformed/);
  }
  expect(() => parseVkey(log.vkey, 'witness')).toThrow('a witness');
  expect(() => parseVkey(witness.vkey, 'log')).toThrow('a log');
  for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\nb'])
    expect(() => vkeyOf(name, 'log', new Uint8Array(32))).toThrow('key-malformed');
  expect(() => vkeyOf('a', 'log', new Uint8Array(31))).toThrow('key-malformed');
  expect(() => signerOf(new Uint8Array(31))).toThrow('key-malformed');
  expect(() => verifierOf(new Uint8Array(33))).toThrow('key-malformed');
});

test('a checkpoint is origin, size and root a line, an empty line, and the signature', async () => {
  expect(checkpointBody('example.com/behind-the-sofa', head)).toBe(
    `example.com/behind-the-sofa\n20852163\n${Buffer.from(head.root).toString('base64')}\n`,
  );
  expect(text(signed)).toMatch(/^example\.org\/log\n20852163\n[^\n]{44}\n\n\u2014 example\.org\/log [^\n]{92}\n$/);
  expect(openCheckpoint(signed, log.key)).toMatchObject({ origin: 'example.org/log', ...head });
  expect(text(await signCheckpoint(log.key, log.sign, { size: 0, root: emptyRoot }))).toContain('\n0\n47DEQpj8');
  expect(await signCheckpoint(log.key, log.sign, head)).toEqual(signed);
});

test('a checkpoint that was changed in any byte is refused', () => {
  for (let at = 0; at < signed.length; at += 1)
    for (const other of [0x41, 0x31, 0x0a, 0x00, 0xff]) {
      if (signed[at] === other) continue;
      const bytes = Uint8Array.from(signed);
      bytes[at] = other;
      expect(() => openCheckpoint(bytes, log.key), `byte ${at}`).toThrow(/^checkpoint-/);
    }
  for (let at = 0; at < signed.length; at += 1)
    expect(() => openCheckpoint(signed.subarray(0, at), log.key)).toThrow(/^checkpoint-/);
});

test('each fault of a checkpoint has its code', async () => {
  const other = madeUpKey('example.org/other');
  const namesake = { ...log, key: { ...other.key, name: log.key.name }, sign: other.sign };
  const code = (bytes: Uint8Array, key = log.key): string => {
    try {
      openCheckpoint(bytes, key);
      return 'opened';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(code(signed)).toBe('opened');
  expect(code(signed, other.key)).toBe('checkpoint-origin');
  expect(code(await signCheckpoint(namesake.key, namesake.sign, head))).toBe('checkpoint-unsigned');
  expect(code(utf8(text(signed).replace('\n20852163\n', '\n20852164\n')))).toBe('checkpoint-signature');
  for (const size of ['020852163', '-1', '1.0', ' 1', '', '99999999999999', '1099511627777', '0x1'])
    expect(code(utf8(text(signed).replace('\n20852163\n', `\n${size}\n`)))).toBe('checkpoint-malformed');
  expect(code(utf8(''))).toBe('checkpoint-malformed');
  expect(code(utf8(text(signed) + '\u2014 x AAAA\n'.repeat(101)))).toBe('checkpoint-malformed');
  expect(code(utf8(`${text(signed)}${'a'.repeat(70_000)}\n`))).toBe('checkpoint-malformed');
  // of two lines of one key both have to be right
  const [body = '', line = ''] = text(signed).split('\n\n');
  const wrong = line.replace(/.{12}==?\n$/, (end) => `${'A'.repeat(end.length - 2)}=\n`);
  expect(wrong).not.toBe(line);
  expect(code(utf8(`${body}\n\n${line}${wrong}`))).not.toBe('opened');
});

test('lines of keys that nobody asks for do not matter', () => {
  const more = `${text(signed)}\u2014 somebody.example ${Buffer.alloc(68).toString('base64')}\n`;
  expect(openCheckpoint(utf8(more), log.key).size).toBe(head.size);
});

test('a signer that signs with another key is found before anybody sees it', async () => {
  await expect(signCheckpoint(log.key, madeUpKey('other').sign, head)).rejects.toThrow('signer-failed');
});

test('a cosignature tells its time, and counts for this checkpoint, this witness and this time only', async () => {
  const seconds = 1_795_248_000;
  const line = await cosign(openCheckpoint(signed, log.key), { key: witness.key, sign: witness.sign, seconds });
  const cosigned = withLine(signed, line);
  expect(withLine(cosigned, line)).toEqual(cosigned);
  const checkpoint = openCheckpoint(cosigned, log.key);
  expect(cosignedAt(checkpoint, witness.key)).toBe(seconds);
  expect(cosignedAt(checkpoint, madeUpKey('witness.example.org/two', 'witness').key)).toBeUndefined();
  expect(cosignedAt(openCheckpoint(signed, log.key), witness.key)).toBeUndefined();

  const bytes = Buffer.from(line.trimEnd().split(' ')[2] as string, 'base64');
  for (const at of [11, 12, 75]) {
    const spoilt = Buffer.from(bytes);
    spoilt[at] = (spoilt[at] as number) ^ 1;
    const bad = withLine(signed, `\u2014 ${witness.key.name} ${spoilt.toString('base64')}\n`);
    expect(() => cosignedAt(openCheckpoint(bad, log.key), witness.key)).toThrow('cosignature-signature');
  }
  const short = withLine(signed, `\u2014 ${witness.key.name} ${bytes.subarray(0, 70).toString('base64')}\n`);
  expect(() => cosignedAt(openCheckpoint(short, log.key), witness.key)).toThrow('cosignature-malformed');
  const later = await signCheckpoint(log.key, log.sign, { ...head, size: head.size + 1 });
  expect(() => cosignedAt(openCheckpoint(withLine(later, line), log.key), witness.key)).toThrow(
    'cosignature-signature',
  );
});

test('what a witness signs is the message of cosignature/v1', async () => {
  let message = '';
  const sign = async (bytes: Uint8Array): Promise<Uint8Array> => {
    message = text(bytes);
    return witness.sign(bytes);
  };
  await cosign(openCheckpoint(signed, log.key), { key: witness.key, sign, seconds: 1_679_315_147 });
  expect(message).toBe(`cosignature/v1\ntime 1679315147\n${checkpointBody('example.org/log', head)}`);
});
