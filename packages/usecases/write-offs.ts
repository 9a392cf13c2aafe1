/** Write-offs: an act drawn up, signed by others hours later, refused or withdrawn; and the expired stock that asks for one. */
import { createHash } from 'node:crypto';
import type { Actor } from '@darmon/domain/actor';
import { approvedText, requireSignature } from '@darmon/domain/approval';
import { type Backdated, dayEnd, effectiveAt, leastSince, requireCovered, shortNumber } from '@darmon/domain/ledger';
import { isControlled } from '@darmon/domain/medicine';
import type { Once } from '@darmon/domain/once';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { requireWritable } from '@darmon/domain/serial-pack';
import { requireStanding } from '@darmon/domain/standing';
import { exactly, onHandOf, type StockRow, stockValue } from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import * as rules from '@darmon/domain/write-off';
import type { PageRequest } from '@darmon/table/page';
import type { LotAtSite } from '@darmon/table/write-offs';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { namePhotos } from './photos.ts';
import { movedOf, preparePosting } from './posting.ts';
import { drawnUpOver, leftAfter, loadUnderWay } from './transit-write-offs.ts';

export interface WriteOffInput {
  readonly site: string;
  /** Of what is on its way with this transfer, to or from the site; not of its shelf. */
  readonly transfer?: string;
  readonly lines: readonly rules.WantedWriteOff[];
  /** Photos of the site, kept before. */
  readonly photos?: readonly string[];
  readonly note?: string;
  readonly backdated?: Backdated;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The act as everybody concerned sees it. */
const actView = ({ version: _, ...act }: rules.WriteOff) => ({ ...act, number: shortNumber(act.id) });
export type ActView = ReturnType<typeof actView>;

const summaryOf = (act: rules.WriteOff) => ({
  id: act.id,
  number: shortNumber(act.id),
  site: act.site,
  ...(act.transfer && { transfer: act.transfer }),
  state: act.state,
  at: act.at,
  author: act.author,
  lines: act.lines.length,
  reasons: [...new Set(act.lines.map((l) => l.reason))],
  value: act.value,
  photos: act.photos.length,
  needed: act.needed,
  signatures: act.signatures,
});

/** What is dated back may not take more than lay there at any time since. */
const requirePast = async (
  deps: Deps,
  place: string,
  lines: readonly rules.WriteOffLine[],
  lots: readonly LotAtSite[],
  at: number,
): Promise<void> => {
  await Promise.all(
    lines.map(async (line, i) => {
      const after = await deps.table.loadMovements(place, line.gtin, line.lot, at);
      const row = lots[i]?.row;
      requireCovered(leastSince(row ? onHandOf(row) : 0, after), line.quantity, `/lines/${i}/quantity`);
    }),
  );
};

/** Packs that an act names can still leave with it. */
const requireNamedPacks = async (deps: Deps, place: string, lines: readonly rules.WriteOffLine[]): Promise<void> => {
  const named = lines.flatMap(({ gtin, serials = [] }) => serials.map((serial) => ({ gtin, serial })));
  const known = named.length === 0 ? [] : await deps.table.loadSerials(named);
  for (const [i, line] of lines.entries()) {
    const own = known.filter(({ gtin }) => gtin === line.gtin).map((pack) => [pack.serial, pack] as const);
    requireWritable(line, place, new Map(own), i);
  }
};

/**
 * Draws up an act and promises its units to it, all of them or none: nobody is given them any more, and they leave with
 * the last signature. Above the policy's value two persons must sign beside the author. What never came of a transfer
 * either of its ends writes off; nobody can take it in meanwhile.
 * @throws Refusal of standing, `not-found`, `document-closed`, `lot-repeated`, `not-in-transit`, `lot-unknown`, `note-missing`, `not-expired`, `quantity-invalid`,
 * `out-of-stock`, `serial-*`, `units-promised`, `photo-invalid`, `backdate-too-far`, `past-negative`, `split-document`, `key-reused`
 */
export const requestWriteOff = (deps: Deps, actor: Actor, input: WriteOffInput, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const { site, lines: wanted, photos = [], note, backdated } = input;
      const now = deps.now();
      rules.requireDifferentLots(wanted);
      rules.requireHoldable(wanted);
      rules.requireReasons(wanted, input.transfer !== undefined);
      const underWay = input.transfer === undefined ? undefined : await loadUnderWay(deps, actor, input.transfer);
      const of = { site, ...(underWay && { transfer: underWay.between }) };
      const place = rules.placeOf(of);
      const around = await deps.table.loadForWriteOff(actor.person, actor.site, place, wanted);
      requireStanding(actor, around.person, around.site, now);
      const { backdateDays, thirdSignatureValue } = around.policy.warehouse;
      const at = effectiveAt(backdated, backdateDays, now);
      if (backdated && wanted.length > rules.maxBackdatedLines)
        throw refuseAt('split-document', '/lines', { max: rules.maxBackdatedLines });
      const lines = wanted.map((line, i) => {
        const { row, pack } = around.lots[i] as LotAtSite;
        return rules.writeOffLine(line, row, pack !== undefined && isControlled(pack.class), tashkentDay(now), i);
      });
      await requireNamedPacks(deps, place, lines);
      if (backdated) await requirePast(deps, place, lines, around.lots, at);
      const otherEnd = of.transfer ? [of.transfer.from, of.transfer.to].filter((end) => end !== site) : [];
      await namePhotos(deps, site, photos, otherEnd);
      const value = exactly(lines.reduce((sum, l) => sum + l.value, 0));
      const said = {
        id: deps.id(),
        ...of,
        author: { person: actor.person, name: around.person?.name ?? actor.name, role: actor.role },
        at: instant(now),
        lines,
        photos: [...photos],
        ...(note !== undefined && { note }),
        ...(backdated && { backdated }),
        value,
        needed: rules.signaturesNeeded(value, thirdSignatureValue),
      };
      const act: rules.WriteOff = {
        ...said,
        state: 'requested',
        version: 1,
        actHash: hashOf(rules.actText(said)),
        signatures: [],
      };
      const body = actView(act);
      const event = eventOf(deps, actor, 'write-off-requested', now, {
        writeOff: act.id,
        ...(act.transfer && { transfer: act.transfer.id }),
        value,
        needed: act.needed,
        actHash: act.actHash,
        lines: lines.map(({ gtin, lot, quantity, reason }) => ({ gtin, lot, quantity, reason })),
      });
      await deps.table.commitWriteOff(
        act,
        underWay && drawnUpOver(underWay, act.id),
        changeOf(event, now, once, { status: 201, reference: act.id, answer: body }),
      );
      return { status: 201, body };
    },
    asAnswered<ActView>,
  );

