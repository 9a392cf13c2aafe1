/** The rules of the check by themselves, on a few made-up rows; what is shipped is tested beside it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dosage } from './dosage.ts';
import { allergyGroups, KnowledgeRow, rowsBySubject, severities } from './knowledge.ts';
import { Medicine, type Route } from './medicine.ts';
import { type Allergy, checkSafety, type SafetyInput, subjectsOfCheck } from './safety.ts';

const today = '2026-11-21';
const honest = { source: 'made for a test', state: 'unverified' };

/** Rows with what each needs beside what the test says; made new for each test, as a set is read. */
const knowing = (...rows: readonly object[]) => {
  const stored = rowsBySubject(rows.map((row, i) => KnowledgeRow.parse({ id: `T${i + 1}`, ...honest, ...row })));
  return (subject: string) => stored.get(subject) ?? [];
};

const medicine = (code: string, inn: string, atc: string, more: Partial<Medicine> = {}): Medicine =>
  Medicine.parse({
    code,
    inn,
    innRu: inn,
    innUz: inn,
    atc,
    form: 'tablet',
    strength: '100 mg',
    class: 'rx',
    reimbursed: false,
    registered: true,
    unit: 'tablet',
    routes: ['oral'],
    packs: [{ gtin: '09520000000011', units: 10, brand: 'Some', maker: 'Some' }],
    ...more,
  });

const amoxicillin = medicine('AMOX', 'amoxicillin', 'J01CA04');
const ampicillin = medicine('AMPI', 'ampicillin', 'J01CA01');
const cefalexin = medicine('CEFA', 'cefalexin', 'J01DB01');
const withAcid = medicine('AMCL', 'amoxicillin + clavulanic acid', 'J01CR02', { strength: '500 mg/125 mg' });
const ketorolac = medicine('KETO', 'ketorolac', 'M01AB15');
const ketorolacInjected = medicine('KETI', 'ketorolac', 'M01AB15', { routes: ['intramuscular'] });
const diclofenac = medicine('DICL', 'diclofenac', 'M01AB05');
const methotrexate = medicine('METX', 'methotrexate', 'L04AX03', { strength: '2.5 mg' });
const paracetamol = medicine('PARA', 'paracetamol', 'N02BE01', { strength: '500 mg' });
const warfarin = medicine('WARF', 'warfarin', 'B01AA03');
const timolol = medicine('TIMO', 'timolol', 'S01ED01', { routes: ['ophthalmic'] });
const iron = medicine('IRON', 'ferrous sulfate', 'B03AA07');
const cipro = medicine('CIPR', 'ciprofloxacin', 'J01MA02');
const ciproInfused = medicine('CIPI', 'ciprofloxacin', 'J01MA02', { routes: ['intravenous'] });

const line = (m: Medicine, dosage: Partial<Dosage> = {}): SafetyInput['lines'][number] => ({
  medicine: m,
  dosage: { amount: 1, unit: m.unit, timesPerDay: 1, days: 7, route: m.routes[0] as Route, ...dosage },
});
const often = (m: Medicine, everyHours: number, more: Partial<Dosage> = {}): SafetyInput['lines'][number] => {
  const { timesPerDay: _, ...dosage } = line(m).dosage;
  return { medicine: m, dosage: { ...dosage, everyHours, days: 28, ...more } };
};
const input = (
  lines: SafetyInput['lines'],
  patient: Partial<SafetyInput['patient']> = {},
  active: SafetyInput['active'] = [],
): SafetyInput => ({ patient: { birthDate: '1980-01-01', allergies: [], ...patient }, today, lines, active });
const takes = (m: Medicine, remainingDays = 60): SafetyInput['active'][number] => ({
  medicine: m,
  route: m.routes[0] as Route,
  remainingDays,
});
const said = (of: SafetyInput, known: Parameters<typeof checkSafety>[1]): string[] =>
  checkSafety(of, known).alerts.map((a) => `${a.kind} ${a.severity} ${a.medicines.join('+')}`);

