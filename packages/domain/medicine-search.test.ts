import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldBeginning, foldSpelling } from './cyrillic.ts';
import type { Medicine } from './medicine.ts';
import { isOneEditFrom, makeMedicineSearch } from './medicine-search.ts';

const medicine = (
  code: string,
  inn: string,
  innRu: string,
  innUz: string,
  strength: string,
  brand: string,
): Medicine => ({
  code,
  inn,
  innRu,
  innUz,
  atc: 'J01CA04',
  form: 'tablet',
  strength,
  class: 'rx',
  reimbursed: false,
  registered: true,
  unit: 'tablet',
  routes: ['oral'],
  packs: [{ gtin: '09520000000011', units: 10, brand, maker: 'Demo' }],
});
const formulary = [
  medicine('AMOX500', 'amoxicillin', 'амоксициллин', 'amoksitsillin', '500 mg', 'Amoksidarm'),
  medicine('AMOX1000', 'amoxicillin', 'амоксициллин', 'amoksitsillin', '1000 mg', 'Amoksidarm'),
  medicine('AMOX250', 'amoxicillin', 'амоксициллин', 'amoksitsillin', '250 mg', 'Amoksidarm'),
  medicine('XYLO', 'xylometazoline', 'ксилометазолин', 'ksilometazolin', '0.1 %', 'Ksilovard'),
  medicine('CHLORHEX', 'chlorhexidine', 'хлоргексидин', 'xlorgeksidin', '0.05 %', 'Xlorshif'),
  medicine('CETI', 'cetirizine', 'цетиризин', 'setirizin', '10 mg', 'Tsetivard'),
  medicine('THIA', 'thiamine', 'тиамин', 'tiamin', '50 mg', 'Vitamin B1'),
  medicine('PHENOX', 'phenoxymethylpenicillin', 'феноксиметилпенициллин', 'fenoksimetilpenitsillin', '1 g', 'Fenovard'),
  medicine('HYDRO', 'hydrochlorothiazide', 'гидрохлоротиазид', 'gidroxlortiazid', '12.5 mg', 'Amoxil'),
  medicine('PANC', 'pancreatin', 'панкреатин', 'pankreatin', '10 000 U', 'Koʻksoy'),
];
const search = makeMedicineSearch(formulary);
const find = (text: string, more: { limit?: number; boost?: ReadonlyMap<string, number> } = {}) =>
  search.find(text, { limit: 10, ...more });
const codes = (text: string, more = {}): string[] => find(text, more).medicines.map(({ code }) => code);
const amoxicillin = ['AMOX250', 'AMOX500', 'AMOX1000'];

test.each([
  ['amox', [...amoxicillin, 'HYDRO']],
  ['amoks', [...amoxicillin, 'HYDRO']],
  ['амокс', [...amoxicillin, 'HYDRO']],
  ['АМОКСИЦИЛ', amoxicillin],
  ['amoksisilin', amoxicillin],
  ['xlor', ['CHLORHEX']],
  ['хлор', ['CHLORHEX']],
  ['chlor', ['CHLORHEX']],
  ['ksilo', ['XYLO']],
  ['xylo', ['XYLO']],
  ['цети', ['CETI']],
  ['seti', ['CETI']],
  ['тиам', ['THIA']],
  ['fenoks', ['PHENOX']],
  ['феноксиметил', ['PHENOX']],
  ['ko‘k', ['PANC']],
  ["ko'k", ['PANC']],
  ['кўк', ['PANC']],
  ['amox250', ['AMOX250']],
  ['J01CA', ['AMOX250', 'AMOX500', 'AMOX1000', 'CETI', 'CHLORHEX', 'HYDRO', 'PANC', 'PHENOX', 'THIA', 'XYLO']],
])('%s finds by the beginning of a word of name, brand or code, in any script and spelling', (text, expected) => {
  expect(find(text).resembling).toBe(false);
  expect(codes(text)).toEqual(expected);
});

test.each([
  ['амокс 500', ['AMOX500']],
  ['500 amox', ['AMOX500']],
  ['amox 500mg', ['AMOX500']],
  ['amox500mg', ['AMOX500']],
  ['amox 1', ['AMOX1000', 'HYDRO']],
  ['гидро 12,5', ['HYDRO']],
  ['гидро 12,', ['HYDRO']],
  ['hydro 12.5', ['HYDRO']],
  ['panc 10000', ['PANC']],
  ['panc 10 000', ['PANC']],
  ['vitamin b1', ['THIA']],
  ['витамин B 1', ['THIA']],
  ['amox 750', []],
])('%s is narrowed by the strength, however its figures are written', (text, expected) => {
  expect(codes(text)).toEqual(expected);
});

