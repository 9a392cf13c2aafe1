import { expect, test } from 'vitest';
import { makeBurst, meaningOf } from './keys.ts';

const press = (key: string, more: Partial<Parameters<typeof meaningOf>[0]> = {}) =>
  meaningOf({ key, code: '', ctrlKey: false, altKey: false, metaKey: false, ...more });

test('GS is heard however a scanner types it, in any keyboard layout', () => {
  expect(press('\u001d')).toBe('separator');
  expect(press('F8')).toBe('separator');
  expect(press(']', { ctrlKey: true, code: 'BracketRight' })).toBe('separator');
  expect(press('ъ', { ctrlKey: true, code: 'BracketRight' })).toBe('separator');
});

test('a scan ends with Enter, carriage return or line feed', () => {
  expect(press('Enter')).toBe('end');
  expect(press('m', { ctrlKey: true, code: 'KeyM' })).toBe('end');
  expect(press('ь', { ctrlKey: true, code: 'KeyM' })).toBe('end');
  expect(press('j', { ctrlKey: true, code: 'KeyJ' })).toBe('end');
});

test('a person keeps the bracket, the copy key and the menu', () => {
  expect(press(']', { code: 'BracketRight' })).toBe('other');
  expect(press('c', { ctrlKey: true, code: 'KeyC' })).toBe('other');
  expect(press('Enter', { altKey: true })).toBe('other');
});

test('Tab ends a scan only after a burst that no person types', () => {
  expect(press('Tab')).toBe('end-if-scanned');
  const scanner = makeBurst();
  for (let at = 0; at < 20; at++) scanner.press(at * 12);
  expect(scanner.isScanner(19 * 12 + 12)).toBe(true);
  expect(scanner.isScanner(19 * 12 + 900)).toBe(false);

  const person = makeBurst();
  for (let at = 0; at < 20; at++) person.press(at * 90);
  expect(person.isScanner(19 * 90 + 40)).toBe(false);
});

test('a few fast keys of a person are not a scan', () => {
  const person = makeBurst();
  for (let at = 0; at < 5; at++) person.press(at * 20);
  expect(person.isScanner(100)).toBe(false);
});
