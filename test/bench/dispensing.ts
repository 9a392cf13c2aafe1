/**
 * What a dispense costs: its requests, its rate beside the same requests made with the bare client, over HTTP, and after
 * a long history.
 */

import { makePinfl } from '@darmon/domain/pinfl';
import type { Prescription } from '@darmon/domain/prescription';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { makeCountry } from '@darmon/local/country/country';
import { stockedMedicines } from '@darmon/local/country/formulary';
import { openTable } from '@darmon/table/table';
import { changeOf } from '@darmon/usecases/deps';
import type { DispenseDeps } from '@darmon/usecases/dispense';
import { startCloud } from '../support/cloud.ts';
import { gtins, type House, issue, makeHouse, table } from '../support/house.ts';
import { type Call, httpClient } from '../support/http-client.ts';
import { askFor, byUseCase, type Counter, fillShelf, fresh, newOnce, recorded } from './counter.ts';
import { like, ulid, writeMovements } from './fixtures.ts';
import { atOnce, type Compared, inTurn, type Job, median, type Row, rate, rounded } from './measure.ts';
import type { Sent } from './wire.ts';

type Report = (row: Row) => void;
type Note = (text: string) => void;

const perSecond = (n: number): string => `${Math.round(n)} a second`;
const spreadOf = ({ spread: [low, high] }: Compared): string =>
  `half of the rounds ${low.toFixed(2)} to ${high.toFixed(2)}`;

// --- In this process -------------------------------------------------------------------------------------------------

const shelf = { gtin: gtins.amoxicillin, lot: 'BENCH', expiryDate: '2027-12-31' };

const houseCounter = async (house: House): Promise<Counter> => {
  const { id } = await issue(house);
  const model = await house.table.loadPrescription(id);
  if (!model) throw new Error('what was issued is not there');
  const counter = { client: house.client, table, deps: house.deps, pharmacist: house.actor('pharmacist'), model };
  await fillShelf(counter, shelf);
  return counter;
};

const withHouses = async <T>(count: number, use: (houses: House[]) => Promise<T>): Promise<T> => {
  const houses: House[] = [];
  try {
    while (houses.length < count) houses.push(await makeHouse(`bench ${houses.length}`));
    return await use(houses);
  } finally {
    for (const house of houses) await house.stop();
  }
};

/** As many as are issued to in turn: a list of active medicines that grows with every round would be what is measured. */
const patients = 800;
const patientOf = (n: number) => {
  const birthDate = '1985-03-12';
  const pinfl = makePinfl({ birthDate, sex: 'female', region: 998, serial: n });
  return { pinfl, fullName: `Bemor ${n}`, birthDate, sex: 'female' };
};

/** Short rounds and many: what disturbs one of a pair then mostly disturbs the other too. */
const perRound = 160;
const pairsPerRound = 80;
const effort = { rounds: 24, seconds: 35 };

/** `dispense/usecase`: the use case against its own requests, made with the bare client. */
export const useCaseRow = (report: Report, note: Note): Promise<void> =>
  withHouses(1, async ([house]) => {
    const counter = await houseCounter(house as House);
    const { bare } = await recorded(counter, (p) => byUseCase(counter, p)());
    const compared = await inTurn(
      effort,
      async () => rate((await fresh(counter, perRound)).map((p) => byUseCase(counter, p))),
      async () => rate((await fresh(counter, perRound)).map((p) => bare(p))),
    );
    note(`dispense/usecase: ${perSecond(compared.a)} against ${perSecond(compared.b)} bare; ${spreadOf(compared)}`);
    report({
      name: 'dispense/usecase',
      value: compared.ratio,
      unit: 'times',
      limit: '>=0.8',
      of: `the same two reads and one transaction with the bare SDK, ${atOnce} at once`,
    });
  });

