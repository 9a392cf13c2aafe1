/**
 * Every route of every table, for every role, at the own and at another site, through the gateway and the bundles. A
 * new route is walked by itself: one that lacks a rule, a body or a thing to act on fails here.
 */
import { randomUUID } from 'node:crypto';
import { type Role, roles } from '@darmon/domain/actor';
import { firstPolicy } from '@darmon/domain/policy';
import { tashkentDay } from '@darmon/domain/time';
import type { Route } from '@darmon/http/route';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { allRoutes } from '../support/tables.ts';
import { accountThings } from './account-things.ts';
import { countThings } from './count-things.ts';
import { orderThings } from './order-things.ts';
import { oversightThings } from './oversight-things.ts';
import { planThings } from './plan-things.ts';
import { privacyThings } from './privacy-things.ts';
import { publicThings } from './public-things.ts';
import { reportThings } from './report-things.ts';
import { requisitionThings } from './requisition-things.ts';
import { transferThings } from './transfer-things.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud?.stop());

/** People of each role: at the site that owns the things below, and elsewhere where the demo country has one. */
const own: Record<Role, string> = {
  doctor: 'doctor',
  pharmacist: 'pharmacist',
  warehouse: 'warehouse',
  quality: 'quality',
  planner: 'planner',
  approver: 'approver',
  chief: 'chief',
  auditor: 'auditor',
  admin: 'admin',
};
const elsewhere: Partial<Record<Role, string>> = {
  doctor: 'doctor2',
  pharmacist: 'pharmacist2',
  warehouse: 'warehouse3',
};
const stockSite = (role: Role): string => (role === 'pharmacist' ? 'PH-0001' : 'WH-0001');

const dosage = { amount: 1, unit: 'tablet', timesPerDay: 3, days: 5, route: 'oral' };
const foreigner = () => ({
  passport: `T${randomUUID().slice(0, 8).toUpperCase().replaceAll('-', '')}`,
  fullName: 'Sinov Bemori',
  birthDate: '1980-01-01',
  sex: 'male',
});
const prescription = () => ({
  patient: foreigner(),
  diagnosis: { icd10: 'J06.9' },
  lines: [{ medicine: 'PARA500TAB', dosage }],
});
const licence = { number: 'L-1', from: '2026-01-01', until: '2028-01-01' };
const personFields = { name: 'Sinov Xodimi', roles: ['planner'], site: 'OF-0001', rights: [], licence, active: true };
const siteFields = { kind: 'office', name: 'Sinov', region: 'UZ-TK', licence, active: true };

const { version: _version, from: _from, ...rules } = firstPolicy;
const knowledge = () => ({
  name: `Sinov ${randomUUID()}`,
  date: '2026-11-20',
  files: [
    {
      kind: 'interaction',
      csv: 'id,a,b,severity,effect,source,state\nI1,warfarin,ATC:M01A,serious,bleeding,a test,verified\n',
    },
  ],
});

const packInQuarantine = async () => {
  const { gtin } = await lotAt('PH-0001');
  const serial = randomUUID().slice(0, 8);
  const { status } = await cloud.api('pharmacist', 'POST /api/sites/PH-0001/set-aside', {
    body: { scan: `01${gtin}21${serial}`, note: 'torn' },
  });
  expect(status).toBe(201);
  return { gtin, serial };
};
const picture = { type: 'image/png', data: 'iVBORw0KGgo=' };

interface Thing {
  readonly params: Record<string, string>;
  readonly body?: unknown;
  readonly token?: string;
}

/** A lot that lies at a site now. */
const lotAt = async (site: string): Promise<{ gtin: string; lot: string }> => {
  const { body } = await cloud.api<{ items: { gtin: string; lot: string; state: string }[] }>(
    'auditor',
    `GET /api/sites/${site}/stock?limit=20`,
  );
  const { gtin, lot } = body.items.find((i) => i.state === 'available') as { gtin: string; lot: string };
  return { gtin, lot };
};
const issued = async () => {
  const { status, body } = await cloud.api<{ id: string; number: string; code: string }>(
    'doctor',
    'POST /api/prescriptions',
    { body: prescription() },
  );
  expect(status).toBe(201);
  return body;
};

