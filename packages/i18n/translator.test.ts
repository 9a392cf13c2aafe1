import { expect, test } from 'vitest';
import { translatorOf } from './translator.ts';
import { common } from './words/common.ts';

test('a translator answers in the language asked for', () => {
  const t = translatorOf({ common });
  expect(t('uz-Latn')('common:yes')).toBe('Ha');
  expect(t('uz-Cyrl')('common:yes')).toBe('Ҳа');
  expect(t('ru')('common:yes')).toBe('Да');
  expect(t('en')('common:yes')).toBe('Yes');
});
