/**
 * What sites could give each other before anything is bought: from each plan the medicines that a site has too much of,
 * or would have to order, and across the plans of a region who sends what to whom.
 */
import * as z from 'zod';
import type { PlanInput, PlanLine } from './plan.ts';
import { type ProposedTransfer, proposeRedistribution } from './redistribution.ts';
import { isUsable } from './stock.ts';

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
}

/** Who sends what to whom, medicine by medicine; what would expire first. */
export const suggestTransfers = (
  sites: readonly { readonly site: string; readonly lines: readonly ExchangeLine[] }[],
  today: string,
): SuggestedTransfer[] => {
  const byMedicine = Map.groupBy(
    sites.flatMap(({ site, lines }) => lines.map((line) => ({ site, ...line }))),
    ({ medicine }) => medicine,
  );
  const suggested = [...byMedicine].flatMap(([medicine, own]) =>
    own.some(({ needed }) => needed > 0)
      ? proposeRedistribution(own, { today, transferDays, leastPacks }).map((one) => ({ medicine, ...one }))
      : [],
  );
  const first = (one: SuggestedTransfer): string => (one.reason === 'would-expire' ? one.expiryDate : '9');
  return suggested.sort((a, b) => first(a).localeCompare(first(b)) || (a.medicine < b.medicine ? -1 : 1));
};