const registered = async (): Promise<string> =>
  (await cloud.api<{ id: string }>('doctor', 'POST /api/patients', { body: foreigner() })).body.id;

const drafted = async (): Promise<string> =>
  (await cloud.api<{ id: string }>('doctor', 'POST /api/drafts', { body: { body: {} } })).body.id;

/** An act of the site that `role` keeps, drawn up by a colleague or, to be withdrawn, by the person. */
const writtenOff = async (role: Role, by: 'own' | 'colleague') => {
  const site = stockSite(role);
  const keeper = site.startsWith('PH') ? 'pharmacist' : 'warehouse';
  const author = by === 'own' ? keeper : { pharmacist: 'pharmacist3', warehouse: 'warehouse2' }[keeper];
  const fresh = { ...(await lotAt(site)), lot: `W${randomUUID().slice(0, 8)}`, expiryDate: '2029-12-31' };
  const received = await cloud.api<{ lines: { quantity: number }[] }>(author, `POST /api/sites/${site}/receipts`, {
    body: { lines: [{ ...fresh, packs: 1 }] },
  });
  const quantity = received.body.lines[0]?.quantity;
  const line = { gtin: fresh.gtin, lot: fresh.lot, quantity, reason: 'damaged' };
  const { status, body } = await cloud.api<{ id: string; actHash: string }>(
    author,
    `POST /api/sites/${site}/write-offs`,
    { body: { lines: [line] } },
  );
  expect(status).toBe(201);
  return { params: { id: body.id }, actHash: body.actHash };
};

const keeperOf = (site: string): string => (site.startsWith('PH') ? 'pharmacist' : 'warehouse');
/** A receipt of the site that `role` keeps, with one discrepancy. */
const receivedWithDamage = async (role: Role) => {
  const site = stockSite(role);
  const lot = { gtin: (await lotAt(site)).gtin, lot: `D${randomUUID().slice(0, 8)}` };
  const { body } = await cloud.api<{ id: string }>(keeperOf(site), `POST /api/sites/${site}/receipts`, {
    body: {
      lines: [{ ...lot, expiryDate: '2029-12-31', packs: 1 }],
      discrepancies: [{ kind: 'damaged', ...lot, received: 1 }],
    },
  });
  return { site, id: body.id };
};
const delivery = async (site: string) => ({
  supplier: 'Namuna',
  lines: [{ gtin: (await lotAt(site)).gtin, lot: 'ANNOUNCED1', packs: 1 }],
});

let recalls: Promise<{ id: string; dispense: string }> | undefined;
/** A lot of both sites, handed over once at the pharmacy, and its recall; the same one for everybody. */
const recalled = () => {
  recalls ??= (async () => {
    const lot = await freshLot(['PH-0001', 'WH-0001']);
    const { id } = await issued();
    const given = await cloud.api<{ id: string }>('pharmacist', `POST /api/prescriptions/${id}/dispenses`, {
      body: { lines: [{ line: 1, quantity: 10, lots: [{ ...lot, quantity: 10 }], reason: 'in front' }] },
    });
    expect(given.status).toBe(201);
    const opened = await cloud.api<{ id: string }>('quality', 'POST /api/recalls', {
      body: { ...lot, class: 2, reason: 'particles' },
    });
    await cloud.api('quality', `POST /api/recalls/${opened.body.id}/advance`);
    return { id: opened.body.id, dispense: given.body.id };
  })();
  return recalls;
};
/** Paracetamol that comes to these sites now. */
const freshLot = async (sites: readonly string[]) => {
  const { body } = await cloud.api<{ items: { gtin: string }[] }>(
    'auditor',
    'GET /api/sites/PH-0001/stock?medicine=PARA500TAB',
  );
  const lot = { gtin: body.items[0]?.gtin ?? '', lot: `R${randomUUID().slice(0, 8)}` };
  for (const site of sites)
    await cloud.api(keeperOf(site), `POST /api/sites/${site}/receipts`, {
      body: { lines: [{ ...lot, expiryDate: '2029-12-31', packs: 2 }] },
    });
  return lot;
};

