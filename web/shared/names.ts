/** What people are called who stand in a document by their user names. */
import { routes } from '@darmon/function-identity/routes';
import { useAnswer } from './client.ts';

const mostAtOnce = 100;
/** Names change seldom. */
const freshMs = 600_000;

/** A function from user names to names; what is not known yet, or never was, stays as it is. */
export const useNames = (people: readonly (string | undefined)[]): ((person: string) => string) => {
  const wanted = [...new Set(people.filter((person) => person !== undefined))].sort().slice(0, mostAtOnce);
  const { data } = useAnswer(
    routes.nameStaff,
    { body: { people: wanted } },
    { enabled: wanted.length > 0, staleTime: freshMs },
  );
  return (person) => data?.items.find(({ id }) => id === person)?.name ?? person;
};
