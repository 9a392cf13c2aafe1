/**
 * Counters and stores while their machine dies: pharmacists dispense and undo, keepers receive, send and write off
 * (`keepers.ts`), engine and gateway are killed under them, and they ask again under the same key until they are
 * answered. Afterwards the table is read whole and held against every answer.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Prescription } from '@darmon/domain/prescription';
import type { Person } from '@darmon/domain/standing';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { makeCountry } from '@darmon/local/country/country';
import { stockedMedicines } from '@darmon/local/country/formulary';
import { openTable } from '@darmon/table/table';
import { finishPostings } from '@darmon/usecases/posting';
import { ulid } from 'ulid';
import { like, writePrescriptions } from '../bench/fixtures.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { compareLog } from '../support/event-log.ts';
import { type Answered, type HttpClient, httpClient } from '../support/http-client.ts';
import { contradictions, type Ledger, readLedger } from '../support/ledger.ts';
import { type Ask, type Keeper, keep, nothingKept, reckonKept } from './keepers.ts';

export interface ChaosOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

export interface ChaosResult {
  readonly counts: Readonly<Record<string, number>>;
  /** Sentences; none if everything held. */
  readonly problems: readonly string[];
}

const workers = 16;
const keepers = 4;
/** Few enough that pharmacists meet over one. */
const prescriptionsPerRound = 40;
const medicine = 'AMOX500CAP';

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). When a process dies depends on the machine as well. */
const chanceOf = (seed: number) => {
  let state = seed | 0;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
type Chance = ReturnType<typeof chanceOf>;

const between = (chance: Chance, low: number, high: number): number => low + Math.floor(chance() * (high - low + 1));
const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

// --- What the pharmacists keep -----------------------------------------------------------------------------------------

interface Asked {
  readonly kind: 'dispense' | 'undo' | 'stock';
  readonly by: string;
  readonly key: string;
  readonly path: string;
  readonly body: unknown;
  /** The prescription of a dispense, the dispense of an undo. */
  readonly of: string;
}

interface Told extends Asked {
  readonly answer: Answered;
}

/** Everything that was answered, and how much asking it took. */
interface Diary {
  readonly told: Told[];
  repeats: number;
  replays: number;
  readonly problems: string[];
}

/** Answers that say nothing of what became of the request: it is asked again under its key. */
const isOpen = ({ status, body }: Answered): boolean => status >= 500 || status === 429 || body.code === 'busy';

/** With the pauses between them five minutes: longer than any start takes, on a busy machine too. */
const mostAttempts = 1_500;

const askUntilTold = async (http: HttpClient, token: string, asked: Asked, diary: Diary): Promise<Told> => {
  let last = '';
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await http.post(asked.path, { token, key: asked.key, body: asked.body });
      if (!isOpen(answer)) return { ...asked, answer };
      last = `${answer.status} ${String(answer.body.code ?? answer.body.title)}`;
    } catch (error) {
      // killed while it was asked: nobody knows what became of it
      last = error instanceof Error ? error.message : 'no answer';
    }
    diary.repeats += 1;
    if (attempt === mostAttempts) throw new Error(`${asked.kind} of ${asked.of} was never answered; at last: ${last}`);
    await sleep(Math.min(20 * attempt, 200));
  }
};

interface Pharmacist {
  readonly person: Person;
  readonly token: string;
}

interface Shift {
  readonly http: HttpClient;
  readonly pharmacists: readonly Pharmacist[];
  readonly prescriptions: readonly Prescription[];
  /** Of the packs on both shelves. */
  readonly gtin: string;
  readonly diary: Diary;
  readonly isOver: () => boolean;
}

/** So few that both pharmacies meet over one pack. */
const packs = 150;
const packUnits = 20;
/** The lot that the scanned packs are of; it expires last. */
const packLot = 3;
const expiryOf = (lot: number): string => tashkentDay(Date.now() + lot * dayMs);

