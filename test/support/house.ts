/**
 * A small Darmon for tests of use cases: the real engine and the real key service in a folder of their own, a clock
 * that the test moves, ids and chance from a printed seed, one clinic, two pharmacies, a warehouse and a few medicines.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { importKey } from '@darmon/credential/p256-node';
import type { Actor, Reach, Role } from '@darmon/domain/actor';
import { gtinCheckDigit } from '@darmon/domain/gs1';
import type { Medicine } from '@darmon/domain/medicine';
import type { Once } from '@darmon/domain/once';
import { makePinfl } from '@darmon/domain/pinfl';
import { Refusal } from '@darmon/domain/refusal';
import type { Person, Site } from '@darmon/domain/standing';
import { instant } from '@darmon/domain/time';
import { startEngine } from '@darmon/local/engine';
import { startKms } from '@darmon/local/kms';
import { createTable } from '@darmon/table/create';
import { openTable, type Table } from '@darmon/table/table';
import type { Deps } from '@darmon/usecases/deps';
import { type DispenseDeps, type DispenseInput, dispensePrescription } from '@darmon/usecases/dispense';
import type { DispensingDeps } from '@darmon/usecases/dispensing';
import { kmsSigner, publicKeyOf } from '@darmon/usecases/kms-signer';
import { type IssueInput, issuePrescription, type PrescribingDeps } from '@darmon/usecases/prescribing';
import { receiveShipment } from '@darmon/usecases/receiving';
import { kmsVault } from '@darmon/usecases/vault';
import { publishLists, serverVerifyContext } from '@darmon/usecases/verification';
import { monotonicFactory } from 'ulid';

/** Noon of a working day in Tashkent. */
export const start = Date.parse('2026-11-20T07:00:00.000Z');
export const table = 'darmon';
const keys = { prescription: 'prescription-key', lists: 'lists-key', data: 'data-key', search: 'search-key' };
const licence = { number: 'L-1', from: '2020-01-01', until: '2030-12-31' };

const siteOf = (id: string, kind: Site['kind']): Site => ({
  id,
  kind,
  name: `Site ${id}`,
  region: 'UZ-TK',
  licence,
  active: true,
  version: 1,
});
const personOf = (id: string, role: Role, site: string, rights: Person['rights'] = []): Person => ({
  id,
  name: `Person ${id}`,
  roles: [role],
  site,
  rights,
  licence,
  active: true,
  version: 1,
});

const people: readonly Person[] = [
  personOf('doctor', 'doctor', 'CL-1', ['controlled']),
  personOf('doctor2', 'doctor', 'CL-2'),
  personOf('pharmacist', 'pharmacist', 'PH-1', ['controlled']),
  personOf('pharmacist3', 'pharmacist', 'PH-1', ['controlled']),
  personOf('assistant', 'pharmacist', 'PH-1'),
  personOf('pharmacist2', 'pharmacist', 'PH-2'),
  personOf('pharmacist4', 'pharmacist', 'PH-2'),
  personOf('warehouse', 'warehouse', 'WH-1'),
  personOf('warehouse2', 'warehouse', 'WH-1'),
  personOf('warehouse3', 'warehouse', 'WH-2'),
  personOf('quality', 'quality', 'WH-1'),
  personOf('planner', 'planner', 'OF-1'),
  personOf('approver', 'approver', 'OF-1'),
  personOf('auditor', 'auditor', 'OF-1'),
  personOf('auditor2', 'auditor', 'OF-1'),
  personOf('admin', 'admin', 'OF-1'),
  personOf('chief', 'chief', 'OF-1'),
];
const sites: readonly Site[] = [
  siteOf('CL-1', 'clinic'),
  siteOf('CL-2', 'clinic'),
  siteOf('PH-1', 'pharmacy'),
  siteOf('PH-2', 'pharmacy'),
  siteOf('WH-1', 'warehouse'),
  siteOf('WH-2', 'warehouse'),
  siteOf('OF-1', 'office'),
];

const gtin = (n: number): string => {
  const body = `0952000${String(n).padStart(6, '0')}`;
  return body + gtinCheckDigit(body);
};
export const gtins = {
  amoxicillin: gtin(1),
  amoxicillinBrand: gtin(2),
  syrup: gtin(3),
  paracetamol: gtin(4),
  tramadol: gtin(5),
  statin: gtin(6),
  statinBrand: gtin(7),
  insulin: gtin(8),
  vaccine: gtin(9),
};

