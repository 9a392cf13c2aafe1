/** Closing a month on the real engine: by several at once, by runs that die at any line, told to an authority that fails. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PublicJwk } from '@darmon/credential/p256';
import { mostTries } from '@darmon/domain/order-message';
import { settleMs } from '@darmon/domain/period';
import { canonicalText } from '@darmon/domain/period-package';
import { checkOf, type Report, type ReportKind } from '@darmon/domain/report';
import { makePost } from '@darmon/http/post';
import { type Authority, startAuthority } from '@darmon/local/authority';
import { packageFiles, readPackage, readPeriodFile } from '@darmon/usecases/period-files';
import { type PeriodDeps, runPeriods } from '@darmon/usecases/period-run';
import { sendPeriod } from '@darmon/usecases/period-send';
import { verifyPackage } from '@darmon/usecases/period-verify';
import {
  correctPeriod,
  freezePeriod,
  listPeriods,
  readPeriod,
  reviewPeriod,
  signPeriod,
  submitPeriod,
} from '@darmon/usecases/periods';
import { unzip, zipOf } from '@darmon/usecases/zip';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, makeHouse } from '../support/house.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = PublicJwk.parse(publicKey.export({ format: 'jwk' }));
const signer = {
  kid: Uint8Array.of(1, 2, 3, 4),
  sign: async (bytes: Uint8Array) => sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
};
const folder = mkdtempSync(join(tmpdir(), 'darmon-authority-'));
let house: House;
let authority: Authority;

beforeAll(async () => {
  house = await makeHouse('periods');
  authority = await startAuthority(
    folder,
    async () => key,
    () => house.clock.now,
  );
});
afterAll(async () => {
  await authority.stop();
  await house.stop();
  rmSync(folder, { recursive: true });
});

/** What makers answer; a test may let a check fail. */
let off = 0;
let controlledRows = 1;
/** Called before each thing that a run does to the outside, and may throw in its place. */
let before: (what: string) => void = () => {};

const bodyOf = (kind: ReportKind) => ({
  figures: [],
  sections: [
    {
      name: 'lines',
      columns: [{ name: 'units', kind: 'units' as const }],
      rows: Array.from({ length: kind === 'controlled-register' ? controlledRows : 2 }, (_, n) => ({ cells: [n] })),
    },
  ],
  checks: [checkOf('adds-up', 100, kind === 'write-offs' || kind === 'material-balance' ? 100 + off : 100)],
  notes: [],
});
const maker = (kind: ReportKind) => ({
  span: 'month' as const,
  make: async () => {
    before(`make ${kind}`);
    return bodyOf(kind);
  },
});
const stored = new Map<string, Uint8Array>();
const deps = (): PeriodDeps => ({
  ...house.deps,
  files: {
    get: async (path) => stored.get(path),
    put: async (path, bytes) => {
      before(`put ${path}`);
      if (!stored.has(path)) stored.set(path, Uint8Array.from(bytes));
    },
  },
  signer,
  makers: { 'write-offs': maker('write-offs'), 'controlled-register': maker('controlled-register') },
  facts: [],
  papers: ['.uz-latn.pdf', '.ru.pdf'].map((end) => ({
    end,
    draw: async ({ report, madeAt }: Report) => {
      before(`draw ${report}${end}`);
      return Buffer.from(`%PDF ${report} ${madeAt}`);
    },
  })),
  render: async (report: Report) => [
    { name: `${report.report}.json`, bytes: Buffer.from(canonicalText(report)) },
    { name: `${report.report}.csv`, bytes: Buffer.from('units\n0\n1\n') },
  ],
  checkpoint: async () => ({ size: 7, root: 'cm9vdA==', checkpoint: 'log\n7\ncm9vdA==\n' }),
  post: makePost({ local: true, attemptMs: 400, mostAnswer: 64_000 }),
  authority: { url: authority.endpoint, key: authority.key },
});
const run = (more: Partial<PeriodDeps> = {}) =>
  runPeriods({ ...deps(), ...more }, sendPeriod, house.clock.now + 600_000);

