/** Recalls on every road they take, so that the rights they need are watched too. */
import { tashkentDay } from '@darmon/domain/time';
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
const Answer = z.looseObject({ id: z.string().optional(), passes: z.int().optional(), state: z.string().optional() });
type Answer = z.infer<typeof Answer>;
/** Calls a route as a person; throws with the code of a refusal. */
type CallAs = (person: string, name: never, input: Input, shape: typeof Answer) => Promise<Answer>;

const day = 86_400_000;

/**
 * A lot that expires first lies in a pharmacy and a warehouse, is handed over once, held, released and recalled; the
 * patient is told, brings something back, the sites find what they have. `prescribe` gives a prescription of the medicine.
 */
export const useRecalls = async (
  callAs: CallAs,
  { pharmacy, warehouse, gtin }: { pharmacy: string; warehouse: string; gtin: string },
  prescribe: () => Promise<{ id: string }>,
): Promise<void> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const lot = 'RECALLED1';
  const expiryDate = tashkentDay(Date.now() + 3 * day);
  const lines = [
    { gtin, lot, expiryDate, packs: 9 },
    { gtin, lot: 'RECALLED2', expiryDate: '2031-01-31', packs: 9 },
  ];
  await call('pharmacist', 'receiveStock', { params: { site: pharmacy }, body: { lines } });
  await call('warehouse', 'receiveStock', { params: { site: warehouse }, body: { lines } });
  const { id: prescription } = await prescribe();
  const given = await call('pharmacist', 'dispensePrescription', {
    params: { id: prescription },
    body: { lines: [{ line: 1, quantity: 10 }] },
  });
  await call('quality', 'findLot', { query: { gtin, lot } });
  for (const state of ['on-hold', 'available'])
    await call('quality', 'setCountryState', { body: { gtin, lot, state, reason: 'a report came in' } });
  const { id = '' } = await call('quality', 'openRecall', { body: { gtin, lot, class: 1, reason: 'particles' } });
  const params = { id };
  expectCounted(await call('quality', 'workRecall', { params }));
  await call('quality', 'listRecalls', {});
  await call('warehouse', 'readRecall', { params });
  await call('quality', 'listRecallPlaces', { params });
  await call('quality', 'listEscaped', { params });
  await call('warehouse', 'listSiteRecalls', { params: { site: warehouse } });
  await call('warehouse', 'reportFound', { params, body: { site: warehouse, quantity: 1 } });
  await call('pharmacist', 'listRecallCalls', { params });
  const said = { dispense: String(given.id), outcome: 'returned', returned: 1 };
  await call('pharmacist', 'recordRecallCall', { params, body: said });
  await counted(() => call('quality', 'workRecall', { params }));
  await call('quality', 'endRecall', { params, body: { reason: 'the rest was lost before' } });
  // left to the job
  await call('quality', 'openRecall', { body: { gtin, lot: 'RECALLED2', class: 3, reason: 'a wrong leaflet' } });
};

/** Two counts that agree, the second when what was under way at the freeze has ended. */
const counted = async (work: () => Promise<Answer>): Promise<void> => {
  for (let turn = 0; turn < 120; turn += 1) {
    if ((await work()).state === 'complete') return;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error('the recall is not complete after a minute');
};

const expectCounted = ({ passes }: Answer): void => {
  if (passes !== 1) throw new Error(`counted ${passes} times`);
};
