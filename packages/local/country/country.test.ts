import { createHash } from 'node:crypto';
import { PatientIdentity } from '@darmon/domain/patient';
import { parsePinfl } from '@darmon/domain/pinfl';
import { Person, requireStanding, Site } from '@darmon/domain/standing';
import { Lot } from '@darmon/domain/stock';
import { regions } from '@darmon/i18n/words/regions';
import { expect, test } from 'vitest';
import { demoPeople, makeCountry } from './country.ts';
import { formulary, stockedMedicines } from './formulary.ts';

const today = '2026-11-20';
const country = makeCountry(1, today);
const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const site = (id: string) => country.sites.find((s) => s.id === id);
const person = (id: string) => country.people.find((p) => p.id === id);
const siteOf = (id: string) => person(id)?.site;
const medicineOf = new Map(formulary.flatMap((m) => m.packs.map((p) => [p.gtin, m] as const)));
const allLots = country.stock.flatMap((s) => s.lots);
const mainLots = country.stock.find((s) => s.site === 'PH-0001')?.lots ?? [];

test('the same seed and day make the same country, another seed another', () => {
  expect(hash(makeCountry(1, today))).toBe(hash(country));
  expect(hash(makeCountry(2, today))).not.toBe(hash(country));
});

test('people, patients and addresses are the same on every day', () => {
  const later = makeCountry(1, '2031-03-01');
  expect(later.patients).toEqual(country.patients);
  expect(later.people.map((p) => p.name)).toEqual(country.people.map((p) => p.name));
  expect(later.sites.map((s) => s.address)).toEqual(country.sites.map((s) => s.address));
});

test('every site and person has the shape of the domain and an id of its own', () => {
  for (const s of country.sites) expect(Site.parse(s)).toEqual(s);
  for (const p of country.people) expect(Person.parse(p)).toEqual(p);
  for (const list of [country.sites, country.people])
    expect(new Set<string>(list.map((x) => x.id)).size).toBe(list.length);
  expect(new Set(country.sites.map((s) => s.name)).size).toBe(country.sites.length);
});

test('every region has a clinic and two pharmacies', () => {
  const codes = Object.keys(regions);
  expect(codes).toHaveLength(14);
  for (const region of codes) {
    const here = country.sites.filter((s) => s.region === region);
    expect(here.filter((s) => s.kind === 'clinic').length, region).toBeGreaterThanOrEqual(1);
    expect(here.filter((s) => s.kind === 'pharmacy').length, region).toBeGreaterThanOrEqual(2);
  }
  expect(country.sites.every((s) => codes.includes(s.region))).toBe(true);
  expect(site('WH-0001')?.kind).toBe('warehouse');
});

test('the demo people work where the story needs them', () => {
  expect(siteOf('doctor2')).not.toBe(siteOf('doctor'));
  expect(siteOf('pharmacist3')).toBe(siteOf('pharmacist'));
  expect(siteOf('pharmacist2')).not.toBe(siteOf('pharmacist'));
  expect(siteOf('warehouse')).toBe('WH-0001');
  expect(siteOf('warehouse2')).toBe(siteOf('warehouse'));
  expect(siteOf('warehouse3')).not.toBe(siteOf('warehouse'));
  const kindOf = { doctor: 'clinic', pharmacist: 'pharmacy', warehouse: 'warehouse' } as const;
  for (const { id, roles, site: at } of country.people)
    for (const role of roles) if (role in kindOf) expect(site(at)?.kind, id).toBe(kindOf[role as keyof typeof kindOf]);
});

test('there is a demo person for every role, who bears its name', () => {
  for (const role of [
    'doctor',
    'pharmacist',
    'warehouse',
    'quality',
    'planner',
    'approver',
    'chief',
    'auditor',
    'admin',
  ])
    expect(person(role)?.roles, role).toEqual([role]);
  for (const id of demoPeople) expect(person(id), id).toBeDefined();
});

