/** Which verb answers which route of cases. */
import type { Handlers } from '@darmon/http/serve';
import { decideCase, listCases, noteCase, readCase, reopenCase, takeCase } from '@darmon/usecases/cases';
import type { Deps } from '@darmon/usecases/deps';
import type { caseRoutes } from './case-routes.ts';

export const caseHandlers = (deps: Deps): Handlers<typeof caseRoutes> => ({
  listCases: async ({ actor, query }) => ({ status: 200, body: await listCases(deps, actor, query, query) }),
  readCase: async ({ actor, params }) => ({ status: 200, body: await readCase(deps, actor, params.id) }),
  stepCase: ({ actor, params: { id }, body, once }) => {
    if (body.step === 'take') return takeCase(deps, actor, { id }, once);
    if (body.step === 'note') return noteCase(deps, actor, { id, text: body.text }, once);
    if (body.step === 'reopen') return reopenCase(deps, actor, { id, reason: body.reason }, once);
    const { step: _, ...decision } = body;
    return decideCase(deps, actor, { id, ...decision }, once);
  },
});
