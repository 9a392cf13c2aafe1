/** Single packs: what is left in them, which were set aside, and which wait for the marking service. */
import type { Movement } from '@darmon/domain/ledger';
import type { StockRow } from '@darmon/domain/stock';
import { Day, dayMs, Instant, tashkentDay } from '@darmon/domain/time';
import * as z from 'zod';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { closeCheckAction, type MarkingCheck, parseMarkingCheck } from './marking-items.ts';
import { type Page, type PageRequest, pageOf, pageOfIndex } from './page.ts';
import { decideSerialAction, parseSerial, quarantineSerialAction, type SerialItem } from './serial-items.ts';
import { KnownPack, movementAction, stateAction } from './stock-items.ts';
import { absent, put } from './transact.ts';

/** A pack that contradicted something, and what is blocked since. */
export const SetAsideItem = z.object({
  id: z.string(),
  at: Instant,
  person: z.string(),
  quarantined: z.enum(['lot', 'pack']),
  gtin: z.string(),
  medicine: z.string(),
  lot: z.string().exactOptional(),
  expiryDate: Day.exactOptional(),
  serial: z.string().exactOptional(),
  note: z.string(),
});
export type SetAsideItem = z.infer<typeof SetAsideItem>;

interface SerialName {
  readonly gtin: string;
  readonly serial: string;
}

/** How long a check may wait for the service. */
const checkDays = 30;

export const packsOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    /** Packs as far as they were scanned before, strongly, in one request. */
    async loadSerials(packs: readonly SerialName[]): Promise<SerialItem[]> {
      const items = await engine.readMany(packs.map((p) => key.serialKey(p.gtin, p.serial)));
      return items.flatMap((i) => (i ? [parseSerial(i)] : []));
    },
    /** GTINs that the formulary knows, in one request. */
    async loadPacks(gtins: readonly string[]): Promise<ReadonlyMap<string, KnownPack>> {
      if (gtins.length === 0) return new Map();
      const items = await engine.readMany([...new Set(gtins)].map(key.gtinKey));
      return new Map(items.flatMap((i) => (i ? [KnownPack.parse(i)] : [])).map((p) => [p.gtin, p]));
    },
    /** Blocks the lot at the site, where a row is given, else the pack everywhere, and keeps what was seen. */
    async commitSetAside(
      site: string,
      item: SetAsideItem,
      blocked: { row: StockRow; movement: Movement } | { pack?: SerialName & { packUnits: number } },
      change: Change,
    ): Promise<void> {
      await engine.commit([
        put(table, { ...key.setAsideKey(site, item.id), ...item }, absent, 'changed'),
        ...('row' in blocked
          ? [stateAction(table, blocked.row, 'quarantined'), movementAction(table, blocked.movement)]
          : blocked.pack
            ? [quarantineSerialAction(table, site, blocked.pack)]
            : []),
        ...engine.changeActions(key.setAsidePartition(site), change),
      ]);
    },
    /** What quality control decided over a pack in quarantine. @throws Changed where it is there no more */
    async commitPackDecision(pack: SerialItem, state: 'available' | 'refused', change: Change): Promise<void> {
      await engine.commit([
        decideSerialAction(table, pack, state),
        ...engine.changeActions(key.serialKey(pack.gtin, pack.serial).pk, change),
      ]);
    },
    async listSetAside(site: string, request: PageRequest): Promise<Page<SetAsideItem>> {
      const page = await pageOf(
        client,
        table,
        { pk: key.setAsidePartition(site), skPrefix: key.setAsidePrefix, backwards: true },
        request,
      );
      return { ...page, items: page.items.map((i) => SetAsideItem.parse(i)) };
    },
    /** Checks that wait, the oldest first, of the last thirty days up to `now`; at most so many. */
    async listMarkingChecks(now: number, most: number): Promise<MarkingCheck[]> {
      const found: MarkingCheck[] = [];
      for (let back = checkDays; back >= 0 && found.length < most; back -= 1) {
        const partition = key.markingCheckPartition(tashkentDay(now - back * dayMs));
        const page = await pageOfIndex(client, table, { index: 'gsi1', partition }, { limit: most - found.length });
        found.push(...page.items.map(parseMarkingCheck));
      }
      return found;
    },
    /** What the service said of one dispense's packs; those that contradict it go into quarantine with the same stroke. */
    async commitMarkingCheck(
      check: MarkingCheck,
      contradicting: readonly MarkingCheck['packs'][number][],
      change: Change,
    ): Promise<void> {
      await engine.commit([
        closeCheckAction(table, check, change.now),
        ...contradicting.map((pack) => quarantineSerialAction(table, check.site, pack)),
        ...engine.changeActions(engine.subjectOf(check.prescription), change, check.site),
      ]);
    },
  };
};