const auditor = (person = 'auditor', secondFactor = true) => ({
  ...house.actor('auditor'),
  person,
  secondFactor,
  authTime: house.clock.now / 1000,
});
const once = () => house.once('auditor');
/** The month before the one that runs on the clock, and the next each time. */
const nextMonth = async () => (await listPeriods(house.deps, auditor(), {})).upcoming.month;
const close = async () => {
  const month = await nextMonth();
  house.clock.now = Math.max(house.clock.now, Date.parse(`${month}-01T00:00:00Z`) + 40 * 86_400_000);
  await freezePeriod(house.deps, auditor(), { month }, once());
  house.clock.now += settleMs;
  return month;
};
const view = (month: string, version?: number) => readPeriod(house.deps, auditor(), { month, version });
const signed = async (month: string) => {
  const { contents = '' } = await view(month);
  await reviewPeriod(house.deps, auditor(), { month, contents, answers: [] }, once());
  await signPeriod(house.deps, auditor(), { month, contents }, once());
  await signPeriod(house.deps, auditor('auditor2'), { month, contents }, once());
};
const submitted = async () => {
  const month = await close();
  await run();
  await signed(month);
  await run();
  await submitPeriod(house.deps, auditor(), { month }, once());
  return month;
};

test('a month goes from its freeze to the authority’s receipt, and the package can be checked with the key alone', async () => {
  const month = await submitted();
  await run();
  const period = await view(month);
  expect(period).toMatchObject({ state: 'acknowledged', version: 1, signaturesNeeded: 2, versions: 1 });
  expect(period.receipt).toMatchObject({ status: 'accepted' });
  const zip = await readPackage(deps(), auditor(), { month });
  const files = unzip(zip) ?? [];
  expect(verifyPackage(files, key)).toMatchObject({ ok: true, month, version: 1, problems: [] });
  // each file alone is what the package holds
  const { bytes } = await readPeriodFile(deps(), auditor(), { month, name: 'write-offs.csv' });
  expect(Buffer.from(bytes).toString()).toBe('units\n0\n1\n');
  // a bit anywhere, a file more, a file less, another manifest, another key: each is found
  const tampered = [
    files.map((f) => (f.name === 'write-offs.csv' ? { ...f, bytes: Buffer.from('units\n0\n2\n') } : f)),
    files.filter((f) => f.name !== 'write-offs.csv'),
    [...files, { name: 'more.csv', bytes: Buffer.from('') }],
    files.map((f) =>
      f.name === 'manifest.json'
        ? { ...f, bytes: Buffer.from(Buffer.from(f.bytes).toString().replace('"rows":2', '"rows":3')) }
        : f,
    ),
  ];
  expect(tampered.map((some) => verifyPackage(some, key).problems)).toEqual([
    ['changed write-offs.csv'],
    ['missing write-offs.csv'],
    ['unnamed more.csv'],
    ['unsigned manifest.json'],
  ]);
  expect(verifyPackage(files, authority.key).problems).toEqual(['unsigned manifest.json']);
});

