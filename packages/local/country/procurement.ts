/** How the demo country buys: which groups are vital, and the year's money of its regions. Invented, and generous. */
import type { Procurement } from '@darmon/domain/procurement-rules';

/** What nobody may be out of, and what can wait; the rest is essential. */
export const demoGroups: Procurement['groups'] = {
  A10: { ven: 'V' },
  B01: { ven: 'V' },
  C01: { ven: 'V' },
  H02: { ven: 'V' },
  J01: { ven: 'V' },
  N03: { ven: 'V' },
  R03: { ven: 'V' },
  A09: { ven: 'N' },
  M02: { ven: 'N' },
  N05C: { ven: 'N' },
  R05: { ven: 'N' },
};

/** Tiyin for a year: what a plan of the region's sites asks for some ten times over. */
export const demoBudgets: readonly { readonly place: string; readonly money: number }[] = [
  { place: 'UZ-TK', money: 20_000_000_000_00 },
  { place: 'UZ-SA', money: 4_000_000_000_00 },
];
