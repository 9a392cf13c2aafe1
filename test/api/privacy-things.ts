/** Patients whose rights stand as a route needs them, and a look to review. */
import { randomUUID } from 'node:crypto';
import { tashkentDay } from '@darmon/domain/time';
import type { TestCloud } from '../support/cloud.ts';

interface Thing {
  readonly params: Record<string, string>;
  readonly body?: unknown;
}

const asked = { site: 'CL-0001', checkedBy: 'doctor', document: 'passport', reason: 'asked in writing' };

export const privacyThings = (cloud: () => TestCloud) => {
  const post = async <T extends object>(person: string, path: string, body: unknown): Promise<T> => {
    const answer = await cloud().api<T & { code?: string }>(person, `POST ${path}`, { body });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.body.code}`);
    return answer.body;
  };
  const guest = () => ({
    passport: `P${randomUUID().slice(0, 8).toUpperCase()}`,
    fullName: 'Sinov Bemori',
    birthDate: '1980-01-01',
    sex: 'male',
  });
  const known = async (): Promise<{ patient: string }> => ({
    patient: (await post<{ id: string }>('doctor', '/api/patients', guest())).id,
  });
  const wanted = async () => {
    const params = await known();
    await post('admin', `/api/privacy/patients/${params.patient}/erasure`, asked);
    return params;
  };
  const held = async () => {
    const params = await known();
    await post('auditor', '/api/privacy/holds', { ...params, reason: 'a court asks' });
    return params;
  };
  const look = async () => {
    const patient = guest();
    await post('doctor', '/api/patients', patient);
    await post('doctor', '/api/patients/lookup', { passport: patient.passport });
    const today = tashkentDay(Date.now());
    const { body } = await cloud().api<{ items: { id: string; subject: object }[] }>(
      'auditor',
      `GET /api/reviews/looks?site=CL-0001&from=${today}&to=${today}`,
    );
    const [newest] = body.items;
    if (!newest) throw new Error('nobody looked');
    return newest;
  };
  return {
    findForRights: async (): Promise<Thing> => ({ params: {}, body: { who: { passport: 'NOBODY1' }, asked } }),
    readRights: async (): Promise<Thing> => ({ params: await known() }),
    exportPatient: async (): Promise<Thing> => ({ params: await known(), body: asked }),
    askForErasure: async (): Promise<Thing> => ({ params: await known(), body: asked }),
    confirmErasure: async (): Promise<Thing> => ({ params: await wanted() }),
    refuseErasure: async (): Promise<Thing> => ({ params: await wanted(), body: { reason: 'somebody else asked' } }),
    workErasure: async (): Promise<Thing> => ({ params: await wanted() }),
    listErasures: async (): Promise<Thing> => ({ params: {} }),
    holdPatient: async (): Promise<Thing> => ({ params: {}, body: { ...(await known()), reason: 'a court asks' } }),
    listHolds: async (): Promise<Thing> => ({ params: {} }),
    liftHold: async (): Promise<Thing> => ({ params: await held(), body: { reason: 'the case is closed' } }),
    exportStaff: async (): Promise<Thing> => {
      const today = tashkentDay(Date.now());
      return { params: { person: 'planner' }, body: { from: today, to: today, reason: 'asked in writing' } };
    },
    listLooks: async (): Promise<Thing> => {
      const today = tashkentDay(Date.now());
      return { params: { query: `site=CL-0001&from=${today}&to=${today}` } };
    },
    reviewLook: async (): Promise<Thing> => {
      const { id, subject } = await look();
      return { params: { look: id }, body: { subject, version: 0, state: 'seen' } };
    },
  };
};