describe('people', () => {
  test('a month is not closed before it is over, twice, or before the one before it', async () => {
    const refusal = async (month: string) =>
      freezePeriod(house.deps, auditor(), { month }, once()).then(
        () => 'closed',
        (error: { code?: string }) => error.code,
      );
    const month = await nextMonth();
    house.clock.now = Date.parse(`${month}-20T00:00:00Z`);
    expect(await refusal(month)).toBe('period-not-over');
    house.clock.now += 80 * 86_400_000;
    const [year = 0, n = 0] = month.split('-').map(Number);
    const beside = (by: number) => new Date(Date.UTC(year, n - 1 + by, 1)).toISOString().slice(0, 7);
    expect(await refusal(beside(1))).toBe('period-out-of-turn');
    expect(await refusal(beside(-1))).toBe('period-out-of-turn');
    const both = await Promise.all([refusal(month), refusal(month)]);
    expect(both.sort()).toEqual(['closed', 'period-out-of-turn']);
  });

  test('two different people sign what they looked at, each with a second factor, where something controlled was handled', async () => {
    const month = await close();
    await run();
    const { contents = '' } = await view(month);
    const other = 'A'.repeat(43);
    const step = async (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
    const sign = (by: ReturnType<typeof auditor>, of = contents) =>
      step(signPeriod(house.deps, by, { month, contents: of }, once()));
    expect(await sign(auditor())).toBe('period-state');
    expect(await step(reviewPeriod(house.deps, auditor(), { month, contents: other, answers: [] }, once()))).toBe(
      'period-changed',
    );
    expect(await step(reviewPeriod(house.deps, auditor(), { month, contents, answers: [] }, once()))).toBe('done');
    expect(await sign(auditor('auditor', false))).toBe('second-factor-needed');
    expect(await sign(auditor(), other)).toBe('period-changed');
    expect(await sign(auditor())).toBe('done');
    expect(await sign(auditor())).toBe('signer-repeated');
    expect((await view(month)).state).toBe('reviewed');
    expect(await sign(auditor('auditor2'))).toBe('done');
    expect((await view(month)).state).toBe('signed');
    expect(await sign(auditor('auditor2'))).toBe('period-state');
  });

  test('one signature is enough where nothing controlled was handled', async () => {
    controlledRows = 0;
    const month = await close();
    await run();
    const { contents = '' } = await view(month);
    await reviewPeriod(house.deps, auditor(), { month, contents, answers: [] }, once());
    await signPeriod(house.deps, auditor('auditor', false), { month, contents }, once());
    controlledRows = 1;
    expect((await view(month)).state).toBe('signed');
  });

  test('a check that does not hold needs a reason, and a balance that does not hold keeps everybody from going on', async () => {
    off = 1;
    const month = await close();
    await run();
    const first = await view(month);
    const contents = first.contents ?? '';
    const review = (answers: { report: ReportKind; check: string; reason: string }[]) =>
      reviewPeriod(house.deps, auditor(), { month, contents, answers }, once()).then(
        ({ body }) => body.state as string,
        (error: { code?: string }) => error.code,
      );
    expect(first.open).toEqual([{ report: 'write-offs', check: 'adds-up', blocks: false }]);
    expect(await review([])).toBe('period-check-unanswered');
    expect(await review([{ report: 'write-offs', check: 'adds-up', reason: 'an act came by post' }])).toBe('reviewed');
    // the same month once more, with a balance among its reports
    await correctPeriod(house.deps, auditor(), { month, reason: 'a report was missing' }, once());
    await run({ makers: { 'material-balance': maker('material-balance') } });
    off = 0;
    const second = await view(month);
    expect(second).toMatchObject({ version: 2, open: [{ report: 'material-balance', blocks: true }] });
    const answers = [{ report: 'material-balance' as const, check: 'adds-up', reason: 'nobody knows' }];
    await expect(
      reviewPeriod(house.deps, auditor(), { month, contents: second.contents ?? '', answers }, once()),
    ).rejects.toMatchObject({ code: 'period-unbalanced' });
  });
});

describe('a run that dies', () => {
  test('at any line leaves nothing in the way: every report, package and receipt is there once in the end', async () => {
    const month = await close();
    let calls = 0;
    let deadline = 0;
    before = () => {
      calls += 1;
      if (calls === deadline) throw new Error('died');
    };
    // each run dies one line later than the one before, until one comes through
    for (deadline = 1; (await view(month)).state === 'frozen'; deadline += 1) {
      calls = 0;
      await run().catch((error: Error) => expect(error.message).toBe('died'));
    }
    expect(deadline).toBeGreaterThan(3);
    before = () => {};
    await signed(month);
    deadline = 1;
    calls = 0;
    before = (what) => {
      calls += 1;
      if (calls <= 3) throw new Error(`died ${what.slice(0, 3)}`);
    };
    for (let tries = 0; tries < 4; tries += 1) await run().catch(() => undefined);
    before = () => {};
    await submitPeriod(house.deps, auditor(), { month }, once());
    await run();
    const period = await view(month);
    expect(period).toMatchObject({ state: 'acknowledged', done: 2 });
    expect(period.made.map(({ report }) => report).sort()).toEqual(['controlled-register', 'write-offs']);
    expect(verifyPackage(await packageFiles(deps(), period), key).ok).toBe(true);
  });

  test('and several that run at once: one month, one receipt', async () => {
    const month = await close();
    await Promise.all([run(), run(), run()]);
    expect((await view(month)).state).toBe('computed');
    await signed(month);
    await Promise.all([run(), run(), run()]);
    await submitPeriod(house.deps, auditor(), { month }, once());
    await Promise.all([run(), run(), run()]);
    const period = await view(month);
    expect(period).toMatchObject({ state: 'acknowledged', submission: { tries: 1 } });
    expect(authority.packages().filter((name) => name.startsWith(month))).toEqual([`${month}-v1`]);
  });
});

describe('an authority', () => {
  /** Lets every pause pass. */
  const later = async () => {
    house.clock.now += 15 * 3_600_000;
    await run();
  };

  test.each([
    ['fails', 500],
    ['silent', 'timeout'],
    ['other-digest', 'other-digest'],
    ['unsigned', 'no-receipt'],
  ] as const)('that is %s is asked again, and its word counts once it is honest', async (mood, last) => {
    const month = await submitted();
    authority.setMood(mood);
    await run();
    expect(await view(month)).toMatchObject({ state: 'submitted', submission: { tries: 1, last } });
    // not due yet: nothing is sent
    await run();
    expect(await view(month)).toMatchObject({ submission: { tries: 1 } });
    authority.setMood('honest');
    await later();
    expect(await view(month)).toMatchObject({ state: 'acknowledged', submission: { tries: 2 } });
  });

  test('that had it and whose answer was lost gives the same receipt again', async () => {
    const month = await submitted();
    const lost: PeriodDeps['post'] = async (...request) => {
      await deps().post(...request);
      return 'timeout';
    };
    await run({ post: lost });
    expect(await view(month)).toMatchObject({ state: 'submitted', submission: { last: 'timeout' } });
    await later();
    expect(await view(month)).toMatchObject({ state: 'acknowledged' });
    expect(authority.packages().filter((name) => name.startsWith(month))).toEqual([`${month}-v1`]);
  });

  test('that refuses says why, and a correction names the version that it takes the place of', async () => {
    const month = await submitted();
    authority.setMood('refuses');
    await run();
    authority.setMood('honest');
    const first = await view(month);
    expect(first).toMatchObject({ state: 'refused', receipt: { status: 'refused', reason: expect.any(String) } });
    await correctPeriod(house.deps, auditor(), { month, reason: 'the authority asked for it' }, once());
    await run();
    await signed(month);
    await run();
    await submitPeriod(house.deps, auditor(), { month }, once());
    await run();
    const second = await view(month);
    expect(second).toMatchObject({
      version: 2,
      versions: 2,
      state: 'acknowledged',
      frozenAt: first.frozenAt,
      supersedes: { version: 1, digest: first.package?.digest, reason: 'the authority asked for it' },
    });
    expect(await view(month, 1)).toEqual({ ...first, versions: 2 });
    const { items } = await listPeriods(house.deps, auditor(), {});
    expect(items.filter((one) => one.month === month)).toMatchObject([{ version: 2 }]);
  });

  test('that never answers is given up after two days, and somebody sends it off again', async () => {
    const month = await submitted();
    authority.setMood('fails');
    for (let tries = 0; tries < mostTries; tries += 1) await later();
    expect(await view(month)).toMatchObject({ state: 'submitted', submission: { tries: mostTries, failed: true } });
    authority.setMood('honest');
    await later();
    expect(await view(month)).toMatchObject({ state: 'submitted' });
    await submitPeriod(house.deps, auditor(), { month }, once());
    await run();
    expect(await view(month)).toMatchObject({ state: 'acknowledged' });
  });

  test('gets nothing that the key of periods did not sign', async () => {
    const month = await submitted();
    const files = await packageFiles(deps(), await view(month));
    const post = (signature: string) =>
      deps().post(authority.endpoint, zipOf(files), { 'darmon-signature': signature });
    expect(await post('a..b')).toMatchObject({ status: 401 });
    await run();
  });
});

test('the job closes months by itself from the third day on, once auditors closed a first one', async () => {
  const month = await nextMonth();
  const [year = 0, n = 0] = month.split('-').map(Number);
  const firstOfNext = Date.UTC(year, n, 1) - 5 * 3_600_000;
  house.clock.now = Math.max(house.clock.now, firstOfNext - 86_400_000);
  if (house.clock.now < firstOfNext) {
    house.clock.now = firstOfNext + 86_400_000;
    expect(await run()).not.toHaveProperty('frozen');
  }
  house.clock.now = Math.max(house.clock.now, firstOfNext + 2 * 86_400_000 + 1);
  expect(await run()).toMatchObject({ frozen: month });
  expect(await view(month)).toMatchObject({ state: 'frozen', version: 1 });
});
