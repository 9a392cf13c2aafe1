/** What the recall of a lot costs that a hundred thousand dispenses handed over: whether it is complete, and how much it holds in memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { addsUp } from '@darmon/domain/recall';
import { instant } from '@darmon/domain/time';
import { moveAction, movementAction } from '@darmon/table/stock-items';
import { advanceRecall } from '@darmon/usecases/recall-work';
import { openRecall } from '@darmon/usecases/recalls';
import { gtins, type House, makeHouse, stock, table } from '../support/house.ts';
import { ulid, writeAll } from './fixtures.ts';
import type { Row } from './measure.ts';

const dispenses = 100_000;
const sites = { 'PH-1': 'pharmacist', 'PH-2': 'pharmacist2', 'WH-1': 'warehouse', 'WH-2': 'warehouse3' } as const;
const about = { gtin: gtins.amoxicillin, lot: 'RECALLED', expiryDate: '2028-06-30', medicine: 'AMOX500CAP' };
const each = dispenses / Object.keys(sites).length;
const units = 10;
const received = each * units + 1_000;

/** The lot at every site, with its share of dispenses: movements, and the row that they leave. */
const loadHistory = async (house: House): Promise<void> => {
  for (const [site, person] of Object.entries(sites)) {
    const { gtin, lot, expiryDate } = about;
    await stock(house, [{ gtin, lot, expiryDate, quantity: received }], person);
    const at = instant(house.clock.now);
    const row = { site, ...about };
    await writeAll(house.client, [moveAction(table, row, { free: -each * units, used: each * units, at })]);
    const movement = {
      site,
      medicine: about.medicine,
      gtin,
      lot,
      kind: 'dispense',
      quantity: -units,
      person,
      at,
    } as const;
    for (let written = 0; written < each; written += 5_000)
      await writeAll(
        house.client,
        Array.from({ length: Math.min(5_000, each - written) }, () =>
          movementAction(table, { ...movement, id: ulid(), reference: `${ulid()}.1` }),
        ),
      );
  }
};

const collector = (): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
};

/** `recall/100k` and `recall/heap`. */
export const recallRows = async (report: (row: Row) => void, note: (text: string) => void): Promise<void> => {
  const house = await makeHouse('recall');
  try {
    const began = performance.now();
    await loadHistory(house);
    note(`recall/100k: 100,000 dispenses written in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    house.clock.now += 3_600_000;
    const collect = collector();
    const inUse = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const { gtin, lot } = about;
    const actor = house.actor('quality');
    const input = { gtin, lot, class: 1, reason: 'a measurement' } as const;
    const { body } = await openRecall(house.deps, actor, input, house.once('quality'));
    const before = inUse();
    let [pages, most] = [0, before];
    const watched = {
      ...house.deps,
      table: {
        ...house.table,
        readMovements: async (...of: Parameters<typeof house.table.readMovements>) => {
          const page = await house.table.readMovements(...of);
          pages += 1;
          if (pages % 10 === 0) most = Math.max(most, inUse());
          return page;
        },
      },
    };
    const started = performance.now();
    await advanceRecall(watched, body.id, Number.POSITIVE_INFINITY);
    house.clock.now += 60_000;
    const recall = await advanceRecall(watched, body.id, Number.POSITIVE_INFINITY);
    const seconds = (performance.now() - started) / 1000;
    note(`recall/100k: counted twice in ${seconds.toFixed(1)} s, ${pages} pages of movements`);
    const { totals } = recall;
    const whole = recall.state === 'complete' && totals && addsUp(totals) && totals.sums.dispenses === dispenses;
    report({
      name: 'recall/100k',
      value: whole ? 1 : 0,
      unit: 'complete',
      limit: '>=1',
      of: 'a lot of 100,000 dispenses at four sites: every one counted, twice alike, and the sum adds up',
    });
    report({
      name: 'recall/heap',
      value: (most - before) / 1e6,
      unit: 'MB',
      limit: '<=16',
      of: 'what it holds at most beside what was there before, after a collection at every tenth page',
    });
  } finally {
    await house.stop();
  }
};