/** All or a part of a line, from the shelf or out of a scanned pack; a promise of the rest; or why there is nothing. */
const outcomeOf = (chance: Chance, owed: number, gtin: string) => {
  const draw = chance();
  if (draw < 0.1) return { line: 1, notDispensed: 'out-of-stock' };
  const quantity = chance() < 0.5 ? owed : between(chance, 1, owed);
  if (draw < 0.2) return { line: 1, quantity, owedOn: tashkentDay(Date.now() + dayMs) };
  if (draw < 0.6) return { line: 1, quantity };
  const expiry = expiryOf(packLot).slice(2).replaceAll('-', '');
  const pack = `]d201${gtin}17${expiry}10CHAOS${packLot}\u001d21S${between(chance, 1, packs)}`;
  return { line: 1, quantity: Math.min(quantity, packUnits), scans: [pack], reason: 'an opened pack' };
};

/**
 * One worker: takes prescriptions at random, so that several meet over one; hands over all or a part, takes some back,
 * and now and then asks again what was answered already.
 */
const work = async (shift: Shift, worker: number, chance: Chance): Promise<void> => {
  const { http, pharmacists, prescriptions, diary } = shift;
  let asked = 0;
  const ask = async (pharmacist: Pharmacist, request: Omit<Asked, 'by' | 'key'>): Promise<Told> => {
    asked += 1;
    const key = `chaos-${worker}-${asked}`;
    const told = await askUntilTold(http, pharmacist.token, { ...request, by: pharmacist.person.id, key }, diary);
    diary.told.push(told);
    // A refusal is not kept: asked again, it may be granted, because somebody took something back.
    if (told.answer.status < 300 && chance() < 0.2) {
      diary.replays += 1;
      const { answer } = await askUntilTold(http, pharmacist.token, told, diary);
      if (answer.status !== told.answer.status || JSON.stringify(answer.body) !== JSON.stringify(told.answer.body))
        diary.problems.push(`${told.kind} ${key}: a repeat is answered ${answer.status}, and not as before`);
    }
    return told;
  };
  while (!shift.isOver()) {
    const p = prescriptions[between(chance, 0, prescriptions.length - 1)] as Prescription;
    const pharmacist = pharmacists[between(chance, 0, pharmacists.length - 1)] as Pharmacist;
    const dispensed = await ask(pharmacist, {
      kind: 'dispense',
      of: p.id,
      path: `/api/prescriptions/${p.id}/dispenses`,
      body: { lines: [outcomeOf(chance, p.lines[0]?.quantity ?? 0, shift.gtin)] },
    });
    if (dispensed.answer.status !== 201 || chance() < 0.6) continue;
    const id = String(dispensed.answer.body.id);
    await ask(pharmacist, {
      kind: 'undo',
      of: id,
      path: `/api/dispenses/${id}/undo`,
      body: { reason: 'taken back' },
    });
  }
};

/** A keeper's question, kept in the diary like a pharmacist's. */
const stockAsker =
  (http: HttpClient, tokens: ReadonlyMap<string, string>, diary: Diary, name: string): Ask =>
  async (by, path, body) => {
    const asked: Asked = { kind: 'stock', by, key: `keep-${name}-${crypto.randomUUID()}`, path, body, of: path };
    const told = await askUntilTold(http, tokens.get(by) ?? '', asked, diary);
    diary.told.push(told);
    return told.answer;
  };

// --- The country they work in ------------------------------------------------------------------------------------------

