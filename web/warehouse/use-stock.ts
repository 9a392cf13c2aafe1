/** All pages of a site's stock as one list, because a person filters it as a whole. */
import { routes } from '@darmon/function-inventory/routes';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Failure, keyOf, ProblemError, SessionEndedError, UncertainError } from '../shared/client.ts';
import type { StockItem } from './stock-view.ts';

const pageSize = 100;

const failureOf = (error: unknown): Failure =>
  error instanceof ProblemError || error instanceof SessionEndedError ? error : new UncertainError();

/** Everything a site has, page after page; `loaded` tells how far it has come. */
export const useStock = (site: string | undefined) => {
  const [loaded, setLoaded] = useState(0);
  const query = useQuery<readonly StockItem[], Failure>({
    queryKey: [...keyOf(routes.listStock), site],
    enabled: site !== undefined,
    retry: false,
    queryFn: async ({ signal }) => {
      const items: StockItem[] = [];
      let cursor: string | undefined;
      try {
        do {
          const page = await call(
            routes.listStock,
            { params: { site: site ?? '' }, query: { limit: pageSize, cursor } },
            { signal },
          );
          items.push(...page.items);
          cursor = page.next;
          setLoaded(items.length);
        } while (cursor);
      } catch (error) {
        throw failureOf(error);
      }
      return items;
    },
  });
  return { ...query, loaded };
};
