// Which application identifiers must stand together on one item, and which must not (GS1 General Specifications, data
// relationships: mandatory associations and invalid pairs). The parser does not ask this, since a label may be spread over
// several codes; it is asked where one code has to say what a whole unit is.

import type { Elements } from './gs1.ts';

/** `ai` stands alone (`identifier-missing`: it needs `other`) or beside what excludes it (`identifiers-exclude`). */
export type PairFault = { code: 'identifier-missing' | 'identifiers-exclude'; ai: string; other: string };

const ITEM = ['01', '02', '8006'];
const TRADE_ITEM = ['01', '8006'];
const MEASURED = ['01', '02'];

// Every inner list: one of them at least. AI 12 and 415 belong to payment slips, whose AI 8020 is not read here; AI 400,
// 401, 410 to 414, 416, 417, 420, 421, 8003, 8018 and 91 to 99 need nothing.
const NEEDS = new Map<string, readonly (readonly string[])[]>();
const need = (ais: string, ...all: readonly (readonly string[])[]): void => {
  for (const ai of ais.split(' ')) NEEDS.set(ai, all);
};
need('02', ['37']);
need('10 11 13 15 16 17 20 240 241 422', ITEM);
need('21 251', TRADE_ITEM);
need('22', ['01']);
need('250', TRADE_ITEM, ['21']);
need('30 7003 8005 8008', MEASURED);
need('37', ['00'], ['02']);
need('710 711 712 713 714 715 716', ['01']);

const EXCLUDES: readonly (readonly [string, string])[] = [
  ['01', '02'],
  ['01', '37'],
  ['8006', '01'],
  ['8006', '37'],
  ['420', '421'],
];

const isMeasure = (ai: string): boolean => ai.length === 4 && ai.startsWith('31');

/** The first pair that may not be, in the order scanned, or nothing. An exclusion goes before what is missing. */
export function pairFault(elements: Elements): PairFault | undefined {
  const there = new Set<string>();
  for (const [ai] of elements) there.add(ai);
  for (const [ai, other] of EXCLUDES) {
    if (there.has(ai) && there.has(other)) return { code: 'identifiers-exclude', ai, other };
  }
  for (const ai of there) {
    const fault = isMeasure(ai) ? measureFault(ai, there) : missing(ai, NEEDS.get(ai), there);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

// One quantity with two places of the decimal point is two quantities.
function measureFault(ai: string, there: ReadonlySet<string>): PairFault | undefined {
  for (const other of there) {
    if (other !== ai && isMeasure(other) && other.slice(0, 3) === ai.slice(0, 3)) {
      return { code: 'identifiers-exclude', ai, other };
    }
  }
  return missing(ai, [MEASURED], there);
}

function missing(
  ai: string,
  needs: readonly (readonly string[])[] | undefined,
  there: ReadonlySet<string>,
): PairFault | undefined {
  for (const some of needs ?? []) {
    if (!some.some((other) => there.has(other))) return { code: 'identifier-missing', ai, other: some[0] as string };
  }
  return undefined;
}
