/**
 * Reads a whole table and says where it contradicts itself: stock against movements and registers, movements against
 * dispenses, dispenses against prescriptions, packs, events and idempotency records. For tests that disturb what is written.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Dispense } from '@darmon/domain/dispense';
import type { Event } from '@darmon/domain/event';
import { countryKinds, type Movement } from '@darmon/domain/ledger';
import type { Prescription } from '@darmon/domain/prescription';
import type { RegisterEntry, RegisterPage } from '@darmon/domain/register';
import { onHandOf, type StockRow } from '@darmon/domain/stock';
import { parseDispense, parsePrescription } from '@darmon/table/prescription-items';
import { parseEntry, parsePage } from '@darmon/table/register-items';
import { parseEvent } from '@darmon/table/request-items';
import { parseSerial, type SerialItem } from '@darmon/table/serial-items';
import { parseMovement, parseStockRow } from '@darmon/table/stock-items';
import * as z from 'zod';

export interface Ledger {
  readonly stock: readonly StockRow[];
  readonly movements: readonly Movement[];
  readonly prescriptions: readonly Prescription[];
  readonly dispenses: ReadonlyMap<string, Dispense>;
  readonly events: readonly Event[];
  readonly pages: readonly RegisterPage[];
  readonly entries: readonly RegisterEntry[];
  readonly serials: readonly SerialItem[];
  /** What answered requests refer to, by `person#hash of the key`. */
  readonly answered: ReadonlyMap<string, string>;
}

/** Everything in the table, strongly read. Nothing may be writing. */
export const readLedger = async (client: DynamoDBClient, table: string): Promise<Ledger> => {
  const documents = DynamoDBDocumentClient.from(client);
  const ledger = {
    stock: [] as StockRow[],
    movements: [] as Movement[],
    prescriptions: [] as Prescription[],
    dispenses: new Map<string, Dispense>(),
    events: [] as Event[],
    pages: [] as RegisterPage[],
    entries: [] as RegisterEntry[],
    serials: [] as SerialItem[],
    answered: new Map<string, string>(),
  };
  let from: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
    );
    for (const item of page.Items ?? []) {
      const [pk, sk] = [String(item.pk), String(item.sk)];
      if (sk.startsWith('STOCK#')) ledger.stock.push(parseStockRow(item));
      else if (sk.startsWith('MOVEMENT#')) ledger.movements.push(parseMovement(item));
      else if (sk.startsWith('DISPENSE#')) ledger.dispenses.set(String(item.id), parseDispense(item));
      else if (sk.startsWith('EVENT#')) ledger.events.push(parseEvent(item));
      else if (pk.startsWith('REGISTER#')) {
        if (sk === 'PAGE') ledger.pages.push(parsePage(item));
        else ledger.entries.push(parseEntry(item));
      } else if (sk === 'SERIAL') ledger.serials.push(parseSerial(item));
      else if (sk === 'REQUEST') ledger.answered.set(pk.replace('IDEMPOTENCY#', ''), String(item.reference));
      else if (sk === 'PRESCRIPTION' && pk.startsWith('PRESCRIPTION#'))
        ledger.prescriptions.push(parsePrescription(item));
    }
    from = page.LastEvaluatedKey;
  } while (from);
  return ledger;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

const groupBy = <T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
};

const lotOf = ({ site, gtin, lot }: { site: string; gtin: string; lot: string }): string => `${site} ${gtin} ${lot}`;

/**
 * Every contradiction as a sentence; none in a table that is whole. Where packs cannot be divided a line can be handed
 * over in excess, so `mayExceed` units are allowed above what was prescribed.
 */
export const contradictions = (ledger: Ledger, { mayExceed = 0 } = {}): string[] => {
  const found: string[] = [];
  const demand = (holds: boolean, sentence: string) => {
    if (!holds) found.push(sentence);
  };

  const moved = groupBy(ledger.movements, lotOf);
  for (const row of ledger.stock) {
    const total = sum((moved.get(lotOf(row)) ?? []).map((m) => m.quantity));
    demand(onHandOf(row) === total, `${lotOf(row)}: on hand ${onHandOf(row)}, movements ${total}`);
  }
  const rows = new Set(ledger.stock.map(lotOf));
  for (const lot of moved.keys()) demand(rows.has(lot), `${lot}: moved, and not in stock`);

  const byReference = groupBy(ledger.movements, (m) => `${m.kind} ${m.reference}`);
  const events = groupBy(ledger.events, (e) => `${e.type} ${String(e.changes.id ?? e.changes.dispense ?? '')}`);
  for (const m of ledger.movements)
    if (m.kind === 'dispense' || m.kind === 'dispense-undone')
      demand(
        ledger.dispenses.has(m.reference),
        `${m.kind} of ${lotOf(m)} refers to ${m.reference}, which is not there`,
      );
  for (const d of ledger.dispenses.values()) {
    const lots = d.lines.flatMap((l) => l.lots);
    const check = (kind: 'dispense' | 'dispense-undone', sign: 1 | -1) => {
      const movements = byReference.get(`${kind} ${d.id}`) ?? [];
      const expected = lots.map((l) => `${l.gtin} ${l.lot} ${sign * l.quantity}`).sort();
      const actual = movements.map((m) => `${m.gtin} ${m.lot} ${m.quantity}`).sort();
      demand(String(expected) === String(actual), `${d.id}: ${kind} of ${expected}, movements ${actual}`);
    };
    check('dispense', -1);
    if (d.undone) check('dispense-undone', 1);
    const type = d.lines.length > 0 ? 'prescription-dispensed' : 'line-not-dispensed';
    const recorded = events.get(`${type} ${d.id}`)?.length ?? 0;
    demand(recorded === 1, `${d.id}: ${recorded} events of its dispense`);
    const undone = events.get(`dispense-undone ${d.id}`)?.length ?? 0;
    demand(undone === (d.undone ? 1 : 0), `${d.id}: ${undone} events of its undo`);
  }

  const byPrescription = groupBy([...ledger.dispenses.values()], (d) => d.prescription);
  for (const p of ledger.prescriptions) {
    const dispenses = byPrescription.get(p.id) ?? [];
    demand(p.dispenses === dispenses.length, `${p.id}: says ${p.dispenses} dispenses, has ${dispenses.length}`);
    for (const line of p.lines) {
      const standing = dispenses
        .filter((d) => !d.undone && d.issue === p.repeat?.current)
        .flatMap((d) => d.lines.filter((l) => l.line === line.line));
      const given = sum(standing.map((l) => l.quantity));
      demand(line.dispensed === given, `${p.id} line ${line.line}: says ${line.dispensed}, dispenses make ${given}`);
      demand(given <= line.quantity + mayExceed, `${p.id} line ${line.line}: ${given} of ${line.quantity} handed over`);
    }
  }
  found.push(
    ...ofRegisters(ledger),
    ...ofPacks(ledger),
    ...ofHistory(ledger),
    ...ofCountry(ledger),
    ...ofEvents(ledger),
  );
  return found;
};

