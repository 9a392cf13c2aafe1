import { expect, test } from 'vitest';
import {
  isShown,
  licenceState,
  personBody,
  personFaults,
  personFields,
  siteBody,
  siteFaults,
  siteFields,
} from './forms.ts';

const today = '2026-11-20';
const licence = { number: 'L-1', from: '2025-01-01', until: '2029-12-31' };
const person = {
  id: 'doctor-17',
  name: 'Namuna Shifokor',
  roles: ['doctor' as const],
  site: 'CL-1001',
  rights: [],
  licence,
  active: true,
  version: 3,
};

test('a record that nobody changed is sent as it was read', () => {
  const { id: _id, version: _version, ...rest } = person;
  expect(personBody(personFields(person))).toEqual(rest);
  expect(personFaults(personFields(person))).toEqual([]);
  const site = { kind: 'clinic' as const, name: '1-poliklinika', region: 'UZ-TK', licence, active: true };
  expect(siteBody(siteFields({ id: 'CL-1001', version: 1, ...site }))).toEqual(site);
});

test('an empty form says each thing that is missing', () => {
  expect(personFaults(personFields(undefined))).toEqual(['id', 'name', 'roles', 'site']);
  expect(siteFaults(siteFields(undefined))).toEqual(['id', 'name']);
});

test('a licence is whole or not there, and does not end before it begins', () => {
  const fields = personFields(person);
  const wrong = (change: object) => personFaults({ ...fields, licence: { ...fields.licence, ...change } });
  expect(wrong({ number: ' ' })).toEqual(['licence']);
  expect(wrong({ until: '' })).toEqual(['licence']);
  expect(wrong({ until: '2024-12-31' })).toEqual(['licence']);
  expect(wrong({ has: false, number: '' })).toEqual([]);
  expect(personBody({ ...fields, licence: { ...fields.licence, has: false } })).not.toHaveProperty('licence');
});

test('a licence holds through its last day and is called soon over in its last thirty', () => {
  expect(licenceState({ ...licence, until: '2026-11-20' }, today)).toBe('soon');
  expect(licenceState({ ...licence, until: '2026-11-19' }, today)).toBe('over');
  expect(licenceState({ ...licence, until: '2026-12-21' }, today)).toBe('good');
  expect(licenceState({ ...licence, from: '2026-11-21' }, today)).toBe('later');
  expect(licenceState(undefined, today)).toBe('none');
});

test('licences that need care are shown only of open records that need one', () => {
  expect(isShown({ active: true }, true, 'licence', today)).toBe(true);
  expect(isShown({ active: true }, false, 'licence', today)).toBe(false);
  expect(isShown({ active: false }, true, 'licence', today)).toBe(false);
  expect(isShown({ active: false }, true, 'closed', today)).toBe(true);
});
