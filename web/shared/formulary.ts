/**
 * The formulary on this device: names in the language of the page, and search as people type. It is loaded whole and
 * kept, because a search that waits for a rural network at each letter is no search. What is kept is used at once; the
 * server is then asked only whether it is still the one that stands.
 */

import type { Medicine } from '@darmon/domain/medicine';
import { type MedicineSearch, makeMedicineSearch } from '@darmon/domain/medicine-search';
import { unpackFormulary } from '@darmon/domain/packed-formulary';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import type { Language } from '@darmon/i18n/language';
import { formText, innText } from '@darmon/i18n/medicine';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call, UncertainError } from './client.ts';
import { type KeptFormulary, keepFormulary, keptFormulary } from './device-store.ts';
import { useLanguage } from './language.ts';

const freshMs = 3_600_000;

interface Held {
  readonly version: string;
  readonly medicines: readonly Medicine[];
}

let held: Held | undefined;

/** Unpacked once a version, so that indexes over it are made once too. */
const hold = ({ version, formulary }: KeptFormulary): Held => {
  if (held?.version !== version) held = { version, medicines: unpackFormulary(formulary) };
  return held;
};

/** As this device last got it; null on a device that never had a network. */
const loadKept = async (): Promise<Held | null> => {
  const kept = await keptFormulary();
  return kept ? hold(kept) : null;
};

/** As it stands now if there is a network, else the one this device kept. */
export const loadFormulary = async (signal: AbortSignal): Promise<Held> => {
  const kept = await loadKept();
  try {
    const query = kept ? { known: kept.version } : {};
    const { version, formulary } = await call(prescribing.readFormulary, { query }, { signal });
    if (formulary) {
      await keepFormulary({ version, formulary });
      return hold({ version, formulary });
    }
  } catch (error) {
    if (!kept) throw error;
  }
  if (kept) return kept;
  throw new UncertainError();
};

/** "Amoxicillin 500 mg, capsule" in the language of the page. */
export const nameOf = (medicine: Medicine, language: Language): string =>
  `${innText(medicine, language)} ${medicine.strength}, ${formText(medicine.form, language)}`;

interface Lookup {
  readonly codes: ReadonlyMap<string, Medicine>;
  readonly gtins: ReadonlyMap<string, Medicine>;
}

const lookups = new WeakMap<readonly Medicine[], Lookup>();
const searches = new WeakMap<readonly Medicine[], MedicineSearch>();

/** Made once for a formulary, however many rows of a list ask for names. */
const lookupOf = (medicines: readonly Medicine[]): Lookup => {
  const known = lookups.get(medicines);
  if (known) return known;
  const made: Lookup = {
    codes: new Map(medicines.map((medicine) => [medicine.code, medicine])),
    gtins: new Map(medicines.flatMap((medicine) => medicine.packs.map((pack) => [pack.gtin, medicine] as const))),
  };
  lookups.set(medicines, made);
  return made;
};

/** Made when somebody first searches: most screens only ask for names. */
const searchIn = (medicines: readonly Medicine[]): MedicineSearch => {
  const search = searches.get(medicines) ?? makeMedicineSearch(medicines);
  searches.set(medicines, search);
  return search;
};

export interface Formulary {
  readonly medicines: readonly Medicine[];
  readonly isPending: boolean;
  /** True where there is neither a network nor a kept formulary. */
  readonly failed: boolean;
  retry(): void;
  byCode(code: string): Medicine | undefined;
  byGtin(gtin: string): Medicine | undefined;
  /** The name of a code in the language of the page; the code itself while unknown. */
  name(code: string): string;
  /** What `MedicineSearch` finds; `boost` says by code how often this person chose a medicine. */
  search(text: string, limit: number, boost?: ReadonlyMap<string, number>): readonly Medicine[];
  /** True where a search finds nothing as typed, only what differs from it by a letter: nobody may take it unseen. */
  resembles(text: string): boolean;
}

/** The whole formulary with names and search; empty while it loads. */
export const useFormulary = (): Formulary => {
  const language = useLanguage();
  const forever = { gcTime: Number.POSITIVE_INFINITY, networkMode: 'always', retry: false } as const;
  const kept = useQuery({ ...forever, queryKey: ['formulary', 'kept'], queryFn: loadKept, staleTime: freshMs });
  const fresh = useQuery({
    ...forever,
    queryKey: ['formulary', 'fresh'],
    queryFn: ({ signal }) => loadFormulary(signal),
    staleTime: freshMs,
  });
  const medicines = (fresh.data ?? kept.data)?.medicines;
  const isPending = medicines === undefined && fresh.isPending;
  const failed = medicines === undefined && fresh.isError;
  const { refetch } = fresh;
  return useMemo(() => {
    const all = medicines ?? none;
    return {
      medicines: all,
      isPending,
      failed,
      retry: () => void refetch(),
      byCode: (code) => lookupOf(all).codes.get(code),
      byGtin: (gtin) => lookupOf(all).gtins.get(gtin),
      name: (code) => {
        const medicine = lookupOf(all).codes.get(code);
        return medicine ? nameOf(medicine, language) : code;
      },
      search: (text, limit, boost) => searchIn(all).find(text, { limit, ...(boost && { boost }) }).medicines,
      resembles: (text) => searchIn(all).find(text, { limit: 1 }).resembling,
    };
  }, [medicines, isPending, failed, refetch, language]);
};

const none: readonly Medicine[] = [];
