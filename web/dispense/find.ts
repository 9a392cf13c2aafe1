/**
 * From a scan to a prescription: what was scanned, whether its code is authentic (on this device), and what the server
 * knows of it. One look-up at a time; a new scan takes the place of one that is still under way.
 */
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-dispensing/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import type { AnswerOf, BodyOf } from '@darmon/http/route';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useRef, useState } from 'react';
import { wantPrescription } from '../scan/meaning.ts';
import { call, type Failure, failureOf, keyOf } from '../shared/client.ts';
import { currentLanguage, type T } from '../shared/language.ts';
import { checkCode } from './check.ts';
import type { Check } from './judge.ts';

type LookUp = AnswerOf<typeof routes.lookUpPrescription>;
type Query = BodyOf<typeof routes.lookUpPrescription>;
export type Prescription = NonNullable<LookUp['prescription']>;
export type Dispensed = AnswerOf<typeof routes.dispensePrescription>;
export type Summary = NonNullable<LookUp['prescriptions']>[number];

export type Finding =
  | { readonly at: 'idle' }
  | { readonly at: 'looking'; readonly check?: Check }
  | { readonly at: 'unwanted'; readonly word: Parameters<T>[0] }
  | { readonly at: 'maybe-pinfl'; readonly pinfl: string }
  | { readonly at: 'refused'; readonly check: Extract<Check, { kind: 'refused' }> }
  | { readonly at: 'failed'; readonly failure: Failure; readonly check?: Check; readonly again: () => void }
  | { readonly at: 'list'; readonly items: readonly Summary[] };

/** What only the look-up says, and no address or storage may hold: who the patient is, and how the code was judged. */
export interface Opened {
  readonly id: string;
  readonly patient: Prescription['patient'];
  readonly check: Check | undefined;
}

let opened: Opened | undefined;

/** Keeps, in memory alone, whose prescription a screen is about to show. */
export const rememberOpened = (of: Opened): void => {
  opened = of;
};

/** What the last look-up said of this prescription; nothing after a reload, when the code has to be scanned again. */
export const openedAs = (id: string): Opened | undefined => (opened?.id === id ? opened : undefined);

/** `onOpen` runs each time a prescription was found, just before its screen opens. */
export const useFind = (onOpen?: () => void) => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [finding, setFinding] = useState<Finding>({ at: 'idle' });
  const underWay = useRef<AbortController | undefined>(undefined);

  const open = useCallback(
    async (prescription: Prescription, check: Check | undefined) => {
      const { patient, ...view } = prescription;
      rememberOpened({ id: prescription.id, patient, check });
      const key = [...keyOf(prescribing.readPrescription), { params: { id: view.id } }, currentLanguage()];
      queries.setQueryData(key, view);
      queries.removeQueries({ queryKey: [...keyOf(routes.proposeLots), { params: { id: view.id } }] });
      setFinding({ at: 'idle' });
      onOpen?.();
      await navigate({ to: '/dispense/$id', params: { id: view.id } });
    },
    [navigate, queries, onOpen],
  );

  const lookUp = useCallback(
    async (query: Query, check?: Check): Promise<void> => {
      underWay.current?.abort();
      const mine = new AbortController();
      underWay.current = mine;
      setFinding({ at: 'looking', ...(check && { check }) });
      try {
        const answer = await call(routes.lookUpPrescription, { body: query }, { signal: mine.signal });
        if (mine.signal.aborted) return;
        const [only, ...more] = answer.prescriptions ?? [];
        if (answer.prescription) await open(answer.prescription, check);
        else if (only && more.length === 0) await lookUp({ number: only.number });
        else setFinding({ at: 'list', items: answer.prescriptions ?? [] });
      } catch (error) {
        if (mine.signal.aborted) return;
        const again = () => void lookUp(query, check);
        setFinding({ at: 'failed', failure: failureOf(error), again, ...(check && { check }) });
      }
    },
    [open],
  );

  const findCode = useCallback(
    async (code: string) => {
      underWay.current?.abort();
      const mine = new AbortController();
      underWay.current = mine;
      setFinding({ at: 'looking' });
      const check = await checkCode(code, Date.now());
      if (mine.signal.aborted) return;
      // A code whose signature is right opens its record, which says what became of it; a false one opens nothing.
      if (check.kind === 'refused' && !('credential' in check.verification && check.verification.credential))
        return setFinding({ at: 'refused', check });
      await lookUp({ code }, check);
    },
    [lookUp],
  );

  const find = useCallback(
    (raw: string) => {
      const wanted = wantPrescription(raw, tashkentDay(Date.now()));
      if (wanted.kind === 'code') return void findCode(wanted.code);
      if (wanted.kind === 'number') return void lookUp({ number: wanted.number });
      if (wanted.kind === 'pinfl') return void lookUp({ pinfl: wanted.pinfl });
      if (wanted.kind === 'passport') return void lookUp({ passport: wanted.passport });
      underWay.current?.abort();
      setFinding(
        wanted.kind === 'maybe-pinfl'
          ? { at: 'maybe-pinfl', pinfl: wanted.pinfl }
          : { at: 'unwanted', word: wanted.word },
      );
    },
    [findCode, lookUp],
  );

  return { finding, find, lookUp };
};