const penicillins = {
  kind: 'cross-allergy',
  group: 'penicillins',
  members: ['ATC:J01C', 'amoxicillin', 'ampicillin'],
  severity: 'contraindicated',
};
const betaLactams = {
  kind: 'cross-allergy',
  group: 'beta-lactams',
  members: ['group:penicillins', 'ATC:J01C', 'ATC:J01D', 'amoxicillin', 'ampicillin', 'cefalexin'],
  severity: 'moderate',
};

describe('an allergy', () => {
  const known = knowing(penicillins, betaLactams);
  const to = (kind: Allergy['kind'], code: string) => ({ allergies: [{ kind, code } as Allergy] });

  test('to a substance stops the substance, alone or combined, by any route and without any knowledge', () => {
    const onSkin = medicine('SKIN', 'amoxicillin', 'D06AX99', { routes: ['topical'] });
    for (const m of [amoxicillin, withAcid, onSkin])
      expect(said(input([line(m)], to('inn', 'amoxicillin')), knowing())).toEqual([
        `allergy contraindicated ${m.code}`,
      ]);
    expect(said(input([line(amoxicillin)], to('inn', 'amoxicillin + clavulanic acid')), knowing())).toEqual([
      'allergy contraindicated AMOX',
    ]);
  });

  test('to one member of a group is an allergy to the others, whether it was recorded by name or by class', () => {
    for (const allergy of [
      to('inn', 'ampicillin'),
      to('atc', 'J01CA01'),
      to('atc', 'J01CA'),
      to('group', 'penicillins'),
    ])
      expect(said(input([line(withAcid)], allergy), known)).toEqual(['allergy contraindicated AMCL']);
  });

  test('to a group that a wider one holds warns of the wider one’s other members', () => {
    for (const allergy of [to('group', 'penicillins'), to('inn', 'amoxicillin'), to('atc', 'J01CA')])
      expect(said(input([line(cefalexin)], allergy), known)).toEqual(['allergy moderate CEFA']);
  });

  test('to something else says nothing', () => {
    for (const allergy of [to('inn', 'paracetamol'), to('atc', 'M01A'), to('group', 'nsaids')])
      expect(said(input([line(amoxicillin), line(cefalexin)], allergy), known)).toEqual([]);
  });

  test('is never told by the id of its alert', () => {
    const { alerts } = checkSafety(input([line(amoxicillin)], to('inn', 'amoxicillin')), known);
    expect(alerts.map((a) => a.id)).toEqual(['allergy:own:AMOX']);
  });
});

describe('an interaction', () => {
  const nsaids = {
    kind: 'interaction',
    a: 'ketorolac',
    b: 'ATC:M01A',
    severity: 'contraindicated',
    effect: 'bleeding',
  };

  test('of a substance with its class is none with itself: two forms of it are double therapy', () => {
    expect(said(input([line(ketorolac), line(ketorolacInjected)]), knowing(nsaids))).toEqual([
      'duplicate-therapy serious KETI+KETO',
    ]);
    expect(said(input([line(ketorolac), line(diclofenac)]), knowing(nsaids))).toContain(
      'interaction contraindicated DICL+KETO',
    );
  });

  test('is told once for a pair, by its most severe row', () => {
    const weaker = { kind: 'interaction', a: 'warfarin', b: 'ATC:M01A', severity: 'moderate', effect: 'bleeding' };
    const stronger = { kind: 'interaction', a: 'warfarin', b: 'diclofenac', severity: 'serious', effect: 'bleeding' };
    expect(said(input([line(diclofenac)], {}, [takes(warfarin)]), knowing(weaker, stronger))).toEqual([
      'interaction serious DICL+WARF',
    ]);
  });

  test('between two medicines that the patient has already is nobody’s question now', () => {
    const known = knowing({
      kind: 'interaction',
      a: 'warfarin',
      b: 'diclofenac',
      severity: 'serious',
      effect: 'bleeding',
    });
    expect(said(input([line(paracetamol)], {}, [takes(warfarin), takes(diclofenac)]), known)).toEqual([]);
  });

  test('meets what stays on the surface only where the row says so', () => {
    const row = { kind: 'interaction', a: 'timolol', b: 'warfarin', severity: 'serious', effect: 'bradycardia' };
    expect(said(input([line(timolol), line(warfarin)]), knowing(row))).toEqual([]);
    expect(said(input([line(timolol), line(warfarin)]), knowing({ ...row, by: 'any' }))).toEqual([
      'interaction serious TIMO+WARF',
    ]);
  });

  test('of the stomach concerns only what is swallowed', () => {
    const known = knowing({
      kind: 'interaction',
      a: 'ferrous sulfate',
      b: 'ATC:J01MA',
      severity: 'moderate',
      effect: 'absorption-falls',
      by: 'mouth',
    });
    expect(said(input([line(iron), line(cipro)]), known)).toEqual(['interaction moderate CIPR+IRON']);
    expect(said(input([line(iron), line(ciproInfused)]), known)).toEqual([]);
  });
});