const mayReach = (actor: Actor, act: rules.WriteOff): boolean =>
  actor.reach === 'all' || rules.isOfSite(act, actor.site);

/** @throws Refusal `not-found`, also for another site's where the actor reaches only the own */
const requireOwn = (actor: Actor, act: rules.WriteOff | undefined): rules.WriteOff => {
  if (!act || !mayReach(actor, act)) throw new Refusal('not-found');
  return act;
};

/** What the last signature posts: all of it with the signature, or in chunks that follow; what is dated back is judged once more. */
const postAct = async (
  deps: Deps,
  actor: Actor,
  act: rules.WriteOff,
  now: number,
  packs?: (line: rules.WriteOffLine) => string[],
) => {
  const document = {
    id: act.id,
    kind: 'write-off' as const,
    site: act.site,
    document: act.id,
    after: 'approved',
    person: actor.person,
    author: act.author.person,
    at: act.backdated ? dayEnd(act.backdated.day) : now,
    backdated: act.backdated,
    lines: rules.linesToPost(act, packs),
  };
  return preparePosting(deps, actor, document);
};

/**
 * One signature of an act, by somebody who neither drew it up nor signed it: what was read is named by its hash, and the
 * approval given for it is used up with the signature. The last one takes the stock out of the ledger, and closes the
 * transfer of which nothing is left.
 * @throws Refusal of standing, `not-found`, `document-closed`, `backdate-too-far`, `approver-is-author`,
 * `signer-repeated`, `approval-missing`, `approval-invalid`, `past-negative`, `busy` while the transfer is being posted, `key-reused`
 */
export const signWriteOff = (
  deps: Deps,
  actor: Actor,
  input: { id: string; actHash: string; approval: string },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const found = await deps.table.loadForSignature(input.id, actor.person, actor.site, input.approval);
      requireStanding(actor, found.person, found.site, now);
      const act = requireOwn(actor, found.act);
      rules.requireRequested(act);
      rules.requireSignable(act, now);
      const approval = requireSignature(
        { wanted: input.approval, found: found.approval },
        actor,
        { author: act.author.person, signers: act.signatures.map((s) => s.person) },
        { subject: rules.approvePath(act.id), bodyHash: hashOf(approvedText({ actHash: act.actHash })) },
        now,
      );
      if (input.actHash !== act.actHash) throw new Refusal('approval-invalid');
      const signature: rules.Signature = {
        person: actor.person,
        name: found.person?.name ?? actor.name,
        role: actor.role,
        site: actor.site,
        at: instant(now),
        approval: approval.id,
      };
      const signatures = [...act.signatures, signature];
      const isLast = signatures.length >= act.needed;
      const left = isLast ? await leftAfter(deps, act) : undefined;
      const posted = isLast ? await postAct(deps, actor, act, now, left?.packs) : undefined;
      const transfer = left?.transfer;
      const state = posted ? rules.WriteOffState.parse(posted.state) : act.state;
      const body = actView({ ...act, state, signatures });
      const event = eventOf(deps, actor, isLast ? 'write-off-approved' : 'write-off-signed', now, {
        writeOff: act.id,
        ...(transfer && { transfer: transfer.id, transferState: transfer.state }),
        approval: approval.id,
        signatures: signatures.length,
        needed: act.needed,
        ...(posted && (posted.prepared.whole ? { moved: movedOf(posted.lines) } : { posting: act.id })),
      });
      const status = state === 'posting' ? 202 : 200;
      await deps.table.commitSignature(
        act,
        { state, signatures },
        { approval, posted: posted?.prepared, transfer },
        changeOf(event, now, once, { status, reference: act.id, answer: body }),
      );
      return { status, body };
    },
    asAnswered<ActView>,
  );

