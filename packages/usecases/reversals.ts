/** A mistake taken back: the opposite of a movement, by whoever made it a moment ago, else with a second person's yes. */
import type { Actor } from '@darmon/domain/actor';
import { type Approvable, type Approval, requireWitness } from '@darmon/domain/approval';
import { type Movement, reversalNeedsSecond, reversibleKinds } from '@darmon/domain/ledger';
import { isControlled } from '@darmon/domain/medicine';
import type { Once } from '@darmon/domain/once';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { onHandOf } from '@darmon/domain/stock';
import { instant } from '@darmon/domain/time';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { uncounted } from './order-receiving.ts';
import { movedOf, preparePosting, requireSound } from './posting.ts';
import { requireWitnessStands } from './witness.ts';

export interface ReversalInput {
  readonly site: string;
  readonly gtin: string;
  readonly lot: string;
  readonly movement: string;
  readonly reason: string;
  /** A colleague's, for this very request; nothing where the author takes back what was entered a moment ago. */
  readonly approval?: string;
}

/** The colleague's yes where one is needed. @throws Refusal `approval-missing`, `approval-invalid`, `approver-is-author` */
const secondOf = async (
  deps: Deps,
  actor: Actor,
  of: { movement: Movement; wanted: string | undefined; approvable: Approvable; controlled: boolean; hours: number },
  now: number,
): Promise<Approval | undefined> => {
  const { wanted, approvable, controlled, hours } = of;
  if (!reversalNeedsSecond(of.movement, { person: actor.person, controlled, hours }, now)) return undefined;
  const found = wanted === undefined ? undefined : await deps.table.loadApproval(wanted);
  const approval = requireWitness({ wanted, found }, actor, approvable, now);
  await requireWitnessStands(deps, actor, approval, now);
  return approval;
};

/**
 * Takes a movement back by one that is its opposite and names it, now; the one before stays as it is. Once for each
 * movement. What somebody else entered, what is older than the policy's hours and what is controlled needs a colleague's
 * approval, which is used up with it and stands in the register as the witness. An order that the receipt was counted for
 * waits again for what is taken back.
 * @throws Refusal of standing, `not-found`, `not-reversible`, `already-reversed`, `approval-missing`, `approval-invalid`,
 * `approver-is-author`, `out-of-stock` where what came in is not free any more, `serial-known` where a pack that came with
 * it was opened or is elsewhere, `lot-recalled` where units of a recalled lot would come back, `key-reused`
 */
export const reverseMovement = (
  deps: Deps,
  actor: Actor,
  input: ReversalInput,
  { once, approvable }: { once: Once; approvable: Approvable },
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const { policy } = await loadStanding(deps, actor);
      const { site, gtin, lot, movement: id, reason } = input;
      const [known, movement, packs] = await Promise.all([
        deps.table.loadStockRow({ site, gtin, lot }),
        deps.table.loadMovement(site, gtin, lot, id),
        deps.table.loadPacks([gtin]),
      ]);
      const [read] = known ? await deps.table.loadLedgerRows([known]) : [];
      if (!read || !movement) throw new Refusal('not-found');
      const { row } = read;
      if (!reversibleKinds.has(movement.kind)) throw refuseAt('not-reversible', '/movement');
      const quantity = -movement.quantity;
      if (quantity > 0 && row.state === 'recalled') throw refuseAt('lot-recalled', '/lot');
      const { medicine, expiryDate } = row;
      const pack = packs.get(gtin);
      const controlled = pack !== undefined && isControlled(pack.class);
      const approval = await secondOf(
        deps,
        actor,
        { movement, wanted: input.approval, approvable, controlled, hours: policy.warehouse.reversalHours },
        now,
      );
      const about = { place: site, medicine, gtin, lot, expiryDate, kind: 'reversal', quantity, reason } as const;
      // packs that came with it are unknown again, packs that left with it lie here again
      const entry = { ...about, ...(movement.serials && { serials: movement.serials }) };
      const document = {
        id,
        kind: 'reversal' as const,
        site,
        document: id,
        after: 'posted',
        ...(approval ? { person: approval.person, author: actor.person } : { person: actor.person }),
        at: now,
        lines: [{ line: 1, entries: [{ ...entry, reverses: id, ...(controlled && { controlled: true as const }) }] }],
      };
      await requireSound(deps, document, document.lines).catch(async (refusal) => {
        throw (await deps.table.isReversed(id)) ? refuseAt('already-reversed', '/movement') : refusal;
      });
      const { prepared, lines } = await preparePosting(deps, actor, document);
      const order =
        movement.kind === 'receipt'
          ? await uncounted(deps, { receipt: movement.reference, gtin, units: movement.quantity })
          : undefined;
      const body = { movement: id, quantity, onHand: onHandOf(row) + quantity };
      const trace = { site, gtin, lot, movement: id, of: movement.kind, document: movement.reference };
      const event = eventOf(
        deps,
        actor,
        'stock-reversed',
        now,
        {
          ...trace,
          ...(approval && { approval: approval.id }),
          ...(order && { order: order.id }),
          moved: movedOf(lines),
        },
        reason,
      );
      await deps.table.commitReversal(
        { movement: id, site, gtin, lot, person: actor.person, at: instant(now), reason },
        { prepared, approval, order },
        changeOf(event, now, once, { status: 201, reference: id, answer: body }),
      );
      return { status: 201, body };
    },
    asAnswered<{ movement: string; quantity: number; onHand: number }>,
  );