test('everybody is in good standing but the doctor whose licence lapsed', () => {
  const now = Date.parse(`${today}T09:00:00.000Z`);
  for (const p of country.people) {
    const [role] = p.roles as [Person['roles'][number]];
    const actor = {
      person: p.id,
      role,
      roles: p.roles,
      reach: 'own',
      name: p.name,
      site: p.site,
      rights: p.rights,
    } as const;
    const stand = () => requireStanding({ ...actor, authTime: now / 1000, secondFactor: false }, p, site(p.site), now);
    if (p.id === 'doctor-lapsed') expect(stand).toThrow('licence-lapsed');
    else expect(stand, p.id).not.toThrow();
  }
});

test('every resident has a valid PINFL of an unassigned region that agrees with the birth date and sex', () => {
  const residents = country.patients.filter((p) => p.pinfl !== undefined);
  expect(residents.length).toBeGreaterThanOrEqual(60);
  for (const { pinfl, birthDate, sex } of residents) {
    expect(parsePinfl(pinfl as string, today)).toEqual({ kind: 'pinfl', pinfl, birthDate, sex });
    expect(pinfl?.slice(7, 10)).toBe('999');
  }
  expect(new Set(residents.map((p) => p.pinfl)).size).toBe(residents.length);
});

test('every patient can be named on a prescription, foreigners by passport', () => {
  for (const p of country.patients) expect(PatientIdentity.parse(p)).toEqual(p);
  expect(
    country.patients.filter((p) => p.passport !== undefined && p.pinfl === undefined).length,
  ).toBeGreaterThanOrEqual(3);
});

test('a lot number has one expiry date in the whole country, and lies once at a site', () => {
  const expiry = new Map<string, string>();
  for (const { lots } of country.stock) {
    expect(new Set(lots.map((l) => `${l.gtin} ${l.lot}`)).size).toBe(lots.length);
    for (const { gtin, lot, expiryDate } of lots) {
      expect(expiry.get(`${gtin} ${lot}`) ?? expiryDate).toBe(expiryDate);
      expiry.set(`${gtin} ${lot}`, expiryDate);
    }
  }
});

test('opening stock is of known packs, priced in whole hundreds of soʻm, and was good on the opening day', () => {
  for (const { gtin, lot, expiryDate, packs, packPrice } of allLots) {
    expect(medicineOf.has(gtin), gtin).toBe(true);
    expect(Lot.safeParse(lot).success, lot).toBe(true);
    expect(expiryDate >= country.openingDay).toBe(true);
    expect(Number.isInteger(packs) && packs > 0).toBe(true);
    expect(packPrice > 0 && packPrice % 10_000 === 0).toBe(true);
  }
  expect(country.openingDay < today).toBe(true);
});

test('the main pharmacy holds every medicine it may dispense in two usable lots, the first of one pack', () => {
  for (const medicine of stockedMedicines) {
    const usable = mainLots
      .filter((l) => medicineOf.get(l.gtin) === medicine && l.expiryDate >= today)
      .sort((a, b) => a.expiryDate.localeCompare(b.expiryDate));
    expect(usable.length, medicine.code).toBeGreaterThanOrEqual(2);
    expect(usable[0]?.packs, medicine.code).toBe(1);
  }
});

test('the main pharmacy shows every expiry colour: one lot expired, some within 30 days, some within 90', () => {
  const daysLeft = mainLots.map((l) => (Date.parse(l.expiryDate) - Date.parse(today)) / 86_400_000);
  expect(daysLeft.filter((d) => d < 0)).toHaveLength(1);
  expect(daysLeft.filter((d) => d >= 0 && d <= 30).length).toBeGreaterThan(20);
  expect(daysLeft.filter((d) => d > 30 && d <= 90).length).toBeGreaterThan(20);
  expect(daysLeft.filter((d) => d > 90).length).toBeGreaterThan(400);
});

test('every pharmacy and warehouse has something on its shelves', () => {
  const stocked = new Set(country.stock.map((s) => s.site));
  for (const { id, kind } of country.sites)
    if (kind === 'pharmacy' || kind === 'warehouse') expect(stocked).toContain(id);
});

test('a small pharmacy has no controlled medicines', () => {
  for (const { site: at, lots } of country.stock) {
    if (!/^PH-/.test(at) || at === 'PH-0001' || at === 'PH-0002') continue;
    for (const { gtin } of lots) expect(['otc', 'rx']).toContain(medicineOf.get(gtin)?.class);
  }
});
