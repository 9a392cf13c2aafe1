/**
 * What sites could give each other before anything is bought: from each plan the medicines that a site has too much of,
 * or would have to order, and across the plans of a region who sends what to whom. A plan counts on what it is suggested
 * and orders that much less, for so long as somebody may still ask for it; what one plan counts on is no other's.
 */
import * as z from 'zod';
import type { PlanInput, PlanLine } from './plan.ts';
import { type ProposedTransfer, proposeRedistribution } from './redistribution.ts';
import { isUsable } from './stock.ts';
import { dayAfter } from './stock-outlook.ts';

const Taken = z.object({
  from: z.string(),
  gtin: z.string(),
  lot: z.string(),
  expiryDate: z.string(),
  packs: z.int(),
  quantity: z.int(),
  reason: z.enum(['would-expire', 'above-maximum']),
});

/** One medicine of a site that it could give, or needs. */
export const ExchangeLine = z.object({
  medicine: z.string(),
  /** Units by month from the present one on. */
  forecast: z.array(z.number()),
  lots: z.array(
    z.object({ gtin: z.string(), lot: z.string(), packUnits: z.int(), expiryDate: z.string(), quantity: z.int() }),
  ),
  coming: z.int(),
  needed: z.int(),
  /** Units above which it gives; absent where nobody knows. */
  maximum: z.int().exactOptional(),
  /** What its plan counts on, lot by lot. */
  takes: z.array(Taken).exactOptional(),
  /** Since when it has counted on whom, also where it does no more. */
  countedSince: z.record(z.string(), z.string()).exactOptional(),
});
export type ExchangeLine = z.infer<typeof ExchangeLine>;

/** Days of demand above its target for which a site keeps what it has: a transfer is work, too. */
const spareFactor = 2;

const targetOf = ({ proposal }: PlanLine): number | undefined => {
  const target = proposal.steps.find(({ step }) => step === 'needed')?.facts.target;
  return typeof target === 'number' ? target : undefined;
};

/** What a line means for other sites; undefined where they have nothing to do with it, or nothing is known of its use. */
export const exchangeOf = (
  line: PlanLine,
  { rows, today }: Pick<PlanInput, 'rows' | 'today'>,
): ExchangeLine | undefined => {
  if (line.outlook.method === 'none') return undefined;
  const target = targetOf(line);
  const maximum = target === undefined ? undefined : target * spareFactor;
  const { needed, willExpire } = line.proposal;
  const coming = line.onOrder + line.inTransit;
  const isSpare = willExpire > 0 || (maximum !== undefined && line.onHand + coming > maximum);
  if (needed === 0 && !isSpare) return undefined;
  return {
    medicine: line.medicine,
    forecast: line.outlook.months.map(({ units }) => units),
    lots: rows
      .filter((row) => isUsable(row, today) && row.free > 0)
      .map(({ gtin, lot, packUnits, expiryDate, free }) => ({ gtin, lot, packUnits, expiryDate, quantity: free })),
    coming,
    needed,
    ...(maximum !== undefined && { maximum }),
  };
};

/** From shelf to shelf between two sites of a region, and what is worth a journey. */
const transferDays = 3;
const leastPacks = 1;

export interface SuggestedTransfer extends ProposedTransfer {
  readonly medicine: string;
  /** The plan of the site that gets it counts on it, and orders that much less. */
  readonly counted: boolean;
}

interface SiteLines {
  readonly site: string;
  readonly lines: readonly ExchangeLine[];
}

type Shared = ExchangeLine & { readonly site: string };

/** What plans count on and the giver's last plan still has; each lot is given once, to who counted on it first by name. */
const countedOn = (own: readonly Shared[]): ProposedTransfer[] => {
  const left = new Map<string, number>(
    own.flatMap(({ site, lots }) => lots.map((lot) => [`${site}#${lot.gtin}#${lot.lot}`, lot.quantity] as const)),
  );
  return own.flatMap(({ site, takes = [] }) =>
    takes.flatMap((take): ProposedTransfer[] => {
      const name = `${take.from}#${take.gtin}#${take.lot}`;
      const rest = (left.get(name) ?? 0) - take.quantity;
      if (rest < 0) return [];
      left.set(name, rest);
      return [{ ...take, to: site }];
    }),
  );
};

