import { isGtin } from '@darmon/domain/gs1-identifiers';
import { Medicine, medicineClasses } from '@darmon/domain/medicine';
import { expect, test } from 'vitest';
import { formulary, releasedMedicines, stockedMedicines } from './formulary.ts';

const packs = formulary.flatMap((m) => m.packs);

test('the formulary holds at least 220 medicines, each in the shape of the domain', () => {
  expect(formulary.length).toBeGreaterThanOrEqual(220);
  for (const medicine of formulary) expect(Medicine.parse(medicine)).toEqual(medicine);
});

test('a code names one medicine, and no two codes name the same INN, form and strength', () => {
  expect(new Set(formulary.map((m) => m.code)).size).toBe(formulary.length);
  expect(new Set(formulary.map((m) => [m.inn, m.form, m.strength].join())).size).toBe(formulary.length);
});

test('every GTIN is of the demonstration prefix, has a right check digit and belongs to one pack', () => {
  for (const { gtin } of packs) {
    expect(gtin).toMatch(/^0952\d{10}$/);
    expect(isGtin(gtin), gtin).toBe(true);
  }
  expect(new Set(packs.map((p) => p.gtin)).size).toBe(packs.length);
});

test('a GTIN that is printed in the demo keeps its meaning', () => {
  const found = formulary.find((m) => m.packs.some((p) => p.gtin === '09521020001019'));
  expect(found?.code).toBe('OMEP20CAP');
});

test('an ATC code has seven characters of a known main group, and one INN can have several', () => {
  for (const m of formulary) expect(m.atc, m.code).toMatch(/^[ABCDGHJLMNPRSV](?:0[1-9]|1[0-6]|20)[A-Z]{2}\d{2}$/);
  expect(new Set(formulary.map((m) => m.atc.charAt(0))).size).toBeGreaterThanOrEqual(13);
  expect(new Set(formulary.filter((m) => m.inn === 'metronidazole').map((m) => m.atc)).size).toBe(3);
});

test('every class, a reimbursed and an unregistered medicine can be shown', () => {
  for (const c of medicineClasses) expect(formulary.filter((m) => m.class === c).length, c).toBeGreaterThanOrEqual(2);
  expect(formulary.filter((m) => m.reimbursed).length).toBeGreaterThan(50);
  expect(formulary.filter((m) => !m.registered).length).toBeGreaterThanOrEqual(3);
  expect(stockedMedicines.every((m) => m.registered && m.class !== 'anaesthetic')).toBe(true);
});

test('every way to store can be shown, and what waits for quality control lies in no pharmacy at the start', () => {
  for (const storage of ['cool', 'cold', 'frozen'])
    expect(formulary.filter((m) => m.storage === storage).length, storage).toBeGreaterThanOrEqual(1);
  for (const m of formulary) {
    if (m.atc.startsWith('A10A') || m.atc.startsWith('J06')) expect(m.storage, m.code).toBe('cold');
    expect(m.qualityRelease ?? false, m.code).toBe(/^J0[67]/.test(m.atc));
  }
  expect(releasedMedicines.length).toBeGreaterThanOrEqual(3);
  expect(stockedMedicines.filter((m) => m.qualityRelease)).toEqual([]);
});

test('an INN reads the same wherever it stands: Cyrillic in Russian, Latin in Uzbek', () => {
  const names = new Map<string, string>();
  for (const { inn, innRu, innUz } of formulary) {
    expect(innRu).toMatch(/[а-яё]/);
    expect(innUz).toMatch(/^[a-zʻʼ +,()I-]+$/);
    expect(names.get(inn) ?? `${innRu} ${innUz}`, inn).toBe(`${innRu} ${innUz}`);
    names.set(inn, `${innRu} ${innUz}`);
  }
});

test.each([
  ['CIPR500TAB', 'siprofloksatsin'],
  ['PARA500TAB', 'paratsetamol'],
  ['HCTZ25TAB', 'gidroxlorotiazid'],
  ['ASA75TAB', 'atsetilsalitsil kislota'],
])('%s is found under its Uzbek name', (code, innUz) => {
  expect(formulary.find((m) => m.code === code)?.innUz).toBe(innUz);
});

test('a pack that can be parted is made of whole parts', () => {
  for (const p of packs) if (p.divisibleBy) expect(p.units % p.divisibleBy, p.gtin).toBe(0);
  expect(packs.some((p) => p.divisibleBy === 10)).toBe(true);
  expect(packs.some((p) => p.divisibleBy === undefined)).toBe(true);
});

test('every medicine has a generic pack and a brand that is not the INN', () => {
  for (const m of formulary) {
    const brands = m.packs.map((p) => p.brand.toLowerCase());
    expect(brands, m.code).toContain(m.inn);
    expect(
      brands.some((b) => b !== m.inn),
      m.code,
    ).toBe(true);
  }
});
