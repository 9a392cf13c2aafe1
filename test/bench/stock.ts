/** Stock at a past date with a long history behind it, and the first to expire out of very many lots. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { monthOf, ulidAt } from '@darmon/domain/ledger';
import { allocateFefo } from '@darmon/domain/stock';
import { dayMs, dayStart, instant, tashkentDay } from '@darmon/domain/time';
import { movementKey, stockKey, stockPartition } from '@darmon/table/keys';
import { parseStockRow, stockOfSite } from '@darmon/table/stock-items';
import { maxActions } from '@darmon/table/transact';
import { listStockAt, onHandOn } from '@darmon/usecases/ledger';
import { gtins, type House, makeHouse, start, table } from '../support/house.ts';
import { ulid } from './fixtures.ts';
import { inTurn, median, type Row } from './measure.ts';
import { sentBy } from './wire.ts';

type Report = (row: Row) => void;
type Note = (text: string) => void;
type Item = Record<string, unknown>;

/** Items by the hundred, as many as a transaction holds: the engine flushes once for each. Nothing is measured meanwhile. */
const writeItems = async (client: DynamoDBClient, items: Iterable<Item>): Promise<void> => {
  const documents = DynamoDBDocumentClient.from(client);
  const waiting = items[Symbol.iterator]();
  const take = (): Item[] => {
    const some: Item[] = [];
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      some.push(next.value);
      if (some.length === maxActions) break;
    }
    return some;
  };
  for (let some = take(); some.length > 0; some = take())
    await documents.send(
      new TransactWriteCommand({ TransactItems: some.map((Item) => ({ Put: { TableName: table, Item } })) }),
    );
};

interface LotLife {
  readonly lot: string;
  readonly medicine: string;
  /** The day it came, and how many times something was taken from it, evenly over so many days. */
  readonly from: number;
  readonly days: number;
  readonly takings: number;
}

interface Moved {
  readonly at: number;
  readonly quantity: number;
}
const movesOf = ({ from, days, takings }: LotLife): Moved[] => [
  { at: from, quantity: takings * 2 },
  ...Array.from({ length: takings }, (_, i) => ({
    at: from + 60_000 + Math.floor(((i + 1) * (days * dayMs - 120_000)) / (takings + 1)),
    quantity: -1,
  })),
];

const site = 'PH-1';
const gtin = gtins.amoxicillin;
const expiryDate = '2031-12-31';

/** A lot's row with its sums, and its movements, as the ledger would have left them; written without their transactions. */
function* itemsOf(life: LotLife): Generator<Item> {
  const { lot, medicine } = life;
  const moves = movesOf(life);
  const sums: Record<string, number> = {};
  const add = (name: string, quantity: number) => {
    sums[name] = (sums[name] ?? 0) + quantity;
  };
  for (const { at, quantity } of moves) {
    const month = monthOf(at).slice(2).replace('-', '');
    add(`net${month}`, quantity);
    if (quantity < 0) add(`used${month}`, -quantity);
    const id = ulidAt(ulid(), at);
    const kind = quantity > 0 ? 'receipt' : 'dispense';
    const key = movementKey({ site, gtin, lot, id });
    const common = { site, medicine, gtin, lot, kind, quantity, person: 'pharmacist', at: instant(at) };
    yield { ...key, id, ...common, reference: `${id}.1` };
  }
  const free = moves.reduce((sum, { quantity }) => sum + quantity, 0);
  yield {
    ...stockKey({ site, medicine, expiryDate, gtin, lot }),
    gsi1pk: stockOfSite(site),
    gsi1sk: `${medicine}#${expiryDate}#${gtin}#${lot}`,
    ...{ site, medicine, gtin, lot, expiryDate, free, held: 0, state: 'available' },
    ...{ brand: 'Brand', packUnits: 20, divisibleBy: 1, raisedAt: instant(life.from) },
    ...sums,
  };
}

/** Medicines that a pharmacy goes on having, each in one lot after the other: an old one has ten times a young one's. */
const assortment = { old: 800, young: 80 };
/** As many of them are asked for. */
const asked = 80;
const medicineOf = (n: number): string => `M${String(n).padStart(3, '0')}`;

