import { describe, expect, test } from 'vitest';
import { readCsv } from './csv.ts';
import { type KnowledgeKind, readKnowledge, rowsBySubject, subjectsOf } from './knowledge.ts';

const read = (kind: KnowledgeKind, ...lines: readonly string[]) => readKnowledge(kind, readCsv(lines.join('\n')));
const wrong = (kind: KnowledgeKind, ...lines: readonly string[]) =>
  read(kind, ...lines).problems.map(({ line, what }) => `${line}: ${what}`);

const pairHead = 'id,a,b,severity,effect,source,state';
const pair = (id: string, a: string, b: string) => `${id},${a},${b},serious,bleeding,made for a test,unverified`;

describe('a file of knowledge', () => {
  test('gives rows with what its cells say; an empty cell is nothing', () => {
    const head =
      'id,subject,route,fromMonths,untilMonths,unit,maxPerDay,maxPerDose,perKg,minHours,severity,source,state';
    expect(read('ceiling', head, 'D1,paracetamol,,,144,mg,75,,true,,serious,"made, for a test",unverified')).toEqual({
      problems: [],
      rows: [
        {
          kind: 'ceiling',
          id: 'D1',
          subject: 'paracetamol',
          untilMonths: 144,
          unit: 'mg',
          maxPerDay: 75,
          perKg: true,
          severity: 'serious',
          source: 'made, for a test',
          state: 'unverified',
        },
      ],
    });
  });

  test('names the members of a group between semicolons', () => {
    const head = 'id,group,members,severity,source,state';
    const { rows } = read(
      'cross-allergy',
      head,
      'G1,penicillins,ATC:J01C; amoxicillin,serious,made for a test,verified',
    );
    expect(rows[0]).toMatchObject({ members: ['ATC:J01C', 'amoxicillin'] });
  });

  test('is refused where a column is unknown, twice or missing', () => {
    expect(wrong('interaction', 'id,a,b,severity,effect,source,state,colour')).toEqual(['1: column colour']);
    expect(wrong('interaction', `${pairHead},a`)).toEqual(['1: twice: column a']);
    expect(wrong('interaction', 'id,a,b,effect,source', 'I1,warfarin,heparin,bleeding,made for a test')).toEqual([
      '1: no column state',
      '1: no column severity',
    ]);
    expect(wrong('age-limit', '')).toContain('1: no column subject');
  });

  test('is refused where an id or a pair stands twice, in whichever order', () => {
    const lines = [
      pair('I1', 'warfarin', 'ATC:M01A'),
      pair('I2', 'ATC:M01A', 'warfarin'),
      pair('I1', 'heparin', 'ATC:M01A'),
    ];
    expect(wrong('interaction', pairHead, ...lines)).toEqual(['3: twice: ATC:M01A + warfarin', '4: twice: I1']);
  });

  test.each([
    ['an ATC code of level 1', pair('I1', 'ATC:M', 'warfarin'), 'a'],
    ['an ATC code with a letter for a figure', pair('I1', 'ATC:M0IA', 'warfarin'), 'a'],
    ['an ATC code of six characters', pair('I1', 'ATC:M01AE0', 'warfarin'), 'a'],
    ['a name in capitals', pair('I1', 'Warfarin', 'heparin'), 'a'],
    ['a name that is a combination', pair('I1', 'amoxicillin + clavulanic acid', 'warfarin'), 'a'],
    ['an id that would not do in a name', pair('i 1', 'heparin', 'warfarin'), 'id'],
    ['a severity that there is not', pair('I1', 'heparin', 'warfarin').replace('serious', 'grave'), 'severity'],
    ['an effect that there is not', pair('I1', 'heparin', 'warfarin').replace('bleeding', 'dread'), 'effect'],
    ['no source', pair('I1', 'heparin', 'warfarin').replace('made for a test', ''), 'source'],
    ['a state that there is not', pair('I1', 'heparin', 'warfarin').replace('unverified', 'sure'), 'state'],
  ])('is refused with %s', (_, line, column) => {
    expect(wrong('interaction', pairHead, line)).toEqual([`2: ${column}`]);
  });

  test.each([
    ['a flag that is neither', 'D1,paracetamol,mg,75,yes,serious,made for a test,verified', 'perKg'],
    ['a dose that is no number', 'D1,paracetamol,mg,many,true,serious,made for a test,verified', 'maxPerDay'],
    ['a dose of nothing', 'D1,paracetamol,mg,0,true,serious,made for a test,verified', 'maxPerDay'],
    ['a unit that no strength has', 'D1,paracetamol,drops,75,true,serious,made for a test,verified', 'unit'],
  ])('is refused with %s', (_, line, column) => {
    expect(wrong('ceiling', 'id,subject,unit,maxPerDay,perKg,severity,source,state', line)).toEqual([`2: ${column}`]);
  });

  test('is refused with an age limit that names no age, and with a group that patients’ records do not know', () => {
    expect(
      wrong('age-limit', 'id,subject,severity,source,state', 'L1,codeine,serious,made for a test,verified'),
    ).toEqual(['2: fromMonths']);
    const head = 'id,group,members,severity,source,state';
    expect(wrong('cross-allergy', head, 'G1,pollens,birch,serious,made for a test,verified')).toEqual(['2: group']);
    expect(wrong('cross-allergy', head, 'G1,penicillins,,serious,made for a test,verified')).toEqual(['2: members']);
    expect(wrong('cross-allergy', head, 'G1,penicillins,group:pollens,serious,made for a test,verified')).toEqual([
      '2: members.0',
    ]);
  });
});

test('a medicine is spoken of by each of its substances and by its class at levels 2 to 5', () => {
  expect(subjectsOf({ inn: 'Amoxicillin + clavulanic acid', atc: 'J01CR02' })).toEqual([
    'amoxicillin',
    'clavulanic acid',
    'ATC:J01',
    'ATC:J01C',
    'ATC:J01CR',
    'ATC:J01CR02',
  ]);
});

test('a pair lies with both of its subjects, and a pair of a class with itself once', () => {
  const { rows } = read(
    'interaction',
    pairHead,
    pair('I1', 'warfarin', 'ATC:M01A'),
    pair('I2', 'ATC:M01A', 'ATC:M01A'),
  );
  const ids = [...rowsBySubject(rows)].map(([subject, of]) => [subject, of.map((row) => row.id)]);
  expect(ids).toEqual([
    ['warfarin', ['I1']],
    ['ATC:M01A', ['I1', 'I2']],
  ]);
});
