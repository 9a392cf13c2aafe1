import type { Medicine } from '@darmon/domain/medicine';
import { beforeAll, expect, test, vi } from 'vitest';

// The module reads the language of the page when it loads.
vi.mock('./language.ts', () => ({ useLanguage: () => 'uz-Latn', currentLanguage: () => 'uz-Latn' }));
vi.mock('./session.ts', () => ({ currentUser: async () => null, renew: async () => undefined }));

let foldSpelling: typeof import('./formulary.ts').foldSpelling;
let searchMedicines: typeof import('./formulary.ts').searchMedicines;
beforeAll(async () => {
  ({ foldSpelling, searchMedicines } = await import('./formulary.ts'));
});

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
  medicine('AMOX250', 'amoxicillin', 'амоксициллин', 'amoksitsillin', '250 mg', 'Amoksidarm'),
  medicine('AMOX500', 'amoxicillin', 'амоксициллин', 'amoksitsillin', '500 mg', 'Amoksidarm'),
  medicine('XYLO', 'xylometazoline', 'ксилометазолин', 'ksilometazolin', '0.1 %', 'Ksilovard'),
  medicine('CHLORHEX', 'chlorhexidine', 'хлоргексидин', 'xlorgeksidin', '0.05 %', 'Xlorshif'),
  medicine('CETI', 'cetirizine', 'цетиризин', 'setirizin', '10 mg', 'Tsetivard'),
  medicine('THIA', 'thiamine', 'тиамин', 'tiamin', '50 mg', 'Tiamvard'),
  medicine(
    'PHENOX',
    'phenoxymethylpenicillin',
    'феноксиметилпенициллин',
    'fenoksimetilpenitsillin',
    '500 mg',
    'Fenovard',
  ),
  medicine('HYDRO', 'hydrochlorothiazide', 'гидрохлоротиазид', 'gidroxlortiazid', '25 mg', 'Amoxil'),
];
const codes = (text: string): string[] => searchMedicines(formulary, text, 10).map(({ code }) => code);

test.each([
  ['amox', ['AMOX250', 'AMOX500', 'HYDRO']],
  ['amoks', ['AMOX250', 'AMOX500', 'HYDRO']],
  ['амокс', ['AMOX250', 'AMOX500', 'HYDRO']],
  ['АМОКСИЦИЛ', ['AMOX250', 'AMOX500']],
  ['amoksisilin', ['AMOX250', 'AMOX500']],
  ['амокс 500', ['AMOX500']],
  ['500 amox', ['AMOX500']],
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
])('%s finds by the beginning of a word, in any script and spelling', (text, expected) => {
  expect(codes(text)).toEqual(expected);
});

test('a medicine whose own name begins so stands before one that only has such a brand', () => {
  expect(codes('amox').at(-1)).toBe('HYDRO');
});

test('strengths of one medicine stand in the order of their figures', () => {
  expect(codes('amoxicillin')).toEqual(['AMOX250', 'AMOX500']);
});

test('nothing typed finds nothing, and neither does a word that no name begins with', () => {
  expect(codes('  ')).toEqual([]);
  expect(codes('moxi')).toEqual([]);
  expect(codes('.*')).toEqual([]);
});

test('spellings of one sound fold alike', () => {
  for (const [one, other] of [
    ['цефазолин', 'cefazolin'],
    ['фуросемид', 'furosemide'.slice(0, -1)],
    ['йод', 'iod'],
    ['phenol', 'fenol'],
    ['thiamine', 'tiamine'],
    ['Oʻsimlik', "o'simlik"],
  ] as const)
    expect(foldSpelling(one)).toBe(foldSpelling(other));
});
