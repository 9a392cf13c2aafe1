/** Packs that contradict something: blocked before anybody hands them over, with what was seen. */
import type { Actor } from '@darmon/domain/actor';
import type { Once } from '@darmon/domain/once';
import { packOfScan } from '@darmon/domain/pack-scan';
import { refuseAt } from '@darmon/domain/refusal';
import type { StockRow } from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { SetAsideItem } from '@darmon/table/packs';
import type { PageRequest } from '@darmon/table/page';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { movementOf } from './inventory.ts';

export interface SetAsideInput {
  readonly site: string;
  readonly scan: string;
  readonly lot?: string;
  readonly expiryDate?: string;
  readonly note: string;
}

/** The pack as scanned, with what a person read from it where the code says nothing or something else. */
const readPack = (input: SetAsideInput, today: string) => {
  const pack = packOfScan(input.scan, today, '/scan');
  const dates = [pack.expiryDate, input.expiryDate].filter((d) => d !== undefined);
  return { gtin: pack.gtin, serial: pack.serial, lot: pack.lot ?? input.lot, dates };
};

/**
 * Sets a pack aside. Where it says another expiry date than its lot on the shelf, the lot of this site is blocked; where
 * only the pack is in doubt and has a serial number, that pack everywhere; a pack without one is blocked with its lot. A
 * pack that was written off or refused stays so.
 * @throws Refusal of standing, `scan-unreadable`, `gtin-unknown`, `lot-missing`, `lot-unknown`, `lot-blocked` where it is
 * recalled, `key-reused`
 */
export const setAside = (deps: Deps, actor: Actor, input: SetAsideInput, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const { site, note } = input;
      const { gtin, serial, lot, dates } = readPack(input, tashkentDay(now));
      await loadStanding(deps, actor);
      const [known, row, [scanned]] = await Promise.all([
        deps.table.loadPacks([gtin]).then((packs) => packs.get(gtin)),
        lot === undefined ? undefined : deps.table.loadStockRow({ site, gtin, lot }),
        serial === undefined ? [] : deps.table.loadSerials([{ gtin, serial }]),
      ]);
      if (!known) throw refuseAt('gtin-unknown', '/scan', { gtin });
      const contradicts = row !== undefined && dates.some((date) => date !== row.expiryDate);
      const blocked =
        contradicts || serial === undefined
          ? { row: requireRow(row, lot) }
          : scanned?.state === 'gone' || scanned?.state === 'refused'
            ? {}
            : { pack: { gtin, serial, packUnits: known.units } };
      const [date] = dates;
      const item: SetAsideItem = {
        id: deps.id(),
        at: instant(now),
        person: actor.person,
        quarantined: 'row' in blocked ? 'lot' : 'pack',
        gtin,
        medicine: known.medicine,
        ...(lot !== undefined && { lot }),
        ...(date !== undefined && { expiryDate: date }),
        ...(serial !== undefined && { serial }),
        note,
      };
      const { note: _said, person: _person, at: _at, ...trace } = item;
      const event = eventOf(deps, actor, 'pack-set-aside', now, { site, ...trace }, note);
      const change = changeOf(event, now, once, { status: 201, reference: item.id, answer: item });
      const about = { id: deps.id(), kind: 'quarantine', quantity: 0, reference: item.id } as const;
      await deps.table.commitSetAside(
        site,
        item,
        'row' in blocked
          ? { row: blocked.row, movement: movementOf(blocked.row, { ...about, person: actor.person, at: item.at }) }
          : blocked,
        change,
      );
      return { status: 201, body: item };
    },
    asAnswered<SetAsideItem>,
  );

const requireRow = (row: StockRow | undefined, lot: string | undefined): StockRow => {
  if (lot === undefined) throw refuseAt('lot-missing', '/lot');
  if (!row) throw refuseAt('lot-unknown', '/lot');
  if (row.state === 'recalled') throw refuseAt('lot-blocked', '/lot', { state: row.state });
  return row;
};

/** What a site set aside, newest first. */
export const listSetAside = async (deps: Deps, actor: Actor, site: string, request: PageRequest) => {
  await loadStanding(deps, actor);
  return deps.table.listSetAside(site, request);
};
