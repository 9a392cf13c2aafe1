import { expect, test } from 'vitest';
import { addedBody, changeBody, deedsOf, type Edit, editOf, faultsOf, type Requisition, worthOf } from './draft.ts';

const item = {
  line: 1,
  medicine: 'AMOX500CAP',
  gtin: '09520000000011',
  packUnits: 20,
  packs: 10,
  proposed: 10,
  packPrice: 150_000,
  explained: true,
} as const;
const requisition: Requisition = {
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
  number: 'E9J7R2CE',
  site: 'PH-0001',
  region: 'UZ-TK',
  kind: 'weekly',
  state: 'draft',
  version: 4,
  author: 'planner',
  at: '2026-11-20T09:30:00.000Z',
  lines: 1,
  value: 1_500_000,
  unpriced: 0,
  overLimit: 0,
  changed: 0,
  editors: [],
  history: [{ step: 'draft', person: 'planner', at: '2026-11-20T09:30:00.000Z' }],
  items: [item],
};
const typed = (more: Partial<Edit>) => new Map([[1, { ...editOf(item), ...more }]]);

test('only what is different is sent, with the reason that a difference from the proposal asks for', () => {
  expect(changeBody(requisition, typed({}), [])).toBeUndefined();
  expect(changeBody(requisition, typed({ packs: 12 }), [])).toBeUndefined();
  expect(faultsOf([item], typed({ packs: 12 })).get(1)).toBe('why');
  expect(changeBody(requisition, typed({ packs: 12, why: ' an outbreak ' }), [])).toEqual({
    version: 4,
    lines: [{ line: 1, packs: 12, packPrice: 150_000, why: 'an outbreak' }],
  });
  expect(changeBody(requisition, typed({ price: 1_200.5 }), [])?.lines).toEqual([
    { line: 1, packs: 10, packPrice: 120_050 },
  ]);
});

test('an empty field is no zero', () => {
  expect(faultsOf([item], typed({ packs: undefined })).get(1)).toBe('packs');
  expect(changeBody(requisition, typed({ packs: undefined }), [])).toBeUndefined();
});

test('a price that was only estimated is not sent as if somebody had named it', () => {
  const estimated = { ...item, estimated: true };
  expect(editOf(estimated).price).toBeUndefined();
  const edits = new Map([[1, { ...editOf(estimated), packs: 9, why: 'enough of it' }]]);
  expect(changeBody({ ...requisition, items: [estimated] }, edits, [])?.lines?.[0]).not.toHaveProperty('packPrice');
  expect(worthOf([estimated], edits, [])).toBe(9 * 150_000);
});

test('beside a plan an added product says why, by hand it need not', () => {
  const added = { gtin: '09520000000028', packs: 3, price: 10, why: '' };
  expect(addedBody([added], true)).toBeUndefined();
  expect(addedBody([added], false)).toEqual([{ gtin: added.gtin, packs: 3, packPrice: 1_000 }]);
  expect(addedBody([{ ...added, packs: undefined }], false)).toBeUndefined();
  expect(worthOf([], new Map(), [added])).toBe(3_000);
});

test('an added product that is something else than a plan would propose says why, also nothing of it', () => {
  const added = { gtin: '09520000000028', packs: 3, price: undefined, why: '', proposed: 3 };
  expect(addedBody([added], false)).toEqual([{ gtin: added.gtin, packs: 3 }]);
  expect(addedBody([added], true)).toEqual([{ gtin: added.gtin, packs: 3 }]);
  for (const packs of [0, 2, 4]) {
    expect(addedBody([{ ...added, packs }], false)).toBeUndefined();
    const said = [{ ...added, packs, why: 'a ward is opened' }];
    expect(addedBody(said, false)).toEqual([{ gtin: added.gtin, packs, why: 'a ward is opened' }]);
  }
});

test('a person is offered what the state and the own part in it allow', () => {
  const submitted: Requisition = {
    ...requisition,
    state: 'submitted',
    history: [...requisition.history, { step: 'submit', person: 'pharmacist', at: requisition.at }],
  };
  const of = (roles: string[], person = 'x', site = 'PH-0001', on = submitted) =>
    [...deedsOf(on, { person, site, roles })].sort();
  expect(of(['pharmacist'], 'pharmacist')).toEqual(['reopen', 'skip']);
  expect(of(['pharmacist'], 'pharmacist3')).toEqual(['authorise', 'skip']);
  expect(of(['pharmacist'], 'pharmacist2', 'PH-0002')).toEqual([]);
  expect(of(['planner'])).toEqual(['authorise', 'edit', 'reject', 'skip']);
  expect(of(['approver'])).toEqual(['reject']);
  expect(of(['approver'], 'x', 'OF-0001', { ...submitted, kind: 'emergency' })).toEqual(['approve', 'reject']);
  expect(of(['approver'], 'x', 'OF-0001', { ...submitted, state: 'approved' })).toEqual(['reject']);
  expect(of(['auditor'])).toEqual([]);
});