describe('double therapy', () => {
  const aspirin = medicine('ASA', 'acetylsalicylic acid', 'B01AC06');
  const clopidogrel = medicine('CLOP', 'clopidogrel', 'B01AC04');
  const ticagrelor = medicine('TICA', 'ticagrelor', 'B01AC24');

  test('is seen where one substance hides in a combination of another class', () => {
    expect(said(input([line(withAcid)], {}, [takes(amoxicillin)]), knowing())).toEqual([
      'duplicate-therapy serious AMCL+AMOX',
    ]);
  });

  test('is seen within a class, and not where the pair is ordinary treatment', () => {
    const known = knowing({ kind: 'duplicate-exempt', a: 'acetylsalicylic acid', b: 'ATC:B01AC' });
    expect(said(input([line(aspirin), line(clopidogrel)]), knowing())).toEqual(['duplicate-therapy moderate ASA+CLOP']);
    for (const lines of [
      [line(aspirin), line(clopidogrel)],
      [line(clopidogrel), line(aspirin)],
    ])
      expect(said(input(lines), known)).toEqual([]);
    expect(said(input([line(ticagrelor), line(clopidogrel)]), known)).toEqual(['duplicate-therapy moderate CLOP+TICA']);
  });

  test('of one substance is not excused by what is said of its class', () => {
    const long = medicine('GLA1', 'insulin glargine', 'A10AE04');
    const strong = medicine('GLA3', 'insulin glargine', 'A10AE04');
    const ofClass = knowing({ kind: 'duplicate-exempt', a: 'ATC:A10A', b: 'ATC:A10A' });
    const ofName = knowing({ kind: 'duplicate-exempt', a: 'insulin glargine', b: 'insulin glargine' });
    expect(said(input([line(long), line(strong)]), ofClass)).toEqual(['duplicate-therapy serious GLA1+GLA3']);
    expect(said(input([line(long), line(strong)]), ofName)).toEqual([]);
  });

  test('is no renewal in the last week of a course, and one day before that it is', () => {
    expect(said(input([line(warfarin)], {}, [takes(warfarin, 7)]), knowing())).toEqual([]);
    expect(said(input([line(warfarin)], {}, [takes(warfarin, 8)]), knowing())).toEqual([
      'duplicate-therapy serious WARF',
    ]);
  });
});