/** Two pharmacies with shelves of three lots, the first to expire soon used up; prescriptions like one that was issued. */
const prepare = async (cloud: TestCloud, http: HttpClient, count: number) => {
  const country = makeCountry(1, tashkentDay(Date.now()));
  const signIn = async (id: string): Promise<Pharmacist> => {
    const person = country.people.find((p) => p.id === id);
    if (!person) throw new Error(`the demo country has no ${id}`);
    return { person, token: await cloud.token(id) };
  };
  const created = async (path: string, { token }: Pharmacist, body: unknown): Promise<Answered['body']> => {
    const answer = await http.post(path, { token, key: crypto.randomUUID(), body });
    if (answer.status !== 201) throw new Error(`${path} is answered ${answer.status} ${String(answer.body.code)}`);
    return answer.body;
  };
  const pharmacists = [await signIn('pharmacist'), await signIn('pharmacist2')];
  const pack = stockedMedicines.find((m) => m.code === medicine)?.packs.find((p) => p.divisibleBy === 1);
  const shelf = [500, 5_000, 100_000].map((quantity, n) => ({
    gtin: pack?.gtin,
    lot: `CHAOS${n + 1}`,
    expiryDate: expiryOf(n + 1),
    quantity,
  }));
  for (const one of pharmacists) await created(`/api/sites/${one.person.site}/receipts`, one, { lines: shelf });
  const issued = await created('/api/prescriptions', await signIn('doctor'), {
    patient: country.patients[0],
    diagnosis: { icd10: 'J02.9' },
    lines: [{ medicine, dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' } }],
  });
  const { dynamodb: client, table } = cloud;
  const model = await openTable({ client, table, now: Date.now }).loadPrescription(String(issued.id));
  if (!model) throw new Error('what was issued is not there');
  const prescriptions = like(model, count);
  await writePrescriptions(client, table, prescriptions);
  if (!pack) throw new Error(`${medicine} has no pack that can be divided`);
  return { pharmacists, prescriptions, gtin: pack.gtin };
};

/** What no browser goes on with is finished as the job would. */
const finishAll = async (cloud: TestCloud): Promise<void> => {
  const { dynamodb: client, table } = cloud;
  const deps = {
    table: openTable({ client, table, now: Date.now }),
    now: Date.now,
    id: () => ulid(),
    random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
    pause: sleep,
  };
  while ((await deps.table.listOpenPostings(1)).length > 0) await finishPostings(deps, Date.now() + 30_000);
};

/** Ends the engine alone; the cloud starts it again. */
const killEngine = (cloud: TestCloud): boolean => {
  const { enginePid } = cloud.run();
  if (enginePid === undefined) return false;
  try {
    process.kill(enginePid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
};

/** How many processes have this text in their command line. */
const processesWith = (text: string): number =>
  readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text);
    } catch {
      return false; // it ended meanwhile
    }
  }).length;

/** What speaks against the log, once the stream has had its time: every event in it once, and nothing else. */
const reckonLog = async (cloud: TestCloud): Promise<string[]> => {
  const until = performance.now() + 120_000;
  for (;;) {
    const { problems } = await compareLog(cloud);
    const isBehind = problems.length > 0 && problems.every(({ code }) => code === 'event-not-in-log');
    if (!isBehind || performance.now() > until)
      return problems.map(({ code, event, detail }) => `the log: ${code} ${event ?? detail ?? ''}`);
    await sleep(2_000);
  }
};

/**
 * Rounds of `kill -9` of the engine and of the gateway under load, then the reckoning.
 * @throws where the cloud does not come back or somebody is never answered
 */