/** Closes an act that nobody signed to its end; its units are free again. */
const closeAct = (
  deps: Deps,
  actor: Actor,
  input: { id: string; reason: string },
  once: Once,
  how: { state: 'refused' | 'withdrawn'; require: (act: rules.WriteOff) => void },
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const act = requireOwn(actor, await deps.table.loadWriteOff(input.id));
      rules.requireRequested(act);
      how.require(act);
      const closed = { person: actor.person, at: instant(now), reason: input.reason };
      const next = { state: how.state, closed };
      const body = actView({ ...act, ...next });
      const type = how.state === 'refused' ? 'write-off-refused' : 'write-off-withdrawn';
      const event = eventOf(deps, actor, type, now, { writeOff: act.id }, input.reason);
      const change = changeOf(event, now, once, { status: 200, reference: act.id, answer: body });
      await deps.table.commitClosedWriteOff(act, next, change);
      return { status: 200, body };
    },
    asAnswered<ActView>,
  );

/**
 * Says no to an act; its author withdraws it instead.
 * @throws Refusal of standing, `not-found`, `document-closed`, `approver-is-author`, `key-reused`
 */
export const refuseWriteOff = (deps: Deps, actor: Actor, input: { id: string; reason: string }, once: Once) =>
  closeAct(deps, actor, input, once, {
    state: 'refused',
    require: (act) => {
      if (act.author.person === actor.person) throw new Refusal('approver-is-author');
    },
  });

/** @throws Refusal of standing, `not-found`, `document-closed`, `not-author`, `key-reused` */
export const withdrawWriteOff = (deps: Deps, actor: Actor, input: { id: string; reason: string }, once: Once) =>
  closeAct(deps, actor, input, once, {
    state: 'withdrawn',
    require: (act) => {
      if (act.author.person !== actor.person) throw new Refusal('not-author');
    },
  });

/** @throws Refusal `not-found`, also for another site's */
export const readWriteOff = async (deps: Deps, actor: Actor, id: string) =>
  actView(requireOwn(actor, await deps.table.loadWriteOff(id)));

const pageOf = async (
  deps: Deps,
  of: { site: string } | { requested: true },
  state: rules.WriteOffState | undefined,
  request: PageRequest,
) => {
  const page = await deps.table.listWriteOffs(of, request);
  const items = page.items.filter((a) => state === undefined || a.state === state).map(summaryOf);
  return { items, ...(page.next !== undefined && { next: page.next }) };
};

/** Acts of a site, newest first; with a state a page can hold fewer than asked for. */
export const listWriteOffs = (deps: Deps, input: { site: string; state?: rules.WriteOffState }, request: PageRequest) =>
  pageOf(deps, { site: input.site }, input.state, request);

/** Acts that wait for a signature: of every site, or of the own. */
export const listOpenWriteOffs = (deps: Deps, actor: Actor, request: PageRequest) =>
  pageOf(deps, actor.reach === 'all' ? { requested: true } : { site: actor.site }, 'requested', request);

/** As many lots as are proposed at once: what one act holds. */
const mostProposed = rules.maxWriteOffLines;

const proposalOf = (r: StockRow) => ({
  gtin: r.gtin,
  medicine: r.medicine,
  lot: r.lot,
  expiryDate: r.expiryDate,
  brand: r.brand,
  packUnits: r.packUnits,
  ...(r.packPrice !== undefined && { packPrice: r.packPrice }),
  quantity: r.free,
  value: stockValue(r.free, r),
  state: r.state,
  ...(r.zone !== undefined && { zone: r.zone }),
  ...(r.shelf !== undefined && { shelf: r.shelf }),
});

/** Lots of a site that have expired and have units nobody holds, as they stand now; the first to expire come first. */
export const proposeWriteOffs = async (deps: Deps, input: { site: string }) => {
  const rows = await deps.table.listExpired(input.site, tashkentDay(deps.now()), mostProposed);
  const items = rows.sort((a, b) => (a.expiryDate < b.expiryDate ? -1 : 1)).map(proposalOf);
  return { items, value: items.reduce((sum, i) => sum + i.value, 0) };
};
