/** `darmon roots` against the key service: what it writes is what opens the published lists. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { KMSClient } from '@aws-sdk/client-kms';
import { darmon } from '@darmon/cli/darmon';
import { verifyCodeLines } from '@darmon/cli/verify-code';
import { makeKeyRing, PublishedKey } from '@darmon/credential/keys';
import { makeKeyList, openKeyList } from '@darmon/credential/lists';
import { importKey } from '@darmon/credential/p256-node';
import { type Kms, startKms } from '@darmon/local/kms';
import { kmsSigner } from '@darmon/usecases/kms-signer';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as z from 'zod';

const folder = mkdtempSync(join(tmpdir(), 'darmon-roots-'));
let kms: Kms;
beforeAll(async () => {
  kms = await startKms(folder, { lists: 'ECC_NIST_P256', data: 'SYMMETRIC_DEFAULT' });
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', kms.endpoint);
  vi.stubEnv('AWS_REGION', 'local');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await kms.stop();
  rmSync(folder, { recursive: true });
});

const run = async (...keys: string[]) => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await darmon(['roots', ...keys], { stdin: Readable.from([]), stdout, stderr, env: {}, now: Date.now });
  stdout.end();
  return { code, out: await text(stdout) };
};

test('writes the keys under which the published lists open, and no others', async () => {
  const { code, out } = await run('lists');
  expect(code).toBe(0);
  const pinned = z.array(PublishedKey).parse(JSON.parse(out));
  const roots = await makeKeyRing(pinned, importKey);
  const signer = await kmsSigner(new KMSClient({}), 'lists');
  const mark = { serial: 1, madeAt: Date.parse('2026-11-20T07:00:00.000Z') };
  const { signed } = await makeKeyList(pinned, mark, signer);
  expect(await openKeyList(signed, { roots, now: mark.madeAt })).toMatchObject({ serial: 1 });
  const nobody = await makeKeyRing([], importKey);
  expect(await openKeyList(signed, { roots: nobody, now: mark.madeAt })).toBe('unknown-kid');
});

test('refuses a key that signs nothing', async () => {
  expect(await run('data')).toEqual({ code: 1, out: '' });
  expect(await run('nowhere')).toEqual({ code: 1, out: '' });
});

test('verify-code believes, under the roots, only a list that they signed, and no longer than lists count', async () => {
  const { out } = await run('lists');
  const signer = await kmsSigner(new KMSClient({}), 'lists');
  const madeAt = Date.parse('2026-11-20T07:00:00.000Z');
  const { keys, signed } = await makeKeyList(
    z.array(PublishedKey).parse(JSON.parse(out)),
    { serial: 1, madeAt },
    signer,
  );
  const judge = (keysJson: string, at = madeAt) =>
    verifyCodeLines(Readable.from(['RX1:']), { keysJson, rootsJson: out, at }).next();
  expect((await judge(JSON.stringify({ keys, signed }))).value).toMatchObject({ valid: false });
  await expect(judge(JSON.stringify({ keys }))).rejects.toThrow('malformed');
  await expect(judge(JSON.stringify({ keys, signed: `${signed.slice(0, -8)}AAAAAAAA` }))).rejects.toThrow(
    'not believed',
  );
});
