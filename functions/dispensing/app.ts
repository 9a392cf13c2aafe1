/** Which verb answers which route. */
import { Refusal } from '@darmon/domain/refusal';
import type { Handlers } from '@darmon/http/serve';
import {
  claimPrescription,
  type DispensingDeps,
  dispensePrescription,
  lookUpPrescription,
  proposeLots,
  releasePrescription,
  undoDispense,
} from '@darmon/usecases/dispensing';
import type { routes } from './routes.ts';

const unbuilt = async (): Promise<never> => {
  throw new Refusal('unavailable');
};

export const handlers = (deps: DispensingDeps): Handlers<typeof routes> => ({
  lookUpPrescription: async ({ actor, body }) => ({ status: 200, body: await lookUpPrescription(deps, actor, body) }),
  claimPrescription: ({ actor, params, once }) => claimPrescription(deps, actor, params, once),
  releasePrescription: ({ actor, params, once }) => releasePrescription(deps, actor, params, once),
  proposeLots: async ({ actor, params }) => ({ status: 200, body: await proposeLots(deps, actor, params.id) }),
  dispensePrescription: ({ actor, params, body, once }) => {
    const lines = body.lines.filter((l) => 'quantity' in l);
    return lines.length < body.lines.length ? unbuilt() : dispensePrescription(deps, actor, { ...params, lines }, once);
  },
  listDispenses: unbuilt,
  enterPaper: unbuilt,
  readPicture: unbuilt,
  setAside: unbuilt,
  listSetAside: unbuilt,
  openPage: unbuilt,
  undoDispense: ({ actor, params, body, once }) => undoDispense(deps, actor, { ...params, ...body }, once),
});