test('a letter whose sound the next one decides hides nothing meanwhile', () => {
  expect(codes('c')).toContain('CETI');
  expect(codes('c')).toContain('CHLORHEX');
  expect(codes('p')).toContain('PHENOX');
  expect(codes('x')).toContain('XYLO');
  expect(codes('k')).toContain('XYLO');
});

test('however a name is spelt, every beginning of it folds to a beginning of the fold', () => {
  const letters = fc.constantFrom(...'abcdefghiklmnoprstuvxyzабвгдежзийклмнопрстуфхцчшщэюяўқғҳ');
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 12 }), (name) => {
      // No name has these: t before hs, and s after what folds to t.
      fc.pre(!/t[hҳх]?(s|с|ш|щ|sh)|т[hҳх]?(s|с|ш|щ)/.test(name.join('')));
      const whole = foldSpelling(name.join(''));
      return name.every((_, n) => foldBeginning(name.slice(0, n + 1).join('')).some((one) => whole.startsWith(one)));
    }),
  );
});

test('one letter wrong in a long word finds what resembles it, and says so', () => {
  for (const typed of ['amoxycilin', 'amoxxicillin', 'amxicillin', 'anoxicillin', 'аноксиц'])
    expect({ typed, ...find(typed), medicines: codes(typed) }).toEqual({
      typed,
      medicines: amoxicillin,
      resembling: typed !== 'amoxycilin' && typed !== 'amoxxicillin',
    });
  expect(find('pnacreatin').resembling).toBe(true);
  expect(codes('pnacreatin')).toEqual(['PANC']);
  expect(codes('anoxicillin 500')).toEqual(['AMOX500']);
});

test('what begins as typed is never mixed with what only resembles it', () => {
  const alike = makeMedicineSearch([
    medicine('METO', 'metoprolol', 'метопролол', 'metoprolol', '50 mg', 'A'),
    medicine('METRO', 'metronidazole', 'метронидазол', 'metronidazol', '250 mg', 'B'),
  ]);
  const { medicines, resembling } = alike.find('metro', { limit: 10 });
  expect([medicines.map(({ code }) => code), resembling]).toEqual([['METRO'], false]);
});

test('neither short words nor figures are guessed', () => {
  expect(codes('anox')).toEqual([]);
  expect(codes('amoxicillin 501')).toEqual([]);
  expect(codes('amox25o')).toEqual([]);
});

test('a medicine whose own name begins so stands before one that only has such a brand', () => {
  expect(codes('amox').at(-1)).toBe('HYDRO');
  expect(codes('amox', { boost: new Map([['HYDRO', 100]]) }).at(-1)).toBe('HYDRO');
});

test('what this person chooses often stands before the alphabet, the most often first', () => {
  const boost = new Map([
    ['AMOX1000', 2],
    ['AMOX500', 7],
    ['AMOX250', 0],
    ['GONE', 9],
  ]);
  expect(codes('amox', { boost })).toEqual(['AMOX500', 'AMOX1000', 'AMOX250', 'HYDRO']);
  expect(codes('amox', { boost, limit: 1 })).toEqual(['AMOX500']);
});

test('strengths of one medicine stand in the order of their figures', () => {
  expect(codes('amoxicillin')).toEqual(amoxicillin);
});

test('no more are answered than asked for, and the first of them', () => {
  expect(codes('amox', { limit: 2 })).toEqual(amoxicillin.slice(0, 2));
});

test('nothing typed finds nothing, and neither does a word that no name begins with', () => {
  for (const text of ['', '  ', 'moxi', '.*', '·', "'", 'ь', '(', 'אב', 'amox zzz']) expect(codes(text)).toEqual([]);
});

test('any text at all is answered, and only with medicines of the formulary, each once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      const found = codes(text);
      expect(new Set(found).size).toBe(found.length);
      expect(formulary.map(({ code }) => code)).toEqual(expect.arrayContaining(found));
    }),
  );
});

test('spellings of one sound fold alike', () => {
  for (const [one, other] of [
    ['цефазолин', 'cefazolin'],
    ['фуросемид', 'furosemide'.slice(0, -1)],
    ['йод', 'iod'],
    ['phenol', 'fenol'],
    ['thiamine', 'tiamine'],
    ['Oʻsimlik', "o'simlik"],
    ['Ёд', 'yod'],
  ] as const)
    expect(foldSpelling(one)).toBe(foldSpelling(other));
});

test('one edit is a letter more, less, another, or two neighbours exchanged, and nothing further', () => {
  for (const typed of ['abcde', 'abxcde', 'abde', 'abxde', 'bacde', 'abcdx', 'xabcde', 'bcde'])
    expect([typed, isOneEditFrom(typed, 'abcdefgh')]).toEqual([typed, true]);
  for (const typed of ['abyxde', 'cbade', 'axcxe', 'edcba', 'cde'])
    expect([typed, isOneEditFrom(typed, 'abcdefgh')]).toEqual([typed, false]);
});
