/**
 * Keepers of stock while their machine dies: they receive deliveries that no transaction holds, send goods of a shelf
 * that is being dispensed from to the other pharmacy and back, and write some off by two signatures.
 */
import { createHash } from 'node:crypto';
import { approvedText } from '@darmon/domain/approval';
import { isTransit } from '@darmon/domain/ledger';
import { onHandOf } from '@darmon/domain/stock';
import type { Answered } from '../support/http-client.ts';
import type { Ledger } from '../support/ledger.ts';

export interface Keeper {
  readonly site: string;
  readonly person: string;
}

/** Asks under one key until there is an answer. */
export type Ask = (by: string, path: string, body: unknown) => Promise<Answered>;

export interface Store {
  readonly ask: Ask;
  readonly keepers: readonly [Keeper, Keeper];
  readonly approver: string;
  /** A lot that both sites hold much of. */
  readonly lot: { readonly gtin: string; readonly lot: string };
  readonly expiryDate: string;
  readonly chance: () => number;
  readonly isOver: () => boolean;
}

/** What was acknowledged, to be found in the table afterwards. */
export interface Kept {
  /** Units by receipt. */
  readonly received: Map<string, number>;
  readonly shipped: Map<string, number>;
  readonly writtenOff: Map<string, number>;
}
export const nothingKept = (): Kept => ({ received: new Map(), shipped: new Map(), writtenOff: new Map() });

const linesOfDelivery = 45;
const hashOf = (body: Record<string, unknown>): string =>
  createHash('sha256').update(approvedText(body)).digest('base64url');

const receive = async ({ ask, keepers, lot, expiryDate, chance }: Store, kept: Kept): Promise<void> => {
  const { site, person } = keepers[chance() < 0.5 ? 0 : 1];
  const name = `K${crypto.randomUUID().slice(0, 8)}`;
  const lines = Array.from({ length: linesOfDelivery }, (_, i) => ({
    gtin: lot.gtin,
    lot: `${name}-${i}`,
    expiryDate,
    quantity: 20,
  }));
  const { status, body } = await ask(person, `/api/sites/${site}/receipts`, { lines });
  if (status !== 202) return;
  const id = String(body.id);
  kept.received.set(id, linesOfDelivery * 20);
  // mostly somebody goes on with it, else the clock does
  for (let turn = 0; turn < 50 && chance() < 0.9; turn += 1)
    if ((await ask(person, `/api/jobs/${id}/advance`, {})).body.state === 'done') return;
};

const send = async ({ ask, keepers, lot, chance }: Store, kept: Kept): Promise<void> => {
  const [from, to] = chance() < 0.5 ? keepers : ([keepers[1], keepers[0]] as const);
  const quantity = 1 + Math.floor(chance() * 30);
  const asked = await ask(from.person, '/api/transfers', {
    from: from.site,
    to: to.site,
    lines: [{ gtin: lot.gtin, quantity }],
    reason: 'they have none',
  });
  if (asked.status !== 201) return;
  const id = String(asked.body.id);
  const at = `/api/transfers/${id}`;
  const picks = [{ line: 1, ...lot, quantity }];
  if ((await ask(from.person, `${at}/picks`, { picks, reason: 'this lot is meant' })).status !== 200) return;
  if (chance() < 0.2) return void (await ask(from.person, `${at}/cancel`, { reason: 'not needed' }));
  if ((await ask(from.person, `${at}/ship`, {})).status !== 200) return;
  kept.shipped.set(id, quantity);
  const first = Math.ceil(quantity / 2);
  await ask(to.person, `${at}/receive`, { lines: [{ ...lot, quantity: first }] });
  if (quantity === first || chance() < 0.2) return;
  const lines = [{ ...lot, quantity: quantity - first }];
  if (chance() < 0.3) await ask(from.person, `${at}/return`, { lines, reason: 'left on the ramp' });
  else await ask(to.person, `${at}/receive`, { lines, final: true });
};

const writeOff = async ({ ask, keepers, approver, lot, chance }: Store, kept: Kept): Promise<void> => {
  const { site, person } = keepers[chance() < 0.5 ? 0 : 1];
  const quantity = 1 + Math.floor(chance() * 20);
  const lines = [{ ...lot, quantity, reason: 'damaged' }];
  const { status, body } = await ask(person, `/api/sites/${site}/write-offs`, { lines });
  if (status !== 201) return;
  const [id, actHash] = [String(body.id), String(body.actHash)];
  const path = `/api/write-offs/${id}/approve`;
  if (chance() < 0.2) return void (await ask(person, `/api/write-offs/${id}/withdraw`, { reason: 'found whole' }));
  const yes = await ask(approver, '/api/approvals', { subject: path, bodyHash: hashOf({ actHash }) });
  const signed = await ask(approver, path, { actHash, approval: String(yes.body.id) });
  if (signed.status === 200) kept.writtenOff.set(id, quantity);
};

/** One keeper's day: a delivery now and then, transfers and write-offs in between. */
export const keep = async (store: Store, kept: Kept): Promise<void> => {
  while (!store.isOver()) {
    const draw = store.chance();
    if (draw < 0.15) await receive(store, kept);
    else if (draw < 0.7) await send(store, kept);
    else await writeOff(store, kept);
  }
};

/** What was acknowledged and is not in the table as it was said, or stands there and was told to nobody. */
export const reckonKept = ({ movements, stock }: Ledger, kept: Kept): string[] => {
  const sumOf = (reference: string, kind: string, inTransit: boolean): number =>
    movements
      .filter((m) => m.reference === reference && m.kind === kind && isTransit(m.site) === inTransit)
      .reduce((sum, m) => sum + m.quantity, 0);
  const problems: string[] = [];
  for (const [id, units] of kept.received) {
    const there = sumOf(id, 'receipt', false);
    if (there !== units) problems.push(`receipt ${id}: ${units} were acknowledged, ${there} came in`);
  }
  for (const [id, units] of kept.shipped) {
    const out = sumOf(id, 'transfer-in', true);
    if (out !== units) problems.push(`transfer ${id}: ${units} were shipped, ${out} came on their way`);
  }
  for (const [id, units] of kept.writtenOff) {
    const out = -sumOf(id, 'write-off', false);
    if (out !== units) problems.push(`write-off ${id}: ${units} were signed away, ${out} left`);
  }
  for (const m of movements)
    if (m.kind === 'write-off' && !kept.writtenOff.has(m.reference))
      problems.push(`write-off ${m.reference} happened and nobody was told`);
  for (const row of stock)
    if (isTransit(row.site) && !kept.shipped.has(row.site.slice('TRANSFER-'.length)) && onHandOf(row) > 0)
      problems.push(`${row.site} holds ${onHandOf(row)}, and nobody was told that it was shipped`);
  return problems;
};