describe('a dose', () => {
  const weekly = {
    kind: 'ceiling',
    subject: 'methotrexate',
    unit: 'mg',
    maxPerDay: 4.5,
    perKg: false,
    severity: 'serious',
  };
  const day = {
    kind: 'ceiling',
    subject: 'paracetamol',
    unit: 'mg',
    maxPerDay: 4_000,
    perKg: false,
    severity: 'serious',
  };

  test('at its ceiling is silent, and one tablet above it is not', () => {
    expect(said(input([line(paracetamol, { amount: 2, timesPerDay: 4 })]), knowing(day))).toEqual([]);
    expect(said(input([line(paracetamol, { amount: 3, timesPerDay: 3 })]), knowing(day))).toEqual([
      'dose-ceiling serious PARA',
    ]);
  });

  test('as needed counts by the most that may be taken in a day', () => {
    const dosage = { amount: 2, timesPerDay: 6, asNeeded: true, maxPerDay: 8 };
    expect(said(input([line(paracetamol, dosage)]), knowing(day))).toEqual([]);
    for (const above of [
      { ...dosage, maxPerDay: 9 },
      { amount: 1, timesPerDay: 1, asNeeded: true, maxPerDay: 9 },
    ])
      expect(said(input([line(paracetamol, above)]), knowing(day))).toEqual(['dose-ceiling serious PARA']);
  });

  test('of a medicine for once a week is too often by the day, however small', () => {
    const known = knowing({ ...weekly, minHours: 168 });
    expect(said(input([line(methotrexate)]), known)).toEqual(['dose-ceiling serious METX']);
    expect(said(input([often(methotrexate, 24)]), known)).toEqual(['dose-ceiling serious METX']);
    expect(said(input([often(methotrexate, 168, { amount: 6 })]), known)).toEqual([]);
    expect(said(input([line(methotrexate, { days: 1 })]), known)).toEqual([]);
    expect(said(input([often(methotrexate, 168, { amount: 20 })]), known)).toEqual(['dose-ceiling serious METX']);
  });

  test('has a ceiling for one time beside that of the day', () => {
    const once = knowing({ ...day, maxPerDose: 1_000 });
    expect(said(input([line(paracetamol, { amount: 2, timesPerDay: 2 })]), once)).toEqual([]);
    expect(said(input([line(paracetamol, { amount: 4, timesPerDay: 1 })]), once)).toEqual([
      'dose-ceiling serious PARA',
    ]);
  });

  test('of a child goes by weight, and without one is said to be unjudged', () => {
    const known = knowing({ ...day, untilMonths: 144, perKg: true, maxPerDay: 75 });
    const child = { birthDate: '2021-01-01' };
    const dose = [line(paracetamol, { amount: 0.5, timesPerDay: 4 })];
    expect(said(input(dose, { ...child, weightKg: 16 }), known)).toEqual([]);
    expect(said(input(dose, { ...child, weightKg: 13 }), known)).toEqual(['dose-ceiling serious PARA']);
    expect(checkSafety(input(dose, child), known)).toEqual({
      alerts: [],
      unjudged: [{ medicine: 'PARA', why: 'weight-missing' }],
    });
  });

  test('that no strength can be read for is said to be unjudged, and only where there is a ceiling', () => {
    const odd = medicine('ODD', 'paracetamol', 'N02BE01', { strength: 'strong' });
    expect(checkSafety(input([line(odd)]), knowing(day)).unjudged).toEqual([
      { medicine: 'ODD', why: 'strength-unknown' },
    ]);
    expect(checkSafety(input([line(odd)]), knowing()).unjudged).toEqual([]);
  });
});

describe('an age', () => {
  const born = (birthDate: string) => ({ birthDate });
  const row = {
    kind: 'age-limit',
    subject: 'ketorolac',
    fromMonths: 192,
    severity: 'serious',
    effect: 'safety-unknown',
  };

  test('is reached on the birthday', () => {
    expect(said(input([line(ketorolac)], born('2010-11-22')), knowing(row))).toEqual(['age-limit serious KETO']);
    expect(said(input([line(ketorolac)], born('2010-11-21')), knowing(row))).toEqual([]);
  });

  test('is asked on the surface only where the row says so', () => {
    const drops = { ...row, subject: 'timolol' };
    expect(said(input([line(timolol)], born('2020-01-01')), knowing(drops))).toEqual([]);
    expect(said(input([line(timolol)], born('2020-01-01')), knowing({ ...drops, by: 'any' }))).toEqual([
      'age-limit serious TIMO',
    ]);
  });
});

// --- properties ------------------------------------------------------------------------------------------------------

