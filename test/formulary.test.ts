/** Search and packing on formularies as they are: the demo country's, and one of a country's size. */
import type { Medicine } from '@darmon/domain/medicine';
import { makeMedicineSearch } from '@darmon/domain/medicine-search';
import { packFormulary, unpackFormulary } from '@darmon/domain/packed-formulary';
import { transliterate } from '@darmon/i18n/transliterate';
import { formulary } from '@darmon/local/country/formulary';
import { expect, test } from 'vitest';
import { largeFormulary } from './support/large-formulary.ts';

const namesOf = ({ inn, innRu, innUz, code, packs }: Medicine): string[] => [
  ...new Set([inn, innRu, innUz, transliterate(innUz), code, ...packs.map(({ brand }) => brand)]),
];

// thousands of searches: a busy machine takes its time
test('at every letter of every name of every medicine, in any script, the medicine is among what is found', {
  timeout: 60_000,
}, () => {
  const search = makeMedicineSearch(formulary);
  const lost: string[] = [];
  for (const medicine of formulary)
    for (const name of namesOf(medicine))
      for (let end = 1; end <= name.length; end += 1) {
        const { medicines, resembling } = search.find(name.slice(0, end), { limit: formulary.length });
        if (resembling || !medicines.includes(medicine)) lost.push(`${medicine.code}: ${name.slice(0, end)}`);
      }
  expect(lost).toEqual([]);
});

test('its strength, however it is written, leaves a medicine among what is found', () => {
  const search = makeMedicineSearch(formulary);
  const written = ({ strength }: Medicine) => [
    strength,
    strength.replaceAll('.', ','),
    strength.replace(/(\d) (?=\D)/g, '$1'),
  ];
  const lost = formulary.flatMap((medicine) =>
    written(medicine)
      .map((strength) => `${medicine.inn} ${strength}`)
      .filter((text) => !search.find(text, { limit: 50 }).medicines.includes(medicine)),
  );
  expect(lost).toEqual([]);
});

test('a formulary of fifteen thousand medicines comes back whole from its columns', () => {
  const large = largeFormulary(15_000, 1);
  expect(new Set(large.flatMap(({ packs }) => packs.map(({ gtin }) => gtin))).size).toBeGreaterThan(30_000);
  const byCode = new Map(unpackFormulary(packFormulary(large)).map((medicine) => [medicine.code, medicine]));
  expect(byCode.size).toBe(15_000);
  for (const medicine of large.filter((_, n) => n % 50 === 0)) expect(byCode.get(medicine.code)).toEqual(medicine);
});
