/**
 * The formulary: its medicines one by one, and the whole of it packed, as devices keep it. An import makes the packed
 * one, so that reading it is a few requests however many medicines there are. Its version is the hash of its content.
 */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Event } from '@darmon/domain/event';
import { Medicine } from '@darmon/domain/medicine';
import { PackedFormulary, packFormulary, unpackFormulary } from '@darmon/domain/packed-formulary';
import * as z from 'zod';
import type { Engine } from './engine.ts';
import * as key from './keys.ts';
import { allOf, type Page, type PageRequest, pageOfIndex } from './page.ts';
import { eventAction } from './request-items.ts';
import * as standing from './standing-items.ts';
import { type Action, absent, atVersion, Changed, maxActions, put, update } from './transact.ts';

/** The whole formulary and its version as JSON, compressed with gzip: `FormularyAnswer`. */
export interface PackedAnswer {
  readonly version: string;
  readonly gzip: Uint8Array;
}

export interface VersionedFormulary {
  readonly version: string;
  readonly medicines: readonly Medicine[];
}

/** `version` counts the imports, `content` names what stands, `parts` is in how many items. */
const Head = z.object({ version: z.int(), content: z.string(), parts: z.int() });
type Head = z.infer<typeof Head>;
const Part = z.object({ body: z.instanceof(Uint8Array) });
const Answer = z.object({ version: z.string(), formulary: PackedFormulary });

/** An item may have 400 KB, names and keys included. */
const partBytes = 380_000;
/** A function answers at most 6 MB, in base64. */
const mostBytes = 4_000_000;
const tries = 5;
/** How long parts lie that do not count: longer than an import or a reader takes. */
const idleMs = 3_600_000;
const secondsAt = (ms: number): number => Math.floor(ms / 1000);

const packedOf = (medicines: readonly Medicine[]): PackedAnswer => {
  const formulary = packFormulary(medicines);
  const version = createHash('sha256').update(JSON.stringify(formulary)).digest('base64url').slice(0, 16);
  const gzip = gzipSync(JSON.stringify({ version, formulary } satisfies z.infer<typeof Answer>), { level: 9 });
  if (gzip.length > mostBytes)
    throw new Error(`the formulary packs into ${gzip.length} bytes, too many for one answer`);
  return { version, gzip };
};

const unpackedOf = ({ version, gzip }: PackedAnswer): VersionedFormulary => {
  const { formulary } = Answer.parse(JSON.parse(gunzipSync(gzip).toString('utf8')));
  return { version, medicines: unpackFormulary(formulary) };
};

export const formularyOf = (engine: Engine) => {
  const { client, table, now } = engine;

  const readHead = async (): Promise<Head | undefined> => {
    const item = await engine.readOne(key.formularyHeadKey);
    return item && Head.parse(item);
  };
  /** Undefined where an import replaced it meanwhile. */
  const readParts = async ({ content, parts }: Head): Promise<PackedAnswer | undefined> => {
    const items = await allOf(client, table, { pk: key.packedFormulary, skPrefix: key.formularyPartPrefix(content) });
    const bodies = items.map((item) => Part.parse(item).body);
    return bodies.length === parts ? { version: content, gzip: Buffer.concat(bodies) } : undefined;
  };
  /** Where nothing was imported since it is kept packed: as the index lists it. */
  const listAll = async (): Promise<Medicine[]> => {
    const medicines: Medicine[] = [];
    let cursor: string | undefined;
    do {
      const page = await listMedicines({ cursor, limit: 100 });
      medicines.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    return medicines;
  };
  const listMedicines = async (request: PageRequest): Promise<Page<Medicine>> => {
    const page = await pageOfIndex(client, table, { index: 'gsi1', partition: standing.formulary }, request);
    return { ...page, items: page.items.map((i) => Medicine.parse(i)) };
  };

  let packed: PackedAnswer | undefined;
  let unpacked: VersionedFormulary | undefined;
  /** As it stands now; read once a version. */
  const loadPacked = async (): Promise<PackedAnswer> => {
    for (let attempt = 1; ; attempt += 1) {
      const head = await readHead();
      if (!head) return packedOf(await listAll());
      if (packed?.version !== head.content) packed = await readParts(head);
      if (packed) return packed;
      if (attempt === tries) throw new Error('parts of the packed formulary are missing');
    }
  };
  const loadFormulary = async (): Promise<VersionedFormulary> => {
    const answer = await loadPacked();
    if (unpacked?.version !== answer.version) unpacked = unpackedOf(answer);
    return unpacked;
  };

  /** Packs what stands with what was imported, and lets it count together with the event. */
  const publish = async (imported: readonly Medicine[], event: Event): Promise<void> => {
    const was = await readHead();
    const before = was ? (await loadFormulary()).medicines : await listAll();
    const { version, gzip } = packedOf([...new Map([...before, ...imported].map((m) => [m.code, m])).values()]);
    const recorded = eventAction(table, standing.formulary, event);
    if (was?.content === version) return engine.commit([recorded]);
    const keysOf = (content: string, parts: number) =>
      Array.from({ length: parts }, (_, n) => key.formularyPartKey(content, n));
    const keys = keysOf(version, Math.ceil(gzip.length / partBytes));
    // What no head names goes by itself, whether it was replaced or never came to count.
    const ttl = secondsAt(now() + idleMs);
    const names = { '#ttl': 'ttl' };
    const idle = { expression: 'attribute_not_exists(pk) OR attribute_exists(#ttl)', names };
    for (const [n, at] of keys.entries()) {
      const body = gzip.subarray(n * partBytes, (n + 1) * partBytes);
      await engine.commit([put(table, { ...at, body, ttl }, idle, 'changed')]);
    }
    const head = { ...key.formularyHeadKey, version: (was?.version ?? 0) + 1, content: version, parts: keys.length };
    const own = { expression: '#ttl = :ttl', names, values: { ':ttl': ttl } };
    const present = { expression: 'attribute_exists(pk)' };
    await engine.commit([
      put(table, head, was ? atVersion(was.version) : absent, 'changed'),
      ...keys.map((at) => update(table, at, { expression: 'REMOVE #ttl' }, own, 'changed')),
      ...keysOf(was?.content ?? '', was?.parts ?? 0).map((at) =>
        update(table, at, { expression: 'SET #ttl = :ttl', names, values: { ':ttl': ttl } }, present, 'changed'),
      ),
      recorded,
    ]);
  };

  return {
    listMedicines,
    loadFormulary,
    /** The whole formulary to be sent as it is, or its version alone where that is `known`. */
    async loadPackedFormulary(known: string | undefined): Promise<PackedAnswer | { readonly version: string }> {
      const head = known === undefined ? undefined : await readHead();
      return head && head.content === known ? { version: known } : loadPacked();
    },
    /**
     * Imports medicines; each is replaced as a whole, together with the packs it names. What devices keep follows when
     * all are in: an import that was cut off is completed by repeating it.
     */
    async commitFormulary(medicines: readonly Medicine[], event: Event): Promise<void> {
      let together: Action[] = [];
      for (const medicine of medicines) {
        const actions = standing.medicineActions(table, medicine);
        if (together.length + actions.length > maxActions) {
          await engine.commit(together);
          together = [];
        }
        together.push(...actions);
      }
      if (together.length > 0) await engine.commit(together);
      for (let attempt = 1; ; attempt += 1)
        try {
          return await publish(medicines, event);
        } catch (error) {
          if (!(error instanceof Changed) || attempt === tries) throw error;
        }
    },
  };
};
