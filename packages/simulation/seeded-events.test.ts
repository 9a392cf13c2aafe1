import { analysisRules } from '@darmon/domain/analysis';
import { expect, test } from 'vitest';
import { seedEvents } from './seeded-events.ts';

const one = seedEvents(1);

test('the same seed makes the same events, and another seed others', () => {
  expect(seedEvents(1)).toEqual(one);
  expect(seedEvents(2).facts).not.toEqual(one.facts);
});

test('events are in the order of their time, within the days, and each has an id of its own', () => {
  expect(one.days).toHaveLength(60);
  expect(new Set(one.facts.map(({ id }) => id)).size).toBe(one.facts.length);
  expect(one.facts.every((fact, n) => n === 0 || fact.at >= (one.facts[n - 1]?.at ?? 0))).toBe(true);
});

test('three of each kind are planted, on subjects of their own, and what is planted is a small part of what happens', () => {
  for (const kind of analysisRules) {
    const own = one.planted.filter((planted) => planted.kind === kind);
    expect(own.map(({ grade }) => grade)).toEqual(['gross', 'middling', 'subtle']);
    expect(new Set(own.map(({ subject }) => subject)).size).toBe(3);
    for (const { from, to } of own) expect(from <= to && from >= '2026-09-01' && to <= '2026-10-30').toBe(true);
  }
  const prescribed = one.facts.filter(({ kind }) => kind === 'prescribed');
  expect(prescribed.length).toBeGreaterThan(8_000);
});

test('every dispense names a prescription that was written before it', () => {
  const written = new Map(one.facts.filter(({ kind }) => kind === 'prescribed').map((f) => [f.prescription, f]));
  const dispensed = one.facts.filter(({ kind }) => kind === 'dispensed');
  expect(dispensed.length).toBeGreaterThan(7_000);
  for (const { prescription, at, patient } of dispensed) {
    expect(written.get(prescription)?.patient).toBe(patient);
    expect(written.get(prescription)?.at).toBeLessThan(at);
  }
});
