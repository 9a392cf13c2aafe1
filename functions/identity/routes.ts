/** Staff, sites and licences; and who the caller is. */
import { PersonId, Right, Role, SiteId } from '@darmon/domain/actor';
import { ApprovalId, ApprovalRequest, ApprovalSubject, BodyHash } from '@darmon/domain/approval';
import { DeviceId } from '@darmon/domain/device-clock';
import { Reason } from '@darmon/domain/event';
import { KnowledgeSet } from '@darmon/domain/knowledge';
import { KnowledgeChange } from '@darmon/domain/knowledge-change';
import { KnowledgeFile } from '@darmon/domain/knowledge-files';
import { listOf, PageQuery } from '@darmon/domain/list';
import { firstPolicy, Policy, PolicyFields } from '@darmon/domain/policy';
import { Person, Site } from '@darmon/domain/standing';
import { Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';
import { populationRoutes } from './population-routes.ts';
import { secondFactorRoutes } from './second-factor-routes.ts';

const name = z.string().trim().min(1).max(120);
const PersonFields = Person.omit({ id: true, version: true }).extend({ name });
/** Each brings itself and its event into one transaction. */
export const maxSitesAtOnce = 40;
const SiteFields = Site.omit({ id: true, version: true }).extend({ name });
/** The version that was read: a change on top of somebody else's is refused, not merged. */
const version = z.int().nonnegative();

const licence = { number: 'L-000123', from: '2025-01-01', until: '2029-12-31' };
const person = {
  id: 'doctor-17',
  name: 'Namuna Shifokor',
  roles: ['doctor' as const],
  site: 'CL-1001',
  rights: [],
  licence,
  active: true,
  version: 1,
};
const site = {
  id: 'CL-1001',
  kind: 'clinic' as const,
  name: '1-poliklinika',
  region: 'UZ-TK',
  licence,
  active: true,
  version: 1,
};

const exampleHash = 'eUuPTzIgbgqxI1qnE8uB4X0tBxk0tIXV0ZQX1BZ1mVo';
const exampleApproval = '01KAGZ5V9YV1Q5T1M0E9J7R2CD';
/** A question lies in the table for minutes; a prescription of twenty lines is a third of this. */
const isSmall = (body: unknown): boolean => JSON.stringify(body).length <= 20_000;
const ApprovalRequestView = ApprovalRequest.extend({
  state: z.enum(['pending', 'approved', 'declined', 'lapsed']),
}).meta({ id: 'ApprovalRequestView' });

const knowledgeVersion = z.object({ version: z.coerce.number().int().positive().max(999_999) });
const knowledgeSet = {
  version: 2,
  name: 'Namuna set',
  date: '2026-11-20',
  rows: 1,
  unverified: 0,
  importedBy: 'admin',
  importedAt: '2026-11-20T09:30:00.000Z',
  state: 'imported' as const,
};
const knowledgeRow = {
  kind: 'interaction' as const,
  id: 'I001',
  a: 'warfarin',
  b: 'ATC:M01A',
  severity: 'serious' as const,
  effect: 'bleeding' as const,
  source: 'a sample row',
  state: 'verified' as const,
};

const rulesOf = ({ version: _version, from: _from, ...rules }: Policy) => rules;

export const routes = defineRoutes({
  whoAmI: {
    method: 'GET',
    path: '/api/me',
    summary: 'Who is signed in',
    access: 'any',
    answers: {
      200: z
        .object({ person: PersonId, name: z.string(), roles: z.array(Role), site: SiteId, rights: z.array(Right) })
        .meta({ id: 'Me' }),
    },
    keyed: false,
    example: { answer: { person: 'doctor', name: 'Namuna Shifokor', roles: ['doctor'], site: 'CL-1001', rights: [] } },
  },
  tellClock: {
    method: 'POST',
    path: '/api/devices/clock',
    summary: 'Say what time a device has; how far that is off, by our own clock',
    access: 'any',
    body: z.strictObject({ device: DeviceId, at: Instant }).meta({ id: 'DeviceTime' }),
    answers: {
      200: z
        .object({
          driftSeconds: z.int().meta({ description: 'How far the device is ahead; behind is negative' }),
          limitSeconds: z.int(),
          isOff: z.boolean(),
        })
        .meta({ id: 'DeviceClock' }),
    },
    // what time it is cannot be said again
    keyed: false,
    example: {
      body: { device: '5f1d0a3c9be247d8', at: '2026-11-20T09:30:00.000Z' },
      answer: { driftSeconds: -480, limitSeconds: 300, isOff: true },
    },
  },
  nameStaff: {
    method: 'POST',
    path: '/api/people/names',
    summary: 'What staff are called, by their user names as documents keep them; nothing else of them',
    access: {
      pharmacist: 'all',
      warehouse: 'all',
      quality: 'all',
      planner: 'all',
      approver: 'all',
      chief: 'all',
      auditor: 'all',
      admin: 'all',
    },
    body: z
      .object({ people: z.array(PersonId).min(1).max(100) })
      .meta({ id: 'StaffNamesRequest', description: 'Who is not known is left out of the answer' }),
    answers: {
      200: z.object({ items: z.array(z.object({ id: PersonId, name: z.string() }).meta({ id: 'StaffName' })) }),
    },
    keyed: false,
    example: { body: { people: [person.id] }, answer: { items: [{ id: person.id, name: person.name }] } },
  },
  listPeople: {
    method: 'GET',
    path: '/api/people',
    summary: 'Staff',
    access: { admin: 'all' },
    query: PageQuery,
    answers: { 200: listOf(Person) },
    keyed: false,
    example: { answer: { items: [person] } },
  },
  readPerson: {
    method: 'GET',
    path: '/api/people/{id}',
    summary: 'One member of staff',
    access: { admin: 'all' },
    params: z.object({ id: PersonId }),
    answers: { 200: Person },
    keyed: false,
    example: { answer: person },
  },
  addPerson: {
    method: 'POST',
    path: '/api/people',
    summary: 'Add a member of staff',
    access: { admin: 'all' },
    body: PersonFields.extend({ id: PersonId }).meta({ id: 'NewPerson' }),
    answers: { 201: Person },
    keyed: true,
    example: { body: { ...person, version: undefined }, answer: person },
  },
  changePerson: {
    method: 'POST',
    path: '/api/people/{id}',
    summary: 'Change a member of staff, or close the account',
    access: { admin: 'all' },
    params: z.object({ id: PersonId }),
    body: PersonFields.extend({ version }).meta({ id: 'PersonChange' }),
    answers: { 200: Person },
    keyed: true,
    example: { body: { ...person, id: undefined }, answer: { ...person, version: 2 } },
  },
  givePassword: {
    method: 'POST',
    path: '/api/people/{id}/password',
    summary: 'A temporary password, shown once, that the next sign-in replaces',
    access: { admin: 'all' },
    params: z.object({ id: PersonId }),
    answers: { 200: z.object({ temporaryPassword: z.string() }).meta({ id: 'TemporaryPassword' }) },
    // nothing secret may be kept, so there is no answer to repeat: a retry gives another password
    keyed: false,
    example: { answer: { temporaryPassword: 'Kemur-tofan-daris-7' } },
  },
  ...secondFactorRoutes,
  ...populationRoutes,
  listSites: {
    method: 'GET',
    path: '/api/sites',
    summary: 'Clinics, pharmacies, warehouses and offices',
    access: 'any',
    query: PageQuery,
    answers: { 200: listOf(Site) },
    keyed: false,
    example: { answer: { items: [site] } },
  },
  addSite: {
    method: 'POST',
    path: '/api/sites',
    summary: 'Add a site',
    access: { admin: 'all' },
    body: SiteFields.extend({ id: SiteId }).meta({ id: 'NewSite' }),
    answers: { 201: Site },
    keyed: true,
    example: { body: { ...site, version: undefined }, answer: site },
  },
  addSites: {
    method: 'POST',
    path: '/api/sites/import',
    summary: 'Add several sites: all of them or none',
    access: { admin: 'all' },
    body: z
      .object({
        sites: z
          .array(SiteFields.extend({ id: SiteId }))
          .min(1)
          .max(maxSitesAtOnce),
      })
      .meta({ id: 'NewSites' }),
    answers: { 201: z.object({ added: z.array(SiteId) }) },
    keyed: true,
    example: { body: { sites: [{ ...site, version: undefined }] }, answer: { added: [site.id] } },
  },
  changeSite: {
    method: 'POST',
    path: '/api/sites/{id}',
    summary: 'Change a site or its licence, or close it',
    access: { admin: 'all' },
    params: z.object({ id: SiteId }),
    body: SiteFields.extend({ version }).meta({ id: 'SiteChange' }),
    answers: { 200: Site },
    keyed: true,
    example: { body: { ...site, id: undefined }, answer: { ...site, version: 2 } },
  },
  giveApproval: {
    method: 'POST',
    path: '/api/approvals',
    summary: 'Say yes to one request, by its path and the hash of its body; holds two minutes and is used once',
    access: {
      doctor: 'own',
      pharmacist: 'own',
      warehouse: 'own',
      quality: 'own',
      approver: 'own',
      chief: 'own',
    },
    body: z
      .object({ subject: ApprovalSubject, bodyHash: BodyHash, request: ApprovalId.exactOptional() })
      .meta({ id: 'NewApproval' }),
    answers: { 201: z.object({ id: ApprovalId, until: Instant }).meta({ id: 'GivenApproval' }) },
    keyed: true,
    example: {
      body: { subject: '/api/prescriptions', bodyHash: exampleHash },
      answer: { id: exampleApproval, until: '2026-11-20T09:32:00.000Z' },
    },
  },
  askApproval: {
    method: 'POST',
    path: '/api/approvals/requests',
    summary: 'Ask the colleagues of the own site to say yes to a request before it is made',
    access: { doctor: 'own', pharmacist: 'own', warehouse: 'own' },
    body: z
      .object({
        subject: ApprovalSubject,
        body: z.record(z.string().max(40), z.unknown()).refine(isSmall, 'too large'),
      })
      .meta({
        id: 'ApprovalQuestion',
        description: 'The body as it will be posted; who collects is left out of what is kept',
      }),
    answers: { 201: z.object({ id: ApprovalId, bodyHash: BodyHash, until: Instant }).meta({ id: 'AskedApproval' }) },
    keyed: true,
    example: {
      body: {
        subject: `/api/prescriptions/${exampleApproval}/dispenses`,
        body: { lines: [{ line: 1, quantity: 10 }] },
      },
      answer: { id: exampleApproval, bodyHash: exampleHash, until: '2026-11-20T09:40:00.000Z' },
    },
  },
  listApprovalRequests: {
    method: 'GET',
    path: '/api/approvals/requests',
    summary: 'What colleagues of the own site ask for now',
    access: { doctor: 'own', pharmacist: 'own', warehouse: 'own' },
    answers: { 200: z.object({ items: z.array(ApprovalRequestView) }) },
    keyed: false,
    example: { answer: { items: [] } },
  },
  readApprovalRequest: {
    method: 'GET',
    path: '/api/approvals/requests/{id}',
    summary: 'What became of a question: pending, approved, declined or lapsed',
    access: { doctor: 'own', pharmacist: 'own', warehouse: 'own' },
    params: z.object({ id: ApprovalId }),
    answers: { 200: ApprovalRequestView },
    keyed: false,
    example: {
      answer: {
        id: exampleApproval,
        subject: `/api/prescriptions/${exampleApproval}/dispenses`,
        bodyHash: exampleHash,
        body: { lines: [{ line: 1, quantity: 10 }] },
        person: 'pharmacist',
        site: 'PH-1001',
        at: '2026-11-20T09:30:00.000Z',
        until: '2026-11-20T09:40:00.000Z',
        state: 'pending',
      },
    },
  },
  declineApproval: {
    method: 'POST',
    path: '/api/approvals/requests/{id}/decline',
    summary: 'Say no to a colleague',
    access: { doctor: 'own', pharmacist: 'own', warehouse: 'own' },
    params: z.object({ id: ApprovalId }),
    body: z.object({ reason: Reason }),
    answers: { 200: z.object({ id: ApprovalId }) },
    keyed: true,
    example: { body: { reason: 'wrong quantity' }, answer: { id: exampleApproval } },
  },
  readPolicies: {
    method: 'GET',
    path: '/api/policies',
    summary: 'The rules that hold now, and those that will',
    access: 'any',
    answers: {
      200: z
        .object({ current: Policy, coming: z.array(Policy), version: z.int() })
        .meta({ id: 'Policies', description: '`version` is the newest ever saved: what the next change builds on' }),
    },
    keyed: false,
    example: { answer: { current: firstPolicy, coming: [], version: 1 } },
  },
  readPolicyHistory: {
    method: 'GET',
    path: '/api/policies/history',
    summary: 'Every version of the rules, newest first, with who saved it and why',
    access: { admin: 'all', chief: 'all', auditor: 'all' },
    answers: {
      200: z.object({
        items: z.array(
          z.object({
            policy: Policy,
            savedAt: Instant.exactOptional(),
            person: PersonId.exactOptional(),
            reason: z.string().exactOptional(),
          }),
        ),
      }),
    },
    keyed: false,
    example: { answer: { items: [{ policy: firstPolicy }] } },
  },
  savePolicy: {
    method: 'POST',
    path: '/api/policies',
    summary: 'Save the next version of the rules; it begins a minute later at the earliest',
    access: { admin: 'all' },
    body: PolicyFields.extend({ version, reason: Reason }).meta({ id: 'PolicyChange' }),
    answers: { 201: Policy },
    keyed: true,
    example: {
      body: { ...rulesOf(firstPolicy), claimMinutes: 20, version: 1, reason: 'order of the ministry' },
      answer: { ...firstPolicy, claimMinutes: 20, version: 2, from: '2026-11-20T09:31:00.000Z' },
    },
  },
  readKnowledge: {
    method: 'GET',
    path: '/api/knowledge',
    summary: 'Sets of what safety checks know, newest first, and which one counts',
    access: { admin: 'all', chief: 'all', auditor: 'all' },
    answers: {
      200: z
        .object({ current: z.int().nonnegative(), demo: z.boolean(), items: z.array(KnowledgeSet) })
        .meta({ id: 'Knowledge', description: '`current` is 0 while no set counts' }),
    },
    keyed: false,
    example: { answer: { current: 0, demo: false, items: [knowledgeSet] } },
  },
  importKnowledge: {
    method: 'POST',
    path: '/api/knowledge',
    summary: 'Bring in a set as files of rows; it counts once somebody else has approved it',
    access: { admin: 'all' },
    body: KnowledgeSet.pick({ name: true, date: true })
      .extend({ files: z.array(KnowledgeFile).min(1).max(6) })
      .meta({ id: 'NewKnowledge', description: 'Larger sets than a request holds are imported by the command line' }),
    answers: { 201: KnowledgeSet },
    keyed: true,
    example: {
      body: {
        name: knowledgeSet.name,
        date: knowledgeSet.date,
        files: [
          {
            kind: 'interaction',
            csv: 'id,a,b,severity,effect,source,state\nI001,warfarin,ATC:M01A,serious,bleeding,a sample row,verified\n',
          },
        ],
      },
      answer: knowledgeSet,
    },
  },
  compareKnowledge: {
    method: 'GET',
    path: '/api/knowledge/{version}/changes',
    summary: 'What a set changes against another, or against none',
    access: { admin: 'all', chief: 'all', auditor: 'all' },
    params: knowledgeVersion,
    query: z.object({ since: z.coerce.number().int().min(0).max(999_999).default(0) }),
    answers: {
      200: z
        .object({ added: z.int(), removed: z.int(), changed: z.int(), items: z.array(KnowledgeChange) })
        .meta({ id: 'KnowledgeChanges', description: 'All are counted; the first 200 are given' }),
    },
    keyed: false,
    example: { answer: { added: 1, removed: 0, changed: 0, items: [{ after: knowledgeRow }] } },
  },
  approveKnowledge: {
    method: 'POST',
    path: '/api/knowledge/{version}/approve',
    summary: 'Let a set that somebody else brought in count for every check',
    access: { chief: 'all' },
    params: knowledgeVersion,
    answers: { 200: KnowledgeSet },
    keyed: true,
    example: {
      answer: {
        ...knowledgeSet,
        state: 'approved',
        approvedBy: 'chief',
        approvedAt: '2026-11-20T10:30:00.000Z',
      },
    },
  },
});
