/** The rules of the day, for what a form offers and counts; whoever signs is judged by the server's own. */
import { firstPolicy, type Policy } from '@darmon/domain/policy';
import { routes } from '@darmon/function-identity/routes';
import { useAnswer } from './client.ts';

/** A minute: no version begins sooner after it was saved. */
const freshMs = 60_000;

/** The policy that holds; the first one until it is known, and where nobody answers. */
export const usePolicy = (): Policy => {
  const { data } = useAnswer(routes.readPolicies, {}, { staleTime: freshMs });
  return (data?.current as Policy | undefined) ?? firstPolicy;
};