const question = { subject: '/api/prescriptions/X/dispenses', body: { lines: [{ line: 1, quantity: 1 }] } };
/** A colleague asks at the site of the role. */
const asked = async (role: Role): Promise<string> => {
  const colleague = role === 'doctor' ? 'doctor' : role === 'warehouse' ? 'warehouse2' : 'pharmacist3';
  const { body } = await cloud.api<{ id: string }>(colleague, 'POST /api/approvals/requests', { body: question });
  return body.id;
};

/** A receipt that no transaction holds, at the site where the role may see it. */
const jobAt = async (role: Role): Promise<Thing> => {
  const site = stockSite(role);
  const { gtin } = await lotAt(site);
  const keeper = site.startsWith('PH') ? 'pharmacist' : 'warehouse';
  const lot = randomUUID().slice(0, 8);
  const lines = Array.from({ length: 45 }, (_, i) => ({
    gtin,
    lot: `${lot}-${i}`,
    expiryDate: '2029-12-31',
    packs: 1,
  }));
  const { status, body } = await cloud.api<{ id: string }>(keeper, `POST /api/sites/${site}/receipts`, {
    body: { lines },
  });
  expect(status).toBe(202);
  return { params: { id: body.id } };
};

/** For each route: something that exists, of the site that `role` belongs to, and a body that would do. */
const things: Record<string, (role: Role) => Promise<Thing>> = {
  issuePrescription: async () => ({ params: {}, body: prescription() }),
  checkPrescription: async () => ({ params: {}, body: prescription() }),
  listPrescriptions: async () => ({ params: {} }),
  readPrescription: async () => ({ params: { id: (await issued()).id } }),
  cancelPrescription: async () => ({ params: { id: (await issued()).id }, body: { reason: 'wrong dose' } }),
  listDrafts: async () => ({ params: {} }),
  startDraft: async () => ({ params: {}, body: { body: {} } }),
  readDraft: async () => ({ params: { id: await drafted() } }),
  saveDraft: async () => ({ params: { id: await drafted() }, body: { version: 77, body: {} } }),
  discardDraft: async () => ({ params: { id: await drafted() } }),
  readTemplates: async () => ({ params: {} }),
  saveTemplates: async () => ({ params: {}, body: { version: 77, items: [] } }),
  lookUpPatient: async () => ({ params: {}, body: { passport: 'NOBODY1' } }),
  registerPatient: async () => ({ params: {}, body: foreigner() }),
  changePatient: async () => ({ params: { id: await registered() }, body: { version: 77, allergies: [] } }),
  readPatientHistory: async () => ({ params: { id: await registered() } }),
  searchMedicines: async () => ({ params: {} }),
  readFormulary: async () => ({ params: {} }),
  lookUpPrescription: async () => ({ params: {}, body: { number: (await issued()).number } }),
  claimPrescription: async () => ({ params: { id: (await issued()).id } }),
  releasePrescription: async () => {
    const { id } = await issued();
    return { params: { id } };
  },
  proposeLots: async () => ({ params: { id: (await issued()).id } }),
  dispensePrescription: async () => ({
    params: { id: (await issued()).id },
    body: { lines: [{ line: 1, quantity: 1 }] },
  }),
  undoDispense: async () => {
    const { id } = await issued();
    const { status } = await cloud.api('pharmacist', `POST /api/prescriptions/${id}/dispenses`, {
      body: { lines: [{ line: 1, quantity: 1 }] },
    });
    expect(status).toBe(201);
    return { params: { id: `${id}.1` }, body: { reason: 'wrong patient' } };
  },
  listDispenses: async () => ({ params: { site: 'PH-0001', query: 'day=2026-11-20' } }),
  enterPaper: async () => ({
    params: {},
    body: { ...prescription(), prescriber: 'doctor', writtenOn: tashkentDay(Date.now()), picture },
  }),
  readPicture: async () => {
    const body = { ...prescription(), prescriber: 'doctor', writtenOn: tashkentDay(Date.now()), picture };
    const { body: entered } = await cloud.api<{ id: string }>('pharmacist', 'POST /api/prescriptions/paper', { body });
    return { params: { id: entered.id } };
  },
  setAside: async () => {
    const { gtin } = await lotAt('PH-0001');
    return { params: { site: 'PH-0001' }, body: { scan: `01${gtin}21${randomUUID().slice(0, 8)}`, note: 'torn' } };
  },
  listSetAside: async () => ({ params: { site: 'PH-0001' } }),
  openPage: async () => ({ params: { id: (await issued()).id }, body: { reason: 'passport seen' } }),
  receiveStock: async (role) => {
    const site = stockSite(role);
    const { gtin } = await lotAt(site);
    return {
      params: { site },
      body: { lines: [{ gtin, lot: `N${randomUUID().slice(0, 8)}`, expiryDate: '2029-12-31', packs: 1 }] },
    };
  },
  listReceipts: async (role) => ({ params: { site: stockSite(role) } }),
  readReceipt: async (role) => ({ params: await receivedWithDamage(role) }),
  listDiscrepancies: async (role) => ({ params: { site: stockSite(role) } }),
  resolveDiscrepancy: async (role) => {
    const { site, id } = await receivedWithDamage(role);
    return { params: { site, id: `${id}.1` }, body: { resolution: 'credited', reason: 'credit note' } };
  },
  announceExpected: async (role) => ({ params: { site: stockSite(role) }, body: await delivery(stockSite(role)) }),
  listExpected: async (role) => ({ params: { site: stockSite(role) } }),
  readExpected: async (role) => {
    const site = stockSite(role);
    const { body } = await cloud.api<{ id: string }>(keeperOf(site), `POST /api/sites/${site}/expected`, {
      body: await delivery(site),
    });
    return { params: { site, id: body.id } };
  },
  releaseLot: async (role) => ({
    params: { site: stockSite(role) },
    body: { ...(await lotAt(stockSite(role))), reason: 'certificate seen' },
  }),
  placeLot: async (role) => ({
    params: { site: stockSite(role) },
    body: { ...(await lotAt(stockSite(role))), zone: 'A', shelf: '1' },
  }),
  ...transferThings(() => cloud, stockSite),
  ...accountThings(() => cloud, own),
  ...countThings(() => cloud, stockSite),
  ...requisitionThings(() => cloud, stockSite),
  ...orderThings(() => cloud, stockSite),
  ...planThings(() => cloud, stockSite),
  ...privacyThings(() => cloud),
  ...publicThings,
  ...oversightThings(() => cloud),
  ...reportThings(stockSite, issued),
  listStock: async (role) => ({ params: { site: stockSite(role) } }),
  listMovements: async (role) => {
    const site = stockSite(role);
    const { gtin, lot } = await lotAt(site);
    return { params: { site, query: `gtin=${gtin}&lot=${lot}` } };
  },
  readJob: jobAt,
  advanceJob: jobAt,
  readBalance: async (role) => {
    const site = stockSite(role);
    return { params: { site, query: new URLSearchParams(await lotAt(site)).toString() } };
  },
  readHistory: async (role) => ({ params: { site: stockSite(role), query: 'medicine=PARA500TAB' } }),
  listClasses: async (role) => ({ params: { site: stockSite(role) } }),
  reverseMovement: async (role) => {
    const site = stockSite(role);
    const lot = await lotAt(site);
    const { body } = await cloud.api<{ items: { id: string; kind: string }[] }>(
      'auditor',
      `GET /api/sites/${site}/movements?${new URLSearchParams(lot)}`,
    );
    const movement = body.items.find(({ kind }) => kind === 'receipt' || kind === 'opening')?.id ?? '';
    return { params: { site }, body: { ...lot, movement, reason: 'entered twice' } };
  },
  readAlerts: async (role) => ({ params: { site: stockSite(role) } }),
  recordTemperature: async (role) => ({
    params: { site: stockSite(role) },
    body: { storage: 'cold', celsius: 5 },
  }),
  listTemperatures: async (role) => ({ params: { site: stockSite(role) } }),
  listOverview: async () => ({ params: {} }),
  refreshOverview: async () => ({ params: {}, body: { since: '2026-11-20T00:00:00.000Z' } }),
  listRegister: async (role) => ({ params: { site: stockSite(role), query: 'medicine=TRAM50CAP' } }),
  setLotState: async (role) => {
    const site = stockSite(role);
    return { params: { site }, body: { ...(await lotAt(site)), state: 'on-hold', reason: 'damaged' } };
  },
  readPack: async () => {
    const { gtin, serial } = await packInQuarantine();
    return { params: { query: `gtin=${gtin}&serial=${serial}` } };
  },
  decidePack: async () => ({
    params: {},
    body: { ...(await packInQuarantine()), decision: 'released', reason: 'the maker confirmed it' },
  }),
  keepPhoto: async (role) => ({ params: {}, body: { ...picture, site: stockSite(role) } }),
  readPhoto: async (role) => {
    const site = stockSite(role);
    const { body } = await cloud.api<{ id: string }>(
      site.startsWith('PH') ? 'pharmacist' : 'warehouse',
      'POST /api/photos',
      { body: { ...picture, site } },
    );
    return { params: { id: body.id } };
  },
  proposeWriteOffs: async (role) => ({ params: { site: stockSite(role) } }),
  requestWriteOff: async (role) => {
    const site = stockSite(role);
    return {
      params: { site },
      body: { lines: [{ ...(await lotAt(site)), quantity: 1_000_000, reason: 'lost' }] },
    };
  },
  listWriteOffs: async (role) => ({ params: { site: stockSite(role) } }),
  listOpenWriteOffs: async () => ({ params: {} }),
  readWriteOff: async (role) => ({ params: (await writtenOff(role, 'own')).params }),
  approveWriteOff: async (role) => {
    const { params, actHash } = await writtenOff(role, 'colleague');
    return { params, body: { actHash, approval: '01KAGZ5V9YV1Q5T1M0E9J7R2CE' } };
  },
  refuseWriteOff: async (role) => ({
    params: (await writtenOff(role, 'colleague')).params,
    body: { reason: 'it can be sold' },
  }),
  withdrawWriteOff: async (role) => ({
    params: (await writtenOff(role, 'own')).params,
    body: { reason: 'it was found' },
  }),
  findLot: async () => ({ params: { query: new URLSearchParams(await freshLot(['WH-0001'])).toString() } }),
  setCountryState: async () => ({
    params: {},
    body: { ...(await freshLot(['WH-0001'])), state: 'on-hold', reason: 'a report came in' },
  }),
  openRecall: async () => ({ params: {}, body: { ...(await freshLot(['WH-0001'])), class: 2, reason: 'particles' } }),
  listRecalls: async () => ({ params: {} }),
  readRecall: async () => ({ params: { id: (await recalled()).id } }),
  listRecallPlaces: async () => ({ params: { id: (await recalled()).id } }),
  listEscaped: async () => ({ params: { id: (await recalled()).id } }),
  workRecall: async () => ({ params: { id: (await recalled()).id } }),
  reportFound: async (role) => ({
    params: { id: (await recalled()).id },
    body: { site: stockSite(role), quantity: 1 },
  }),
  endRecall: async () => ({ params: { id: (await recalled()).id }, body: {} }),
  listSiteRecalls: async (role) => ({ params: { site: stockSite(role) } }),
  listRecallCalls: async () => ({ params: { id: (await recalled()).id } }),
  recordRecallCall: async () => {
    const { id, dispense } = await recalled();
    return { params: { id }, body: { dispense, outcome: 'reached' } };
  },
  readTrail: async () => ({ params: { id: (await issued()).id } }),
  findPrescription: async () => ({ params: { number: (await issued()).number } }),
  readSiteTrail: async () => ({ params: { site: 'CL-0001', query: 'day=2026-11-20' } }),
  openPatientPage: async () => ({
    params: {},
    body: { number: (await issued()).number, birthDate: foreigner().birthDate },
  }),
  findHolders: async () => ({ params: {}, body: { region: 'UZ-TK', medicines: ['PARA500TAB'] } }),
  readSiteName: async () => ({ params: { site: 'PH-0001' } }),
  giveFeedback: async () => ({
    params: {},
    body: { site: 'PH-0001', kind: 'praise', about: 'service', text: 'Quick and kind' },
  }),
  giveApproval: async () => ({ params: {}, body: { subject: '/api/prescriptions', bodyHash: 'A'.repeat(43) } }),
  askApproval: async () => ({ params: {}, body: question }),
  listApprovalRequests: async () => ({ params: {} }),
  readApprovalRequest: async (role) => ({ params: { id: await asked(role) } }),
  declineApproval: async (role) => ({ params: { id: await asked(role) }, body: { reason: 'wrong quantity' } }),
  savePolicy: async () => ({ params: {}, body: { ...rules, version: 77, reason: 'a test of rights' } }),
  readKnowledge: async () => ({ params: {} }),
  importKnowledge: async () => ({ params: {}, body: knowledge() }),
  compareKnowledge: async () => ({ params: { version: '1', query: 'since=0' } }),
  approveKnowledge: async () => {
    const { body } = await cloud.api<{ version: number }>('admin', 'POST /api/knowledge', { body: knowledge() });
    return { params: { version: String(body.version) } };
  },
  nameStaff: async () => ({ params: {}, body: { people: ['planner', 'nobody'] } }),
  addPerson: async () => ({ params: {}, body: { ...personFields, id: `p${randomUUID().slice(0, 8)}` } }),
  changePerson: async () => ({ params: { id: 'planner' }, body: { ...personFields, version: 77 } }),
  listSites: async () => ({ params: {} }),
  addSites: async () => ({
    params: {},
    body: { sites: [{ ...siteFields, id: `T-${randomUUID().slice(0, 8).toUpperCase()}` }] },
  }),
  addSite: async () => ({ params: {}, body: { ...siteFields, id: `T-${randomUUID().slice(0, 8).toUpperCase()}` } }),
  changeSite: async () => ({ params: { id: 'OF-0001' }, body: { ...siteFields, version: 77 } }),
};

