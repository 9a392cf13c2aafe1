import { roles } from '@darmon/domain/actor';
import { languages } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { webShared } from '@darmon/i18n/words/web-shared';
import { describe, expect, test } from 'vitest';
import { navigationOf, screensOf } from './navigation.ts';

const words = translatorOf({ 'web-shared': webShared });
const at = (role: (typeof roles)[number], path: string) => navigationOf(screensOf([role]), path);
const rowOf = (role: (typeof roles)[number]) =>
  at(role, '/').row.map(({ word }) => word.replace('web-shared:nav-', ''));

test('no role has more than five places in the first row, nor a row that is wider than a desktop', () => {
  for (const role of roles)
    for (const language of languages) {
      const { row } = at(role, '/');
      expect(row.length, role).toBeLessThanOrEqual(5);
      // 700 px are left beside name and language: 40 for each mark and its room, 9 for a letter
      const width = row.reduce((sum, { word }) => sum + 52 + 9 * words(language)(word).length, 0);
      expect(width, `${role} ${language}`).toBeLessThanOrEqual(700);
    }
});

test('each screen of a role is reached in two steps', () => {
  for (const role of roles)
    for (const screen of screensOf([role])) {
      const { row, within, here } = at(role, screen.to);
      expect(here, role).toBe(screen);
      expect([...row.filter(({ isGroup }) => !isGroup), ...within].map(({ to }) => to)).toContain(screen.to);
      expect(row.filter(({ isHere }) => isHere)).toHaveLength(row.length === 0 ? 0 : 1);
    }
});

describe('a group', () => {
  test('of which somebody has one screen is that screen', () => {
    expect(rowOf('chief')).toEqual(['reports', 'knowledge', 'goods', 'ordering', 'privacy']);
    expect(rowOf('pharmacist')).toEqual(['dispense', 'witness', 'reports', 'goods', 'ordering']);
  });
  test('is open, and named, on every screen below one of its own, trails included', () => {
    expect(rowOf('auditor')).toEqual(['oversight', 'reporting', 'goods', 'ordering']);
    for (const path of ['/cases/01', '/trails/lot', '/audit/01', '/privacy']) {
      const { open, row } = at('auditor', path);
      expect(open).toBe('web-shared:nav-oversight');
      expect(row.find(({ isHere }) => isHere)?.word).toBe(open);
    }
    expect(at('auditor', '/trails/days').here?.to).toBe('/audit');
    expect(at('admin', '/admin/sites/import').here?.to).toBe('/admin/sites');
  });
  test('alone needs no row before it', () => {
    expect(at('quality', '/').row).toEqual([]);
    expect(at('quality', '/').within.length).toBeGreaterThan(3);
  });
});

test('where a role begins is the work that it is there for', () => {
  const first = (role: (typeof roles)[number]) => screensOf([role])[0]?.to;
  expect(first('pharmacist')).toBe('/dispense');
  expect(first('doctor')).toBe('/prescribe');
  expect(first('auditor')).toBe('/audit');
  expect(first('admin')).toBe('/admin/people');
});
