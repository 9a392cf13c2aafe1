/**
 * A site's plan: for each medicine what will be asked for, when it would run out, what to order and every number behind
 * it, the worst first. Put together from a forecast, the shelf and what is coming; it knows nothing of who makes those.
 */
import * as z from 'zod';
import { SiteId } from './actor.ts';
import { Gtin, MedicineCode } from './medicine.ts';
import type { PackChoice } from './pack-choice.ts';
import { type Procurement, rulesFor } from './procurement-rules.ts';
import { OrderProposal, proposeOrder, Ven } from './replenishment.ts';
import { StockRisk, stockRisks, Week } from './requisition.ts';
import { Region, SiteKind } from './standing.ts';
import { exactly, isUsable, onHandOf, type StockRow } from './stock.ts';
import { dayAfter, daysOfStock, demandFrom } from './stock-outlook.ts';
import { Day, Instant } from './time.ts';

const Units = z.number().nonnegative();
const MaybeShare = z.number().nullable();

/** A forecast by month with what is known of its worth. */
export const Outlook = z
  .object({
    /** The method that was chosen on the medicine's own past; `none` where nothing is known. */
    method: z.string(),
    /** The present month and those to come: units, and between which of them eight of ten will lie. */
    months: z.array(z.object({ month: z.string(), units: Units, low: Units, high: Units })),
    /** Errors one month ahead on its own past, as shares of what was asked for; null where nothing can be said. */
    wape: MaybeShare,
    mase: MaybeShare,
    bias: MaybeShare,
    /** Units. */
    sigma: Units,
    /** Months far from what was usual. */
    unusual: z.array(z.object({ month: z.string(), value: Units, usual: Units })),
  })
  .meta({ id: 'Outlook', description: 'What will be asked for, in units by month, with its measured error' });
export type Outlook = z.infer<typeof Outlook>;

export const PlanLine = z
  .object({
    medicine: MedicineCode,
    /** The pack to order. */
    gtin: Gtin,
    packUnits: z.int().positive(),
    /** Tiyin for a pack. */
    packPrice: z.int().nonnegative().exactOptional(),
    supplier: z.string().exactOptional(),
    ven: Ven,
    risk: StockRisk,
    /** Units that may be used; that lie there and may not, or are promised; ordered; on their way from other sites. */
    onHand: z.int(),
    setAside: z.int(),
    onOrder: z.int(),
    inTransit: z.int(),
    /** The day on which what is there and what is coming is used up: an order has to be there by then. */
    by: Day.exactOptional(),
    /** Units that other sites could send; what is ordered counts on them. */
    moves: z.array(z.object({ from: SiteId, units: z.int().positive() })).exactOptional(),
    proposal: OrderProposal,
    outlook: Outlook,
  })
  .meta({ id: 'PlanLine', description: 'One medicine of a plan' });
export type PlanLine = z.infer<typeof PlanLine>;

/** A medicine in a list of many: what decides which one is looked at first. */
export const PlanLineShort = PlanLine.pick({ medicine: true, gtin: true, ven: true, risk: true, onHand: true })
  .extend({
    coming: z.int(),
    /** Units that other sites could send, which the order counts on. */
    moved: z.int().positive().exactOptional(),
    runsOut: Day.nullable(),
    arrives: Day,
    packs: z.int(),
    packUnits: z.int(),
    quantity: z.int(),
    value: z.int().nullable(),
    wape: MaybeShare,
  })
  .meta({ id: 'PlanLineShort' });
export type PlanLineShort = z.infer<typeof PlanLineShort>;

const Counts = z.object({ out: z.int(), 'before-arrival': z.int(), low: z.int(), ok: z.int() });

export const Plan = z
  .object({
    /** ULID. */
    id: z.string(),
    site: SiteId,
    name: z.string(),
    kind: SiteKind,
    region: Region,
    at: Instant,
    week: Week.exactOptional(),
    /** Of the policy that it was made by. */
    policy: z.int(),
    lines: z.int(),
    counts: Counts,
    /** Medicines to order, and what they cost in tiyin as far as there are prices. */
    toOrder: z.int(),
    value: z.int(),
    /** Units on the shelf that will expire before they are used. */
    willExpire: z.int(),
    /** The worst of its lines. */
    worst: z.array(PlanLineShort),
  })
  .meta({ id: 'Plan', description: 'What a site should order' });
