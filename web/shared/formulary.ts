/**
 * The formulary on this device: names in the language of the page, and search as people type. It is loaded whole and
 * kept, because a search that waits for a rural network at each letter is no search.
 */

import { latinOf } from '@darmon/domain/cyrillic';
import type { Medicine } from '@darmon/domain/medicine';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import type { Language } from '@darmon/i18n/language';
import { formText, innText } from '@darmon/i18n/medicine';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from './client.ts';
import { keepFormulary, keptFormulary } from './device-store.ts';
import { useLanguage } from './language.ts';

const pageSize = 100;
const freshMs = 3_600_000;

const fetchAll = async (signal: AbortSignal): Promise<readonly Medicine[]> => {
  const medicines: Medicine[] = [];
  let cursor: string | undefined;
  do {
    const page = await call(prescribing.searchMedicines, { query: { limit: pageSize, cursor } }, { signal });
    medicines.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return medicines;
};

/** Fresh if there is a network, else the one this device kept. */
const load = async (signal: AbortSignal): Promise<readonly Medicine[]> => {
  try {
    const medicines = await fetchAll(signal);
    await keepFormulary({ medicines, fetchedAt: Date.now() });
    return medicines;
  } catch (error) {
    const kept = await keptFormulary();
    if (kept) return kept.medicines;
    throw error;
  }
};

/** "Amoxicillin 500 mg, capsule" in the language of the page. */
export const nameOf = (medicine: Medicine, language: Language): string =>
  `${innText(medicine, language)} ${medicine.strength}, ${formText(medicine.form, language)}`;

// In names of medicines х is the h of hydro-, not the x of Uzbek.
const latin: Readonly<Record<string, string>> = { ...latinOf, х: 'h' };

/**
 * One spelling for all spellings of a name: Cyrillic as Latin, no accents or apostrophes, letters that Latin, Uzbek and
 * Russian writers use for the same sound made one. `амоксициллин`, `amoksitsillin` and `amoxicillin` fold alike.
 */
export const foldSpelling = (text: string): string =>
  [
    ...text
      .toLowerCase()
      .normalize('NFD')
      .replace(/и\u0306/g, 'й')
      .replace(/е\u0308/g, 'ё'),
  ]
    .map((letter) => latin[letter] ?? letter)
    .join('')
    .replace(/[\u0300-\u036f'ʻʼ’‘`]/g, '')
    .replace(/ph/g, 'f')
    .replace(/th/g, 't')
    .replace(/\bx(?![iy])/g, 'h')
    .replace(/x/g, 'ks')
    .replace(/ch/g, 'h')
    .replace(/kh/g, 'h')
    .replace(/ts|c(?=[eiy])/g, 's')
    .replace(/[cq]/g, 'k')
    .replace(/w/g, 'v')
    .replace(/z/g, 's')
    .replace(/y/g, 'i')
    .replace(/([a-z])\1+/g, '$1')
    .replace(/ii+/g, 'i');

interface Indexed {
  readonly medicine: Medicine;
  readonly words: readonly string[];
}

const wordsOf = (text: string): string[] =>
  foldSpelling(text)
    .split(/[^a-z0-9а-я.]+/)
    .filter(Boolean);

interface Lookup {
  readonly codes: ReadonlyMap<string, Medicine>;
  readonly gtins: ReadonlyMap<string, Medicine>;
  readonly indexed: readonly Indexed[];
}

const lookups = new WeakMap<readonly Medicine[], Lookup>();

/** Made once for a formulary, however many rows of a list ask for names. */
const lookupOf = (medicines: readonly Medicine[]): Lookup => {
  const known = lookups.get(medicines);
  if (known) return known;
  const made: Lookup = {
    codes: new Map(medicines.map((medicine) => [medicine.code, medicine])),
    gtins: new Map(medicines.flatMap((medicine) => medicine.packs.map((pack) => [pack.gtin, medicine] as const))),
    indexed: medicines.map((medicine) => ({
      medicine,
      words: [
        medicine.inn,
        medicine.innRu,
        medicine.innUz,
        medicine.code,
        medicine.atc,
        medicine.strength,
        ...medicine.packs.map((pack) => pack.brand),
      ].flatMap(wordsOf),
    })),
  };
  lookups.set(medicines, made);
  return made;
};

/**
 * Medicines each typed word of which begins a word of INN, brand, strength, code or ATC; those whose INN begins so come
 * first, then by INN and strength.
 */
export const searchMedicines = (medicines: readonly Medicine[], text: string, limit: number): readonly Medicine[] => {
  const typed = wordsOf(text);
  const [head] = typed;
  if (head === undefined) return [];
  return lookupOf(medicines)
    .indexed.filter(({ words }) => typed.every((part) => words.some((word) => word.startsWith(part))))
    .map(({ medicine }) => ({
      medicine,
      rank: [medicine.inn, medicine.innRu, medicine.innUz].some((inn) => foldSpelling(inn).startsWith(head)) ? 0 : 1,
    }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        a.medicine.inn.localeCompare(b.medicine.inn) ||
        a.medicine.strength.localeCompare(b.medicine.strength, 'en', { numeric: true }),
    )
    .slice(0, limit)
    .map(({ medicine }) => medicine);
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
  /** Medicines each typed word of which begins a word of INN, brand, strength or code, in either script. */
  search(text: string, limit: number): readonly Medicine[];
}

/** The whole formulary with names and search; empty while it loads. */
export const useFormulary = (): Formulary => {
  const language = useLanguage();
  const query = useQuery({
    queryKey: ['formulary'],
    queryFn: ({ signal }) => load(signal),
    staleTime: freshMs,
    gcTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
    retry: false,
  });
  const medicines = query.data ?? none;
  const { refetch } = query;
  return useMemo(
    () => ({
      medicines,
      isPending: query.isPending,
      failed: query.isError,
      retry: () => void refetch(),
      byCode: (code) => lookupOf(medicines).codes.get(code),
      byGtin: (gtin) => lookupOf(medicines).gtins.get(gtin),
      name: (code) => {
        const medicine = lookupOf(medicines).codes.get(code);
        return medicine ? nameOf(medicine, language) : code;
      },
      search: (text, limit) => searchMedicines(medicines, text, limit),
    }),
    [medicines, query.isPending, query.isError, refetch, language],
  );
};

const none: readonly Medicine[] = [];
