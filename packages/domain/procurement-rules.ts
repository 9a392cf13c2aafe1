/** By which numbers orders are proposed, as the ministry sets them; each can be another for a group of medicines. */
import * as z from 'zod';
import { type OrderPolicy, Ven } from './replenishment.ts';
import { Day } from './time.ts';

/** Percent of the times between two orders in which nothing may run out. */
const ServicePercent = z.number().min(50).max(99.9).multipleOf(0.1);
const Months = z.number().min(0).max(60).multipleOf(0.5);

const Group = z
  .object({
    ven: Ven.exactOptional(),
    /** Both or neither: the group is ordered by months of use, from the least up to the most. */
    minMonths: Months.exactOptional(),
    maxMonths: Months.exactOptional(),
  })
  .refine(
    ({ minMonths, maxMonths }) =>
      minMonths === undefined || maxMonths === undefined ? minMonths === maxMonths : minMonths <= maxMonths,
    { message: 'both or neither, and no more at least than at most', path: ['maxMonths'] },
  );

export const Procurement = z
  .object({
    /** How often what is asked for until the next order arrives is there, by class. */
    servicePercent: z.object({ V: ServicePercent, E: ServicePercent, N: ServicePercent }),
    /** Days from one plan to the next. */
    reviewDays: z.int().min(1).max(180),
    /** Days from an order to the shelf, and their standard deviation, where no supplier's price says. */
    leadDays: z.int().min(0).max(365),
    leadSpreadDays: z.int().min(0).max(180),
    /** Days that are left on what suppliers deliver: no more is ordered than is used in them. */
    shelfDays: z.int().min(30).max(1_825),
    /** Days, past and to come, on which counters are closed: a month with many of them is no low season. */
    holidays: z.array(Day).max(400),
    /** Of whom a group is, and how it is ordered, by the beginning of an ATC code; the longest beginning counts. */
    groups: z.record(z.string().regex(/^[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?$/), Group),
  })
  .meta({ id: 'Procurement', description: 'By which numbers orders are proposed' });
export type Procurement = z.infer<typeof Procurement>;

/**
 * Until somebody says otherwise: a plan each week; what has no class is essential; two weeks from a wholesaler to the
 * shelf, give or take four days; a year left on what comes, which wholesalers promise. The levels are those that a
 * simulated country did best by.
 */
export const firstProcurement: Procurement = {
  servicePercent: { V: 99, E: 97, N: 95 },
  reviewDays: 7,
  leadDays: 14,
  leadSpreadDays: 4,
  shelfDays: 365,
  holidays: [],
  groups: {},
};

/** What holds for one medicine, by its ATC code. */
export const rulesFor = (
  { servicePercent: { V, E, N }, groups }: Procurement,
  atc: string | undefined,
): { ven: Ven; policy: OrderPolicy } => {
  const longest = Object.keys(groups)
    .filter((beginning) => atc?.startsWith(beginning))
    .reduce((best, beginning) => (beginning.length > best.length ? beginning : best), '');
  const { ven = 'E', minMonths, maxMonths } = groups[longest] ?? {};
  const share = (percent: number): number => Math.round(percent * 10) / 1_000;
  return {
    ven,
    policy:
      minMonths !== undefined && maxMonths !== undefined
        ? { kind: 'max-min', minMonths, maxMonths }
        : { kind: 'service-level', levels: { V: share(V), E: share(E), N: share(N) } },
  };
};
