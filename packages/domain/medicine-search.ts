/**
 * Finding medicines while somebody types: an index over the words by which people know them, made once for a formulary
 * and asked at each key. The same on a device and on the server, so that both find the same. It is a sorted list of
 * folded words, each with the medicines it stands for; a typed word is a range of that list.
 */
import { foldBeginning, foldSpelling } from './cyrillic.ts';
import type { Medicine } from './medicine.ts';

export interface MedicinesFound {
  /** The best first; at most as many as asked for. */
  readonly medicines: readonly Medicine[];
  /** True where nothing begins as typed, and what is answered differs from it by one letter in a word. */
  readonly resembling: boolean;
}

export interface SearchOptions {
  readonly limit: number;
  /** How often this person chose a medicine, by code; those stand before the alphabet. */
  readonly boost?: ReadonlyMap<string, number>;
}

export interface MedicineSearch {
  /**
   * Medicines each typed word of which begins a word of INN (in any script), brand, code, ATC code or strength. First
   * those whose INN begins so, then by `boost`, then by INN and strength. Where there is none, those that differ in one
   * letter (one more, one less, another, two exchanged) of words of five letters or more, and `resembling` says so.
   */
  find(text: string, options: SearchOptions): MedicinesFound;
}

const separators = /[^a-z0-9·]+/;

/** A decimal point or comma is part of its number, any other parts words. */
const withDecimals = (text: string): string => text.replace(/(\d)[.,](?=\d|\s|$)/g, '$1·');

const wordsOf = (text: string): string[] => foldSpelling(withDecimals(text)).split(separators).filter(Boolean);

/** "500mg" as 500 and mg. */
const partsOf = (word: string): string[] => word.match(/[\d·]+|[^\d·]+/g) ?? [];

const nameWords = (name: string): string[] => wordsOf(name).flatMap((word) => [...new Set([word, ...partsOf(word)])]);

/** "10 000 IU" is found by 10000 as well as by 10. */
const strengthWords = (strength: string): string[] =>
  wordsOf(`${strength} ${strength.replace(/(\d)[\s\u00a0\u202f](?=\d{3}(\D|$))/g, '$1')}`).flatMap(partsOf);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const inOrder = (medicines: readonly Medicine[]): Medicine[] => {
  const byFigures = new Intl.Collator('en', { numeric: true });
  return [...medicines].sort(
    (a, b) => compare(a.inn, b.inn) || byFigures.compare(a.strength, b.strength) || compare(a.code, b.code),
  );
};

interface Words {
  /** Folded, each once, sorted. */
  readonly texts: readonly string[];
  /** Of each word, the medicines: twice their place in the order, and one more where the word begins their INN. */
  readonly places: readonly Uint32Array[];
}

const wordsIn = (medicines: readonly Medicine[]): Words => {
  const ids = new Map<string, number>();
  const places: number[][] = [];
  const idOf = (word: string): number => {
    const id = ids.get(word) ?? places.push([]) - 1;
    ids.set(word, id);
    return id;
  };
  // Names and strengths repeat a dozen times, and folding them is what making an index costs.
  const known = new Map<string, readonly number[]>();
  const idsOf = (text: string, of: (text: string) => string[]): readonly number[] => {
    const found = known.get(text) ?? of(text).map(idOf);
    known.set(text, found);
    return found;
  };
  medicines.forEach((medicine, place) => {
    const { inn, innRu, innUz, packs, strength, atc, code } = medicine;
    const add = (id: number, begins: 0 | 1): void => {
      const of = places[id] as number[];
      if ((of.at(-1) ?? -1) < place * 2) of.push(place * 2 + begins);
    };
    // In Uzbek an x is a kh wherever it stands; typed by itself it may also be Latin.
    const names = [inn, innRu, innUz, innUz.replace(/x/gi, 'h')].map((name) => idsOf(name, nameWords));
    for (const [first] of names) if (first !== undefined) add(first, 1);
    for (const ofName of names) for (const id of ofName) add(id, 0);
    for (const { brand } of packs) for (const id of idsOf(brand, nameWords)) add(id, 0);
    for (const id of idsOf(strength, strengthWords)) add(id, 0);
    for (const id of idsOf(atc, wordsOf)) add(id, 0);
    for (const id of wordsOf(code).map(idOf)) add(id, 0);
  });
  const texts = [...ids.keys()].sort(compare);
  return { texts, places: texts.map((text) => Uint32Array.from(places[ids.get(text) as number] as number[])) };
};

