/**
 * Refused sign-ins and clocks of devices on the real engine: from the pages of the local sign-in and from what a device
 * says, over events, to the case that the night's analysis opens.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstPolicy } from '@darmon/domain/policy';
import { mostAttempts, openMs } from '@darmon/domain/sign-in-watch';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { type SignInEvent, signInWatch } from '@darmon/function-identity/watch-sign-ins';
import { issuerKeys, webClient } from '@darmon/local/access-token';
import { factorsIn } from '@darmon/local/factors';
import { type Identity, makeIdentity } from '@darmon/local/identity';
import { peopleOf } from '@darmon/local/people';
import { poolTriggers } from '@darmon/local/pool-triggers';
import { noAttempts, openCode, secondFactorAcr } from '@darmon/local/second-factor';
import { analyseDay } from '@darmon/usecases/analysis';
import { listCases } from '@darmon/usecases/cases';
import type { Deps } from '@darmon/usecases/deps';
import { tellClock } from '@darmon/usecases/device-clocks';
import { beginSignIn, finishSignIn, settleSignIns } from '@darmon/usecases/sign-ins';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type House, makeHouse, start } from '../support/house.ts';

let house: House;
let day = 0;
beforeAll(async () => {
  house = await makeHouse('watches');
});
// each test has days of its own, so that none sees what another left
beforeEach(() => {
  day += 3;
  house.clock.now = start + day * dayMs;
});
afterAll(() => house?.stop());

const eventsAt = async (site: string, type: string) =>
  (await house.table.listSiteTrail(site, tashkentDay(house.clock.now), { limit: 100 })).items.filter(
    (event) => event.type === type,
  );
const refusals = async (site: string) => (await eventsAt(site, 'sign-in-refused')).map(({ changes }) => changes);
const casesOf = async (rule: string) =>
  (
    await listCases(house.deps, { ...house.actor('auditor'), role: 'auditor' }, { state: 'open' }, { limit: 100 })
  ).items.filter((one) => one.rule === rule);
const after = (ms: number) => {
  house.clock.now += ms;
};
/** Waits for the watch to end, however slow the machine is. */
const patiently = () => new Promise<void>(() => {});
/** Everything that is open is over, and the job comes by. */
const settle = async () => {
  after(openMs);
  return settleSignIns(house.deps);
};

