/** The starter set against the demo formulary: what must alert, what must stay silent, and that the set is honest. */
import { rowsBySubject } from '@darmon/domain/knowledge';
import type { Medicine, Route } from '@darmon/domain/medicine';
import { type Alert, type Allergy, checkSafety, type SafetyInput } from '@darmon/domain/safety';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formulary } from './formulary.ts';
import { starterSet } from './knowledge.ts';

const rows = starterSet.rows();
const bySubject = rowsBySubject(rows);
const known = (subject: string) => bySubject.get(subject) ?? [];
const nothing = () => [];
const today = '2026-11-20';

/** The first medicine of the formulary with this INN that is taken by this route, and by no surface where none is named. */
const medicineOf = (inn: string, route?: Route): Medicine => {
  const found = formulary.find(
    (m) => m.inn === inn && (route ? m.routes.includes(route) : !m.routes.every((r) => surfaces.includes(r))),
  );
  if (!found) throw new Error(`the demo formulary has no ${inn} ${route ?? ''}`);
  return found;
};
const surfaces: readonly Route[] = ['topical', 'ophthalmic', 'otic', 'nasal', 'vaginal'];

interface Wanted {
  readonly inn: string;
  readonly route?: Route;
  readonly amount?: number;
  readonly times?: number;
  /** Part of the code, where an INN has several strengths. */
  readonly code?: string;
}
type Said = string | Wanted;

const lineOf = (said: Said): SafetyInput['lines'][number] => {
  const { inn, route, amount = 1, times = 1, code } = typeof said === 'string' ? { inn: said } : said;
  const medicine = code === undefined ? medicineOf(inn, route) : (formulary.find((m) => m.code === code) as Medicine);
  const by = route ?? (medicine.routes.find((r) => !surfaces.includes(r)) as Route);
  return { medicine, dosage: { amount, unit: medicine.unit, timesPerDay: times, days: 5, route: by } };
};

interface Case {
  readonly lines: readonly Said[];
  readonly takes?: readonly Said[];
  readonly remainingDays?: number;
  readonly allergies?: readonly Allergy[];
  readonly pregnancy?: 'pregnant' | 'lactating';
  readonly birthDate?: string;
  readonly weightKg?: number;
}

const inputOf = ({
  lines,
  takes = [],
  remainingDays = 60,
  allergies = [],
  pregnancy,
  birthDate = '1970-05-05',
  weightKg,
}: Case): SafetyInput => ({
  patient: { birthDate, allergies, pregnancy, weightKg },
  today,
  lines: lines.map(lineOf),
  active: takes.map(lineOf).map(({ medicine, dosage }) => ({ medicine, route: dosage.route, remainingDays })),
});
const check = (c: Case, knowledge: Parameters<typeof checkSafety>[1] = known) => checkSafety(inputOf(c), knowledge);
const said = (alerts: readonly Alert[]): string[] => alerts.map((a) => `${a.kind} ${a.severity}`);
const inn = (code: string): Allergy => ({ kind: 'inn', code });
const child = (birthDate: string, weightKg?: number) => ({ birthDate, ...(weightKg !== undefined && { weightKg }) });

