/** Those who saw a doctor in the demo country's past: grown-ups, as invented as the others. */
import { isGtin } from '@darmon/domain/gs1';
import type { Patient } from '@darmon/domain/patient';
import { makePinfl } from '@darmon/domain/pinfl';
import type { PopulationYear } from '@darmon/domain/population';
import { nameOf, plusDays, type Random } from './country.ts';
import { givenNames, regionTowns } from './names.ts';

/** No region has this number, and nobody else of the demo country. */
const pinflRegion = 998;
const youngest = 2003;
const oldest = 1940;

/** As many people as are asked for, at most 400; one number in ten is a GTIN too, and is nobody's. */
export const makePastPatients = (random: Random, many: number): Patient[] =>
  Array.from({ length: many }, (_, at): Patient => {
    const sex = random.pick(['female', 'male'] as const);
    const birthDate = plusDays(`${random.between(oldest, youngest)}-01-01`, random.between(0, 364));
    const father = random.pick(givenNames.male);
    const numbers = [at, at + many].map((serial) => makePinfl({ birthDate, sex, region: pinflRegion, serial }));
    return {
      pinfl: numbers.find((pinfl) => !isGtin(pinfl)) ?? (numbers[0] as string),
      fullName: `${nameOf(random, sex)} ${father} ${sex === 'male' ? 'oʻgʻli' : 'qizi'}`,
      birthDate,
      sex,
    };
  });

/** As few people live in a region of the demo country as its two pharmacies serve, so that figures per inhabitant say something. */
const [fewest, most] = [900, 2_400];

/** Inhabitants of the demo country, as its administrator entered them. */
export const demoPopulation = (random: Random, year: number): PopulationYear => ({
  year,
  source: 'Demo',
  inhabitants: Object.fromEntries(regionTowns.map(([region]) => [region, random.between(fewest, most)])),
});
