/**
 * The same dispense in two ways: through the use case, and request by request with the bare client. Each takes a
 * prescription that nothing has touched.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Actor } from '@darmon/domain/actor';
import type { Once } from '@darmon/domain/once';
import type { Prescription } from '@darmon/domain/prescription';
import { type DispenseDeps, dispensePrescription } from '@darmon/usecases/dispense';
import { receiveShipment } from '@darmon/usecases/receiving';
import { like, ulid, writePrescriptions } from './fixtures.ts';
import type { Job } from './measure.ts';
import { again, type Sent, sentBy } from './wire.ts';

export interface Counter {
  /** Reaches the table that `deps` has open, and is the client behind it. */
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly deps: DispenseDeps;
  readonly pharmacist: Actor;
  /** One line, as an issue left it; the others are made like it. */
  readonly model: Prescription;
}

export const newOnce = (person: string): Once => {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
  return { person, keyHash: hash(randomUUID()), bodyHash: hash('the same') };
};

const lineOf = (p: Prescription) => {
  const [line] = p.lines;
  if (!line || p.lines.length > 1) throw new Error('the model has one line');
  return line;
};

/** What is asked of the counter: the whole of the one line, first expiring lots first. */
export const askFor = (p: Prescription) => ({ lines: [{ line: lineOf(p).line, quantity: lineOf(p).quantity }] });

/** Nobody approves an ordinary dispense. */
const approvable = { subject: '', bodyHash: '' };

export const byUseCase = ({ deps, pharmacist }: Counter, p: Prescription): Job => {
  const once = newOnce(pharmacist.person);
  return () => dispensePrescription(deps, pharmacist, { id: p.id, ...askFor(p) }, { once, approvable });
};

/** Shelves of one lot that expires first and lasts for a hundred thousand dispenses. */
export const fillShelf = async (
  { deps, pharmacist }: Counter,
  lot: { gtin: string; lot: string; expiryDate: string },
): Promise<void> => {
  for (let n = 0; n < 20; n += 1)
    await receiveShipment(
      deps,
      pharmacist,
      { site: pharmacist.site, lines: [{ ...lot, quantity: 100_000 }] },
      newOnce(pharmacist.person),
    );
};

/** Prescriptions nothing has touched. */
export const fresh = async ({ client, table, model }: Counter, count: number): Promise<Prescription[]> => {
  const made = like(model, count);
  await writePrescriptions(client, table, made);
  return made;
};

/**
 * Records what a change of one prescription sends, and answers how to send the same for another one with the bare client:
 * the bytes differ in ids, number and key alone. `unwritten`: the change is what writes the prescription.
 */
export const recorded = async (
  counter: Counter,
  change: (p: Prescription) => Promise<unknown>,
  { unwritten = false } = {},
): Promise<{ sent: readonly Sent[]; bare: (p: Prescription, only?: (sent: Sent) => boolean) => Job }> => {
  const [warm, taken] = unwritten ? like(counter.model, 2) : await fresh(counter, 2);
  if (!warm || !taken) throw new Error('no prescriptions were written');
  await change(warm);
  const sent = await sentBy(counter.client, () => change(taken));
  const text = sent.map((s) => s.body).join('\n');
  const ids = new Set([...text.matchAll(/(?:MOVEMENT|EVENT)#([0-9A-Z]{26})/g)].map(([, id]) => id as string));
  const [, key = ''] = /IDEMPOTENCY#[^#"]+#([\w-]+)/.exec(text) ?? [];
  const bare = (p: Prescription, only: (one: Sent) => boolean = () => true): Job => {
    const instead = new Map([
      [taken.id, p.id],
      [taken.number, p.number],
      [key, newOnce('').keyHash],
      ...[...ids].map((id): [string, string] => [id, ulid()]),
    ]);
    const steps = sent.filter(only).map(({ operation, body }) => {
      let other = body;
      for (const [from, to] of instead) other = other.replaceAll(from, to);
      return again(counter.client, operation, other);
    });
    return async () => {
      for (const step of steps) await step();
    };
  };
  return { sent, bare };
};
