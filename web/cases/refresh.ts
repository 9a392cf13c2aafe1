import { caseRoutes as routes } from '@darmon/function-oversight/case-routes';
import { useQueryClient } from '@tanstack/react-query';
import { keyOf } from '../shared/client.ts';

/** Reads the case and the lists again after a step. */
export const useRefresh = () => {
  const queries = useQueryClient();
  return async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: keyOf(routes.readCase) });
    await queries.invalidateQueries({ queryKey: keyOf(routes.listCases) });
  };
};