const mustAlert: readonly [string, Case][] = [
  ['interaction contraindicated', { lines: ['simvastatin', 'clarithromycin'] }],
  ['interaction contraindicated', { lines: ['simvastatin'], takes: ['itraconazole'] }],
  ['interaction serious', { lines: ['simvastatin', 'amiodarone'] }],
  ['interaction moderate', { lines: ['simvastatin', 'amlodipine'] }],
  ['interaction serious', { lines: ['atorvastatin', 'clarithromycin'] }],
  ['interaction contraindicated', { lines: ['sildenafil'], takes: ['isosorbide mononitrate'] }],
  ['interaction contraindicated', { lines: ['isosorbide dinitrate'], takes: ['sildenafil'] }],
  ['interaction serious', { lines: ['linezolid'], takes: ['sertraline'] }],
  ['interaction serious', { lines: ['tramadol'], takes: ['fluoxetine'] }],
  ['interaction moderate', { lines: ['sumatriptan', 'escitalopram'] }],
  ['interaction contraindicated', { lines: ['domperidone', 'erythromycin'] }],
  ['interaction contraindicated', { lines: ['moxifloxacin'], takes: ['amiodarone'] }],
  ['interaction serious', { lines: ['haloperidol', 'escitalopram'] }],
  ['interaction contraindicated', { lines: ['tizanidine', 'ciprofloxacin'] }],
  ['interaction contraindicated', { lines: ['ivabradine', 'verapamil'] }],
  ['interaction contraindicated', { lines: ['ticagrelor', 'clarithromycin'] }],
  ['interaction serious', { lines: ['rifampicin'], takes: ['warfarin'] }],
  ['interaction serious', { lines: ['rifampicin'], takes: ['levonorgestrel + ethinylestradiol'] }],
  ['interaction contraindicated', { lines: ['sofosbuvir', 'carbamazepine'] }],
  ['interaction serious', { lines: ['ibuprofen'], takes: ['warfarin'] }],
  ['interaction serious', { lines: [{ inn: 'diclofenac', route: 'intramuscular' }], takes: ['warfarin'] }],
  ['interaction serious', { lines: ['sulfamethoxazole + trimethoprim'], takes: ['warfarin'] }],
  ['interaction serious', { lines: ['fluconazole'], takes: ['warfarin'] }],
  ['interaction moderate', { lines: ['azithromycin'], takes: ['warfarin'] }],
  ['interaction serious', { lines: ['naproxen'], takes: ['rivaroxaban'] }],
  ['interaction moderate', { lines: ['omeprazole'], takes: ['clopidogrel'] }],
  ['interaction serious', { lines: ['meloxicam', 'celecoxib'] }],
  ['interaction contraindicated', { lines: ['ketorolac', 'ibuprofen'] }],
  ['interaction moderate', { lines: ['sertraline', 'ibuprofen'] }],
  ['interaction serious', { lines: ['ketoprofen'], takes: ['methotrexate'] }],
  ['interaction serious', { lines: ['allopurinol'], takes: ['azathioprine'] }],
  ['interaction contraindicated', { lines: ['febuxostat'], takes: ['azathioprine'] }],
  ['interaction serious', { lines: ['losartan'], takes: ['enalapril'] }],
  ['interaction moderate', { lines: ['spironolactone'], takes: ['perindopril'] }],
  ['interaction moderate', { lines: ['nimesulide'], takes: ['lisinopril'] }],
  ['interaction serious', { lines: ['clarithromycin'], takes: ['digoxin'] }],
  ['interaction moderate', { lines: ['furosemide'], takes: ['digoxin'] }],
  ['interaction serious', { lines: ['bisoprolol', 'verapamil'] }],
  ['interaction moderate', { lines: ['salbutamol'], takes: ['propranolol'] }],
  ['interaction serious', { lines: ['ciprofloxacin'], takes: ['theophylline'] }],
  ['interaction moderate', { lines: ['doxycycline'], takes: ['ferrous sulfate'] }],
  ['interaction serious', { lines: ['gentamicin', 'furosemide'] }],
  ['interaction serious', { lines: ['tramadol', 'diazepam'] }],
  ['interaction serious', { lines: ['tramadol', 'pregabalin'] }],
  ['interaction contraindicated', { lines: ['carbamazepine'], takes: ['clozapine'] }],
  ['interaction serious', { lines: ['amitriptyline'], takes: ['fluoxetine'] }],
  ['interaction serious', { lines: ['paroxetine'], takes: ['tamoxifen'] }],
  ['interaction serious', { lines: ['lamotrigine'], takes: ['valproic acid'] }],
  ['interaction serious', { lines: ['fluconazole'], takes: ['gliclazide'] }],
  ['interaction serious', { lines: ['clarithromycin'], takes: ['tacrolimus'] }],
  ['interaction serious', { lines: ['clarithromycin'], takes: ['colchicine'] }],
  ['interaction serious', { lines: ['metoclopramide'], takes: ['levodopa + carbidopa'] }],
  ['allergy contraindicated', { lines: ['amoxicillin'], allergies: [inn('amoxicillin')] }],
  ['allergy contraindicated', { lines: ['amoxicillin + clavulanic acid'], allergies: [inn('amoxicillin')] }],
  ['allergy contraindicated', { lines: ['ampicillin'], allergies: [{ kind: 'atc', code: 'J01C' }] }],
  ['allergy contraindicated', { lines: ['ampicillin'], allergies: [{ kind: 'group', code: 'penicillins' }] }],
  ['allergy serious', { lines: ['cefalexin'], allergies: [{ kind: 'atc', code: 'J01C' }] }],
  ['allergy moderate', { lines: ['ceftriaxone'], allergies: [{ kind: 'group', code: 'beta-lactams' }] }],
  [
    'allergy contraindicated',
    { lines: [{ inn: 'sulfacetamide', route: 'ophthalmic' }], allergies: [inn('sulfamethoxazole')] },
  ],
  ['allergy serious', { lines: ['ibuprofen'], allergies: [{ kind: 'group', code: 'nsaids' }] }],
  ['allergy contraindicated', { lines: ['tinidazole'], allergies: [inn('metronidazole')] }],
  ['allergy contraindicated', { lines: ['valaciclovir'], allergies: [inn('aciclovir')] }],
  ['allergy contraindicated', { lines: ['enalapril'], allergies: [{ kind: 'group', code: 'ace-inhibitors' }] }],
  ['duplicate-therapy moderate', { lines: ['bisoprolol'], takes: ['metoprolol'] }],
  ['duplicate-therapy moderate', { lines: ['omeprazole', 'pantoprazole'] }],
  [
    'duplicate-therapy serious',
    { lines: [{ inn: 'paracetamol', code: 'PARA500TAB' }], takes: [{ inn: 'paracetamol', route: 'rectal' }] },
  ],
  ['duplicate-therapy moderate', { lines: ['atorvastatin'], takes: ['rosuvastatin'] }],
  ['dose-ceiling serious', { lines: [{ inn: 'paracetamol', code: 'PARA500TAB', amount: 3, times: 4 }] }],
  ['dose-ceiling moderate', { lines: [{ inn: 'metformin', amount: 3, times: 3 }] }],
  ['dose-ceiling serious', { lines: [{ inn: 'methotrexate', amount: 4, times: 1 }] }],
  [
    'dose-ceiling serious',
    { lines: [{ inn: 'paracetamol', code: 'PARA500TAB', amount: 1, times: 4 }], ...child('2021-01-01', 16) },
  ],
  ['pregnancy contraindicated', { lines: ['enalapril'], pregnancy: 'pregnant' }],
  ['pregnancy contraindicated', { lines: ['atorvastatin'], pregnancy: 'pregnant' }],
  ['pregnancy serious', { lines: ['doxycycline'], pregnancy: 'pregnant' }],
  ['pregnancy serious', { lines: ['ibuprofen'], pregnancy: 'pregnant' }],
  ['lactation serious', { lines: ['tramadol'], pregnancy: 'lactating' }],
  ['age-limit contraindicated', { lines: ['nimesulide'], ...child('2020-06-01', 20) }],
  ['age-limit contraindicated', { lines: ['doxycycline'], ...child('2020-06-01', 20) }],
  ['age-limit serious', { lines: ['ciprofloxacin'], ...child('2015-06-01', 35) }],
  ['age-limit moderate', { lines: ['glibenclamide'], birthDate: '1950-01-01' }],
];