/** A pharmacy of so many months: each medicine has a lot for three months, then the next, each taken from evenly. */
const pharmacy = (medicines: number, months: number, takings: number, now: number): LotLife[] =>
  Array.from({ length: medicines }, (_, n) =>
    Array.from({ length: Math.ceil(months / 3) }, (_, i) => ({
      lot: `${medicineOf(n)}L${i}`,
      medicine: medicineOf(n),
      // the last one began a month ago
      from: now - 30 * dayMs - i * 90 * dayMs + n * 60_000,
      days: i === 0 ? 30 : 90,
      takings: i === 0 ? Math.ceil(takings / 3) : takings,
    })),
  ).flat();

/** Lots of a page, read at the end of that day, and how long one reading took, in milliseconds. */
const readAt = async ({ deps }: House, at: string, medicine?: string) => {
  const began = performance.now();
  const ask = { site, at, ...(medicine !== undefined && { medicine }) };
  const { items } = await listStockAt(deps, ask, { limit: 80 });
  return { ms: performance.now() - began, items };
};

const movementsOf = (lives: readonly LotLife[]): number => lives.reduce((sum, { takings }) => sum + takings + 1, 0);

const sumAt = (life: LotLife, until: number): number =>
  movesOf(life).reduce((sum, { at, quantity }) => (at <= until ? sum + quantity : sum), 0);

/**
 * `onhand/past`: what lay at a site at the end of a past day, of every medicine in turn, with a million movements behind
 * it and with a thousand; each answer is compared with the plain sum. The day lies half a month into the month, where most
 * movements have to be read.
 */
export const pastRow = async (report: Report, note: Note): Promise<void> => {
  const [young, old] = [await makeHouse('bench young'), await makeHouse('bench old')];
  try {
    // 80 lots of 12 takings in their first month; 800 medicines with 12 lots of 110 takings in 90 days, the last one in
    // its first month; and one lot of which very much was taken in one month
    const few = pharmacy(assortment.young, 1, 36, start);
    const many = pharmacy(assortment.old, 36, 110, start);
    const worst: LotLife = { lot: 'WORST', medicine: 'WORST', from: start - 60 * dayMs, days: 28, takings: 20_000 };
    const began = performance.now();
    let written = 0;
    const items = function* (lives: readonly LotLife[]) {
      for (const life of lives)
        for (const item of itemsOf(life)) {
          written += 1;
          yield item;
        }
    };
    await writeItems(young.client, items(few));
    await writeItems(old.client, items([...many, worst]));
    note(`onhand/past: ${written} items written in ${((performance.now() - began) / 1000).toFixed(0)} s`);

    const day = tashkentDay(dayStart(`${monthOf(start)}-01`) + 14 * dayMs);
    const until = dayStart(day) + dayMs - 1;
    const prove = async (house: House, lives: readonly LotLife[]) => {
      for (let n = 0; n < asked; n += 1) {
        const own = lives.filter(({ medicine }) => medicine === medicineOf(n));
        const sums = own.map((life) => [life.lot, sumAt(life, until)] as const).filter(([, sum]) => sum !== 0);
        const { items: read } = await readAt(house, day, medicineOf(n));
        const got = read.map(({ lot, onHand }) => [lot, onHand] as const);
        if (JSON.stringify([...sums].sort()) !== JSON.stringify([...got].sort()))
          throw new Error(`${medicineOf(n)}: the answer is not the sum`);
      }
    };
    await prove(young, few);
    await prove(old, many);

    // one lot that was on the shelf on that day, of every medicine in turn
    const eachLot = (house: House, lives: readonly LotLife[]) => {
      const there = lives.filter(
        (life) => life.medicine < medicineOf(asked) && sumAt(life, until) > 0 && life.from + life.days * dayMs > until,
      );
      return async () => {
        const times: number[] = [];
        for (const { medicine, lot } of there) {
          const before = performance.now();
          const [row] = await house.table.loadLedgerRows([{ site, medicine, expiryDate, gtin, lot }]);
          if (row) await onHandOn(house.deps, row, until, start);
          times.push(performance.now() - before);
        }
        return median(times);
      };
    };
    const compared = await inTurn({ rounds: 9, seconds: 60 }, eachLot(old, many), eachLot(young, few));
    const [low, high] = compared.spread;
    note(
      `onhand/past: ${compared.a.toFixed(1)} ms a lot against ${compared.b.toFixed(1)}; the middle half of rounds ${low.toFixed(2)} to ${high.toFixed(2)}`,
    );
    const whole = async (house: House) => {
      const times: number[] = [];
      for (let n = 0; n < asked; n += 1) times.push((await readAt(house, day, medicineOf(n))).ms);
      return median(times);
    };
    note(
      `onhand/past: a medicine with twelve lots of three years ${(await whole(old)).toFixed(1)} ms, with one lot ${(await whole(young)).toFixed(1)}`,
    );
    const page = await inTurn(
      { rounds: 8, seconds: 40 },
      async () => (await readAt(old, day)).ms,
      async () => (await readAt(young, day)).ms,
    );
    note(`onhand/past: a page of the shelf ${page.a.toFixed(0)} ms against ${page.b.toFixed(0)}`);
    const middle = tashkentDay(worst.from + 14 * dayMs);
    const times: number[] = [];
    for (let n = 0; n < 5; n += 1) times.push((await readAt(old, middle, 'WORST')).ms);
    note(`onhand/past: a lot with 20,000 movements in one month ${median(times).toFixed(0)} ms`);
    report({
      name: 'onhand/past',
      value: compared.ratio,
      unit: 'times',
      limit: '<=2',
      of: `the time of one lot's balance at a past day, with ${movementsOf(many)} movements at the site against ${movementsOf(few)}; each medicine's answer is the plain sum`,
    });
  } finally {
    await young.stop();
    await old.stop();
  }
};

