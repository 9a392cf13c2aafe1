/** Receiving: what came, checked against what was expected, into the ledger; and receipts as they are read again. */
import type { Actor } from '@darmon/domain/actor';
import { type Backdated, effectiveAt } from '@darmon/domain/ledger';
import type { Once } from '@darmon/domain/once';
import { packName } from '@darmon/domain/pack-scan';
import type { Entry, PostingLine } from '@darmon/domain/posting';
import {
  type AnnouncedLine,
  type Arrival,
  afterDelivery,
  compareDelivery,
  type Discrepancy,
  mergedDiscrepancies,
  requireTold,
} from '@darmon/domain/receiving';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { requireStanding } from '@darmon/domain/standing';
import { lotName } from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import type { Prepared } from '@darmon/table/postings';
import type { DiscrepancyItem, ExpectedItem, ReceiptItem, ReceivedLine } from '@darmon/table/receipt-items';
import { RequestKnown } from '@darmon/table/transact';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf } from './deps.ts';
import { countAgainst, loadOrderToReceive } from './order-receiving.ts';
import { nameToldPhotos } from './photos.ts';
import { movedOf, preparePosting } from './posting.ts';
import { type Judged, judgeLine, type ReadLine, type ReceiptLineInput, readLines } from './receipt-lines.ts';

export interface ReceiptInput {
  readonly site: string;
  readonly lines: readonly ReceiptLineInput[];
  readonly document?: { readonly supplier: string; readonly number: string };
  readonly order?: string;
  /** The list that announced it; what is missing of it is short, unless more is to come. */
  readonly expected?: string;
  readonly partial?: boolean;
  readonly arrival?: Arrival;
  readonly backdated?: Backdated;
  readonly discrepancies?: readonly Discrepancy[];
}

/** @throws Refusal `serial-known` at the line of a pack that the country has already */
const requireNewPacks = async (deps: Deps, lines: readonly ReadLine[]): Promise<void> => {
  const packs = lines.flatMap(({ gtin, serials, at }) => serials.map((serial) => ({ gtin, serial, at })));
  if (packs.length === 0) return;
  const known = new Set((await deps.table.loadSerials(packs)).filter((p) => p.state !== 'unknown').map(packName));
  const again = packs.find((p) => known.has(packName(p)));
  if (again) throw refuseAt('serial-known', `/lines/${again.at}`, { serial: again.serial });
};

/** The list and what is still open of it. @throws Refusal `not-found`, `document-closed` */
const loadList = async (deps: Deps, input: ReceiptInput) => {
  if (input.expected === undefined) return undefined;
  const list = await deps.table.loadExpected(input.expected);
  if (!list || list.site !== input.site) throw refuseAt('not-found', '/expected');
  if (list.state === 'closed') throw refuseAt('document-closed', '/expected');
  return { list, lines: await deps.table.loadExpectedLines(list) };
};
type Announced = NonNullable<Awaited<ReturnType<typeof loadList>>>;

const listAfter = (
  { list }: Announced,
  after: { lines: readonly AnnouncedLine[]; isWhole: boolean },
  receipt: string,
  isLast: boolean,
): { list: ExpectedItem; lines: readonly AnnouncedLine[] } => ({
  list: {
    ...list,
    state: isLast || after.isWhole ? 'closed' : 'open',
    version: list.version + 1,
    revision: list.revision + 1,
    receipts: [...list.receipts, receipt],
  },
  lines: after.lines,
});

const receivedLine = ({ gtin, medicine, lot, expiryDate, quantity, row }: Entry): ReceivedLine => ({
  gtin,
  medicine,
  lot,
  expiryDate,
  quantity,
  ...(row && { state: row.state, packUnits: row.packUnits }),
  ...(row?.packPrice !== undefined && { packPrice: row.packPrice }),
  ...(row?.zone !== undefined && { zone: row.zone }),
  ...(row?.shelf !== undefined && { shelf: row.shelf }),
});

const nothingToPost: Prepared = { whole: true, chunk: { entries: [], register: [] } };

/** As many lines, and discrepancies, as an answer and an event repeat. */
const shown = 100;
/** From here on a repeat is looked for first, which spares it the work. */
const long = 100;

