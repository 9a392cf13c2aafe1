/** Which verb answers which route. */
import type { Handlers } from '@darmon/http/serve';
import { listDrafts, readDraft, saveDraft, startDraft, throwDraftAway } from '@darmon/usecases/drafts';
import { readFormulary, searchMedicines } from '@darmon/usecases/formulary';
import { changePatientRecord, readPatientHistory, registerPatient } from '@darmon/usecases/patient-records';
import { lookUpPatient } from '@darmon/usecases/patients';
import {
  cancelPrescription,
  issuePrescription,
  listPrescriptions,
  type PrescribingDeps,
  readPrescription,
} from '@darmon/usecases/prescribing';
import { checkPrescription } from '@darmon/usecases/safety';
import { readTemplates, saveTemplates } from '@darmon/usecases/templates';
import type { routes } from './routes.ts';

export const handlers = (deps: () => Promise<PrescribingDeps>): Handlers<typeof routes> => ({
  issuePrescription: async ({ actor, body, once, approvable }) =>
    issuePrescription(await deps(), actor, body, { once, approvable }),
  checkPrescription: async ({ actor, body }) => ({
    status: 200,
    body: await checkPrescription(await deps(), actor, body),
  }),
  listPrescriptions: async ({ actor, query }) => ({
    status: 200,
    body: await listPrescriptions(await deps(), actor, query),
  }),
  readPrescription: async ({ actor, params }) => ({
    status: 200,
    body: await readPrescription(await deps(), actor, params.id),
  }),
  cancelPrescription: async ({ actor, params, body, once }) =>
    cancelPrescription(await deps(), actor, { ...params, ...body }, once),
  listDrafts: async ({ actor, query }) => ({ status: 200, body: await listDrafts(await deps(), actor, query) }),
  startDraft: async ({ actor, body, once }) => startDraft(await deps(), actor, body, once),
  readDraft: async ({ actor, params }) => ({ status: 200, body: await readDraft(await deps(), actor, params.id) }),
  saveDraft: async ({ actor, params, body, once }) => saveDraft(await deps(), actor, { ...params, ...body }, once),
  discardDraft: async ({ actor, params, once }) => throwDraftAway(await deps(), actor, params.id, once),
  readTemplates: async ({ actor }) => ({ status: 200, body: await readTemplates(await deps(), actor) }),
  saveTemplates: async ({ actor, body, once }) => saveTemplates(await deps(), actor, body, once),
  lookUpPatient: async ({ actor, body }) => ({ status: 200, body: await lookUpPatient(await deps(), actor, body) }),
  registerPatient: async ({ actor, body, once }) => registerPatient(await deps(), actor, body, once),
  changePatient: async ({ actor, params, body, once }) =>
    changePatientRecord(await deps(), actor, { ...params, ...body }, once),
  readPatientHistory: async ({ actor, params, query }) => ({
    status: 200,
    body: await readPatientHistory(await deps(), actor, params.id, query),
  }),
  searchMedicines: async ({ query }) => ({ status: 200, body: await searchMedicines(await deps(), query.q, query) }),
  readFormulary: async ({ query }) => {
    const answer = await readFormulary(await deps(), query.known);
    return 'gzip' in answer ? compressed(answer.gzip) : { status: 200, body: answer };
  },
});

/** Compressed here, because the edge compresses only what it keeps. */
const compressed = (gzip: Uint8Array): Response =>
  new Response(new Uint8Array(gzip), {
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', 'cache-control': 'no-store' },
  });
