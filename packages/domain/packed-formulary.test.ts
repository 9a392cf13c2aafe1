import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Medicine, medicineClasses, storages, units } from './medicine.ts';
import { packFormulary, unpackFormulary } from './packed-formulary.ts';

const text = fc.string({ maxLength: 12 });
const pack = fc.record(
  { gtin: text, units: fc.nat(), brand: text, maker: text, divisibleBy: fc.nat() },
  { requiredKeys: ['gtin', 'units', 'brand', 'maker'] },
);
/** Not every one is valid: how it travels does not depend on what it says. */
const fields = {
  code: text,
  inn: text,
  innRu: text,
  innUz: text,
  atc: text,
  form: fc.constant('tablet' as const),
  strength: text,
  class: fc.constantFrom(...medicineClasses),
  reimbursed: fc.boolean(),
  registered: fc.boolean(),
  unit: fc.constantFrom(...units),
  routes: fc.array(fc.constantFrom('oral' as const, 'rectal' as const), { maxLength: 3 }),
  packs: fc.array(pack, { maxLength: 4 }),
};
/** Not every one is valid: how it travels does not depend on what it says. */
const medicine: fc.Arbitrary<Medicine> = fc.record(
  { ...fields, storage: fc.constantFrom(...storages), qualityRelease: fc.boolean() },
  { requiredKeys: Object.keys(fields) as (keyof typeof fields)[] },
);
const formulary = fc.uniqueArray(medicine, { selector: ({ inn, code }) => `${inn}\n${code}`, maxLength: 30 });
const byText = (medicines: readonly Medicine[]): string[] => medicines.map((one) => JSON.stringify(one, sorted)).sort();
const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

test('what is packed and sent as text is unpacked as it was', () => {
  fc.assert(
    fc.property(formulary, (medicines) => {
      const sent = JSON.parse(JSON.stringify(packFormulary(medicines)));
      expect(byText(unpackFormulary(sent))).toEqual(byText(medicines));
    }),
  );
});

test('the same medicines pack the same, in whatever order they come', () => {
  fc.assert(
    fc.property(formulary, (medicines) => {
      expect(packFormulary(medicines.toReversed())).toEqual(packFormulary(medicines));
    }),
  );
});

test('a field that only some medicines have is absent from the others', () => {
  const [one, other] = fc.sample(medicine, { numRuns: 2, seed: 1 }) as [Medicine, Medicine];
  const packed = packFormulary([
    { ...one, code: 'A', orphan: true },
    { ...other, code: 'B', inn: one.inn },
  ]);
  const [first, second] = unpackFormulary(packed);
  expect(first?.orphan).toBe(true);
  expect(second).not.toHaveProperty('orphan');
});