export const runChaos = async ({ rounds, seed, say }: ChaosOptions): Promise<ChaosResult> => {
  const cloud = await startCloud();
  const http = httpClient(cloud.url, { atOnce: workers, timeoutMs: 30_000 });
  const chance = chanceOf(seed);
  const diary: Diary = { told: [], repeats: 0, replays: 0, problems: [] };
  const kills = { engine: 0, gateway: 0 };
  try {
    const { pharmacists, prescriptions, gtin } = await prepare(cloud, http, prescriptionsPerRound * rounds);
    let over = false;
    const shift: Shift = { http, pharmacists, prescriptions, gtin, diary, isOver: () => over };
    const working = Promise.all(
      Array.from({ length: workers }, (_, n) => work(shift, n, chanceOf(seed * 1_000 + n + 1))),
    );
    const kept = nothingKept();
    const tokens = new Map(
      await Promise.all(
        [...pharmacists.map((p) => p.person.id), 'approver'].map(async (id) => [id, await cloud.token(id)] as const),
      ),
    );
    const [one, other] = pharmacists.map((p): Keeper => ({ site: p.person.site, person: p.person.id }));
    if (!one || !other) throw new Error('two pharmacies are needed');
    const keeping = Promise.all(
      Array.from({ length: keepers }, (_, n) =>
        keep(
          {
            ask: stockAsker(http, tokens, diary, String(n)),
            keepers: [one, other],
            approver: 'approver',
            lot: { gtin, lot: `CHAOS${packLot}` },
            expiryDate: expiryOf(packLot),
            chance: chanceOf(seed * 1_000 + 500 + n),
            isOver: () => over,
          },
          kept,
        ),
      ),
    );
    for (const work of [working, keeping])
      work.catch(() => {
        over = true;
      });
    /** Until so many more were answered, but not for ever: a kill should meet work. */
    const answers = async (more: number) => {
      const [enough, until] = [diary.told.length + more, performance.now() + 5_000];
      while (diary.told.length < enough && performance.now() < until && !over) await sleep(5);
    };
    for (let round = 1; round <= rounds && !over; round += 1) {
      await answers(between(chance, 20, 80));
      if (killEngine(cloud)) kills.engine += 1;
      // Half of the time the gateway dies while its engine has only just died.
      if (chance() < 0.5) await answers(between(chance, 10, 60));
      else await sleep(between(chance, 0, 200));
      await cloud.kill();
      kills.gateway += 1;
      await cloud.restart();
      say(`round ${round} of ${rounds}: ${diary.told.length} answered, ${diary.repeats} asked again`);
    }
    await answers(50);
    over = true;
    await working;
    await keeping;
    await finishAll(cloud);

    const ledger = await readLedger(cloud.dynamodb, cloud.table);
    const reckoned = reckon(ledger, diary, prescriptions);
    const ofStores = reckonKept(ledger, kept);
    const ofLog = await reckonLog(cloud);
    await cloud.stop();
    await sleep(500);
    const orphans = processesWith(cloud.stateDir);
    if (orphans > 0) diary.problems.push(`${orphans} processes outlived the cloud that started them`);
    return {
      counts: {
        rounds,
        engineKills: kills.engine,
        gatewayKills: kills.gateway,
        ...reckoned.counts,
        received: kept.received.size,
        shipped: kept.shipped.size,
        writtenOff: kept.writtenOff.size,
      },
      problems: [...diary.problems, ...reckoned.problems, ...ofStores, ...ofLog],
    };
  } catch (error) {
    const ended = cloud.ended();
    throw ended === undefined ? error : new Error(`the local cloud ended by itself: ${ended}`, { cause: error });
  } finally {
    http.close();
    await cloud.stop();
  }
};

// --- The reckoning -------------------------------------------------------------------------------------------------------

const keyName = ({ by, key }: Asked): string => `${by}#${createHash('sha256').update(key).digest('base64url')}`;

/** Every answer against the table, and the table against itself. */
const reckon = (ledger: Ledger, diary: Diary, prescriptions: readonly Prescription[]) => {
  const problems = contradictions(ledger);
  const dispensed = diary.told.filter((t) => t.kind === 'dispense' && t.answer.status === 201);
  const undone = diary.told.filter((t) => t.kind === 'undo' && t.answer.status === 200);
  const refused = diary.told.filter((t) => t.answer.status >= 400);

  const acknowledged = new Map<string, string>();
  for (const told of dispensed) {
    const id = String(told.answer.body.id);
    const before = acknowledged.get(id);
    if (before !== undefined) problems.push(`${id} was acknowledged to ${before} and to ${told.key}`);
    acknowledged.set(id, told.key);
    if (!ledger.dispenses.has(id)) problems.push(`${id} was acknowledged to ${told.key} and is lost`);
    if (ledger.answered.get(keyName(told)) !== id) problems.push(`${told.key} was answered ${id}, recorded otherwise`);
  }
  for (const told of undone) {
    if (!ledger.dispenses.get(told.of)?.undone) problems.push(`the undo of ${told.of} was acknowledged and is lost`);
    if (ledger.answered.get(keyName(told)) !== told.of) problems.push(`${told.key} was answered, and is not recorded`);
  }
  for (const told of refused)
    if (ledger.answered.has(keyName(told))) problems.push(`${told.key} was refused and happened all the same`);
  const ours = new Set(prescriptions.map((p) => p.id));
  for (const d of ledger.dispenses.values())
    if (ours.has(d.prescription) && !acknowledged.has(d.id)) problems.push(`${d.id} happened and nobody was told`);
  const takenBack = [...ledger.dispenses.values()].filter((d) => d.undone).length;
  if (takenBack !== undone.length)
    problems.push(`${takenBack} dispenses are undone, ${undone.length} were acknowledged`);

  return {
    problems,
    counts: {
      dispensed: dispensed.length,
      undone: undone.length,
      refused: refused.length,
      askedAgain: diary.repeats,
      replayed: diary.replays,
      movements: ledger.movements.length,
      lots: ledger.stock.length,
      packs: ledger.serials.length,
    },
  };
};
