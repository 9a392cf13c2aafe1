/**
 * Documents of every kind that no transaction holds, left lying as a browser that is closed leaves them, so that the job
 * which finishes them is watched at all it may do.
 */
import { createHash } from 'node:crypto';
import { approvedText } from '@darmon/domain/approval';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
const Answer = z.looseObject({
  id: z.string().optional(),
  actHash: z.string().optional(),
  state: z.string().optional(),
  items: z
    .array(z.looseObject({ packs: z.array(z.looseObject({ gtin: z.string(), units: z.int() })).optional() }))
    .optional(),
});
type Answer = z.infer<typeof Answer>;
/** Calls a route as a person; throws with the code of a refusal. */
type CallAs = (person: string, name: never, input: Input, shape: typeof Answer) => Promise<Answer>;

const hashOf = (body: Record<string, unknown>): string =>
  createHash('sha256').update(approvedText(body)).digest('base64url');
/** More lines than one chunk posts. */
const lots = Array.from({ length: 22 }, (_, n) => `LEFT${n}`);
const controlled = 'CLON150TAB';

/** Leaves one posting of each kind open, and says how many. */
export const leavePostings = async (
  callAs: CallAs,
  { pharmacy, warehouse }: { pharmacy: string; warehouse: string },
): Promise<number> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const params = { site: warehouse };
  const dayBack = (days: number) => ({ day: tashkentDay(Date.now() - days * dayMs), reason: 'no network that day' });
  const packOf = async (code: string) => {
    const { items: [medicine] = [] } = await call('doctor', 'searchMedicines', { query: { q: code } });
    return medicine?.packs?.[0] ?? { gtin: '', units: 1 };
  };
  const { gtin, units } = await packOf('PARA500TAB');
  const lines = lots.map((lot) => ({ gtin, lot, expiryDate: '2031-01-31', packs: 4, zone: 'LEFT' }));
  const { id: there = '' } = await call('warehouse', 'receiveStock', {
    params,
    body: { lines, backdated: dayBack(3) },
  });
  for (let state: string | undefined; state !== 'done'; )
    ({ state } = await call('warehouse', 'advanceJob', { params: { id: there } }));

  const { gtin: ofRegister } = await packOf(controlled);
  const withSerials = lines.map((l, n) => ({
    ...l,
    gtin: ofRegister,
    lot: `NEW${n}`,
    packs: 1,
    serials: [`LEFT${n}`],
  }));
  await call('warehouse', 'receiveStock', { params, body: { lines: withSerials, backdated: dayBack(2) } });

  const opening = { kind: 'opening', rows: 1, name: 'opening.csv' };
  const { id: ofImport = '' } = await call('warehouse', 'startImport', { params, body: opening });
  const rows = [{ gtin, lot: 'LEFTOPEN', expiryDate: '2031-01-31', packs: 1 }];
  const begun = { params: { ...params, id: ofImport } };
  await call('warehouse', 'loadImportPart', { ...begun, body: { from: 0, rows } });
  await call('warehouse', 'postImport', { ...begun, body: {} });

  const asked = { from: warehouse, to: pharmacy, lines: [{ gtin, packs: lots.length }] };
  const { id: transfer = '' } = await call('pharmacist', 'requestTransfer', { body: asked });
  const ofTransfer = { params: { id: transfer } };
  await call('warehouse', 'approveTransfer', { ...ofTransfer, body: {} });
  const picks = lots.map((lot) => ({ line: 1, gtin, lot, quantity: units }));
  const reason = 'as the test asks';
  for (let at = 0; at < picks.length; at += 10)
    await call('warehouse', 'pickTransfer', { ...ofTransfer, body: { picks: picks.slice(at, at + 10), reason } });
  await call('warehouse', 'shipTransfer', { ...ofTransfer, body: {} });

  const act = { lines: lots.map((lot) => ({ gtin, lot, quantity: units, reason: 'damaged' })) };
  const drawn = await call('warehouse', 'requestWriteOff', { params, body: act });
  const { id: writeOff = '', actHash = '' } = drawn;
  const question = { subject: `/api/write-offs/${writeOff}/approve`, bodyHash: hashOf({ actHash }) };
  const { id: approval } = await call('approver', 'giveApproval', { body: question });
  await call('approver', 'approveWriteOff', { params: { id: writeOff }, body: { actHash, approval } });

  const scope = { kind: 'zone', zones: ['LEFT'] };
  const { id: count = '' } = await call('warehouse', 'startCount', { params, body: { scope, blind: false } });
  const ofCount = { params: { ...params, id: count } };
  await call('warehouse', 'advanceCount', ofCount);
  const entries = lots.map((lot) => ({ gtin, lot, counted: 3 * units }));
  for (const who of ['warehouse', 'warehouse2']) await call(who, 'enterCounts', { ...ofCount, body: { entries } });
  const reasons = lots.map((lot) => ({ gtin, lot, reason: 'lost' }));
  await call('warehouse', 'postCount', { ...ofCount, body: { reasons, leaveUncounted: true } });
  return 5;
};
