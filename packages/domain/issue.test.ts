import { describe, expect, test } from 'vitest';
import type { Dosage } from './dosage.ts';
import { decideLines, type Wanted } from './issue.ts';
import type { Medicine } from './medicine.ts';
import { firstPolicy, type Policy } from './policy.ts';
import { Refusal } from './refusal.ts';

const dosage: Dosage = { amount: 1, unit: 'tablet', timesPerDay: 2, days: 7, route: 'oral' };
const medicine = (about: Partial<Medicine> = {}): Medicine => ({
  code: 'MED1',
  inn: 'inn',
  innRu: 'inn',
  innUz: 'inn',
  atc: 'J01CA04',
  form: 'tablet',
  strength: '10 mg',
  class: 'rx',
  reimbursed: false,
  registered: true,
  unit: 'tablet',
  routes: ['oral'],
  packs: [{ gtin: '09520000000011', units: 10, brand: 'Namuna', maker: 'Namuna' }],
  ...about,
});

/** One line for each medicine, by the first policy and without rights unless said. */
const decide = (
  medicines: readonly Medicine[],
  wanted: Partial<Wanted> & { line?: object } = {},
  { policy = firstPolicy, rights = [] }: { policy?: Policy; rights?: readonly string[] } = {},
) => {
  const { line, ...about } = wanted;
  const lines = medicines.map((m) => ({ medicine: m.code, dosage, ...line }));
  return decideLines({ lines, ...about }, medicines, policy, rights);
};
const code = (run: () => unknown): unknown => {
  try {
    run();
    return 'not refused';
  } catch (error) {
    return error instanceof Refusal ? error.code : error;
  }
};
const several = (n: number): Medicine[] => Array.from({ length: n }, (_, i) => medicine({ code: `MED${i}` }));
const controlled = ['controlled'];

describe('what may be prescribed', () => {
  test('an unregistered medicine only for a rare disease, and an anaesthetic never', () => {
    expect(code(() => decide([medicine({ registered: false })]))).toBe('medicine-not-registered');
    expect(code(() => decide([medicine({ registered: false, orphan: true })]))).toBe('not refused');
    const strict = { ...firstPolicy, orphanUnregistered: false };
    expect(code(() => decide([medicine({ registered: false, orphan: true })], {}, { policy: strict }))).toBe(
      'medicine-not-registered',
    );
    expect(code(() => decide([medicine({ class: 'anaesthetic' })], {}, { rights: controlled }))).toBe(
      'medicine-not-allowed',
    );
  });

  test('a controlled medicine only by whoever has the right', () => {
    for (const of of ['potent', 'psychotropic', 'narcotic'] as const) {
      expect(code(() => decide([medicine({ class: of })]))).toBe('right-missing');
      expect(code(() => decide([medicine({ class: of })], {}, { rights: controlled }))).toBe('not refused');
    }
  });

  test('five lines, and more only by a medical board', () => {
    expect(code(() => decide(several(5)))).toBe('not refused');
    expect(code(() => decide(several(6)))).toBe('too-many-lines');
    expect(code(() => decide(several(6), { boardDecision: '17-B' }))).toBe('not refused');
    expect(code(() => decide(several(21), { boardDecision: '17-B' }))).toBe('too-many-lines');
  });

  test('a narcotic alone, and for a week at most, whatever the pack holds', () => {
    const narcotic = medicine({ class: 'narcotic' });
    const rights = { rights: controlled };
    expect(code(() => decide([narcotic, medicine({ code: 'MED2' })], {}, rights))).toBe('must-stand-alone');
    expect(code(() => decide([narcotic], { line: { dosage: { ...dosage, days: 8 } } }, rights))).toBe(
      'course-too-long',
    );
    expect(code(() => decide([narcotic], { line: { quantity: 20 } }, rights))).toBe('course-too-long');
    expect(decide([narcotic], {}, rights).lines[0]?.quantity).toBe(14);
    const asNeeded = { ...dosage, asNeeded: true, maxPerDay: 3 };
    expect(code(() => decide([narcotic], { line: { dosage: asNeeded, quantity: 22 } }, rights))).toBe(
      'course-too-long',
    );
    expect(code(() => decide([narcotic], { line: { dosage: asNeeded, quantity: 21 } }, rights))).toBe('not refused');
  });

  test('a brand only where the class or the reimbursement allows it, written as the formulary writes it', () => {
    const line = { brand: 'NAMUNA' };
    expect(code(() => decide([medicine()], { line }))).toBe('brand-not-allowed');
    expect(decide([medicine({ reimbursed: true })], { line }).lines[0]?.brand).toBe('Namuna');
    expect(code(() => decide([medicine({ class: 'potent' })], { line }, { rights: controlled }))).toBe('not refused');
    expect(code(() => decide([medicine({ reimbursed: true })], { line: { brand: 'Boshqa' } }))).toBe('brand-unknown');
  });

  test('substitution as the prescriber says, and never against the policy', () => {
    const policy = {
      ...firstPolicy,
      classes: { ...firstPolicy.classes, rx: { ...firstPolicy.classes.rx, substitution: false } },
    };
    expect(decide([medicine()]).lines[0]?.substitutionAllowed).toBe(true);
    expect(decide([medicine()], { line: { substitutionAllowed: false } }).lines[0]?.substitutionAllowed).toBe(false);
    expect(decide([medicine()], {}, { policy }).lines[0]?.substitutionAllowed).toBe(false);
  });
});

