import { expect, test } from 'vitest';
import { icd10 } from './icd10.ts';
import { regions } from './regions.ts';

const codes = Object.keys(icd10);

test('at least 150 diagnoses have a title, each under a well-formed ICD-10 code', () => {
  expect(codes.length).toBeGreaterThanOrEqual(150);
  for (const code of codes) expect(code).toMatch(/^[A-TV-Z]\d{2}(\.\d)?$|^U07\.1$/);
});

test('a code stands in the list once, in the order of the classification', () => {
  expect(codes).toEqual([...new Set(codes)].sort());
});

test('a code that is divided is listed by its divisions, not by itself', () => {
  for (const code of codes) expect(codes.filter((c) => c.startsWith(`${code}.`))).toEqual([]);
});

test('a title is short, whole and in its own script', () => {
  for (const [code, { uz, ru, en, uzCyrl }] of Object.entries(icd10)) {
    for (const title of [uz, ru, en]) {
      expect(title.toString().length, code).toBeGreaterThanOrEqual(4);
      expect(title.toString().length, code).toBeLessThanOrEqual(90);
    }
    expect(uz, code).toMatch(/^[A-Za-zʻʼ0-9 ,()-]+$/);
    expect(en, code).toMatch(/^[A-Za-zéè0-9' ,()-]+$/);
    expect(ru, code).toMatch(/^[А-Яа-яЁё ,()BCD12-]+$/);
    if (uzCyrl) expect(uzCyrl, code).toMatch(/^[А-Яа-яЁёЎўҚқҒғҲҳ ,BCD-]+$/);
  }
});

test('the fourteen regions stand under their ISO 3166-2 codes', () => {
  expect(Object.keys(regions)).toHaveLength(14);
  for (const code of Object.keys(regions)) expect(code).toMatch(/^UZ-[A-Z]{2}$/);
});