interface ReceivedAnswer {
  readonly id: string;
  readonly state: 'posted' | 'posting';
  readonly of: number;
  readonly lines: readonly ReceivedLine[];
  readonly discrepancies: number;
}

/**
 * Receives goods into a site, typed or scanned: receipt, stock rows, movements, the lots' one expiry date, packs with a
 * serial number, the register of what is controlled, how the delivery differs from its list, event. One transaction where
 * it holds them, else posted in chunks that follow (`posting`). A supplier's document is received once.
 * @throws Refusal of standing, `gtin-unknown`, `lot-missing`, `expiry-missing`, `scan-*`, `packs-and-quantity`,
 * `already-expired`, `expiry-mismatch`, `serial-known`, `serial-repeated`, `temperature-missing`, `photo-invalid`, `backdate-too-far`,
 * `document-known`, `document-closed`, `not-found` of a list, `key-reused`
 */
export const receiveShipment = (deps: Deps, actor: Actor, input: ReceiptInput, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const today = tashkentDay(now);
      if (input.lines.length > long && (await deps.table.loadRequest(once))) throw new RequestKnown();
      const told = input.discrepancies ?? [];
      const read = readLines(input.lines, today);
      const [announced, order] = await Promise.all([loadList(deps, input), loadOrderToReceive(deps, input)]);
      const around = await deps.table.loadForReceipt(actor.person, actor.site, read, [
        ...(announced?.lines ?? []).map((l) => l.gtin),
        ...told.flatMap((d) => (d.gtin === undefined ? [] : [d.gtin])),
      ]);
      requireStanding(actor, around.person, around.site, now);
      requireTold(told, (gtin) => around.packs.has(gtin));
      await nameToldPhotos(deps, input.site, told);
      const at = effectiveAt(input.backdated, around.policy.warehouse.backdateDays, now);
      const expiryOf = new Map<string, string>();
      const judged = read.map((line) =>
        judgeLine(line, { ...around, place: input.site, today, arrival: input.arrival, told }, expiryOf),
      );
      const postingLines = judged.flatMap((j, i): PostingLine[] =>
        'entry' in j ? [{ line: i + 1, entries: [j.entry] }] : [],
      );
      await requireNewPacks(
        deps,
        read.filter((_, i) => 'entry' in (judged[i] as Judged)),
      );
      const id = deps.id();
      const posted =
        postingLines.length === 0
          ? { prepared: nothingToPost, state: 'posted', lines: [] }
          : await preparePosting(deps, actor, {
              id,
              kind: 'receipt',
              site: input.site,
              document: id,
              after: 'posted',
              person: actor.person,
              at,
              backdated: input.backdated,
              lines: postingLines,
            });
      const entries = posted.lines.flatMap((l) => l.entries);
      const packUnits = (gtin: string) => around.packs.get(gtin)?.units ?? 1;
      const isLast = !input.partial;
      const refusedLines = asideOf(judged);
      const setAside = [...refusedLines, ...told.filter((d) => d.kind === 'damaged')];
      const differs = mergedDiscrepancies(told, [
        ...refusedLines,
        ...warmOf(judged, input.arrival),
        ...(announced ? compareDelivery(announced.lines, entries, setAside, { isLast, unitsOf: packUnits }) : []),
      ]);
      const counted =
        order &&
        countAgainst(order, {
          receipt: id,
          site: input.site,
          day: tashkentDay(at),
          entries,
          found: differs,
          announced: announced !== undefined,
        });
      const found = counted ? mergedDiscrepancies(differs, counted.discrepancies) : differs;
      const discrepancies = found.map(
        (d, i): DiscrepancyItem => ({
          ...d,
          id: `${id}.${i + 1}`,
          receipt: id,
          at: instant(now),
          ...(d.gtin !== undefined &&
            around.packs.has(d.gtin) && { medicine: around.packs.get(d.gtin)?.medicine ?? '' }),
          state: 'open',
        }),
      );
      const lines = entries.map(receivedLine);
      const state = posted.state === 'posting' ? ('posting' as const) : ('posted' as const);
      const body: ReceivedAnswer = {
        id,
        state,
        of: lines.length,
        lines: lines.slice(0, shown),
        discrepancies: discrepancies.length,
      };
      const document = input.document ?? documentOf(announced);
      const event = eventOf(
        deps,
        actor,
        'stock-received',
        now,
        {
          receipt: id,
          ...(document && { document }),
          ...(input.order !== undefined && { order: input.order }),
          ...(input.expected !== undefined && { expected: input.expected }),
          ...(input.arrival && { arrival: input.arrival }),
          ...(input.backdated && { backdated: input.backdated.day }),
          ...(posted.prepared.whole
            ? { lines: lines.slice(0, shown), moved: movedOf(posted.lines) }
            : { posting: id, of: lines.length }),
          ...(found.length > 0 && {
            differs: found.slice(0, shown).map(({ note: _n, photos: _p, ...d }) => d),
            discrepancies: found.length,
          }),
        },
        input.backdated?.reason,
      );
      const status = state === 'posted' ? 201 : 202;
      await deps.table.commitReceipt({
        receipt: {
          id,
          site: input.site,
          at: instant(now),
          person: actor.person,
          state,
          of: lines.length,
          ...(document && { document }),
          ...(input.order !== undefined && { order: input.order }),
          ...(input.expected !== undefined && { expected: input.expected }),
          ...(input.arrival && { arrival: input.arrival }),
          ...(input.backdated && { backdated: input.backdated }),
        },
        lines,
        discrepancies,
        expected: announced && listAfter(announced, afterDelivery(announced.lines, entries, packUnits), id, isLast),
        // a list that comes in parts names its document at each, and the first part takes it
        document: input.document ?? (announced?.list.receipts.length === 0 ? document : undefined),
        order: counted?.order,
        prepared: posted.prepared,
        change: changeOf(event, now, once, { status, reference: id, answer: body }),
      });
      return { status, body };
    },
    asAnswered<ReceivedAnswer>,
  );

