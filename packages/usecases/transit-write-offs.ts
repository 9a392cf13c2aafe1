/** Acts of write-off over what is on its way: what a transfer learns of them, and what it still waits for. */
import type { Actor } from '@darmon/domain/actor';
import { transitPlace } from '@darmon/domain/ledger';
import { packName } from '@darmon/domain/pack-scan';
import { Refusal } from '@darmon/domain/refusal';
import { mayMove } from '@darmon/domain/serial-pack';
import { lotName, onHandOf, type StockRow } from '@darmon/domain/stock';
import * as rules from '@darmon/domain/transfer';
import type { WriteOff, WriteOffLine } from '@darmon/domain/write-off';
import type { LoadedTransfer } from '@darmon/table/transfers';
import type { Deps } from './deps.ts';
import { loadOwn, openActsOf, picksOf } from './transfers.ts';

interface UnderWay {
  readonly head: rules.Transfer;
  /** Acts over it that count or may still count. */
  readonly acts: readonly WriteOff[];
  readonly between: NonNullable<WriteOff['transfer']>;
}

/**
 * A transfer of which something may never come.
 * @throws Refusal `not-found` for those of other sites, `document-closed` before it is shipped
 */
export const loadUnderWay = async (deps: Deps, actor: Actor, id: string): Promise<UnderWay> => {
  const { head } = await loadOwn(deps, actor, id);
  if (actor.site !== head.from && actor.site !== head.to) throw new Refusal('not-found');
  rules.requireTransferState(head, 'shipped', 'short', 'received');
  const acts = await openActsOf(deps, head);
  return { head, acts, between: { id: head.id, from: head.from, to: head.to } };
};

/** The transfer with one act more over it; those that were refused or withdrawn are forgotten. */
export const drawnUpOver = ({ head, acts }: UnderWay, act: string): rules.Transfer => ({
  ...head,
  version: head.version + 1,
  writeOffs: [...acts.map(({ id }) => id), act],
});

/**
 * Packs that leave with a line although nobody named them: where it takes all that is left of its lot, those that were
 * scanned when it was sent and are still on their way.
 */
const packsLeft = async (deps: Deps, loaded: LoadedTransfer, act: WriteOff, transit: readonly StockRow[]) => {
  const place = transitPlace(loaded.head.id);
  const whole = act.lines.filter((line) => {
    const row = transit.find((r) => lotName(r) === lotName(line));
    return row?.free === 0 && row.held === line.quantity;
  });
  const sent = whole.flatMap((line) =>
    picksOf(loaded)
      .filter((pick) => lotName(pick) === lotName(line))
      .flatMap(({ gtin, serials = [] }) => serials.map((serial) => ({ gtin, serial, lot: lotName(line) }))),
  );
  const known = sent.length === 0 ? [] : await deps.table.loadSerials(sent);
  const entry = { kind: 'write-off', place, quantity: -1 } as const;
  const goes = new Set(known.filter((pack) => pack.site === place && mayMove(pack, entry, act.id)).map(packName));
  return (line: WriteOffLine): string[] =>
    sent.filter((pack) => pack.lot === lotName(line) && goes.has(packName(pack))).map(({ serial }) => serial);
};

/**
 * The transfer once the units of an act have left it for good, and the packs that go with each line; nothing for an act
 * of a shelf.
 * @throws Refusal `busy` while something else of it is being posted
 */
export const leftAfter = async (deps: Deps, act: WriteOff) => {
  if (!act.transfer) return undefined;
  const loaded = await deps.table.loadTransfer(act.transfer.id);
  if (!loaded) throw new Error(`act ${act.id} names a transfer that is not there`);
  const { head } = loaded;
  if (head.state === 'posting') throw new Refusal('busy');
  const transit = await deps.table.loadTransit(head.id, picksOf(loaded));
  const units = act.lines.reduce((sum, line) => sum + line.quantity, 0);
  const onTheWay = transit.reduce((sum, row) => sum + onHandOf(row), 0);
  const packs = await packsLeft(deps, loaded, act, transit);
  return { transfer: rules.afterWriteOff(head, units, onTheWay - units), packs };
};
