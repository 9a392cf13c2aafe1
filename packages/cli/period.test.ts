import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { canonicalText, type Manifest, manifestName, signatureName } from '@darmon/domain/period-package';
import { digestOf, signDetached } from '@darmon/usecases/jws';
import { type NamedFile, zipOf } from '@darmon/usecases/zip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { darmon } from './darmon.ts';

const folder = mkdtempSync(join(tmpdir(), 'darmon-cli-period-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8');

const run = async (...args: string[]) => {
  let out = '';
  const stdout = new Writable({
    write(chunk, _, done) {
      out += String(chunk);
      done();
    },
  });
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
  const code = await darmon(args, { stdin: Readable.from([]), stdout, stderr, env: {}, now: () => 0 });
  return { code, line: JSON.parse(out) as Record<string, unknown> };
};

const report = bytesOf('a;b\n1;2\n');
const paper = Buffer.from('%PDF-1.7 \u00ff\u00fe 1 2', 'latin1');
const manifest: Manifest = {
  format: 'darmon-period-1',
  month: '2026-10',
  version: 1,
  frozenAt: '2026-11-03T04:00:00.000Z',
  madeAt: '2026-11-05T04:00:00.000Z',
  reports: [
    {
      report: 'write-offs',
      madeAt: '2026-11-03T04:01:00.000Z',
      rows: 1,
      checks: [],
      files: [
        { name: 'write-offs.csv', bytes: report.length, sha256: digestOf(report) },
        { name: 'write-offs.uz-latn.pdf', bytes: paper.length, sha256: digestOf(paper) },
      ],
    },
  ],
  answers: [],
  reviewed: { person: 'auditor', role: 'auditor', at: '2026-11-04T04:00:00.000Z' },
  signed: [{ person: 'auditor', role: 'auditor', at: '2026-11-04T04:00:00.000Z', secondFactor: true }],
  log: { size: 7, root: 'cm9vdA==', checkpoint: 'log\n7\ncm9vdA==\n' },
};
let files: NamedFile[];
beforeAll(async () => {
  const signer = {
    kid: Uint8Array.of(1),
    sign: async (bytes: Uint8Array) => sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' as const }),
  };
  const text = bytesOf(canonicalText(manifest));
  files = [
    { name: manifestName, bytes: text },
    { name: signatureName, bytes: bytesOf(await signDetached(signer, text, 0)) },
    { name: 'write-offs.csv', bytes: report },
    { name: 'write-offs.uz-latn.pdf', bytes: paper },
  ];
  writeFileSync(at('key.json'), JSON.stringify(publicKey.export({ format: 'jwk' })));
});

test('a package is whole as a zip and as a folder, and a copy in which one figure was changed is refused', async () => {
  writeFileSync(at('whole.zip'), zipOf(files));
  const told = { ok: true, month: '2026-10', version: 1, files: 2, signed: 1, logSize: 7, problems: [] };
  expect(await run('period', 'verify', '--key', at('key.json'), at('whole.zip'))).toMatchObject({
    code: 0,
    line: told,
  });
  mkdirSync(at('package'));
  for (const { name, bytes } of files) writeFileSync(join(at('package'), name), bytes);
  expect(await run('period', 'verify', '--key', at('key.json'), at('package'))).toMatchObject({ code: 0, line: told });
  writeFileSync(join(at('package'), 'write-offs.csv'), 'a;b\n1;3\n');
  expect(await run('period', 'verify', '--key', at('key.json'), at('package'))).toMatchObject({
    code: 1,
    line: { ok: false, problems: ['changed write-offs.csv'] },
  });
  writeFileSync(join(at('package'), 'write-offs.csv'), report);
  writeFileSync(
    join(at('package'), 'write-offs.uz-latn.pdf'),
    paper.toString('latin1').replace('1 2', '1 3'),
    'latin1',
  );
  expect(await run('period', 'verify', '--key', at('key.json'), at('package'))).toMatchObject({
    code: 1,
    line: { ok: false, problems: ['changed write-offs.uz-latn.pdf'] },
  });
});

test.each([
  ['is no zip', bytesOf('PK no')],
  ['is cut off', undefined],
])('a file that %s is refused, and nothing else happens', async (_, bytes) => {
  const whole = zipOf(files);
  writeFileSync(at('broken.zip'), bytes ?? whole.subarray(0, whole.length - 40));
  expect(await run('period', 'verify', '--key', at('key.json'), at('broken.zip'))).toEqual({
    code: 1,
    line: { ok: false, problems: ['no zip'] },
  });
});
