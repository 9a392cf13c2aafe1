/**
 * How many people live in a region: permanent population on 1 January 2024, in thousands, as the National Statistics
 * Committee of Uzbekistan publishes it. A figure per inhabitant says that it is by these.
 */
const thousands: Readonly<Record<string, number>> = {
  'UZ-QR': 2_002.7,
  'UZ-AN': 3_394.4,
  'UZ-BU': 2_044.0,
  'UZ-JI': 1_507.4,
  'UZ-QA': 3_560.6,
  'UZ-NW': 1_075.3,
  'UZ-NG': 3_066.1,
  'UZ-SA': 4_208.5,
  'UZ-SU': 2_877.1,
  'UZ-SI': 914.0,
  'UZ-TO': 3_051.8,
  'UZ-FA': 4_061.5,
  'UZ-XO': 1_995.6,
  'UZ-TK': 3_040.8,
};

/** Inhabitants of a region, or of the country where none is named; undefined where nobody knows. */
export const inhabitantsOf = (region: string | undefined): number | undefined => {
  if (region === undefined) return Math.round(Object.values(thousands).reduce((sum, n) => sum + n, 0) * 1_000);
  const known = thousands[region];
  return known === undefined ? undefined : Math.round(known * 1_000);
};