const medicine = (code: string, about: Partial<Medicine> & Pick<Medicine, 'packs' | 'unit'>): Medicine => ({
  code,
  inn: code.toLowerCase(),
  innRu: code.toLowerCase(),
  innUz: code.toLowerCase(),
  atc: 'J01CA04',
  form: 'capsule',
  strength: '500 mg',
  class: 'rx',
  reimbursed: false,
  registered: true,
  routes: ['oral'],
  ...about,
});
const pack = (of: string, units: number, divisibleBy?: number, brand = 'Brand') => ({
  gtin: of,
  units,
  brand,
  maker: 'Maker',
  ...(divisibleBy !== undefined && { divisibleBy }),
});
const medicines: readonly Medicine[] = [
  medicine('AMOX500CAP', {
    unit: 'capsule',
    packs: [pack(gtins.amoxicillin, 20, 1), pack(gtins.amoxicillinBrand, 16, 8)],
  }),
  medicine('AMOX250SYR', { unit: 'ml', form: 'syrup', packs: [pack(gtins.syrup, 100)] }),
  medicine('PARA500TAB', {
    atc: 'N02BE01',
    unit: 'tablet',
    form: 'tablet',
    class: 'otc',
    packs: [pack(gtins.paracetamol, 10, 1)],
  }),
  medicine('ATOR20TAB', {
    atc: 'C10AA05',
    unit: 'tablet',
    form: 'tablet',
    reimbursed: true,
    packs: [pack(gtins.statin, 30, 1, 'Statin'), pack(gtins.statinBrand, 30, 1, 'Other')],
  }),
  medicine('INSU100PEN', {
    atc: 'A10AB01',
    unit: 'pen',
    form: 'pen-injection',
    routes: ['subcutaneous'],
    storage: 'cold',
    packs: [pack(gtins.insulin, 5, 1)],
  }),
  medicine('HEPBVAC', {
    atc: 'J07BC01',
    unit: 'dose',
    form: 'solution-injection',
    routes: ['intramuscular'],
    storage: 'cold',
    qualityRelease: true,
    packs: [pack(gtins.vaccine, 10, 1)],
  }),
  medicine('TRAM50CAP', { atc: 'N02AX02', unit: 'capsule', class: 'potent', packs: [pack(gtins.tramadol, 10, 1)] }),
];

/** A reproducible stream of bytes; the seed is printed by the test that fails. */
const chanceOf = (seed: string) => {
  let n = 0;
  return (bytes: number): Uint8Array => {
    const out = Buffer.alloc(bytes);
    for (let at = 0; at < bytes; at += 32) createHash('sha256').update(`${seed}/${n++}`).digest().copy(out, at);
    return out;
  };
};

