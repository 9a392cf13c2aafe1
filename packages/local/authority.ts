/**
 * The authority on one machine: what a health authority's server would do with packages of closed months, for trying and
 * for tests. It believes nothing but the published key, keeps each package once, and signs its receipts with a key of its
 * own that it keeps in a folder.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { PublicJwk } from '@darmon/credential/p256';
import type { AuthorityReceipt } from '@darmon/domain/period-package';
import { isSignedBy } from '@darmon/usecases/jws';
import { verifyPackage } from '@darmon/usecases/period-verify';
import { unzip } from '@darmon/usecases/zip';
import { type Loopback, serveLoopback } from './loopback.ts';
import { readIfThere, writeWhole } from './state.ts';

const largestPackage = 64 * 1024 * 1024;

/** How it behaves, for tests: it fails, is slow to nobody's harm, refuses, or answers for another package. */
export type Mood = 'honest' | 'fails' | 'silent' | 'refuses' | 'other-digest' | 'unsigned';

export interface Authority extends Loopback {
  /** Of its receipts. */
  readonly key: PublicJwk;
  /** Packages that it has, each once, by month and version. */
  readonly packages: () => string[];
  setMood(mood: Mood): void;
}

const pairOf = (folder: string) => {
  const path = join(folder, 'key.pem');
  const known = readIfThere(path);
  if (known !== undefined) return createPrivateKey(known);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeWhole(path, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
  return privateKey;
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestPackage) throw new RangeError('a package that is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const base64Url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * Starts it on a port that is free. `keyOf` answers the key that packages are signed with, asked for when one comes.
 * What it has outlives it in `folder`.
 */
export const startAuthority = async (
  folder: string,
  keyOf: () => Promise<PublicJwk>,
  now: () => number = Date.now,
): Promise<Authority> => {
  const privateKey = pairOf(folder);
  const key = PublicJwk.parse(createPublicKey(privateKey).export({ format: 'jwk' }));
  let mood: Mood = 'honest';
  const receiptOf = (payload: AuthorityReceipt): string => {
    const input = `${base64Url({ alg: 'ES256' })}.${base64Url(payload)}`;
    const mac = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${input}.${mac.toString('base64url')}`;
  };

  /** What it answers to a package: the same to the same, whatever its mood was when it first came. */
  const take = async (body: Buffer, signature: string): Promise<{ status: number; answer: object }> => {
    const theirs = await keyOf();
    if (!isSignedBy(theirs, body, signature)) return { status: 401, answer: { error: 'signature' } };
    const files = unzip(body);
    const verdict = files && verifyPackage(files, theirs);
    if (!verdict?.ok) return { status: 422, answer: { error: 'package', problems: verdict?.problems ?? ['no zip'] } };
    const { month, version, digest } = verdict;
    const path = join(folder, `${month}-v${version}-${digest}.receipt`);
    const known = readIfThere(path);
    if (known !== undefined) return { status: 200, answer: { receipt: known } };
    const refuses = mood === 'refuses';
    const receipt = receiptOf({
      format: 'darmon-receipt-1',
      month,
      version,
      digest: mood === 'other-digest' ? 'A'.repeat(43) : digest,
      number: `${month}/${version}-${digest.slice(0, 6)}`,
      at: new Date(now()).toISOString(),
      status: refuses ? 'refused' : 'accepted',
      ...(refuses && { reason: 'the month is asked for again' }),
    });
    if (mood === 'unsigned') return { status: 200, answer: { receipt: `${receipt.slice(0, -6)}AAAAAA` } };
    if (mood !== 'other-digest') writeWhole(path, receipt);
    return { status: 201, answer: { receipt } };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    if (mood === 'silent') return;
    const { status, answer } =
      mood === 'fails'
        ? { status: 500, answer: {} }
        : await take(body, String(request.headers['darmon-signature'] ?? ''));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  };

  const server = await serveLoopback((request, response) => {
    handle(request, response).catch(() => response.writeHead(500).end());
  }, {});
  return {
    ...server,
    key,
    packages: () =>
      existsSync(folder)
        ? readdirSync(folder).flatMap((name) => (name.endsWith('.receipt') ? [name.slice(0, -52)] : []))
        : [],
    setMood: (next) => {
      mood = next;
    },
  };
};