describe('the quantity of a controlled medicine', () => {
  const rights = { rights: controlled };
  const ampoules: Partial<Medicine> = { unit: 'ampoule', form: 'solution-injection', routes: ['intramuscular'] };
  const inMl: Dosage = { amount: 1, unit: 'ml', timesPerDay: 2, days: 5, route: 'intramuscular' };
  const given = (about: Partial<Medicine>, dose: Dosage, quantity: number) =>
    code(() => decide([medicine({ ...ampoules, ...about })], { line: { dosage: dose, quantity } }, rights));

  test('is bounded by the course also where the dose is counted in another unit', () => {
    expect(given({ class: 'narcotic' }, inMl, 10)).toBe('not refused');
    expect(given({ class: 'narcotic' }, inMl, 15)).toBe('course-too-long');
    expect(given({ class: 'psychotropic' }, inMl, 10)).toBe('not refused');
    expect(given({ class: 'psychotropic' }, inMl, 11)).toBe('quantity-contradicts-dosage');
  });

  test('is bounded by the most of a day where it is taken as needed', () => {
    const tablets: Partial<Medicine> = { unit: 'tablet', routes: ['oral'] };
    const asNeeded: Dosage = { ...dosage, asNeeded: true, maxPerDay: 3 };
    expect(given({ ...tablets, class: 'potent' }, asNeeded, 30)).toBe('not refused');
    expect(given({ ...tablets, class: 'potent' }, asNeeded, 31)).toBe('quantity-contradicts-dosage');
    expect(given({ ...tablets, class: 'narcotic' }, asNeeded, 22)).toBe('course-too-long');
  });
});

describe('how long it is valid', () => {
  test('of a controlled medicine no longer because it is reimbursed', () => {
    const { narcotic } = firstPolicy.classes;
    const policy = { ...firstPolicy, classes: { ...firstPolicy.classes, narcotic: { ...narcotic, validityDays: 10 } } };
    const morphine = medicine({ class: 'narcotic', reimbursed: true });
    expect(decide([morphine], {}, { policy, rights: controlled }).validityDays).toBe(10);
  });

  test('as long as its shortest line, reimbursed ones by their own days', () => {
    const policy = { ...firstPolicy, reimbursed: { ...firstPolicy.reimbursed, validityDays: 10 } };
    expect(decide(several(2)).validityDays).toBe(30);
    expect(decide([medicine(), medicine({ code: 'MED2', reimbursed: true })], {}, { policy }).validityDays).toBe(10);
  });

  test('repeats fit into the days of a chronic disease, which are fewer for anabolic steroids', () => {
    const repeat = { issues: 3, everyDays: 30 };
    const steroid = medicine({ atc: 'A14AA04' });
    expect(decide([medicine()], { repeat }).validityDays).toBe(90);
    expect(code(() => decide([medicine()], { repeat: { issues: 4, everyDays: 30 } }))).toBe('repeat-invalid');
    expect(code(() => decide([steroid], { repeat }))).toBe('repeat-invalid');
    expect(decide([steroid], { repeat: { issues: 2, everyDays: 30 } }).validityDays).toBe(60);
  });

  test('a repeat holds no controlled medicine and no course longer than its window', () => {
    const repeat = { issues: 3, everyDays: 6 };
    expect(code(() => decide([medicine()], { repeat }))).toBe('repeat-invalid');
    const potent = medicine({ class: 'potent' });
    expect(code(() => decide([potent], { repeat: { issues: 3, everyDays: 30 } }, { rights: controlled }))).toBe(
      'repeat-invalid',
    );
  });
});
