import { firstPopulation } from '@darmon/domain/population';
import { expect, test } from 'vitest';
import { populationBody, populationFaults, populationForm } from './population-form.ts';

const form = { ...populationForm(firstPopulation, 2026), source: 'stat.uz, 2026', reason: 'yearly figures' };

test('a form begins with the newest figures for this year, and says each thing that is missing', () => {
  const empty = populationForm(firstPopulation, 2026);
  expect(empty.inhabitants['UZ-TK']).toBe('3040800');
  expect(populationFaults(empty)).toEqual(['source', 'reason']);
  expect(populationFaults(form)).toEqual([]);
});

test('numbers may be grouped, and what is no number of people is named by its region', () => {
  const typed = { ...form, inhabitants: { 'UZ-TK': '3 100 000', 'UZ-SA': '4\u00a0300\u00a0000', 'UZ-AN': '' } };
  expect(populationFaults(typed)).toEqual([]);
  expect(populationBody(typed).inhabitants).toEqual({ 'UZ-TK': 3_100_000, 'UZ-SA': 4_300_000 });
  expect(populationFaults({ ...typed, inhabitants: { 'UZ-TK': '0', 'UZ-SA': 'many' } })).toEqual(['UZ-TK', 'UZ-SA']);
});

test('a year without a single region is not sent', () => {
  expect(populationFaults({ ...form, inhabitants: { 'UZ-TK': ' ' } })).toEqual(['none']);
  expect(populationFaults({ ...form, year: '26' })).toEqual(['year']);
});
