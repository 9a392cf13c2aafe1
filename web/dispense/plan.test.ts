import type { Medicine } from '@darmon/domain/medicine';
import { expect, test } from 'vitest';
import { byHand, firstChoice, planOf } from './plan.ts';
import { lotKey, type ProposedLine, substituteOf } from './shelf.ts';

const today = '2026-11-20';
const medicine = (
  pack: { units: number; divisibleBy?: number },
  medicineClass: Medicine['class'] = 'rx',
): Medicine => ({
  code: 'AMOX500CAP',
  inn: 'Amoxicillin',
  innRu: 'Амоксициллин',
  innUz: 'Amoksitsillin',
  atc: 'J01CA04',
  form: 'capsule',
  strength: '500 mg',
  class: medicineClass,
  reimbursed: false,
  registered: true,
  unit: 'capsule',
  routes: ['oral'],
  packs: [{ gtin: '09520000000011', brand: 'Amoks', maker: 'Namuna', ...pack }],
});
const early = { gtin: '09520000000011', lot: 'EARLY', expiryDate: '2027-01-31' };
const late = { gtin: '09520000000011', lot: 'LATE', expiryDate: '2028-06-30' };
const line = (owed: number, onHand: { early: number; late: number }, lots: ProposedLine['lots']): ProposedLine => ({
  line: 1,
  medicine: 'AMOX500CAP',
  owed,
  available: onHand.early + onHand.late,
  lots,
  others: [
    { ...early, onHand: onHand.early, brand: 'Brand' },
    { ...late, onHand: onHand.late, brand: 'Brand' },
  ],
  substitutionAllowed: true,
  controlled: false,
});
const usual = line(21, { early: 10, late: 100 }, [
  { ...early, quantity: 10 },
  { ...late, quantity: 11 },
]);
const singly = medicine({ units: 10, divisibleBy: 1 });

test('what nobody changed is asked for exactly as it was shown', () => {
  expect(planOf(usual, firstChoice(usual), singly, today)).toMatchObject({
    kind: 'ready',
    given: 21,
    needsReason: false,
    request: {
      line: 1,
      quantity: 21,
      lots: [
        { gtin: early.gtin, lot: 'EARLY', quantity: 10 },
        { gtin: late.gtin, lot: 'LATE', quantity: 11 },
      ],
    },
  });
});

test('a smaller quantity is taken from what expires first', () => {
  const plan = planOf(usual, { ...firstChoice(usual), quantity: 7 }, singly, today);
  expect(plan).toMatchObject({ kind: 'ready', request: { quantity: 7, lots: [{ lot: 'EARLY', quantity: 7 }] } });
});

test('a lot that expires later needs a reason, and with one it is asked for', () => {
  const choice = { included: true, quantity: 21, lots: { [lotKey(late)]: 21 }, reason: '' };
  expect(planOf(usual, choice, singly, today)).toEqual({ kind: 'fault', fault: { kind: 'reason' }, needsReason: true });
  const reasoned = planOf(usual, { ...choice, reason: 'damaged pack' }, singly, today);
  expect(reasoned).toMatchObject({ kind: 'ready', request: { quantity: 21, reason: 'damaged pack' } });
});

test('lots chosen by hand begin as they were proposed and then need no reason', () => {
  const plan = planOf(usual, { included: true, quantity: 21, lots: byHand(usual.lots), reason: '' }, singly, today);
  expect(plan).toMatchObject({ kind: 'ready', given: 21, needsReason: false });
});

test('a pack that cannot be divided is handed over whole, but never for a controlled medicine', () => {
  const whole = line(21, { early: 0, late: 100 }, [{ ...late, quantity: 30 }]);
  expect(planOf(whole, firstChoice(whole), medicine({ units: 10 }), today)).toMatchObject({
    kind: 'ready',
    given: 30,
    request: { quantity: 21 },
  });
  expect(planOf(whole, firstChoice(whole), medicine({ units: 10 }, 'narcotic'), today)).toMatchObject({
    kind: 'fault',
    fault: { kind: 'short', available: 20 },
  });
});

test('more than is owed, nothing, and more than the shelf holds are faults beside the field', () => {
  const judge = (quantity: number | undefined) => planOf(usual, { ...firstChoice(usual), quantity }, singly, today);
  expect(judge(22)).toMatchObject({ fault: { kind: 'over-owed' } });
  expect(judge(undefined)).toMatchObject({ fault: { kind: 'quantity' } });
  expect(judge(0)).toMatchObject({ fault: { kind: 'quantity' } });
  const short = line(21, { early: 5, late: 0 }, [{ ...early, quantity: 5 }]);
  expect(firstChoice(short).quantity).toBe(5);
  expect(planOf(short, { ...firstChoice(short), quantity: 21 }, singly, today)).toMatchObject({
    fault: { kind: 'short', available: 5 },
  });
});

test('a line without stock is said to be out of stock unless somebody takes that back', () => {
  const none = line(21, { early: 0, late: 0 }, []);
  const first = firstChoice(none);
  expect(first.included).toBe(false);
  expect(planOf(none, first, singly, today)).toEqual({
    kind: 'withheld',
    request: { line: 1, notDispensed: 'out-of-stock' },
  });
  const { withheld: _said, ...silent } = first;
  expect(planOf(none, silent, singly, today)).toEqual({ kind: 'none' });
});

test('a promise goes with what is left, and is dropped where nothing is', () => {
  const promised = { ...firstChoice(usual), owedOn: '2026-11-23' };
  expect(planOf(usual, { ...promised, quantity: 7 }, singly, today)).toMatchObject({
    request: { quantity: 7, owedOn: '2026-11-23' },
  });
  const whole = planOf(usual, promised, singly, today);
  expect(whole.kind === 'ready' && whole.request.owedOn).toBe(undefined);
});

test('another reason than the listed ones needs a note', () => {
  const withheld = { ...firstChoice(usual), included: false, withheld: 'other' as const };
  expect(planOf(usual, withheld, singly, today)).toMatchObject({ kind: 'fault', fault: { kind: 'note' } });
  expect(planOf(usual, { ...withheld, note: 'the child is asleep' }, singly, today)).toMatchObject({
    kind: 'withheld',
    request: { notDispensed: 'other', note: 'the child is asleep' },
  });
});

test('packs decide the lots, send their scans, and a later lot still needs its reason', () => {
  const pack = (raw: string, lot: string) => ({ raw, gtin: early.gtin, lot });
  const first = planOf(usual, { ...firstChoice(usual), packs: [pack('one', 'EARLY')] }, singly, today);
  expect(first).toMatchObject({
    kind: 'ready',
    request: {
      lots: [
        { lot: 'EARLY', quantity: 10 },
        { lot: 'LATE', quantity: 11 },
      ],
      scans: ['one'],
    },
  });
  expect(planOf(usual, { ...firstChoice(usual), packs: [pack('two', 'LATE')] }, singly, today)).toMatchObject({
    fault: { kind: 'reason' },
  });
});

test('whoever hands over the prescribed brand passes over no lot of another one', () => {
  const branded = {
    ...usual,
    brand: 'Brand',
    others: usual.others.map((o) => (o.lot === 'EARLY' ? { ...o, brand: 'Else' } : o)),
  };
  const plan = planOf(
    branded,
    { included: true, quantity: 21, lots: { [lotKey(late)]: 21 }, reason: '' },
    singly,
    today,
  );
  expect(plan).toMatchObject({ kind: 'ready', needsReason: false });
  expect(substituteOf(branded, [early])).toEqual({ from: 'Brand', to: 'Else' });
  expect(substituteOf(branded, [late])).toBe(undefined);
});
