/** Which verb answers which route. */
import type { Handlers } from '@darmon/http/serve';
import {
  askApproval,
  declineApproval,
  giveApproval,
  listApprovalRequests,
  readApprovalRequest,
} from '@darmon/usecases/approvals';
import { tellClock } from '@darmon/usecases/device-clocks';
import { addSites, givePassword, readPerson, savePerson, saveSite } from '@darmon/usecases/identity';
import {
  approveKnowledge,
  compareKnowledge,
  importKnowledge,
  readKnowledge,
  rowsOfFiles,
} from '@darmon/usecases/knowledge';
import { readPolicies, readPolicyHistory, savePolicy } from '@darmon/usecases/policy';
import { readPopulation, savePopulation } from '@darmon/usecases/population';
import {
  beginSecondFactor,
  type FactorDeps,
  finishSecondFactor,
  readSecondFactor,
  removeSecondFactor,
} from '@darmon/usecases/second-factor';
import type { routes } from './routes.ts';

export const handlers = (deps: FactorDeps): Handlers<typeof routes> => ({
  whoAmI: async ({ actor: { person, name, roles, site, rights } }) => ({
    status: 200,
    body: { person, name, roles, site, rights },
  }),
  tellClock: async ({ actor, body }) => ({ status: 200, body: await tellClock(deps, actor, body) }),
  nameStaff: async ({ body }) => ({ status: 200, body: { items: await deps.table.loadNames(body.people) } }),
  listPeople: async ({ query }) => ({ status: 200, body: await deps.table.listPeople(query) }),
  readPerson: async ({ actor, params }) => ({ status: 200, body: await readPerson(deps, actor, params.id) }),
  addPerson: ({ actor, body, once }) => savePerson(deps, actor, body, undefined, once),
  changePerson: ({ actor, params, body: { version, ...fields }, once }) =>
    savePerson(deps, actor, { ...fields, ...params }, version, once),
  givePassword: async ({ actor, params }) => ({ status: 200, body: await givePassword(deps, actor, params.id) }),
  readSecondFactor: async ({ actor }) => ({ status: 200, body: await readSecondFactor(deps, actor) }),
  beginSecondFactor: async ({ actor, token }) => ({ status: 200, body: await beginSecondFactor(deps, actor, token) }),
  finishSecondFactor: ({ actor, token, body: { code }, once }) =>
    finishSecondFactor(deps, actor, { token, code }, once),
  removeSecondFactor: ({ actor, params, body, once }) => removeSecondFactor(deps, actor, { ...params, ...body }, once),
  listSites: async ({ query }) => ({ status: 200, body: await deps.table.listSites(query) }),
  addSite: ({ actor, body, once }) => saveSite(deps, actor, body, undefined, once),
  addSites: ({ actor, body, once }) => addSites(deps, actor, body.sites, once),
  changeSite: ({ actor, params, body: { version, ...fields }, once }) =>
    saveSite(deps, actor, { ...fields, ...params }, version, once),
  giveApproval: ({ actor, body, once }) => giveApproval(deps, actor, body, once),
  askApproval: ({ actor, body, once }) => askApproval(deps, actor, body, once),
  listApprovalRequests: async ({ actor }) => ({ status: 200, body: await listApprovalRequests(deps, actor) }),
  readApprovalRequest: async ({ actor, params }) => ({
    status: 200,
    body: await readApprovalRequest(deps, actor, params.id),
  }),
  declineApproval: ({ actor, params, body, once }) => declineApproval(deps, actor, { ...params, ...body }, once),
  readPolicies: async () => ({ status: 200, body: await readPolicies(deps) }),
  readPolicyHistory: async () => ({ status: 200, body: await readPolicyHistory(deps) }),
  savePolicy: ({ actor, body, once }) => savePolicy(deps, actor, body, once),
  readPopulation: async () => ({ status: 200, body: await readPopulation(deps) }),
  savePopulation: ({ actor, body, once }) => savePopulation(deps, actor, body, once),
  readKnowledge: async () => ({ status: 200, body: await readKnowledge(deps) }),
  importKnowledge: ({ actor, body: { name, date, files }, once }) =>
    importKnowledge(deps, actor, { name, date }, rowsOfFiles(files), once),
  compareKnowledge: async ({ params, query }) => ({
    status: 200,
    body: await compareKnowledge(deps, params.version, query.since),
  }),
  approveKnowledge: ({ actor, params, once }) => approveKnowledge(deps, actor, params.version, once),
});
