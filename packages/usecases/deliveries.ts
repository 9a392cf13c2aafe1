/** Around a receipt: deliveries that are expected, how they differed and what became of it, release by quality control, put-away. */
import type { Actor } from '@darmon/domain/actor';
import type { Once } from '@darmon/domain/once';
import type { ExpectedLine, ExpectedUnit, Resolution } from '@darmon/domain/receiving';
import { Refusal } from '@darmon/domain/refusal';
import { requireStanding } from '@darmon/domain/standing';
import { lotName } from '@darmon/domain/stock';
import { instant } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { type DiscrepancyItem, discrepancyNumber, type ExpectedItem } from '@darmon/table/receipt-items';
import { asAnswered, changeAs, changeOf, changeOnce, type Deps, eventOf } from './deps.ts';

const expectedView = ({
  parts: _parts,
  unitParts: _unitParts,
  revision: _revision,
  site: _site,
  ...expected
}: Omit<ExpectedItem, 'parts' | 'unitParts'> & Partial<ExpectedItem>) => expected;
type ExpectedView = ReturnType<typeof expectedView>;

/**
 * Announces a delivery: what a supplier says is on its way, ticked off when it comes. What the formulary does not know is
 * told (`unknown`), and kept, because it stands on the supplier's paper.
 * @throws Refusal of standing, `document-known` where the same paper was announced before, `key-reused`
 */
export const announceExpected = (
  deps: Deps,
  actor: Actor,
  input: {
    site: string;
    supplier: string;
    number?: string;
    lines: readonly ExpectedLine[];
    units?: readonly ExpectedUnit[];
  },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const gtins = [...new Set(input.lines.map((l) => l.gtin))];
      const around = await deps.table.loadForReceipt(actor.person, actor.site, [], gtins);
      requireStanding(actor, around.person, around.site, now);
      const id = deps.id();
      const expected: Omit<ExpectedItem, 'parts' | 'unitParts'> = {
        id,
        site: input.site,
        at: instant(now),
        person: actor.person,
        supplier: input.supplier,
        ...(input.number !== undefined && { number: input.number }),
        state: 'open',
        version: 1,
        of: input.lines.length,
        packs: input.lines.reduce((sum, l) => sum + l.packs, 0),
        units: input.units?.length ?? 0,
        revision: 1,
        receipts: [],
      };
      const body = { ...expectedView(expected), unknown: gtins.filter((g) => !around.packs.has(g)).slice(0, 100) };
      const { supplier, number, of, packs } = expected;
      const event = eventOf(deps, actor, 'expected-announced', now, {
        expected: id,
        supplier,
        ...(number !== undefined && { number }),
        of,
        packs,
      });
      await deps.table.commitExpected(
        expected,
        input.lines.map((l) => ({ ...l, got: 0 })),
        input.units ?? [],
        changeOf(event, now, once, { status: 201, reference: id, answer: body }),
      );
      return { status: 201, body };
    },
    asAnswered<ExpectedView & { unknown: string[] }>,
  );

/** Deliveries that a site expects, or those that came; the newest first. */
export const listExpected = async (
  deps: Deps,
  input: { site: string; state?: 'open' | 'closed' },
  request: PageRequest,
) => {
  const page = await deps.table.listExpected(input.site, input.state, request);
  return { ...page, items: page.items.map(expectedView) };
};

/** One list with a part of its lines and of its cartons. @throws Refusal `not-found` */
export const readExpected = async (deps: Deps, input: { site: string; id: string; part: number }) => {
  const expected = await deps.table.loadExpected(input.id);
  if (!expected || expected.site !== input.site) throw new Refusal('not-found');
  const { lines, units } = await deps.table.loadExpectedPart(expected, input.part);
  return { ...expectedView(expected), lines, cartons: units, parts: Math.max(expected.parts, expected.unitParts) };
};

