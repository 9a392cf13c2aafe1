/** Counts and opening balances on every road they take, so that the rights they need are watched too. */
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
const Answer = z.looseObject({ id: z.string().optional() });
type Answer = z.infer<typeof Answer>;
/** Calls a route as a person; throws with the code of a refusal. */
type CallAs = (person: string, name: never, input: Input, shape: typeof Answer) => Promise<Answer>;

/** An opening balance that is posted, a count of what it brought with a lot more and one unit less, and one called off. */
export const useCounts = async (
  callAs: CallAs,
  { warehouse, gtin, medicine }: { warehouse: string; gtin: string; medicine: string },
): Promise<void> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const site = { site: warehouse };
  const row = { gtin, lot: 'OPENED1', expiryDate: '2030-01-31', packs: 2, zone: 'Z' };
  const begun = await call('warehouse', 'startImport', {
    params: site,
    body: { kind: 'opening', rows: 2, name: 'opening.csv' },
  });
  const ofImport = { ...site, id: begun.id ?? '' };
  // by its medicine alone, a row has to be looked up
  const rows = [row, { ...row, medicine, lot: 'OPENED2' }];
  await call('warehouse', 'loadImportPart', { params: ofImport, body: { from: 0, rows } });
  await call('warehouse', 'readImport', { params: ofImport });
  await call('warehouse', 'postImport', { params: ofImport, body: {} });
  await call('warehouse', 'advanceJob', { params: { id: ofImport.id } });

  const start = async (scope: unknown) => {
    const { id = '' } = await call('warehouse', 'startCount', { params: site, body: { scope, blind: false } });
    return { ...site, id };
  };
  const counted = await start({ kind: 'zone', zones: ['Z'] });
  await call('warehouse', 'advanceCount', { params: counted });
  const known = { gtin, lot: 'OPENED1', counted: 1 };
  const found = { gtin, lot: 'FOUND1', expiryDate: '2030-01-31', counted: 1 };
  const long = { ...known, startedAt: '2026-01-01T00:00:00.000Z' };
  for (const entries of [[long], [known, found], [known, found]])
    await call('warehouse2', 'enterCounts', { params: counted, body: { entries } });
  await call('warehouse', 'readCount', { params: counted });
  const reasons = [
    { gtin, lot: 'OPENED1', reason: 'lost' },
    { gtin, lot: 'FOUND1', reason: 'found' },
  ];
  await call('warehouse', 'postCount', { params: counted, body: { reasons, leaveUncounted: true } });
  await call('auditor', 'listCounts', { params: site });
  await call('auditor', 'readCount', { params: counted });
  const other = await start({ kind: 'class', classes: ['A'] });
  await call('warehouse', 'cancelCount', { params: other, body: { reason: 'only trying' } });
};