export type Plan = z.infer<typeof Plan>;

/** Lines that a plan names in its head. */
const namedLines = 5;

export interface PlanInput {
  readonly medicine: string;
  readonly atc: string | undefined;
  readonly today: string;
  readonly rules: Procurement;
  readonly pack: PackChoice;
  /** All that lies there. */
  readonly rows: readonly StockRow[];
  /** Units, and the day they are due. */
  readonly onOrder: readonly { readonly quantity: number; readonly due: string }[];
  readonly inTransit: number;
  readonly outlook: Outlook;
  readonly moves?: NonNullable<PlanLine['moves']>;
  /** Tiyin that may be spent on it; undefined: as much as it takes. */
  readonly money?: number;
}

/**
 * How bad it is: nothing is left and somebody asks for it; it ends before anything can arrive, be it ordered already or
 * only now; it ends before the order after that; or it is enough.
 */
const riskOf = (
  { onHand, dues, reviewDays }: { onHand: number; dues: readonly string[]; reviewDays: number },
  { runsOut, arrives, reasons, packs }: OrderProposal,
): StockRisk => {
  if (reasons.includes('no-demand') || runsOut === null) return 'ok';
  if (onHand === 0) return 'out';
  // where nothing new is ordered, only what is on its way can arrive
  const next = [...(packs > 0 || dues.length === 0 ? [arrives] : []), ...dues].sort()[0] ?? arrives;
  if (runsOut < next) return 'before-arrival';
  return runsOut < dayAfter(arrives, reviewDays) ? 'low' : 'ok';
};

const laterOf = (a: string, b: string): string => [a, b].sort()[1] as string;

/** Where nothing is known of what will be asked for, nothing is said of what will expire or run out either. */
const asKnown = ({ method }: Outlook, proposal: OrderProposal): OrderProposal =>
  method === 'none'
    ? {
        ...proposal,
        steps: proposal.steps.filter(({ step }) => step !== 'will-expire'),
        reasons: proposal.reasons.filter((reason) => reason !== 'stock-will-expire' && reason !== 'no-demand'),
        willExpire: 0,
        runsOut: null,
      }
    : proposal;

/**
 * The day by which an order has to be there: when what may be used and all that is coming are used up, or already when
 * the shelf is empty before the first of what is coming. Undefined where nobody knows, or it lasts for years.
 */
const neededBy = (
  { today, onOrder, inTransit, outlook }: PlanInput,
  { runsOut, reasons, steps }: OrderProposal,
): string | undefined => {
  if (runsOut === null || reasons.includes('no-demand')) return undefined;
  const first = onOrder.map(({ due }) => laterOf(due, today)).sort()[0];
  if (inTransit === 0 && (first === undefined || runsOut < first)) return runsOut;
  const position = Number(steps.find(({ step }) => step === 'position')?.facts.units ?? 0);
  const demand = demandFrom(
    outlook.months.map(({ units }) => units),
    today,
  );
  const days = daysOfStock(position, demand);
  return days === null ? undefined : dayAfter(today, days);
};