/** How deliveries to a site differed: open ones, the oldest first, by whole receipts, so a page may hold more or fewer. */
export const listDiscrepancies = async (
  deps: Deps,
  input: { site: string; state: 'open' | 'resolved' },
  request: PageRequest,
) => {
  const page =
    input.state === 'open'
      ? await deps.table.listUnsettled(input.site, request)
      : await deps.table.listReceipts(input.site, request);
  const all = await Promise.all(
    page.items.filter((r) => r.discrepancies > 0).map((r) => deps.table.loadDiscrepancies(r.id)),
  );
  const items = all.flat().filter((d) => d.state === input.state);
  return { items, ...(page.next !== undefined && { next: page.next }) };
};

/**
 * Says what became of a discrepancy; stock does not move by it.
 * @throws Refusal of standing, `not-found`, `document-closed` where somebody said it before, `key-reused`
 */
export const resolveDiscrepancy = (
  deps: Deps,
  actor: Actor,
  input: { site: string; id: string; resolution: Resolution; reason: string },
  once: Once,
) =>
  changeAs<DiscrepancyItem>(deps, actor, once, async (now) => {
    const receiptId = input.id.split('.')[0] ?? '';
    const [receipt, found] = await Promise.all([
      deps.table.loadReceipt(receiptId),
      deps.table.loadDiscrepancy(receiptId, discrepancyNumber(input.id)),
    ]);
    if (!receipt || !found || receipt.site !== input.site) throw new Refusal('not-found');
    if (found.state === 'resolved') throw new Refusal('document-closed');
    const { resolution, reason } = input;
    const body: DiscrepancyItem = {
      ...found,
      state: 'resolved',
      resolution,
      reason,
      resolvedBy: actor.person,
      resolvedAt: instant(now),
    };
    return {
      body,
      reference: found.id,
      type: 'discrepancy-resolved',
      changes: { receipt: receipt.id, discrepancy: found.id, kind: found.kind, resolution },
      reason,
      commit: (change) => deps.table.commitResolution(receipt, body, change),
    };
  });

/**
 * Quality control lets a lot go that waits for it: it is available here, and what comes in of it later needs no release.
 * @throws Refusal of standing, `lot-unknown`, `lot-recalled`, `document-closed` where nothing waits, `key-reused`
 */
export const releaseLot = (
  deps: Deps,
  actor: Actor,
  input: { site: string; gtin: string; lot: string; reason: string },
  once: Once,
) =>
  changeAs(deps, actor, once, async (now) => {
    const row = await deps.table.loadStockRow(input);
    if (!row) throw new Refusal('lot-unknown');
    if (row.state === 'recalled') throw new Refusal('lot-recalled');
    if (!row.quality || row.state === 'available') throw new Refusal('document-closed');
    const { site, gtin, lot, reason } = input;
    return {
      body: { site, gtin, lot, state: 'available' as const },
      reference: lotName(row),
      type: 'lot-released',
      changes: { site, gtin, lot, from: row.state },
      reason,
      commit: (change) => {
        const movement = {
          site,
          medicine: row.medicine,
          gtin,
          lot,
          kind: 'release' as const,
          quantity: 0,
          reference: change.event.id,
          person: actor.person,
          at: instant(now),
          reason,
          id: deps.id(),
        };
        return deps.table.commitRelease(row, movement, change);
      },
    };
  });

/**
 * Puts a lot away: the zone and shelf where it lies from now on.
 * @throws Refusal of standing, `lot-unknown`, `key-reused`
 */
export const placeLot = (
  deps: Deps,
  actor: Actor,
  input: { site: string; gtin: string; lot: string; zone: string; shelf?: string },
  once: Once,
) =>
  changeAs(deps, actor, once, async () => {
    const row = await deps.table.loadStockRow(input);
    if (!row) throw new Refusal('lot-unknown');
    const { site, gtin, lot, zone, shelf } = input;
    const place = { zone, ...(shelf !== undefined && { shelf }) };
    const from = { ...(row.zone && { zone: row.zone }), ...(row.shelf && { shelf: row.shelf }) };
    return {
      body: { site, gtin, lot, ...place },
      reference: lotName(row),
      type: 'stock-placed',
      changes: { site, gtin, lot, from, to: place },
      commit: (change) => deps.table.commitPlace(row, place, change),
    };
  });