/** A site without what it gives and gets by transfers that are counted on. */
const without = (line: Shared, counted: readonly ProposedTransfer[]): Shared => {
  const given = counted.filter(({ from }) => from === line.site);
  const got = counted.filter(({ to }) => to === line.site).reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    ...line,
    needed: Math.max(0, line.needed - got),
    coming: line.coming + got,
    lots: line.lots.map((lot) => {
      const gone = given.filter((one) => one.gtin === lot.gtin && one.lot === lot.lot);
      return { ...lot, quantity: lot.quantity - gone.reduce((sum, { quantity }) => sum + quantity, 0) };
    }),
  };
};

const suggestedOf = (medicine: string, own: readonly Shared[], today: string): SuggestedTransfer[] => {
  const counted = countedOn(own);
  const rest = own.map((line) => without(line, counted));
  const more = rest.some(({ needed }) => needed > 0)
    ? proposeRedistribution(rest, { today, transferDays, leastPacks })
    : [];
  return [
    ...counted.map((one) => ({ medicine, ...one, counted: true })),
    ...more.map((one) => ({ medicine, ...one, counted: false })),
  ];
};

/** Who sends what to whom, medicine by medicine; what would expire first. What plans count on comes before what is left. */
export const suggestTransfers = (sites: readonly SiteLines[], today: string): SuggestedTransfer[] => {
  const byMedicine = Map.groupBy(
    sites.flatMap(({ site, lines }) => lines.map((line) => ({ site, ...line }))),
    ({ medicine }) => medicine,
  );
  const suggested = [...byMedicine].flatMap(([medicine, own]) => suggestedOf(medicine, own, today));
  const first = (one: SuggestedTransfer): string => (one.reason === 'would-expire' ? one.expiryDate : '9');
  return suggested.sort((a, b) => first(a).localeCompare(first(b)) || (a.medicine < b.medicine ? -1 : 1));
};

/** After so many times between two plans a suggestion that nobody took up, or a refusal, is forgotten. */
const forgottenAfter = 4;
/** Days for which a transfer that was refused says that none is to be counted on. */
export const refusalCountsDays = (reviewDays: number): number => forgottenAfter * reviewDays;

/**
 * What a site's plan may count on: of what others could send it, what nobody refused lately, and what it has not counted
 * on in vain for `reviewDays`, the time until its next order. `before` is the line of its plan before this one, `others`
 * the lines of the same medicine elsewhere, `refused` the sites of which a transfer was refused or cancelled lately.
 */
export const takesFor = (
  own: ExchangeLine,
  about: {
    readonly site: string;
    readonly before: ExchangeLine | undefined;
    readonly others: readonly Shared[];
    readonly refused: ReadonlySet<string>;
    readonly today: string;
    readonly reviewDays: number;
  },
): Pick<ExchangeLine, 'takes' | 'countedSince'> => {
  const { site, before, refused, today, reviewDays } = about;
  const isForgotten = (since: string): boolean => today >= dayAfter(since, refusalCountsDays(reviewDays));
  const known = Object.entries(before?.countedSince ?? {}).filter(([, since]) => !isForgotten(since));
  const since = new Map(known);
  const isWaiting = (from: string): boolean => today < dayAfter(since.get(from) ?? today, reviewDays);
  const others = about.others.filter((one) => !refused.has(one.site) && isWaiting(one.site));
  const takes = suggestedOf(own.medicine, [...others, { site, ...own }], today)
    .filter(({ to, counted }) => to === site && !counted)
    .map(({ to: _to, medicine: _m, counted: _c, ...take }) => take);
  for (const { from } of takes) if (!since.has(from)) since.set(from, today);
  return {
    ...(takes.length > 0 && { takes }),
    ...(since.size > 0 && { countedSince: Object.fromEntries(since) }),
  };
};

/**
 * True where a plan may wait for what nobody agreed to send yet. A vital medicine that ends before anything can arrive is
 * ordered at once: what is sent after all lowers the next order.
 */
export const mayWait = ({ ven, risk }: Pick<PlanLine, 'ven' | 'risk'>): boolean =>
  ven !== 'V' || risk === 'low' || risk === 'ok';

/** Units by site, as a plan's line counts on them. */
export const movesOf = (takes: ExchangeLine['takes'] = []): { from: string; units: number }[] =>
  [...Map.groupBy(takes, ({ from }) => from)].map(([from, own]) => ({
    from,
    units: own.reduce((sum, { quantity }) => sum + quantity, 0),
  }));
