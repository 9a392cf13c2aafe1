import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { recoverKeyboardLayout } from './keyboard-layout.ts';

const runs = process.env.NIGHTLY ? 100_000 : 5_000;
if (process.env.NIGHTLY) vi.setConfig({ testTimeout: 600_000 });

// Copied from the layouts key by key, American above, so that a slip in the module is not repeated here.
const ROWS: [american: string, russian: string, uzbek: string][] = [
  ['1234567890-=', '1234567890-=', '1234567890ғҳ'],
  ['!@#$%^&*()_+', '!"№;%:?*()_+', '!"№;%:?*()ҒҲ'],
  ['qwertyuiop[]', 'йцукенгшщзхъ', 'йцукенгшўзхъ'],
  ['QWERTYUIOP{}', 'ЙЦУКЕНГШЩЗХЪ', 'ЙЦУКЕНГШЎЗХЪ'],
  ["asdfghjkl;'", 'фывапролджэ', 'фқвапролджэ'],
  ['ASDFGHJKL:"', 'ФЫВАПРОЛДЖЭ', 'ФҚВАПРОЛДЖЭ'],
  ['zxcvbnm,./', 'ячсмитьбю.', 'ячсмитьбю.'],
  ['ZXCVBNM<>?', 'ЯЧСМИТЬБЮ,', 'ЯЧСМИТЬБЮ,'],
  ['\\|`~ ', '\\/ёЁ ', '\\/ёЁ '],
];
const keys = ROWS.flatMap(([american, russian, uzbek]) =>
  [...american].map((key, i) => ({ key, russian: [...russian][i]!, uzbek: [...uzbek][i]! })),
);
const typed = fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 60 });

describe('keyboard layouts', () => {
  test.each(['russian', 'uzbek'] as const)(
    'a %s layout is undone or refused, never turned into something else',
    (layout) => {
      let recovered = 0;
      fc.assert(
        fc.property(typed, (strokes) => {
          const text = strokes.map((stroke) => stroke[layout]).join('');
          const outcome = recoverKeyboardLayout(text);
          if (outcome.kind === 'recovered') {
            recovered++;
            expect(outcome.text).toBe(strokes.map(({ key }) => key).join(''));
          } else if (outcome.kind === 'refused') {
            expect(outcome.code).toBe('uncertain-keyboard');
          }
        }),
        { numRuns: runs },
      );
      expect(recovered).toBeGreaterThan(runs / 2);
    },
  );

  test('one Latin letter anywhere proves that no layout explains the text', () => {
    fc.assert(
      fc.property(typed, fc.constantFrom('A', 'x', 'Q'), fc.nat(), (strokes, latin, place) => {
        const text = strokes.map(({ russian }) => russian).join('');
        const at = place % (text.length + 1);
        const outcome = recoverKeyboardLayout(text.slice(0, at) + latin + text.slice(at));
        expect(['unchanged', 'refused']).toContain(outcome.kind);
      }),
      { numRuns: runs },
    );
  });

  test.each([
    ['01Ы', 'recovered'],
    ['01Қ', 'recovered'],
    ['01ЫҚ', 'mixed-keyboard'],
    ['01Қ-', 'mixed-keyboard'],
    ['01Ф-', 'recovered'],
    ['01Фғ', 'recovered'],
    ['01Фғ-', 'mixed-keyboard'],
    ['01Ї', 'mixed-keyboard'],
    ['01ФΩ', 'mixed-keyboard'],
    ['01А', 'uncertain-keyboard'],
    ['01САХАР', 'uncertain-keyboard'],
    ['01САХАРЪ', 'recovered'],
    ['0123.', 'unchanged'],
  ])('%s is %s', (text, answer) => {
    const outcome = recoverKeyboardLayout(text);
    expect(outcome.kind === 'refused' ? outcome.code : outcome.kind).toBe(answer);
  });

  test('the position is that of the character no layout types', () => {
    expect(recoverKeyboardLayout('Фы12ZФ')).toMatchObject({ code: 'mixed-keyboard', position: 4 });
  });
});
