/**
 * Looks for values in a whole table, in every form in which one could lie there by mistake: as it is, turned around, in
 * base64 or hex, or as a hash without a key, which whoever guesses the value could make too.
 */
import { createHash } from 'node:crypto';
import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { foldName } from '@darmon/domain/patient';

/** Every item as the engine holds it. */
export const wholeTable = async (client: DynamoDBClient, table: string): Promise<Record<string, AttributeValue>[]> => {
  const items: Record<string, AttributeValue>[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
};

/** All that an item says: names of attributes, texts and bytes, at every depth. */
const partsOf = (value: unknown): Buffer[] => {
  if (value instanceof Uint8Array) return [Buffer.from(value)];
  if (typeof value === 'string') return [Buffer.from(value)];
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, inner]) => [Buffer.from(name), ...partsOf(inner)]);
  return [];
};

/** A part, and what it says when taken for base64, base64url or hex, from any place in it. */
const readings = (part: Buffer): string[] => {
  const text = part.toString('utf8');
  const runs = text.match(/[A-Za-z0-9+/_-]{6,}/g) ?? [];
  const decoded = runs.flatMap((run) => [
    ...[0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), 'base64')),
    ...[0, 1].map((skip) => Buffer.from(run.slice(skip), 'hex')),
  ]);
  return [part, ...decoded].flatMap((bytes) => [
    bytes.toString('utf8').toLowerCase(),
    bytes.toString('latin1').toLowerCase(),
  ]);
};

const algorithms = ['md5', 'sha1', 'sha256', 'sha512'];

/** What would give a value away. */
const tracesOf = (value: string): string[] => {
  const plain = [...new Set([value, foldName(value), value.replaceAll(/[-\s.]/g, '')])].filter((v) => v.length >= 4);
  const hashes = plain.flatMap((v) =>
    algorithms.flatMap((algorithm) =>
      [v, v.toLowerCase(), `pinfl:${v}`, `passport:${v}`].map((text) =>
        createHash(algorithm).update(text).digest().toString('latin1').slice(0, 12),
      ),
    ),
  );
  const turned = plain.map((v) => [...v].reverse().join(''));
  return [...plain, ...turned, ...hashes].map((trace) => trace.toLowerCase());
};

/** Where a value was found, as `partition key: name of the value`; never the value itself. */
export const findTraces = (
  items: readonly Record<string, unknown>[],
  values: Readonly<Record<string, string>>,
): string[] => {
  const wanted = Object.entries(values).map(([name, value]) => ({ name, traces: tracesOf(value) }));
  return items.flatMap((item) => {
    const said = partsOf(item).flatMap(readings).join('\n');
    return wanted
      .filter(({ traces }) => traces.some((trace) => said.includes(trace)))
      .map(({ name }) => `${JSON.stringify(item.pk)}: ${name}`);
  });
};
