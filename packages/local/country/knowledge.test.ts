/** The starter set against the demo formulary: what must alert, and what must stay silent. */
import { rowsBySubject } from '@darmon/domain/knowledge';
import type { Medicine, Route } from '@darmon/domain/medicine';
import { type Alert, type Allergy, checkSafety, type SafetyInput } from '@darmon/domain/safety';
import { describe, expect, test } from 'vitest';
import { formulary } from './formulary.ts';
import { starterSet } from './knowledge.ts';

const rows = starterSet.rows();
const bySubject = rowsBySubject(rows);
const known = (subject: string) => bySubject.get(subject) ?? [];
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
  readonly inn?: string;
  readonly route?: Route;
  readonly amount?: number;
  readonly times?: number;
  readonly everyHours?: number;
  /** Part of the code, where an INN has several strengths. */
  readonly code?: string;
}
/** An INN or a code. */
type Said = string | Wanted;
const wantedOf = (text: string): Wanted => (/^[A-Z0-9-]+$/.test(text) ? { code: text } : { inn: text });

const lineOf = (said: Said): SafetyInput['lines'][number] => {
  const { inn = '', route, amount = 1, times = 1, everyHours, code } = typeof said === 'string' ? wantedOf(said) : said;
  const medicine = code === undefined ? medicineOf(inn, route) : (formulary.find((m) => m.code === code) as Medicine);
  const by = route ?? medicine.routes.find((r) => !surfaces.includes(r)) ?? (medicine.routes[0] as Route);
  const often = everyHours === undefined ? { timesPerDay: times, days: 5 } : { everyHours, days: 28 };
  return { medicine, dosage: { amount, unit: medicine.unit, ...often, route: by } };
};
const weekly = (name: string, amount = 1): Wanted => ({ inn: name, amount, everyHours: 168 });

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
  ['allergy contraindicated', { lines: ['ampicillin'], allergies: [inn('amoxicillin')] }],
  ['allergy contraindicated', { lines: ['amoxicillin + clavulanic acid'], allergies: [inn('benzylpenicillin')] }],
  ['allergy serious', { lines: ['cefalexin'], allergies: [inn('amoxicillin')] }],
  ['allergy serious', { lines: ['cefalexin'], allergies: [{ kind: 'group', code: 'penicillins' }] }],
  ['allergy moderate', { lines: ['ceftriaxone'], allergies: [inn('amoxicillin')] }],
  ['allergy moderate', { lines: ['amoxicillin'], allergies: [inn('cefazolin')] }],
  ['allergy contraindicated', { lines: ['cefixime'], allergies: [inn('cefuroxime')] }],
  ['allergy contraindicated', { lines: ['perindopril + indapamide'], allergies: [inn('enalapril')] }],
  ['allergy serious', { lines: ['ketorolac'], allergies: [inn('acetylsalicylic acid')] }],
  ['allergy serious', { lines: [{ inn: 'diclofenac', route: 'topical' }], allergies: [inn('ibuprofen')] }],
  ['allergy contraindicated', { lines: ['azithromycin'], allergies: [inn('erythromycin')] }],
  [
    'allergy contraindicated',
    { lines: [{ inn: 'ciprofloxacin', route: 'ophthalmic' }], allergies: [inn('levofloxacin')] },
  ],
  ['allergy contraindicated', { lines: ['metamizole sodium'], allergies: [{ kind: 'group', code: 'pyrazolones' }] }],
  [
    'allergy contraindicated',
    { lines: ['rifampicin + pyrazinamide + ethambutol + isoniazid'], allergies: [inn('isoniazid')] },
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
  ['duplicate-therapy moderate', { lines: ['clopidogrel', 'ticagrelor'] }],
  ['duplicate-therapy moderate', { lines: [weekly('methotrexate', 4)], takes: ['azathioprine'] }],
  ['duplicate-therapy moderate', { lines: ['aciclovir', 'valaciclovir'] }],
  ['duplicate-therapy serious', { lines: ['amoxicillin'], takes: ['amoxicillin + clavulanic acid'] }],
  ['duplicate-therapy serious', { lines: ['PARA500TAB', 'codeine + paracetamol'] }],
  ['duplicate-therapy serious', { lines: ['ASA500TAB'], takes: ['ASA75TAB'] }],
  ['duplicate-therapy serious', { lines: ['losartan + hydrochlorothiazide'], takes: ['losartan'] }],
  [
    'duplicate-therapy serious',
    {
      lines: ['KETR10TAB', 'KETR30INJ'],
    },
  ],
  [
    'duplicate-therapy serious',
    {
      lines: ['INSG100PEN', 'INSG300PEN'],
    },
  ],
  ['duplicate-therapy moderate', { lines: ['bisoprolol'], takes: ['metoprolol'], remainingDays: 8 }],
  ['interaction serious', { lines: ['losartan + hydrochlorothiazide'], takes: ['enalapril'] }],
  ['interaction serious', { lines: ['enalapril + hydrochlorothiazide'], takes: ['valsartan + amlodipine'] }],
  ['interaction moderate', { lines: ['spironolactone'], takes: ['perindopril + indapamide'] }],
  ['interaction serious', { lines: ['apixaban'], takes: ['rivaroxaban'] }],
  ['interaction serious', { lines: ['enoxaparin'], takes: ['rivaroxaban'] }],
  ['interaction serious', { lines: ['carbamazepine'], takes: ['apixaban'] }],
  ['interaction serious', { lines: ['tramadol'], takes: ['carbamazepine'] }],
  ['interaction serious', { lines: ['haloperidol', 'metoclopramide'] }],
  ['interaction contraindicated', { lines: ['clarithromycin'], takes: ['quetiapine'] }],
  ['interaction serious', { lines: ['codeine + paracetamol', 'diazepam'] }],
  ['interaction serious', { lines: ['rifampicin + pyrazinamide + ethambutol + isoniazid'], takes: ['warfarin'] }],
  ['interaction moderate', { lines: [{ inn: 'salbutamol', route: 'inhalation' }], takes: ['propranolol'] }],
  ['interaction serious', { lines: [{ inn: 'timolol', route: 'ophthalmic' }], takes: ['verapamil'] }],
  [
    'interaction serious',
    { lines: [{ inn: 'timolol', route: 'ophthalmic' }], takes: [{ inn: 'salbutamol', route: 'inhalation' }] },
  ],
  ['age-limit moderate', { lines: [{ inn: 'oxymetazoline', route: 'nasal' }], ...child('2024-01-01', 12) }],
  ['age-limit contraindicated', { lines: ['codeine + paracetamol'], ...child('2016-01-01', 30) }],
  ['age-limit serious', { lines: ['ASA500TAB'], ...child('2015-01-01', 35) }],
  ['pregnancy contraindicated', { lines: ['losartan + hydrochlorothiazide'], pregnancy: 'pregnant' }],
  ['pregnancy serious', { lines: ['valproic acid'], pregnancy: 'pregnant' }],
  ['lactation contraindicated', { lines: ['codeine + paracetamol'], pregnancy: 'lactating' }],
  ['dose-ceiling serious', { lines: [{ inn: 'paracetamol', code: 'PARA500TAB', amount: 3, times: 4 }] }],
  ['dose-ceiling moderate', { lines: [{ inn: 'metformin', amount: 3, times: 3 }] }],
  ['dose-ceiling serious', { lines: [{ inn: 'methotrexate', amount: 4, times: 1 }] }],
  [
    'dose-ceiling serious',
    { lines: [{ inn: 'paracetamol', code: 'PARA500TAB', amount: 1, times: 4 }], ...child('2021-01-01', 16) },
  ],
  ['dose-ceiling serious', { lines: ['methotrexate'] }],
  ['dose-ceiling serious', { lines: ['alendronic acid'] }],
  ['dose-ceiling serious', { lines: [{ inn: 'paracetamol', code: 'PARA500TAB', amount: 3, times: 1 }] }],
  ['dose-ceiling serious', { lines: [{ inn: 'codeine + paracetamol', amount: 3, times: 4 }] }],
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
  { lines: [weekly('methotrexate', 6), 'folic acid'] },
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
  { lines: ['colecalciferol', weekly('alendronic acid')] },
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
  {
    lines: [{ code: 'INSR100VIAL', route: 'subcutaneous' }, 'INSN100PEN'],
  },
  { lines: ['INSA100PEN', 'INSG100PEN', 'metformin'] },
  { lines: ['INSL100PEN'], takes: [{ code: 'INSR100VIAL', route: 'subcutaneous' }] },
  {
    lines: ['LEVT50TAB', 'LEVT100TAB'],
  },
  {
    lines: [{ code: 'GLUC5INF', amount: 200 }, 'GLUC40INJ'],
  },
  {
    lines: [{ inn: 'salbutamol', code: 'SALB100INH' }, 'SALB1NEB'],
  },
  { lines: ['SALB100INH'], takes: ['BECL250INH'] },
  { lines: ['BECL250INH'], takes: ['warfarin', 'atorvastatin'] },
  { lines: ['FLUT50SPR', 'loratadine'] },
  { lines: ['XYLO100SPR', 'paracetamol', 'ambroxol'] },
  {
    lines: ['TIMO5EYE', 'LATA50EYE', 'DORZ2EYE'],
  },
  {
    lines: ['TOBR3EYE', 'DEXA1EYE'],
  },
  { lines: [{ code: 'CIPR2INF', amount: 100, times: 2 }], takes: ['ferrous sulfate'] },
  { lines: ['CALG100INJ'], takes: ['levothyroxine'] },
  {
    lines: ['HYDR1OIN', 'BETA1CRM'],
  },
  {
    lines: ['CLOT100PES', 'CLOT1CRM'],
  },
  { lines: ['METR500PES'], takes: ['warfarin'] },
  { lines: ['ACIC5CRM', 'valaciclovir'], takes: ['metformin'] },
  { lines: ['KETP2-5GEL'], takes: ['enalapril', 'furosemide'] },
  { lines: ['rifampicin + pyrazinamide + ethambutol + isoniazid', 'pyridoxine'] },
  { lines: ['pyrazinamide'], takes: ['ethambutol', 'isoniazid', 'rifampicin'] },
  { lines: ['lamivudine + tenofovir disoproxil + dolutegravir', 'sulfamethoxazole + trimethoprim'] },
  { lines: ['valproic acid'], takes: ['levetiracetam'] },
  { lines: ['folic acid', 'cyanocobalamin', 'ferrous sulfate'] },
  { lines: ['thiamine', 'pyridoxine', 'cyanocobalamin'] },
  { lines: ['diclofenac', 'tolperisone', 'pantoprazole'] },
  { lines: ['etoricoxib', 'tizanidine'] },
  { lines: ['perindopril + indapamide', 'amlodipine'] },
  { lines: ['losartan + hydrochlorothiazide', 'amlodipine', 'atorvastatin'] },
  { lines: ['valsartan + amlodipine', 'bisoprolol'] },
  { lines: ['bisoprolol', 'amlodipine', 'perindopril', 'rosuvastatin'], takes: ['metformin'] },
  { lines: ['torasemide', 'spironolactone', 'bisoprolol'] },
  { lines: ['isosorbide mononitrate', 'bisoprolol', 'atorvastatin'] },
  { lines: ['GTN400SPR'], takes: ['isosorbide dinitrate'] },
  { lines: ['trimetazidine', 'bisoprolol'] },
  { lines: ['rivaroxaban'], takes: ['bisoprolol', 'metformin'] },
  { lines: ['apixaban', 'paracetamol'] },
  { lines: ['enoxaparin'], takes: ['bisoprolol'] },
  { lines: ['ceftriaxone', 'azithromycin'] },
  { lines: ['doxycycline', 'metronidazole'] },
  { lines: ['fosfomycin'], takes: ['metformin', 'lisinopril'] },
  { lines: ['nitrofurantoin'] },
  {
    lines: ['FLUC150CAP', 'CLOT100PES'],
  },
  { lines: ['albendazole'] },
  { lines: ['oseltamivir', 'paracetamol'] },
  { lines: ['desloratadine', 'MOME50SPR', 'montelukast'] },
  { lines: ['salmeterol + fluticasone', 'salbutamol', 'montelukast'] },
  { lines: ['theophylline', 'salbutamol'] },
  { lines: ['tamsulosin', 'solifenacin'] },
  { lines: ['levonorgestrel + ethinylestradiol', 'metronidazole'] },
  { lines: ['dydrogesterone', 'folic acid'], pregnancy: 'pregnant' },
  { lines: ['CLOT100PES'], pregnancy: 'pregnant' },
  { lines: ['levothyroxine'], pregnancy: 'pregnant' },
  { lines: ['drotaverine', 'progesterone'], pregnancy: 'pregnant' },
  { lines: ['cefixime'], pregnancy: 'lactating' },
  { lines: ['loratadine'], pregnancy: 'lactating' },
  { lines: ['metformin'], takes: ['metformin'], remainingDays: 1 },
  { lines: ['amlodipine'], allergies: [inn('amoxicillin')] },
  { lines: ['gentamicin'], allergies: [{ kind: 'group', code: 'penicillins' }] },
  { lines: ['ceftriaxone'], allergies: [inn('sulfamethoxazole')] },
  { lines: ['metamizole sodium'], allergies: [inn('paracetamol')] },
  { lines: ['furosemide', 'indapamide'], allergies: [{ kind: 'group', code: 'sulfonamide-antibiotics' }] },
  { lines: ['insulin aspart'], allergies: [inn('insulin glargine')] },
  { lines: [{ code: 'PARA120SUS', amount: 10, times: 4 }], ...child('2022-01-01', 15) },
  { lines: [{ code: 'IBUP100SUS', amount: 5, times: 3 }], ...child('2022-01-01', 15) },
  { lines: [{ code: 'AMOX250SUS', amount: 5, times: 3 }], ...child('2022-01-01', 15) },
  {
    lines: ['ZINC20TAB', 'SMEC3PWD'],
    ...child('2024-06-01', 10),
  },
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
