/** A list whose pages a person wants as a whole, because it is filtered as a whole. */

import type { Site } from '@darmon/domain/standing';
import { routes as identity } from '@darmon/function-identity/routes';
import type { AnswerOf, Route } from '@darmon/http/route';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Failure, failureOf, type Input, keyOf } from './client.ts';

type ItemOf<R extends Route> = AnswerOf<R> extends { items: (infer I)[] } ? I : never;

const pageSize = 100;

/** Every item of a list route, page after page; `loaded` tells how far it has come. */
export const useAll = <R extends Route>(
  route: R,
  input: Input<R>,
  options: { readonly enabled?: boolean; readonly staleTime?: number } = {},
): UseQueryResult<readonly ItemOf<R>[], Failure> & { readonly loaded: number } => {
  const [loaded, setLoaded] = useState(0);
  const query = useQuery<readonly ItemOf<R>[], Failure>({
    queryKey: [...keyOf(route), 'all', input],
    retry: false,
    ...options,
    queryFn: async ({ signal }) => {
      const items: ItemOf<R>[] = [];
      let cursor: string | undefined;
      try {
        do {
          const paged = {
            ...input,
            query: { ...(input.query as object | undefined), limit: pageSize, cursor },
          } as Input<R>;
          const page = (await call(route, paged, { signal })) as { items: ItemOf<R>[]; next?: string };
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

const offered = 12;

/** The first dozen sites with the text in their id or name. */
export const findSites = (sites: readonly Site[] | undefined, text: string): readonly Site[] => {
  const typed = text.trim().toLowerCase();
  const has = (site: Site) => [site.id, site.name].some((word) => word.toLowerCase().includes(typed));
  return (sites ?? []).filter(has).slice(0, offered);
};

/** All sites; they change seldom. */
export const useSites = () => useAll(identity.listSites, {}, { staleTime: 600_000 });