/** `dispense/reads`, `dispense/writes`: what one dispense of one line sends, retries included; the most of 40 counts. */
export const requestRows = (report: Report): Promise<void> =>
  withHouses(1, async ([house]) => {
    const counter = await houseCounter(house as House);
    const counts = [];
    for (let n = 0; n < 40; n += 1) {
      const { sent } = await recorded(counter, (p) => byUseCase(counter, p)());
      const writes = sent.filter((s) => s.operation === 'TransactWriteItems');
      const reads = sent.filter((s) => !writes.includes(s));
      const unitsOf = (some: typeof sent) => some.reduce((sum, s) => sum + s.units, 0);
      const names = (some: typeof sent) => some.map((s) => `${s.operation} ${s.units}`).join(', ');
      counts.push({
        reads: reads.length,
        writes: writes.length,
        read: unitsOf(reads),
        written: unitsOf(writes),
        names: { reads: names(reads), writes: names(writes) },
      });
    }
    const [one] = counts;
    report({
      name: 'dispense/reads',
      value: Math.max(...counts.map((c) => c.reads)),
      unit: 'requests',
      limit: '<=2',
      of: `one line, ${median(counts.map((c) => c.read))} capacity units (${one?.names.reads})`,
    });
    report({
      name: 'dispense/writes',
      value: Math.max(...counts.map((c) => c.writes)),
      unit: 'requests',
      limit: '<=1',
      of: `one line from one lot, ${median(counts.map((c) => c.written))} capacity units (${one?.names.writes})`,
    });
  });

