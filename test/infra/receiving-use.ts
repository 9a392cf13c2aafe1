/** Deliveries as a warehouse meets them, so that the rights they take are watched too: a list, what differs, quality control. */
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
const Answer = z.looseObject({ id: z.string().optional() });
/** Calls a route as a person; throws with the code of a refusal. */
type CallAs = (person: string, name: never, input: Input, shape: typeof Answer) => Promise<z.infer<typeof Answer>>;

export const useReceiving = async (callAs: CallAs, site: string, gtin: string): Promise<void> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const params = { site };
  const line = { gtin, lot: 'ANNOUNCED', expiryDate: '2031-01-31', packs: 2 };
  const units = [{ sscc: '106141412345678908', lines: [line] }];
  const list = { supplier: 'Supplier', number: 'N-9', lines: [line], units };
  const { id: expected = '' } = await call('warehouse', 'announceExpected', { params, body: list });
  await call('warehouse', 'listExpected', { params, query: { state: 'open' } });
  await call('warehouse', 'readExpected', { params: { site, id: expected } });

  const damaged = { kind: 'damaged', gtin, lot: line.lot, received: 1, note: 'wet' };
  const warm = { kind: 'cold-chain', gtin, lot: line.lot, note: 'box was open' };
  const body = { expected, lines: [{ ...line, packs: 1, serials: ['R1'] }], discrepancies: [damaged, warm] };
  const { id: receipt = '' } = await call('warehouse', 'receiveStock', { params, body });
  await call('warehouse', 'listReceipts', { params });
  await call('auditor', 'readReceipt', { params: { site, id: receipt } });
  await call('quality', 'listDiscrepancies', { params });
  await call('quality', 'listDiscrepancies', { params, query: { state: 'resolved' } });
  const settled = { params: { site, id: `${receipt}.1` }, body: { resolution: 'credited', reason: 'credit note' } };
  await call('warehouse', 'resolveDiscrepancy', settled);
  const lot = { gtin, lot: line.lot };
  await call('quality', 'releaseLot', { params, body: { ...lot, reason: 'box was cold inside' } });
  await call('warehouse', 'placeLot', { params, body: { ...lot, zone: 'A', shelf: '1' } });

  const many = Array.from({ length: 120 }, (_, n) => ({ gtin, lot: `MANY${n}`, expiryDate: '2031-01-31', packs: 1 }));
  const { id: long = '' } = await call('warehouse', 'receiveStock', { params, body: { lines: many } });
  await call('auditor', 'readReceipt', { params: { site, id: long } });
  await call('warehouse', 'readJob', { params: { id: long } });
  await call('warehouse', 'advanceJob', { params: { id: long } });
};