/** Where the words that begin with `beginning` stand: from the first, up to but without the second. */
const rangeOf = (texts: readonly string[], beginning: string): [from: number, to: number] => {
  const firstNotBefore = (text: string): number => {
    let [low, high] = [0, texts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((texts[middle] as string) < text) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  // Behind every letter that a folded word can have.
  return [firstNotBefore(beginning), firstNotBefore(`${beginning}\uffff`)];
};

const mostTyped = 16;

/** The words as they were typed: how a word folds depends on whether more of it comes. */
const wordsTyped = (text: string): string[] =>
  withDecimals(text)
    .split(/[^\p{L}\p{M}\p{N}·'ʻʼ’‘`´′]+/u)
    .filter((word) => foldSpelling(word) !== '')
    .slice(0, mostTyped);

const leastForTypos = 5;

/** True where one edit of `typed` (a letter more, less or another, or two neighbours exchanged) begins `word`. */
export const isOneEditFrom = (typed: string, word: string): boolean => {
  let at = 0;
  while (at < typed.length && typed[at] === word[at]) at += 1;
  const rest = typed.slice(at + 1);
  return (
    word.startsWith(rest, at + 1) ||
    word.startsWith(rest, at) ||
    word.startsWith(typed.slice(at), at + 1) ||
    (typed[at] === word[at + 1] && typed[at + 1] === word[at] && word.startsWith(typed.slice(at + 2), at + 2))
  );
};

const nothing: MedicinesFound = { medicines: [], resembling: false };

/** Makes the index. Costs tens of milliseconds for a country's formulary, and a few megabytes while it is held. */
export const makeMedicineSearch = (medicines: readonly Medicine[]): MedicineSearch => {
  const ordered = inOrder(medicines);
  const { texts, places } = wordsIn(ordered);
  const placeOf = new Map(ordered.map((medicine, place) => [medicine.code, place]));
  /** Of each medicine, how many of the typed words it answers to; and whether one of them begins its INN. */
  const answered = new Uint8Array(ordered.length);
  const begins = new Uint8Array(ordered.length);

  /** Counts a typed word for those that answered to all `before`. */
  const count = (before: number, from: number, to: number): void => {
    for (let word = from; word < to; word += 1)
      for (const place of places[word] as Uint32Array) {
        const medicine = place >> 1;
        if ((answered[medicine] as number) >= before) {
          answered[medicine] = before + 1;
          if (place & 1) begins[medicine] = 1;
        }
      }
  };

  const countBeginning = (before: number, word: string): void => {
    for (const beginning of foldBeginning(word)) count(before, ...rangeOf(texts, beginning));
  };

  const countResembling = (before: number, word: string): void => {
    countBeginning(before, word);
    const typed = foldSpelling(word);
    if (Math.min(word.length, typed.length) < leastForTypos || /\d/.test(typed)) return;
    texts.forEach((text, at) => {
      if (isOneEditFrom(typed, text) && !/\d/.test(text)) count(before, at, at + 1);
    });
  };

  const countAll = (typed: readonly string[], countOne: (before: number, word: string) => void): boolean => {
    answered.fill(0);
    begins.fill(0);
    for (const [before, word] of typed.entries()) countOne(before, word);
    return answered.includes(typed.length);
  };

  /** The best of those that answered to all words, without sorting the others: they stand in order already. */
  const best = (words: number, { limit, boost = new Map() }: SearchOptions): Medicine[] => {
    const chosen = [...boost]
      .flatMap(([code, often]) => ({ place: placeOf.get(code) ?? -1, often }))
      .filter(({ place, often }) => place >= 0 && often > 0)
      .sort((a, b) => b.often - a.often || a.place - b.place)
      .map(({ place }) => place);
    const places = new Set<number>();
    for (const beginning of [1, 0]) {
      const fits = (place: number): boolean => answered[place] === words && begins[place] === beginning;
      for (const place of chosen) if (fits(place)) places.add(place);
      for (let place = 0; place < ordered.length && places.size < limit; place += 1) if (fits(place)) places.add(place);
    }
    return [...places].slice(0, limit).map((place) => ordered[place] as Medicine);
  };

  return {
    find(text, options) {
      const typed = wordsTyped(text);
      const parts = typed.flatMap(partsOf);
      if (typed.length === 0) return nothing;
      if (countAll(typed, countBeginning)) return { medicines: best(typed.length, options), resembling: false };
      if (parts.length > typed.length && countAll(parts, countBeginning))
        return { medicines: best(parts.length, options), resembling: false };
      if (countAll(parts, countResembling)) return { medicines: best(parts.length, options), resembling: true };
      return nothing;
    },
  };
};
