import { expect, test } from 'vitest';
import { makeBurst, meaningOf, type TypedKey } from './keys.ts';

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

const typeFast = (keys: readonly Partial<TypedKey>[]) => {
  const scanner = makeBurst();
  keys.forEach((key, n) => {
    scanner.press(n * 12, { key: '0', code: 'Digit0', shiftKey: false, capsLock: false, ...key });
  });
  return scanner;
};
const digits = Array.from({ length: 16 }, () => ({}));
const slash = { key: '.', code: 'Slash' };

test('Caps Lock is told from the keys: it exchanges the cases of a serial number, which nothing in the text shows', () => {
  const capital = { key: 'A', code: 'KeyA', capsLock: true };
  expect(typeFast([...digits, capital]).doubtOf('0000000000000000A')).toBe('caps-lock');
  expect(typeFast([...digits, { ...capital, key: '\u0424' }]).doubtOf('0000000000000000\u0424')).toBe('caps-lock');
  expect(typeFast([...digits, { ...capital, capsLock: false }]).doubtOf('0000000000000000A')).toBeUndefined();
  expect(typeFast(digits.map(() => ({ capsLock: true }))).doubtOf('0000000000000000')).toBeUndefined();
});

test('a sign at the place of another is a layout left in Cyrillic, unless a letter says which layout it is', () => {
  expect(typeFast([...digits, slash]).doubtOf('0000000000000000.')).toBe('layout');
  expect(typeFast([...digits, { key: '?', code: 'Digit7', shiftKey: true }]).doubtOf('0?')).toBe('layout');
  expect(typeFast([...digits, slash]).doubtOf('000A.')).toBeUndefined();
  expect(typeFast([...digits, slash]).doubtOf('000\u0444.')).toBeUndefined();
  expect(typeFast([...digits, { key: '.', code: 'Period' }]).doubtOf('0.')).toBeUndefined();
  expect(typeFast([...digits, { key: '/', code: 'Slash' }]).doubtOf('0/')).toBeUndefined();
});

test('what was typed before a pause says nothing of the scan behind it', () => {
  const scanner = typeFast([{ key: 'A', code: 'KeyA', capsLock: true }, slash]);
  for (let n = 0; n < 20; n++)
    scanner.press(5_000 + n * 12, { key: '1', code: 'Digit1', shiftKey: false, capsLock: false });
  expect(scanner.doubtOf('11111')).toBeUndefined();
});