/** Lines whose lot the country knows with another expiry date, by lot: seen and not taken in. */
const asideOf = (judged: readonly Judged[]): Discrepancy[] => {
  const lots = new Map<string, Discrepancy & { gtin: string; lot: string }>();
  for (const j of judged)
    if ('aside' in j) {
      const before = lots.get(lotName(j.aside))?.received ?? 0;
      lots.set(lotName(j.aside), { ...j.aside, received: before + j.aside.received });
    }
  return [...lots.values()];
};

/** Each lot that arrived out of its limits is a discrepancy by itself. */
const warmOf = (judged: readonly Judged[], arrival: Arrival | undefined): Discrepancy[] => {
  const lots = new Map<string, Discrepancy>();
  for (const j of judged)
    if ('entry' in j && j.tooWarm) {
      const { gtin, lot, quantity } = j.entry;
      const before = lots.get(lotName(j.entry))?.received ?? 0;
      lots.set(lotName(j.entry), { kind: 'cold-chain', gtin, lot, received: before + quantity });
    }
  const degrees = Object.values(arrival ?? {}).map((c) => `${c} °C`);
  return [...lots.values()].map((d) => ({ ...d, note: degrees.join(', ') }));
};

const documentOf = (announced: Announced | undefined) =>
  announced?.list.number === undefined
    ? undefined
    : { supplier: announced.list.supplier, number: announced.list.number };

const headView = ({ lines: _lines, parts: _parts, site: _site, version: _version, ...receipt }: ReceiptItem) => receipt;

/** Receipts of a site, the newest first. */
export const listReceipts = async (deps: Deps, site: string, request: PageRequest) => {
  const page = await deps.table.listReceipts(site, request);
  return { ...page, items: page.items.map(headView) };
};

/**
 * One receipt with a part of its lines; how many parts there are stands beside them.
 * @throws Refusal `not-found`
 */
export const readReceipt = async (deps: Deps, input: { site: string; id: string; part: number }) => {
  const receipt = await deps.table.loadReceipt(input.id);
  if (!receipt || receipt.site !== input.site) throw new Refusal('not-found');
  const [lines, differs] = await Promise.all([
    receipt.lines ?? deps.table.loadReceiptPart(input.id, input.part),
    receipt.discrepancies > 0 ? deps.table.loadDiscrepancies(input.id) : [],
  ]);
  return { ...headView(receipt), lines, parts: Math.max(1, receipt.parts), differs };
};
