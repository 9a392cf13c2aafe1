/** The check of what is written so far: asked again when it changes, and never in the way of the writing. */
import { routes } from '@darmon/function-prescribing/routes';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, keyOf } from '../shared/client.ts';
import type { Check, CheckRequest } from './check.ts';

/** A pause in typing; a dose is rarely changed in less. */
const settleMs = 350;

/** The check of a request, a moment after it stops changing. While a newer one is under way the last one stays. */
export const useCheck = (request: CheckRequest | undefined) => {
  const text = request && JSON.stringify(request);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  const answer = useQuery<Check>({
    queryKey: [...keyOf(routes.checkPrescription), settled],
    queryFn: ({ signal }) =>
      call(routes.checkPrescription, { body: JSON.parse(settled ?? '{}') as CheckRequest }, { signal }),
    enabled: settled !== undefined && text !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    // what is personal leaves the memory with the screen
    gcTime: 0,
    retry: false,
  });
  return {
    check: text === undefined ? undefined : answer.data,
    pending: text !== undefined && (text !== settled || answer.isFetching),
    failed: answer.isError,
    again: answer.refetch,
  };
};
