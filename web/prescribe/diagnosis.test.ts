import { expect, test, vi } from 'vitest';

vi.mock('../shared/language.ts', () => ({ useLanguage: () => 'uz-Latn', currentLanguage: () => 'uz-Latn' }));
vi.mock('../shared/session.ts', () => ({ currentUser: async () => null, renew: async () => undefined }));
const { diagnosisTitle, findDiagnoses } = await import('./diagnosis.ts');

test.each([
  ['J06', 'J06.9'],
  ['j069', 'J06.9'],
  ['J06.9', 'J06.9'],
  ['z00', 'Z00.0'],
  ['В01', 'B01.9'],
  ['gastroent', 'A09.0'],
  ['otkir yuqori', 'J06.9'],
  ['гастроэнт', 'A09.0'],
  ['бруцел', 'A23.9'],
])('%s finds %s, whatever the script, case or point', (text, code) => {
  expect(findDiagnoses(text, 12)).toContain(code);
});

test('a letter finds the codes of its own chapter first', () => {
  const found = findDiagnoses('k', 5);
  expect(found.every((code) => code.startsWith('K'))).toBe(true);
});

test('a well-formed code without a title is offered last, and has none', () => {
  expect(findDiagnoses('S72.1', 12)).toEqual(['S72.1']);
  expect(diagnosisTitle('S72.1', 'ru')).toBeUndefined();
});

test('what is no code and no word finds nothing', () => {
  expect(findDiagnoses('qvqv', 12)).toEqual([]);
});

test('a title comes in the language asked for', () => {
  expect(diagnosisTitle('A23.9', 'ru')).toBe('Бруцеллёз неуточнённый');
  expect(diagnosisTitle('A23.9', 'uz-Cyrl')).toMatch(/^Бруцеллёз/);
});