const mustStaySilent: readonly Case[] = [
  { lines: ['amoxicillin', { inn: 'paracetamol', code: 'PARA500TAB', amount: 2, times: 4 }] },
  { lines: ['amoxicillin + clavulanic acid', 'ibuprofen'] },
  { lines: ['azithromycin', 'ambroxol'] },
  { lines: ['metformin', 'atorvastatin', 'enalapril'] },
  { lines: ['metformin', 'gliclazide'] },
  { lines: ['metformin', 'sitagliptin'] },
  { lines: ['metformin', 'dapagliflozin'] },
  { lines: ['insulin glargine', 'insulin aspart'] },
  { lines: ['insulin lispro'], takes: ['insulin glargine', 'metformin'] },
  { lines: ['acetylsalicylic acid', 'clopidogrel'] },
  { lines: ['acetylsalicylic acid', 'ticagrelor', 'atorvastatin'] },
  { lines: ['bisoprolol', 'enalapril', 'indapamide'] },
  { lines: ['amlodipine', 'losartan'] },
  { lines: ['amlodipine', 'bisoprolol'] },
  { lines: ['enalapril', 'hydrochlorothiazide'] },
  { lines: ['valsartan', 'rosuvastatin'] },
  { lines: ['furosemide', 'bisoprolol'] },
  { lines: ['omeprazole', 'amoxicillin', 'clarithromycin'] },
  { lines: ['omeprazole', 'amoxicillin', 'metronidazole', 'bismuth subcitrate'] },
  { lines: ['omeprazole', 'ibuprofen'] },
  { lines: ['pantoprazole'], takes: ['clopidogrel'] },
  { lines: ['paracetamol'], takes: ['warfarin'] },
  { lines: ['amoxicillin'], takes: ['warfarin'] },
  { lines: ['cefuroxime', 'loratadine'] },
  { lines: ['ceftriaxone', 'paracetamol'] },
  { lines: ['levothyroxine', 'metformin'] },
  { lines: ['levothyroxine'], takes: ['atorvastatin'] },
  { lines: ['prednisolone', 'omeprazole'] },
  { lines: ['sertraline'], takes: ['amlodipine'] },
  { lines: ['escitalopram', 'omeprazole'] },
  { lines: ['amitriptyline', 'paracetamol'] },
  { lines: ['gabapentin', 'paracetamol'] },
  { lines: ['carbamazepine', 'folic acid'] },
  { lines: ['levetiracetam'], takes: ['lamotrigine'] },
  { lines: ['topiramate'], takes: ['levetiracetam'] },
  { lines: ['rifampicin', 'isoniazid', 'pyrazinamide', 'ethambutol'] },
  { lines: ['isoniazid', 'pyridoxine'] },
  { lines: ['methotrexate', 'folic acid'] },
  { lines: ['methotrexate'], takes: ['azathioprine'] },
  { lines: ['glyceryl trinitrate'], takes: ['isosorbide mononitrate', 'bisoprolol'] },
  { lines: ['salbutamol'], takes: ['budesonide'] },
  { lines: ['salbutamol', 'montelukast'] },
  { lines: ['salmeterol + fluticasone', 'tiotropium bromide'] },
  { lines: ['salbutamol'], takes: ['bisoprolol'] },
  { lines: ['tamsulosin', 'finasteride'] },
  { lines: ['allopurinol', 'colchicine'] },
  { lines: ['diclofenac', 'omeprazole'] },
  { lines: ['tolperisone', 'meloxicam'] },
  { lines: ['ondansetron', 'paracetamol'] },
  { lines: ['loperamide', 'diosmectite'] },
  { lines: ['drotaverine', 'omeprazole'] },
  { lines: ['cetirizine', 'prednisolone'] },
  { lines: ['fluconazole'], takes: ['levothyroxine'] },
  { lines: ['ferrous sulfate', 'folic acid'] },
  { lines: ['colecalciferol', 'alendronic acid'] },
  { lines: ['digoxin', 'bisoprolol'] },
  { lines: ['warfarin', 'bisoprolol'] },
  { lines: ['rivaroxaban', 'bisoprolol', 'atorvastatin'] },
  { lines: ['tramadol', 'paracetamol'] },
  { lines: ['haloperidol', 'trihexyphenidyl'] },
  { lines: ['levodopa + carbidopa', 'domperidone'] },
  { lines: ['sildenafil', 'amlodipine'] },
  { lines: ['levonorgestrel + ethinylestradiol'], takes: ['amoxicillin'] },
  { lines: ['dolutegravir'], takes: ['lamivudine + tenofovir disoproxil + dolutegravir'], remainingDays: 3 },
  { lines: ['bisoprolol'], takes: ['bisoprolol'], remainingDays: 5 },
  { lines: ['metformin'], takes: ['metformin'], remainingDays: 7 },
  { lines: [{ inn: 'diclofenac', route: 'topical' }, 'ibuprofen'] },
  { lines: [{ inn: 'diclofenac', route: 'topical' }], takes: ['warfarin'] },
  { lines: [{ inn: 'timolol', route: 'ophthalmic' }], takes: ['bisoprolol'] },
  { lines: [{ inn: 'ciprofloxacin', route: 'ophthalmic' }], takes: ['theophylline'] },
  { lines: [{ inn: 'clotrimazole', route: 'topical' }], takes: ['warfarin'] },
  { lines: [{ inn: 'xylometazoline', route: 'nasal' }], takes: ['enalapril'] },
  { lines: ['furosemide'], allergies: [inn('sulfamethoxazole')] },
  { lines: ['hydrochlorothiazide'], allergies: [{ kind: 'group', code: 'sulfonamide-antibiotics' }] },
  { lines: ['celecoxib'], allergies: [inn('sulfamethoxazole')] },
  { lines: ['azithromycin'], allergies: [inn('amoxicillin')] },
  { lines: ['doxycycline'], allergies: [{ kind: 'group', code: 'penicillins' }] },
  { lines: ['paracetamol'], allergies: [{ kind: 'group', code: 'nsaids' }] },
  { lines: ['losartan'], allergies: [{ kind: 'group', code: 'ace-inhibitors' }] },
  { lines: ['paracetamol', 'amoxicillin'], pregnancy: 'pregnant' },
  { lines: ['methyldopa', 'folic acid', 'ferrous sulfate'], pregnancy: 'pregnant' },
  { lines: ['cefuroxime'], pregnancy: 'pregnant' },
  { lines: ['insulin aspart'], pregnancy: 'pregnant' },
  { lines: ['ibuprofen', 'amoxicillin'], pregnancy: 'lactating' },
  { lines: [{ inn: 'tetracycline', route: 'ophthalmic' }], pregnancy: 'pregnant' },
  { lines: ['paracetamol'], ...child('2016-01-01', 32) },
  { lines: [{ inn: 'paracetamol', code: 'PARA500TAB', amount: 0.5, times: 4 }], ...child('2020-01-01', 20) },
  { lines: ['cetirizine'], ...child('2019-01-01', 22) },
  { lines: ['salbutamol', 'montelukast'], ...child('2015-01-01', 30) },
  { lines: ['metronidazole', 'ceftriaxone'] },
];