const all = [amoxicillin, ampicillin, cefalexin, withAcid, ketorolac, diclofenac, methotrexate, paracetamol, warfarin];
const someInput = fc
  .record({
    chosen: fc.shuffledSubarray(all, { minLength: 1 }),
    prescribed: fc.integer({ min: 1, max: 5 }),
    age: fc.integer({ min: 2, max: 90 }),
    allergies: fc.subarray([
      { kind: 'inn', code: 'amoxicillin' },
      { kind: 'atc', code: 'M01A' },
      { kind: 'group', code: 'penicillins' },
    ] as Allergy[]),
    pregnancy: fc.constantFrom(undefined, 'pregnant' as const, 'lactating' as const),
    timesPerDay: fc.integer({ min: 1, max: 24 }),
  })
  .map(({ chosen, prescribed, age, allergies, pregnancy, timesPerDay }) =>
    input(
      chosen.slice(0, prescribed).map((m) => line(m, { timesPerDay })),
      { birthDate: `${2026 - age}-01-01`, allergies, pregnancy },
      chosen.slice(prescribed).map((m) => takes(m)),
    ),
  );

const subject = fc.constantFrom(...all.flatMap((m) => [m.inn.split(' + ')[0] as string, `ATC:${m.atc.slice(0, 4)}`]));
const severity = fc.constantFrom(...severities);
/** Any row but an exemption, which is there to silence. */
const someRow = fc.oneof(
  fc.record({ kind: fc.constant('interaction'), a: subject, b: subject, severity, effect: fc.constant('bleeding') }),
  fc.record({ kind: fc.constant('age-limit'), subject, fromMonths: fc.integer({ min: 1, max: 900 }), severity }),
  fc.record({ kind: fc.constant('pregnancy'), subject, when: fc.constantFrom('pregnant', 'lactating'), severity }),
  fc.record({
    kind: fc.constant('cross-allergy'),
    group: fc.constantFrom(...allergyGroups),
    members: fc.uniqueArray(subject, { minLength: 1, maxLength: 4 }),
    severity,
  }),
  fc.record({
    kind: fc.constant('ceiling'),
    subject,
    unit: fc.constant('mg'),
    maxPerDay: fc.integer({ min: 1, max: 5_000 }),
    perKg: fc.constant(false),
    severity,
  }),
);
const someRows = fc.array(someRow, { maxLength: 25 });

describe('whatever is prescribed and known', () => {
  test('the order of lines and of what the patient takes changes nothing', () => {
    fc.assert(
      fc.property(someInput, someRows, (of, rows) => {
        const turned = { ...of, lines: of.lines.toReversed(), active: of.active.toReversed() };
        const known = knowing(...rows);
        expect(new Set(checkSafety(turned, known).alerts)).toEqual(new Set(checkSafety(of, known).alerts));
      }),
    );
  });

  test('more knowledge takes no warning away and softens none', () => {
    fc.assert(
      fc.property(someInput, someRows, someRows, (of, rows, more) => {
        const less = checkSafety(of, knowing(...rows)).alerts;
        const then = checkSafety(of, knowing(...rows, ...more)).alerts;
        for (const alert of less) {
          const same = then.find((a) => a.kind === alert.kind && a.medicines.join() === alert.medicines.join());
          expect(same).toBeDefined();
          expect(severities.indexOf(same?.severity ?? 'moderate')).toBeLessThanOrEqual(
            severities.indexOf(alert.severity),
          );
        }
      }),
    );
  });

  test('an alert names a line, has an id of its own, and the id is short and plain', () => {
    fc.assert(
      fc.property(someInput, someRows, (of, rows) => {
        const { alerts } = checkSafety(of, knowing(...rows));
        const codes = of.lines.map((l) => l.medicine.code);
        for (const { id, medicines } of alerts) {
          expect(id).toMatch(/^[a-z-]+:[A-Za-z0-9-]+:[A-Z0-9+-]+$/);
          expect(id.length).toBeLessThanOrEqual(120);
          expect(medicines.some((code) => codes.includes(code))).toBe(true);
        }
        expect(new Set(alerts.map((a) => a.id)).size).toBe(alerts.length);
      }),
    );
  });

  test('the subjects that are asked for beforehand are all that a check reads', () => {
    fc.assert(
      fc.property(someInput, someRows, (of, rows) => {
        const known = knowing(...rows);
        const announced = subjectsOfCheck(of);
        const partly = checkSafety(of, (s) => (announced.includes(s) ? known(s) : []));
        expect(partly).toEqual(checkSafety(of, known));
      }),
    );
  });
});