const lots = 1_000;

/** `fefo/1000`: what the server's core has to do for one line, with very many lots of its medicine on the shelf. */
export const fefoRow = async (report: Report, note: Note): Promise<void> => {
  const house = await makeHouse('bench fefo');
  try {
    const medicine = 'AMOX500CAP';
    const lives = Array.from(
      { length: lots },
      (_, n): LotLife => ({
        lot: `F${String(n).padStart(4, '0')}`,
        medicine,
        from: start - 200 * dayMs,
        days: 180,
        takings: 6,
      }),
    );
    await writeItems(
      house.client,
      (function* () {
        for (const life of lives) yield* itemsOf(life);
      })(),
    );
    const today = tashkentDay(start);
    const sent = await sentBy(house.client, () => house.table.loadLots(site, medicine, today, new Map()));
    const reads = sent.length + 1;
    if (reads > 2) throw new Error(`${reads} reads`);
    const documents = DynamoDBDocumentClient.from(house.client);
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': stockPartition(site, medicine) },
      }),
    );
    // every lot holds six units: a hundred of them are taken together
    const options = { line: 1, pointer: '/lines/0', mayRound: true };
    const cpu: number[] = [];
    for (let n = 0; n < 300; n += 1) {
      const before = process.cpuUsage();
      const taken = allocateFefo(Items.map(parseStockRow), 600, today, options);
      const { user, system } = process.cpuUsage(before);
      if (taken.length !== 100) throw new Error(`${taken.length} lots`);
      // the first ones are compiled while they run
      if (n >= 50) cpu.push((user + system) / 1000);
    }
    cpu.sort((a, b) => a - b);
    note(
      `fefo/1000: median ${median(cpu).toFixed(2)} ms, ${Items.length} lots, ${reads} reads of a dispense of one line`,
    );
    report({
      name: 'fefo/1000',
      value: cpu[Math.floor(cpu.length * 0.95)] ?? Number.NaN,
      unit: 'ms',
      limit: '<=5',
      of: `p95 of the CPU time of parsing ${lots} lots and allocating 100 of them, first expired first; two reads, the prescription with what stands around it and the lots`,
    });
  } finally {
    await house.stop();
  }
};
