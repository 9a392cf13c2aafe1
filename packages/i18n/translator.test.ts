import { describe, expect, test } from 'vitest';
import type { Words } from './entry.ts';
import { translatorOf } from './translator.ts';
import { common } from './words/common.ts';

const sample = {
  'with.dot': { uz: 'salom, {{name}}', ru: 'привет, {{name}}', en: 'hello, {{name}}' },
  days: {
    uz: '{{n}} kun',
    ru: { one: '{{n}} день', few: '{{n}} дня', many: '{{n}} дней', other: '{{n}} дня' },
    en: { one: '{{n}} day', other: '{{n}} days' },
  },
} satisfies Words;

const t = translatorOf({ common, sample });

describe('a translator', () => {
  test('answers in the language asked for', () => {
    expect(t('uz-Latn')('common:save')).toBe('Saqlash');
    expect(t('uz-Cyrl')('common:save')).toBe('Сақлаш');
    expect(t('ru')('common:save')).toBe('Сохранить');
    expect(t('en')('common:save')).toBe('Save');
  });

  test('neither escapes a fact nor expands what stands in it', () => {
    expect(t('en')('sample:with.dot', { name: '<b> & {{count}} $t(common:save)' })).toBe(
      'hello, <b> & {{count}} $t(common:save)',
    );
  });

  test.each([
    [1, '1 день', '1 day'],
    [2, '2 дня', '2 days'],
    [5, '5 дней', '5 days'],
    [11, '11 дней', '11 days'],
    [21, '21 день', '21 days'],
    [1.5, '1.5 дня', '1.5 days'],
  ])('counts %d as its language does', (count, ru, en) => {
    expect(t('ru')('sample:days', { n: count, count })).toBe(ru);
    expect(t('en')('sample:days', { n: count, count })).toBe(en);
    expect(t('uz-Cyrl')('sample:days', { n: count, count })).toBe(`${count} кун`);
  });

  test('a key that does not exist does not compile', () => {
    // @ts-expect-error the area has no such key
    expect(t('en')('common:noSuchKey')).toBe('noSuchKey');
  });
});