describe('must alert', () => {
  test.each(mustAlert)('%s: %j', (expected, c) => {
    expect(said(check(c).alerts)).toContain(expected);
  });
});

describe('must stay silent', () => {
  test.each(mustStaySilent)('%j', (c) => {
    expect(said(check(c).alerts)).toEqual([]);
  });
});

test('the silent list is at least as long as the other', () => {
  expect(mustStaySilent.length).toBeGreaterThanOrEqual(mustAlert.length);
});

test('the set is as large as it says, every row has its source, and none pretends to be verified', () => {
  const count = (kind: string) => rows.filter((r) => r.kind === kind).length;
  expect(count('interaction')).toBeGreaterThanOrEqual(120);
  expect(count('ceiling')).toBeGreaterThanOrEqual(60);
  const groups = new Set(rows.flatMap((r) => (r.kind === 'cross-allergy' ? [r.group] : [])));
  expect(groups.size).toBeGreaterThanOrEqual(25);
  expect(new Set(rows.map((r) => r.state))).toEqual(new Set(['unverified']));
  expect(new Set(rows.map((r) => r.id)).size).toBe(rows.length);
});

test('the order of lines changes nothing, and more knowledge takes no warning away', () => {
  const medicines = fc.constantFrom(...formulary.map((m) => m.code));
  fc.assert(
    fc.property(fc.uniqueArray(medicines, { minLength: 1, maxLength: 6 }), fc.context(), (codes, context) => {
      const c = { lines: codes.map((code) => ({ inn: '', code })) };
      const line = (code: string) => {
        const medicine = formulary.find((m) => m.code === code) as Medicine;
        return {
          medicine,
          dosage: { amount: 1, unit: medicine.unit, timesPerDay: 2, days: 5, route: medicine.routes[0] as Route },
        };
      };
      const input = { ...inputOf({ lines: [] }), lines: c.lines.map((l) => line(l.code)) };
      const there = checkSafety(input, known);
      const back = checkSafety({ ...input, lines: [...input.lines].reverse() }, known);
      context.log(codes.join(' '));
      expect(back.alerts).toEqual(there.alerts);
      const less = new Set(checkSafety(input, nothing).alerts.map((a) => a.id));
      const exempt = there.alerts.map((a) => a.id);
      for (const id of less) if (!id.startsWith('duplicate-therapy')) expect(exempt).toContain(id);
    }),
    { numRuns: 300 },
  );
});

test('a dose that cannot be judged is said, and not guessed', () => {
  expect(check({ lines: ['paracetamol'], ...child('2021-01-01') }).unjudged).toMatchObject([{ why: 'weight-missing' }]);
  const drops = lineOf('enoxaparin');
  const ceiling = rows.find((r) => r.kind === 'ceiling' && r.subject === 'ibuprofen');
  const made = { ...(ceiling as object), subject: 'enoxaparin' } as never;
  const { alerts, unjudged } = checkSafety({ ...inputOf({ lines: [] }), lines: [drops] }, (s) =>
    s === 'enoxaparin' ? [made] : [],
  );
  expect([alerts, unjudged]).toEqual([[], [{ medicine: drops.medicine.code, why: 'strength-unknown' }]]);
});