/** `dispense/history`: two engines, one with a hundred times the movements of the very lot that is taken from. */
export const historyRow = (report: Report, note: Note): Promise<void> =>
  withHouses(2, async (houses) => {
    const counters = await Promise.all(houses.map(houseCounter));
    const [short, long] = counters;
    if (!short || !long) throw new Error('two houses');
    const began = performance.now();
    await loadHistory(short, 1_000);
    await loadHistory(long, 100_000);
    note(`dispense/history: 101,000 movements written in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    const of = (counter: Counter) => async () =>
      rate((await fresh(counter, perRound)).map((p) => byUseCase(counter, p)));
    const compared = await inTurn(effort, of(long), of(short));
    note(`dispense/history: ${perSecond(compared.a)} against ${perSecond(compared.b)}; ${spreadOf(compared)}`);
    report({
      name: 'dispense/history',
      value: compared.ratio,
      unit: 'times',
      limit: '>=0.9',
      of: 'its rate after 1,000 movements of the lot, after 100,000',
    });
  });

const loadHistory = ({ client, pharmacist, model, deps }: Counter, count: number): Promise<void> =>
  writeMovements(
    client,
    table,
    {
      site: pharmacist.site,
      medicine: model.lines[0]?.medicine ?? '',
      gtin: shelf.gtin,
      lot: shelf.lot,
      person: pharmacist.person,
      at: new Date(deps.now()).toISOString(),
    },
    count,
  );

// --- Over HTTP -------------------------------------------------------------------------------------------------------

/** The counter of a cloud in another process: its table through its engine, and its API. */
interface CloudCounter extends Counter {
  readonly dispense: (p: Prescription) => Job;
  readonly pair: (n: number) => Job;
}

const expectCreated = ({ status, body }: { status: number; body: Record<string, unknown> }) => {
  if (status !== 201) throw new Error(`answered ${status} ${String(body.code ?? body.message)}`);
  return body;
};

const withCloud = async <T>(use: (counter: CloudCounter) => Promise<T>): Promise<T> => {
  const cloud = await startCloud();
  const { dynamodb: client, table: cloudTable } = cloud;
  const http = httpClient(cloud.url, { atOnce, timeoutMs: 20_000 });
  try {
    const country = makeCountry(1, tashkentDay(Date.now()));
    const [doctorToken, pharmacistToken] = [await cloud.token('doctor'), await cloud.token('pharmacist')];
    const pharmacist = country.people.find((p) => p.id === 'pharmacist');
    const medicine = stockedMedicines.find((m) => m.code === 'AMOX500CAP');
    const pack = medicine?.packs.find((p) => p.divisibleBy === 1);
    if (!pack || !pharmacist) throw new Error('the demo country has no amoxicillin or no pharmacist');

    const opened = openTable({ client, table: cloudTable, now: Date.now });
    const untouched = (): never => {
      throw new Error('an ordinary dispense opens nothing of a patient');
    };
    const deps: DispenseDeps = {
      vault: { newKey: untouched, openKey: untouched, mac: untouched },
      table: opened,
      now: Date.now,
      id: () => ulid(),
      random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
      pause: (ms) => new Promise((done) => setTimeout(done, ms)),
    };
    const post = async (path: string, call: Omit<Call, 'key'>) =>
      expectCreated(await http.post(path, { ...call, key: crypto.randomUUID() }));
    const issueOverHttp = (n: number) =>
      post('/api/prescriptions', {
        token: doctorToken,
        body: {
          patient: patientOf(n % patients),
          diagnosis: { icd10: 'J02.9' },
          overrides: [{ alert: 'duplicate-therapy:substance:AMOX500CAP', reason: 'they come more than once' }],
          lines: [
            { medicine: 'AMOX500CAP', dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' } },
          ],
        },
      });
    const dispenseOverHttp = (id: string, body: unknown) =>
      post(`/api/prescriptions/${id}/dispenses`, { token: pharmacistToken, body });

    const { id } = await issueOverHttp(0);
    const model = await opened.loadPrescription(String(id));
    if (!model) throw new Error('what was issued is not there');
    const counter: CloudCounter = {
      client,
      table: cloudTable,
      deps,
      model,
      pharmacist: {
        ...pharmacist,
        person: pharmacist.id,
        role: 'pharmacist',
        reach: 'all',
        authTime: 0,
        secondFactor: false,
      },
      dispense: (p) => () => dispenseOverHttp(p.id, askFor(p)),
      pair: (n) => async () => {
        const issued = await issueOverHttp(n);
        await dispenseOverHttp(String(issued.id), askFor(model));
      },
    };
    // It expires before anything that the pharmacy has, so that every dispense is served by this one lot.
    await fillShelf(counter, { gtin: pack.gtin, lot: 'BENCH', expiryDate: tashkentDay(Date.now() + dayMs) });
    return await use(counter);
  } finally {
    http.close();
    await cloud.stop();
  }
};

/** `dispense/http` and `pairs/http`, each where `wanted`: gateway and functions in one process, this client in another. */
export const httpRows = (report: Report, note: Note, wanted: (name: string) => boolean): Promise<void> =>
  withCloud(async (counter) => {
    const { bare } = await recorded(counter, (p) => byUseCase(counter, p)());
    if (wanted('dispense/http')) {
      const compared = await inTurn(
        effort,
        async () => rate((await fresh(counter, perRound)).map(counter.dispense)),
        async () => rate((await fresh(counter, perRound)).map((p) => bare(p))),
      );
      note(`dispense/http: ${perSecond(compared.a)} against ${perSecond(compared.b)} bare; ${spreadOf(compared)}`);
      report({
        name: 'dispense/http',
        value: compared.ratio,
        unit: 'times',
        limit: '>=0.5',
        of: `the same two reads and one transaction with the bare SDK, ${atOnce} at once; gateway and functions share a process, the client has its own`,
      });
    }
    if (wanted('pairs/http')) await pairsRow(counter, report, note);
  });

/** Issue and dispense in turn; the bound is what the engine takes of the same two transactions from the bare client. */
const pairsRow = async (counter: CloudCounter, report: Report, note: Note): Promise<void> => {
  const { deps, pharmacist, model } = counter;
  const commitIssue = (p: Prescription) =>
    deps.table.commitIssue(
      p,
      {},
      changeOf(
        {
          id: deps.id(),
          at: p.issuedAt,
          type: 'prescription-issued',
          actor: { person: p.prescriber, role: 'doctor', site: p.clinic },
          changes: { number: p.number, policy: p.policy, validUntil: p.validUntil, lines: askFor(p).lines },
        },
        deps.now(),
        newOnce(p.prescriber),
        { status: 201, reference: p.id },
      ),
    );
  const issue = await recorded(counter, commitIssue, { unwritten: true });
  const dispense = await recorded(counter, (p) => byUseCase({ ...counter, pharmacist }, p)());
  const isWrite = ({ operation }: Sent) => operation === 'TransactWriteItems';
  const barePair = (p: Prescription): Job => {
    const [first, second] = [issue.bare(p), dispense.bare(p, isWrite)];
    return async () => {
      await first();
      await second();
    };
  };
  let issued = 0;
  const nextPair = () => counter.pair(issued++);
  const compared = await inTurn(
    { ...effort, rounds: 12 },
    () => rate(Array.from({ length: pairsPerRound }, nextPair)),
    () => rate(like(model, pairsPerRound).map(barePair)),
  );
  note(`pairs/http: ${perSecond(compared.a)} against ${perSecond(compared.b)} bare; ${spreadOf(compared)}`);
  report({
    name: 'pairs/http',
    value: compared.a,
    unit: 'pairs a second',
    limit: null,
    of: `issue and dispense, ${atOnce} at once, durable; the engine's own bound, the same two transactions bare: ${rounded(compared.b)}`,
  });
};