/** At no instant was less than nothing on hand, whatever was dated back. */
const ofHistory = ({ movements }: Ledger): string[] =>
  [...groupBy(movements, lotOf)].flatMap(([lot, own]) => {
    const instants = groupBy(own, (m) => m.at);
    let balance = 0;
    const negative = [...instants.keys()].sort().find((at) => {
      balance += sum((instants.get(at) ?? []).map((m) => m.quantity));
      return balance < 0;
    });
    return negative === undefined ? [] : [`${lot}: less than nothing at ${negative}`];
  });

/** What the country holds of a lot, on its way included, is what came in and did not go out: a transfer changes nothing. */
const ofCountry = ({ movements, stock }: Ledger): string[] => {
  const held = groupBy(stock, (r) => `${r.gtin} ${r.lot}`);
  return [...groupBy(movements, (m) => `${m.gtin} ${m.lot}`)].flatMap(([lot, own]) => {
    const inOut = sum(own.filter((m) => countryKinds.has(m.kind)).map((m) => m.quantity));
    const there = sum((held.get(lot) ?? []).map(onHandOf));
    return inOut === there ? [] : [`${lot}: ${there} in the country, ${inOut} came in and stayed`];
  });
};

/** Every movement stands in an event of its document, at its place, lot and quantity; and every event's in a movement. */
const ofEvents = ({ movements, events }: Ledger): string[] => {
  const Moved = z.array(
    z.object({ place: z.string(), gtin: z.string(), lot: z.string(), kind: z.string(), quantity: z.number() }),
  );
  const told = events.flatMap((e) => {
    const moved = Moved.safeParse(e.changes.moved);
    return moved.success ? moved.data.map((m) => `${m.place} ${m.gtin} ${m.lot} ${m.kind} ${m.quantity}`) : [];
  });
  const counts = new Map<string, number>();
  for (const name of told) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const m of movements) {
    if (m.quantity === 0 || m.kind === 'dispense' || m.kind === 'dispense-undone') continue;
    const name = `${m.site} ${m.gtin} ${m.lot} ${m.kind} ${m.quantity}`;
    counts.set(name, (counts.get(name) ?? 0) - 1);
  }
  return [...counts].filter(([, n]) => n !== 0).map(([name, n]) => `${name}: ${n} more in events than in movements`);
};

/** Each page is the sum of its entries, numbered without a gap, and of what lies on the shelf. */
const ofRegisters = ({ pages, entries, stock }: Ledger): string[] =>
  pages.flatMap((page) => {
    const name = `register ${page.site} ${page.medicine}`;
    const own = entries
      .filter((e) => e.site === page.site && e.medicine === page.medicine)
      .sort((a, b) => a.seq - b.seq);
    const shelf = sum(stock.filter((r) => r.site === page.site && r.medicine === page.medicine).map(onHandOf));
    let balance = 0;
    const wrong = own.filter((e, i) => {
      balance += e.quantity;
      return e.seq !== i + 1 || e.balance !== balance;
    });
    return [
      ...wrong.map((e) => `${name}: entry ${e.seq} says ${e.balance}`),
      ...(own.length === page.seq ? [] : [`${name}: page ${page.seq}, entries ${own.length}`]),
      ...(page.balance === balance && balance === shelf
        ? []
        : [`${name}: page ${page.balance}, entries ${balance}, shelf ${shelf}`]),
    ];
  });

/** What is left in a pack is what the dispenses that stand did not take. */
const ofPacks = ({ serials, dispenses }: Ledger): string[] =>
  serials.flatMap((pack) => {
    const taken = [...dispenses.values()]
      .filter((d) => !d.undone)
      .flatMap((d) => d.lines.flatMap((l) => l.lots))
      .filter((l) => l.gtin === pack.gtin)
      .flatMap((l) => (l.serials ?? []).filter((s) => s.serial === pack.serial).map((s) => s.units));
    return pack.unitsLeft + sum(taken) === pack.packUnits
      ? []
      : [`pack ${pack.gtin} ${pack.serial}: ${pack.unitsLeft} left, ${sum(taken)} of ${pack.packUnits} taken`];
  });