const call = (route: Route, { params, body, token }: Thing, person: string | undefined) => {
  const { query, ...named } = params;
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => named[name] ?? `missing-${name}`);
  return cloud.api<{ code?: string }>(person, `${route.method} ${path}${query ? `?${query}` : ''}`, {
    ...(body !== undefined && { body }),
    ...(person && token && { token }),
  });
};

/** What the caller gets when the rule lets them through: anything but a no of the rule itself. */
const letThrough = (answer: { status: number; body: { code?: string } }) =>
  ![401, 404].includes(answer.status) && answer.body.code !== 'not-allowed';

describe.each(allRoutes.map(({ name, route }) => [name, route] as const))('%s', (name, route) => {
  const thing = async (role: Role): Promise<Thing> => {
    const make = things[name];
    if (!make) throw new Error(`the test has no thing for ${name}: add one`);
    return make(role);
  };

  test('without a token answers only what is public', async () => {
    const { status } = await call(route, await thing('auditor'), undefined);
    if (route.access === 'public') expect(status).toBeLessThan(300);
    else expect(status).toBe(401);
  });

  test.each(roles)('as %s', async (role) => {
    const its = await thing(role);
    const answer = await call(route, its, own[role]);
    const reach = typeof route.access === 'string' ? 'all' : route.access[role];
    if (reach === undefined) {
      expect([answer.status, answer.body.code]).toEqual([403, 'not-allowed']);
      return;
    }
    expect(letThrough(answer), `${answer.status} ${answer.body.code}`).toBe(true);
    const stranger = elsewhere[role];
    if (stranger === undefined || !route.path.includes('{')) return;
    const across = await call(route, await thing(role), stranger);
    if (reach === 'own') expect([across.status, across.body.code]).toEqual([404, 'not-found']);
    else expect(letThrough(across), `${across.status} ${across.body.code}`).toBe(true);
  });
});

test('a role says no before the body is read', async () => {
  const { status, body } = await cloud.api('warehouse', 'POST /api/prescriptions', { body: '{not json', key: ' ' });
  expect([status, body.code]).toEqual([403, 'not-allowed']);
});
