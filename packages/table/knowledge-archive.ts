/**
 * Each set of knowledge whole and packed, beside its rows by subject: rows by subject answer a check, and nobody could
 * list them again. Read when two sets are compared. Written before a set can be approved, and never changed.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { KnowledgeRow } from '@darmon/domain/knowledge';
import * as z from 'zod';
import type { Engine } from './engine.ts';
import * as key from './keys.ts';
import { allOf } from './page.ts';

const Part = z.object({ body: z.instanceof(Uint8Array), parts: z.int().positive() });
const Rows = z.array(KnowledgeRow);

/** An item may have 400 KB, names and keys included. */
const partBytes = 350_000;

export const knowledgeArchiveOf = ({ client, table }: Engine) => ({
  /** May be done again after a crash: the same rows give the same items. */
  async putKnowledgeArchive(version: number, rows: readonly KnowledgeRow[]): Promise<void> {
    const gzip = gzipSync(JSON.stringify(rows), { level: 9 });
    const parts = Math.max(1, Math.ceil(gzip.length / partBytes));
    for (let n = 0; n < parts; n += 1) {
      const body = gzip.subarray(n * partBytes, (n + 1) * partBytes);
      const Item = { ...key.knowledgeArchiveKey(version, n), body, parts };
      await client.send(new PutCommand({ TableName: table, Item }));
    }
  },
  /** All rows of a set, or undefined where it is not whole. */
  async loadKnowledgeArchive(version: number): Promise<KnowledgeRow[] | undefined> {
    const items = await allOf(client, table, { pk: key.knowledgeArchivePartition(version) });
    const parts = items.map((item) => Part.parse(item));
    if (parts.length === 0 || parts.length !== parts[0]?.parts) return undefined;
    return Rows.parse(JSON.parse(gunzipSync(Buffer.concat(parts.map(({ body }) => body))).toString('utf8')));
  },
});