/** One medicine of a plan. */
export const planLine = (input: PlanInput): PlanLine => {
  const { today, pack, rules, outlook } = input;
  const { ven, policy } = rulesFor(rules, input.atc);
  const usable = input.rows.filter((row) => isUsable(row, today));
  const onHand = usable.reduce((sum, { free }) => sum + free, 0);
  const all = input.rows.reduce((sum, row) => sum + onHandOf(row), 0);
  const leadDays = pack.leadDays ?? rules.leadDays;
  const lead = pack.lead ?? { of: pack.leadDays === undefined ? 'rules' : 'promised', samples: 0 };
  const moves = input.moves ?? [];
  const proposal = asKnown(
    outlook,
    proposeOrder({
      today,
      forecast: outlook.months.map(({ units }) => units),
      sigma: outlook.sigma,
      ven,
      lots: usable.map(({ expiryDate, free }) => ({ expiryDate, quantity: free })),
      setAside: all - onHand,
      onOrder: input.onOrder,
      inTransit: input.inTransit,
      leadDays,
      leadSpreadDays: pack.leadSpreadDays ?? rules.leadSpreadDays,
      lead,
      reviewDays: rules.reviewDays,
      policy,
      packUnits: pack.packUnits,
      minimumPacks: pack.minimumPacks ?? 1,
      multiplePacks: pack.multiplePacks ?? 1,
      shelfDays: rules.shelfDays,
      moves,
      ...(input.money !== undefined && { money: input.money }),
      ...(pack.packPrice !== undefined && { packPrice: pack.packPrice }),
    }),
  );
  const dues = input.onOrder.map(({ due }) => laterOf(due, today));
  const by = neededBy(input, proposal);
  return {
    medicine: input.medicine,
    gtin: pack.gtin,
    packUnits: pack.packUnits,
    ...(pack.packPrice !== undefined && { packPrice: pack.packPrice }),
    ...(pack.supplier !== undefined && { supplier: pack.supplier }),
    ven,
    risk: riskOf({ onHand, dues, reviewDays: rules.reviewDays }, proposal),
    onHand,
    setAside: all - onHand,
    onOrder: input.onOrder.reduce((sum, { quantity }) => sum + quantity, 0),
    inTransit: input.inTransit,
    ...(by !== undefined && { by }),
    ...(moves.length > 0 && { moves: [...moves] }),
    proposal,
    outlook,
  };
};

const never = '9999-12-31';

/** The worst first: by risk, by class, by the day it ends, by what the order costs. */
export const byRisk = (a: PlanLine, b: PlanLine): number =>
  stockRisks.indexOf(a.risk) - stockRisks.indexOf(b.risk) ||
  'VEN'.indexOf(a.ven) - 'VEN'.indexOf(b.ven) ||
  (a.proposal.runsOut ?? never).localeCompare(b.proposal.runsOut ?? never) ||
  (b.proposal.value ?? 0) - (a.proposal.value ?? 0) ||
  (a.medicine < b.medicine ? -1 : 1);

export const shortOf = ({ proposal, outlook, onOrder, inTransit, ...line }: PlanLine): PlanLineShort => ({
  medicine: line.medicine,
  gtin: line.gtin,
  ven: line.ven,
  risk: line.risk,
  onHand: line.onHand,
  coming: onOrder + inTransit,
  ...(line.moves && { moved: line.moves.reduce((sum, { units }) => sum + units, 0) }),
  runsOut: proposal.runsOut,
  arrives: proposal.arrives,
  packs: proposal.packs,
  packUnits: line.packUnits,
  quantity: proposal.quantity,
  value: proposal.value,
  wape: outlook.wape,
});

/** What a plan says of itself; `lines` are the worst first. */
export const planOf = (
  about: Pick<Plan, 'id' | 'site' | 'name' | 'kind' | 'region' | 'at' | 'policy' | 'week'>,
  lines: readonly PlanLine[],
): Plan => {
  const counts = { out: 0, 'before-arrival': 0, low: 0, ok: 0 };
  for (const { risk } of lines) counts[risk] += 1;
  const sum = (of: (line: PlanLine) => number) => exactly(lines.reduce((total, line) => total + of(line), 0));
  return {
    ...about,
    lines: lines.length,
    counts,
    toOrder: lines.filter(({ proposal }) => proposal.packs > 0).length,
    value: sum(({ proposal }) => proposal.value ?? 0),
    willExpire: sum(({ proposal }) => proposal.willExpire),
    worst: lines
      .filter(({ risk }) => risk !== 'ok')
      .slice(0, namedLines)
      .map(shortOf),
  };
};

/** Sites with the most at risk first: what is out, then what will be, then by name. */
export const sitesByRisk = (a: Plan, b: Plan): number =>
  b.counts.out - a.counts.out ||
  b.counts['before-arrival'] - a.counts['before-arrival'] ||
  b.counts.low - a.counts.low ||
  (a.site < b.site ? -1 : 1);
