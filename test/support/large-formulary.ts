/**
 * A formulary of a country's size, made from the demo one: more names that sound like names of medicines, more
 * strengths, thousands of brands. The same for the same seed.
 */
import { gtinCheckDigit } from '@darmon/domain/gs1-identifiers';
import { Medicine } from '@darmon/domain/medicine';
import { formulary } from '@darmon/local/country/formulary';

/** What can stand before an international name, as Latin, Russian and Uzbek write it. */
const beginnings = [
  ['', '', ''],
  ['levo', 'лево', 'levo'],
  ['dexa', 'декса', 'deksa'],
  ['ceto', 'цето', 'seto'],
  ['tri', 'три', 'tri'],
  ['hydro', 'гидро', 'gidro'],
] as const;
const factors = [1, 2, 0.5, 4, 0.25, 1.5, 10, 3, 0.1, 5];

const onsets = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'z', 'br', 'tr', 'kl'];
const vowels = ['a', 'e', 'i', 'o', 'u'];
const endings = ['l', 'n', 'm', 'x', 'sin', 'ron', 'tel', 'vit', 'lan', 'dol'];
const brandCount = 8_000;

/** A number below `below` at each call, as a congruential generator goes on from the seed. */
const chanceOf = (seed: number) => {
  let state = seed >>> 0;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const brandsOf = (chance: (below: number) => number): string[] => {
  const one = (from: readonly string[]): string => from[chance(from.length)] as string;
  return Array.from({ length: brandCount }, () => {
    const name = `${one(onsets)}${one(vowels)}${one(onsets)}${one(vowels)}${one(endings)}`;
    return name.charAt(0).toUpperCase() + name.slice(1);
  });
};

/** Spread as numbers of hundreds of makers are, so that they compress no better. */
const gtinOf = (serial: number): string => {
  const body = `0952${String((serial * 387_420_489) % 1_000_000_000).padStart(9, '0')}`;
  return body + gtinCheckDigit(body);
};

/** `count` medicines, every one of them valid, with two to four packs each. */
export const largeFormulary = (count: number, seed: number): readonly Medicine[] => {
  const chance = chanceOf(seed);
  const brands = brandsOf(chance);
  let serial = 0;
  return Array.from({ length: count }, (_, n) => {
    const model = formulary[n % formulary.length] as Medicine;
    const round = Math.floor(n / formulary.length);
    const [latin, russian, uzbek] = beginnings[round % beginnings.length] as (typeof beginnings)[number];
    const factor = factors[Math.floor(round / beginnings.length) % factors.length] as number;
    const inn = latin + model.inn;
    const packs = model.packs.map((pack, at) => {
      serial += 1;
      const brand = at === 0 ? inn.charAt(0).toUpperCase() + inn.slice(1) : (brands[chance(brandCount)] as string);
      return { ...pack, gtin: gtinOf(serial), brand };
    });
    return Medicine.parse({
      ...model,
      code: `${model.code.replace(/\d.*/, '').slice(0, 10)}${n.toString(36).toUpperCase().padStart(4, '0')}`,
      inn,
      innRu: russian + model.innRu,
      innUz: uzbek + model.innUz,
      strength: model.strength.replace(/[\d ]*\d/, (figure) => String(Number(figure.replace(/ /g, '')) * factor)),
      packs,
    });
  });
};
