/** The starter set by itself: whole, spelt as the formulary spells, honest about its source, and quiet at renewals. */
import { allergyGroups, type KnowledgeRow, rowsBySubject } from '@darmon/domain/knowledge';
import type { Medicine, Route } from '@darmon/domain/medicine';
import { type Alert, checkSafety } from '@darmon/domain/safety';
import { languages } from '@darmon/i18n/language';
import { alertText } from '@darmon/i18n/safety';
import { expect, test } from 'vitest';
import { formulary } from './formulary.ts';
import { starterSet } from './knowledge.ts';

const rows = starterSet.rows();
const bySubject = rowsBySubject(rows);
const known = (subject: string) => bySubject.get(subject) ?? [];

test('the set is as large as it says, every row has its source, and none pretends to be verified', () => {
  const count = (kind: string) => rows.filter((r) => r.kind === kind).length;
  expect(count('interaction')).toBeGreaterThanOrEqual(120);
  expect(count('ceiling')).toBeGreaterThanOrEqual(60);
  const groups = new Set(rows.flatMap((r) => (r.kind === 'cross-allergy' ? [r.group] : [])));
  expect(groups.size).toBeGreaterThanOrEqual(25);
  expect(new Set(rows.map((r) => r.state))).toEqual(new Set(['unverified']));
  expect(new Set(rows.map((r) => r.id)).size).toBe(rows.length);
});

const subjectsIn = (row: KnowledgeRow): string[] => {
  if ('b' in row) return [row.a, row.b];
  return row.kind === 'cross-allergy' ? row.members : [row.subject];
};
const named = rows.flatMap(subjectsIn).filter((s) => !s.startsWith('group:'));
const namesOf = (m: Medicine): string[] => m.inn.split(' + ');

/** Substances that patients bring an allergy to, or take from elsewhere, without the demo formulary having them. */
const elsewhere = (
  'aceclofenac acitretin articaine benzocaine buprenorphine bupivacaine carbimazole cefaclor cefadroxil cefepime ' +
  'cefoperazone cefpodoxime ceftazidime cloxacillin dalteparin dexketoprofen ergotamine ertapenem flurbiprofen ' +
  'fluphenazine fosinopril gemfibrozil glipizide hydromorphone imipenem indometacin isotretinoin josamycin kanamycin ' +
  'ketoconazole lansoprazole leflunomide levocetirizine levomepromazine lincomycin lithium lornoxicam mepivacaine ' +
  'meropenem midazolam minocycline nadroparin neomycin norfloxacin ornidazole oxacillin oxazepam oxcarbazepine ' +
  'oxycodone phenazone phenoxymethylpenicillin phenytoin piperacillin piroxicam posaconazole procaine promethazine ' +
  'propylthiouracil propyphenazone quinapril ribavirin rifabutin rifapentine rifaximin ropivacaine roxithromycin ' +
  'secnidazole selegiline spiramycin streptomycin sulfadiazine sulfadimethoxine sulfasalazine teicoplanin tetracaine ' +
  'thalidomide ticarcillin vancomycin voriconazole'
).split(' ');

test('no row speaks of a name that is misspelt: each is in the formulary, or known to be elsewhere', () => {
  const known = new Set([...formulary.flatMap(namesOf), ...elsewhere, 'potassium chloride']);
  const names = new Set(named.filter((s) => !s.startsWith('ATC:')));
  expect([...names].filter((s) => !known.has(s))).toEqual([]);
  expect(elsewhere.filter((s) => !names.has(s) || formulary.some((m) => namesOf(m).includes(s)))).toEqual([]);
});

test('a class that the formulary has no medicine of is named only where its members are known elsewhere', () => {
  const empty = [
    'ATC:J01DH',
    'ATC:J01DE',
    'ATC:J01XA',
    'ATC:N01BA',
    'ATC:N05AB',
    'ATC:N05CD',
    'ATC:N03AB',
    'ATC:H03BA',
    'ATC:V06',
  ];
  const classes = [...new Set(named.filter((s) => s.startsWith('ATC:')))];
  const without = classes.filter((s) => !formulary.some((m) => m.atc.startsWith(s.slice(4))));
  expect(without.sort()).toEqual(empty.sort());
});

test('who is in a group of shared allergies by class is in it by name too, since allergies are recorded by name', () => {
  const lost = rows.flatMap((row) => {
    if (row.kind !== 'cross-allergy') return [];
    const classes = row.members.filter((s) => s.startsWith('ATC:')).map((s) => s.slice(4));
    const inside = formulary.filter((m) => classes.some((c) => m.atc.startsWith(c)) && namesOf(m).length === 1);
    return inside.filter((m) => !row.members.includes(m.inn)).map((m) => `${row.id} ${m.inn}`);
  });
  expect(lost).toEqual([]);
});

test('every group of shared allergies has members', () => {
  const groups = new Set(rows.flatMap((r) => (r.kind === 'cross-allergy' ? [r.group] : [])));
  expect(allergyGroups.filter((g) => !groups.has(g))).toEqual([]);
});

test('a renewal of any one medicine in its last week raises nothing', () => {
  const loud = formulary.flatMap((medicine) => {
    const route = medicine.routes[0] as Route;
    const hours =
      medicine.inn === 'methotrexate' || medicine.inn === 'alendronic acid' ? { everyHours: 168 } : { timesPerDay: 1 };
    const dosage = { amount: 1, unit: medicine.unit, ...hours, days: 28, route };
    const active = [{ medicine, route, remainingDays: 7 }];
    const input = {
      patient: { birthDate: '1970-05-05', allergies: [] },
      today: '2026-11-21',
      lines: [{ medicine, dosage }],
      active,
    };
    return checkSafety(input, known).alerts.map((a) => a.id);
  });
  expect(loud).toEqual([]);
});

/** Facts as each kind of alert has them, from the rows. */
const spoken = rows.flatMap((row): Pick<Alert, 'kind' | 'facts'>[] => {
  if (row.kind === 'interaction') return [{ kind: row.kind, facts: { effect: row.effect } }];
  if (row.kind === 'cross-allergy')
    return [{ kind: 'allergy', facts: { allergy: 'x', allergyKind: 'inn', group: row.group } }];
  if (row.kind === 'pregnancy') return [{ kind: row.kind, facts: row.effect ? { effect: row.effect } : {} }];
  if (row.kind !== 'age-limit') return [];
  const { fromMonths, untilMonths, effect } = row;
  return [{ kind: row.kind, facts: JSON.parse(JSON.stringify({ fromMonths, untilMonths, effect })) }];
});

test.each(languages)('every row has its words in %s', (language) => {
  expect(spoken.length).toBeGreaterThan(300);
  for (const alert of spoken) {
    const text = alertText(alert, language);
    expect(text).not.toMatch(/[{}]|safety:|undefined|NaN/);
    expect(/[а-яё]{3}/i.test(text), text).toBe(language === 'ru' || language === 'uz-Cyrl');
  }
});