export interface House {
  readonly deps: PrescribingDeps & DispensingDeps & DispenseDeps;
  readonly table: Table;
  readonly client: DynamoDBClient;
  readonly clock: { now: number };
  /** Signed in now, with a second factor where it is a doctor who asks for one. */
  readonly actor: (person: string, reach?: Reach, secondFactor?: boolean) => Actor;
  /** A request key of its own, or the one named. */
  readonly once: (person: string, key?: string, body?: string) => Once;
  readonly patient: (n?: number) => IssueInput['patient'];
  readonly publish: () => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** Starts it; `stop` removes everything. Takes about a second. */
export const makeHouse = async (seed = 'house'): Promise<House> => {
  const folder = mkdtempSync(join(tmpdir(), 'darmon-house-'));
  const engine = await startEngine({ folder: join(folder, 'table') });
  const kmsServer = await startKms(join(folder, 'kms'), {
    [keys.prescription]: 'ECC_NIST_P256',
    [keys.lists]: 'ECC_NIST_P256',
    [keys.data]: 'SYMMETRIC_DEFAULT',
    [keys.search]: 'HMAC_256',
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'local', credentials });
  const kms = new KMSClient({ endpoint: kmsServer.endpoint, region: 'local', credentials });
  await createTable(client, table);

  const clock = { now: start };
  const now = () => clock.now;
  const opened = openTable({ client, table, now });
  const chance = chanceOf(seed);
  const newIds = () => monotonicFactory(() => (chance(4).reduce((sum, b) => sum * 256 + b, 0) % 2 ** 32) / 2 ** 32);
  let ids = newIds();
  let idAt = clock.now;
  /** Ids rise with the clock. A test that turns it back begins anew, or its ids would go on from a time yet to come. */
  const newId = (): string => {
    if (clock.now < idAt) ids = newIds();
    idAt = clock.now;
    return ids(idAt);
  };
  const plain: Deps = {
    table: opened,
    now,
    id: newId,
    random: chance,
    pause: () => new Promise((done) => setTimeout(done, 1)),
  };
  const deps = {
    ...plain,
    vault: kmsVault(kms, keys),
    signer: await kmsSigner(kms, keys.prescription),
    verifyContext: serverVerifyContext(opened, now, importKey),
  };

  const actor = (person: string, reach: Reach = 'all', secondFactor = false): Actor => {
    const found = people.find((p) => p.id === person);
    if (!found) throw new Error(`nobody is called ${person}`);
    const { id, name, roles, site, rights } = found;
    return {
      person: id,
      name,
      role: roles[0] as Role,
      roles,
      reach,
      site,
      rights,
      authTime: Math.floor(clock.now / 1000),
      secondFactor,
    };
  };
  const eventBy = (type: 'site-saved' | 'person-saved' | 'formulary-imported') => ({
    id: plain.id(),
    at: instant(clock.now),
    type,
    actor: { person: 'admin', role: 'admin' as const, site: 'OF-1' },
    changes: {},
  });
  for (const site of sites) await opened.commitSite(site, { now: clock.now, event: eventBy('site-saved') });
  for (const person of people) await opened.commitPerson(person, { now: clock.now, event: eventBy('person-saved') });
  await opened.commitFormulary(medicines, eventBy('formulary-imported'));

  let keyCount = 0;
  const once = (person: string, key = `key-${++keyCount}`, body = 'same'): Once => ({
    person,
    keyHash: createHash('sha256').update(key).digest('base64url'),
    bodyHash: createHash('sha256').update(body).digest('base64url'),
  });
  const lists = await kmsSigner(kms, keys.lists);
  const current = await publicKeyOf(kms, keys.prescription);
  return {
    deps,
    table: opened,
    client,
    clock,
    actor,
    once,
    patient: (n = 1) => ({
      pinfl: makePinfl({
        birthDate: '1985-03-12',
        sex: 'female',
        region: 999 - Math.floor(n / 1000),
        serial: n % 1000,
      }),
      fullName: `Bemor Namuna ${'ABCDEFGHIJ'[n % 10]}`,
      birthDate: '1985-03-12',
      sex: 'female',
    }),
    publish: () => publishLists({ ...plain, signer: lists, current: [current] }),
    stop: async () => {
      client.destroy();
      kms.destroy();
      await kmsServer.stop();
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** The code with which something is refused, or `not refused`; an error that is no refusal is handed on as it is. */
export const refused = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'not refused',
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  );

/** Amoxicillin, three times a day for a week: 21 capsules. */
export const dosage = { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' } as const;

/** Patients of their own for prescriptions that name none: a second one for the same patient is a double therapy. */
let patients = 100;

/** Issues a prescription of amoxicillin (or the lines given) by `doctor`, for somebody new. */
export const issue = async (house: House, input: Partial<IssueInput> = {}) => {
  const { body } = await issuePrescription(
    house.deps,
    house.actor('doctor', 'own'),
    {
      patient: house.patient(++patients),
      diagnosis: { icd10: 'J02.9' },
      lines: [{ medicine: 'AMOX500CAP', dosage }],
      ...input,
    },
    { once: house.once('doctor'), approvable: { subject: '/api/prescriptions', bodyHash: '' } },
  );
  return body;
};

/** Puts packs of a lot on the shelf of the pharmacy PH-1 (or another site by its own person). */
export const stock = (
  house: House,
  lots: readonly { gtin: string; lot: string; expiryDate: string; quantity: number }[],
  by = 'pharmacist',
) => {
  const actor = house.actor(by, 'own');
  return receiveShipment(house.deps, actor, { site: actor.site, lines: lots }, house.once(by));
};

export const dispense = (
  house: House,
  id: string,
  lines: DispenseInput['lines'],
  by = 'pharmacist',
  once = house.once(by),
) => dispensePrescription(house.deps, house.actor(by), { id, lines }, { once, approvable: approvableOf(id) });

/** What a yes to a dispense names, as if every request had the same body. */
export const approvableOf = (id: string) => ({
  subject: `/api/prescriptions/${id}/dispenses`,
  bodyHash: createHash('sha256').update('the same').digest('base64url'),
});