describe('a sign-in', () => {
  test('that succeeds leaves nothing, and one that nothing followed is told once, whoever settles at once', async () => {
    await beginSignIn(house.deps, 'doctor2');
    await finishSignIn(house.deps, 'doctor2');
    await finishSignIn(house.deps, 'doctor2');
    expect(await settle()).toEqual({ accounts: 0 });
    const first = house.clock.now;
    await beginSignIn(house.deps, 'doctor2');
    after(60_000);
    await beginSignIn(house.deps, 'doctor2');
    expect(await settleSignIns(house.deps)).toEqual({ accounts: 0 });
    const last = house.clock.now;
    after(openMs);
    const runs = await Promise.all([1, 2, 3].map(() => settleSignIns(house.deps)));
    expect(runs.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(1);
    expect(await refusals('CL-2')).toEqual([
      { person: 'doctor2', times: 2, first: new Date(first).toISOString(), last: new Date(last).toISOString() },
    ]);
  });

  test('after some that were refused tells of those and not of itself, however often that is said', async () => {
    for (let n = 0; n < 3; n += 1) await beginSignIn(house.deps, 'doctor2');
    await Promise.all([finishSignIn(house.deps, 'doctor2'), finishSignIn(house.deps, 'doctor2')]);
    expect((await refusals('CL-2')).map(({ times }) => times)).toEqual([2]);
    expect(await settle()).toEqual({ accounts: 0 });
  });

  test('of a later hour counts anew and settles the earlier ones', async () => {
    await beginSignIn(house.deps, 'doctor2');
    after(openMs);
    await beginSignIn(house.deps, 'doctor2');
    await finishSignIn(house.deps, 'doctor2');
    expect((await refusals('CL-2')).map(({ times }) => times)).toEqual([1]);
  });

  test('tried ten thousand times an hour costs fifty writes and one event in each quarter of it', async () => {
    let writes = 0;
    const addAttempt: Deps['table']['addAttempt'] = (person, now) => {
      writes += 1;
      return house.table.addAttempt(person, now);
    };
    const watch = signInWatch({ ...house.deps, table: { ...house.table, addAttempt } }, { error: () => {} }, patiently);
    for (let n = 0; n < 10_000; n += 1) {
      await watch(began('doctor2'));
      after(360);
    }
    await settle();
    const told = await refusals('CL-2');
    expect(told).toHaveLength(4);
    for (const one of told) expect(one).toMatchObject({ times: mostAttempts, atLeast: true });
    expect(writes).toBeLessThanOrEqual(4 * (mostAttempts + 2));
  });

  test('of an account that is nobody’s writes nothing, and a watch that fails or hangs keeps nobody out', async () => {
    const said: unknown[] = [];
    const logger = { error: (...all: unknown[]) => void said.push(all) };
    const touched: string[] = [];
    const failing = {
      ...house.deps,
      table: {
        ...house.table,
        addAttempt: async (person: string) => {
          touched.push(person);
          throw new Error('no table for doctor2');
        },
      },
    };
    const watch = signInWatch(failing, logger, patiently);
    await watch(began('nobody-here', true));
    await watch(began('Not a name'));
    expect([touched, said]).toEqual([[], []]);
    await watch(began('doctor2'));
    expect(JSON.stringify(said)).not.toContain('doctor2');
    const hanging = { ...house.deps, table: { ...house.table, addAttempt: () => new Promise<boolean>(() => {}) } };
    await signInWatch(hanging, logger, async () => {})(began('doctor2'));
    expect(said).toHaveLength(2);
  });

  test('is told whole or not at all, wherever it dies, and the job makes up for it', async () => {
    await beginSignIn(house.deps, 'doctor2');
    await beginSignIn(house.deps, 'doctor2');
    for (const isBefore of [true, false]) {
      const commitAttempts: Deps['table']['commitAttempts'] = async (...given) => {
        if (!isBefore) await house.table.commitAttempts(...given);
        throw new Error('killed');
      };
      const dying = { ...house.deps, table: { ...house.table, commitAttempts } };
      await expect(finishSignIn(dying, 'doctor2')).rejects.toThrow('killed');
    }
    await finishSignIn(house.deps, 'doctor2');
    expect((await refusals('CL-2')).map(({ times }) => times)).toEqual([1]);
  });
});

const began = (userName: string, userNotFound = false) => ({
  triggerSource: 'PreAuthentication_Authentication',
  userName,
  request: { userNotFound },
});

// --- the pages of the local sign-in -----------------------------------------------------------------------------------

const verifier = randomBytes(32).toString('base64url');

describe('the local sign-in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'darmon-watches-'));
  let server: Server;
  let origin: string;
  let identity: Identity;
  let factors: ReturnType<typeof factorsIn>;
  beforeAll(async () => {
    server = createServer((request, response) => {
      identity.handle(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    factors = factorsIn(folder, () => house.clock.now);
    const watch = signInWatch(house.deps, { error: () => {} }, patiently);
    const triggers = { PreAuthentication: 'trigger', PostAuthentication: 'trigger' };
    identity = makeIdentity({
      origin,
      keys: issuerKeys(folder),
      people: peopleOf(house.table),
      factors,
      sessions: join(folder, 'identity', 'sessions.db'),
      signIns: poolTriggers(triggers, new Map([['trigger', (event) => watch(event as SignInEvent)]])),
      now: () => house.clock.now,
    });
  });
  afterAll(() => {
    identity?.stop();
    factors?.stop();
    server?.closeAllConnections();
    server?.close();
    rmSync(folder, { recursive: true });
  });

  /** Follows redirects within the issuer and keeps cookies; gives where it ends. */
  const browser = () => {
    const cookies = new Map<string, string>();
    const go = async (url: string, fields?: Record<string, string>): Promise<string> => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const body = fields && { method: 'POST', body: new URLSearchParams(fields) };
      const answer = await fetch(url, { ...body, redirect: 'manual', headers: { cookie } });
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      const next = answer.headers.get('location');
      return !next || next.startsWith(`${origin}/callback`) ? (next ?? url) : go(new URL(next, url).href);
    };
    return go;
  };
  const authorize = (more: Record<string, string>) =>
    `${origin}/identity/auth?${new URLSearchParams({
      client_id: webClient,
      response_type: 'code',
      redirect_uri: `${origin}/callback`,
      scope: 'openid profile',
      state: 'state',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    })}`;
  /** Whether the digits are taken. */
  const type = async (person: string, code: string): Promise<boolean> => {
    const go = browser();
    const page = await go(authorize({ prompt: 'login', acr_values: secondFactorAcr }));
    return (await go(page, { person, code })).startsWith(`${origin}/callback`);
  };

  test('refused a dozen times opens a case after the night, and an honest one opens none', async () => {
    const secret = factors.of({ id: 'doctor', rights: ['controlled'] })?.secret ?? '';
    const go = browser();
    expect(await go(await go(authorize({ prompt: 'login' })), { person: 'warehouse' })).toContain('/callback');
    for (let n = 0; n < 12; n += 1) expect(await type('doctor', '000000')).toBe(false);
    after(openMs);
    expect(await type('doctor', openCode(secret, noAttempts, house.clock.now) ?? '')).toBe(true);
    await settle();
    expect(await refusals('CL-1')).toMatchObject([{ person: 'doctor', times: 12 }]);
    expect(await refusals('WH-1')).toEqual([]);
    const tried = tashkentDay(house.clock.now);
    after(dayMs);
    await analyseDay(house.deps, tried);
    expect(await casesOf('refused-sign-ins')).toMatchObject([
      { subject: { kind: 'person', id: 'doctor' }, days: [tried], statistics: { refused: 12, inHour: 12 } },
    ]);
  });

  test('refused late in the evening is known the next day, and is found then', async () => {
    house.clock.now += 12 * 3_600_000 - 60_000;
    const tried = tashkentDay(house.clock.now);
    for (let n = 0; n < 11; n += 1) await type('pharmacist', '000000');
    await settle();
    const known = tashkentDay(house.clock.now);
    expect(known > tried).toBe(true);
    after(dayMs);
    await analyseDay(house.deps, tried);
    expect((await casesOf('refused-sign-ins')).map(({ subject }) => subject.id)).not.toContain('pharmacist');
    await analyseDay(house.deps, known);
    expect(await casesOf('refused-sign-ins')).toContainEqual(
      expect.objectContaining({ subject: { kind: 'person', id: 'pharmacist' }, days: [known] }),
    );
  });
});

describe('the clock of a device', () => {
  const device = '5f1d0a3c9be247d8';
  const tell = (offSeconds: number, of = device, person = 'pharmacist') =>
    tellClock(house.deps, house.actor(person), {
      device: of,
      at: new Date(house.clock.now + offSeconds * 1_000).toISOString(),
    });
  const told = async () => (await eventsAt('PH-1', 'device-clock-read')).map(({ changes }) => changes.driftSeconds);
  const limit = firstPolicy.analysis.driftSeconds;

  test('is reckoned by ours, and told once a day while it is off, when it changes, and when it is right again', async () => {
    expect(await tell(limit)).toEqual({ driftSeconds: limit, limitSeconds: limit, isOff: false });
    expect(await told()).toEqual([]);
    expect(await tell(limit + 1)).toMatchObject({ isOff: true });
    await Promise.all([tell(limit + 2), tell(limit + 30)]);
    expect(await told()).toEqual([limit + 1]);
    await tell(900);
    await tell(0);
    await tell(-3);
    expect(await told()).toEqual([limit + 1, 900, 0]);
    after(dayMs);
    await tell(-900);
    expect(await told()).toEqual([-900]);
  });

  test('off on two days opens a case about the device, wherever people sit at it, and a flood tells little', async () => {
    const other = '00000000000000aa';
    await tell(-7_200, other);
    after(dayMs);
    await tell(-7_200, other, 'pharmacist3');
    for (let n = 0; n < 40; n += 1) await tell(1_000, n.toString(16).padStart(16, '0'), 'assistant');
    expect(await told()).toHaveLength(13);
    const off = tashkentDay(house.clock.now);
    after(dayMs);
    await analyseDay(house.deps, off);
    expect(await casesOf('clock-drift')).toContainEqual(
      expect.objectContaining({ subject: { kind: 'device', id: other }, statistics: { days: 2, seconds: 7_200 } }),
    );
  });

  test('is not told by an account that is closed', async () => {
    const person = (await house.table.loadStanding('assistant', 'PH-1')).person;
    if (!person) throw new Error('nobody is called assistant');
    const event = {
      id: house.deps.id(),
      at: new Date(house.clock.now).toISOString(),
      type: 'person-saved' as const,
      actor: { person: 'admin', role: 'admin' as const, site: 'OF-1' },
      changes: {},
    };
    const closed = { ...person, active: false, version: person.version + 1 };
    await house.table.commitPerson(closed, { now: house.clock.now, event });
    await expect(tell(900, device, 'assistant')).rejects.toMatchObject({ code: 'account-closed' });
  });
});
