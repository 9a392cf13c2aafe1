/**
 * Requisitions: what a site asks to be ordered for it. Drafted by the weekly plan or by hand, submitted by the site,
 * authorised by somebody else, approved by value and region, and released to orders; `requisition-approval.ts` says who
 * approves. What the plan proposed stays beside what is asked for, and a difference says why.
 */
import * as z from 'zod';
import { PersonId, Role, SiteId } from './actor.ts';
import { Gtin, MedicineCode } from './medicine.ts';
import { overLimit, PackPrice } from './price-control.ts';
import { Refusal, refuseAt } from './refusal.ts';
import { OrderStep } from './replenishment.ts';
import { Region } from './standing.ts';
import { exactly } from './stock.ts';
import { Day, Instant } from './time.ts';

/** As many products as a country's largest warehouse keeps; with their arithmetic they fit one transaction. */
export const maxRequisitionLines = 10_000;
/** Lines that one request adds or changes. */
export const maxLineChanges = 400;
export const maxPacks = 1_000_000;

export const RequisitionId = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
  .meta({ id: 'RequisitionId', description: 'ULID' });

export const Week = z
  .string()
  .regex(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/)
  .meta({ id: 'Week', description: 'ISO 8601 week', examples: ['2026-W47'] });

const requisitionStates = ['draft', 'submitted', 'authorised', 'approved', 'rejected', 'released', 'skipped'] as const;
export const RequisitionState = z.enum(requisitionStates).meta({ id: 'RequisitionState' });
export type RequisitionState = z.infer<typeof RequisitionState>;

/** States in which somebody still has to do something. */
export const openRequisitionStates = ['draft', 'submitted', 'authorised', 'approved'] as const;
export const isOpen = (state: RequisitionState): boolean =>
  (openRequisitionStates as readonly RequisitionState[]).includes(state);

export const RequisitionKind = z
  .enum(['weekly', 'by-hand', 'emergency'])
  .meta({ id: 'RequisitionKind', description: 'Proposed by the weekly plan, drawn up by a person, or urgent' });
export type RequisitionKind = z.infer<typeof RequisitionKind>;

export const stockRisks = ['out', 'before-arrival', 'low', 'ok'] as const;
export const StockRisk = z.enum(stockRisks).meta({
  id: 'StockRisk',
  description: 'Nothing is left; it ends before an order would arrive; it is little; it is enough',
});
export type StockRisk = z.infer<typeof StockRisk>;

/** Why something differs; nothing personal. */
export const Why = z.string().trim().min(3).max(200);

export const RequisitionLine = z
  .object({
    line: z.int().positive(),
    medicine: MedicineCode,
    /** The pack to order. */
    gtin: Gtin,
    packUnits: z.int().positive(),
    /** Asked for. */
    packs: z.int().min(0).max(maxPacks),
    /** What the plan said; absent where no plan did. */
    proposed: z.int().min(0).max(maxPacks).exactOptional(),
    /** Why something else is asked for than was proposed. */
    why: z.string().exactOptional(),
    /** Tiyin for a pack. */
    packPrice: PackPrice.exactOptional(),
    /** The most that a pack may cost this site, where a reference price is known. */
    priceLimit: PackPrice.exactOptional(),
    /** The price is that limit, because nobody named one. */
    estimated: z.boolean().exactOptional(),
    risk: StockRisk.exactOptional(),
    /** The day by which the plan wants it there: whom it is ordered of is chosen by it. */
    by: Day.exactOptional(),
    /** How the proposal was reckoned. */
    steps: z.array(OrderStep).exactOptional(),
  })
  .meta({ id: 'RequisitionLine', description: '`packs` of one product' });
export type RequisitionLine = z.infer<typeof RequisitionLine>;

export const requisitionSteps = [
  'draft',
  'submit',
  'authorise',
  'sign',
  'approve',
  'reject',
  'skip',
  'reopen',
  'release',
  // an order costs more than was approved
  'raise',
  // what an order was for and never came
  'return',
] as const;
export type RequisitionStep = (typeof requisitionSteps)[number];

/** One step of its way. */
export const StepTaken = z
  .object({
    step: z.enum(requisitionSteps),
    person: PersonId,
    /** Absent for a plan that no person started. */
    role: Role.exactOptional(),
    /** In whose place, by delegation. */
    instead: PersonId.exactOptional(),
    at: Instant,
    reason: z.string().exactOptional(),
  })
  .meta({ id: 'RequisitionStep', description: 'Who took it further, when, and why' });
export type StepTaken = z.infer<typeof StepTaken>;

/** The budget that an approval took its money from. */
export const TakenMoney = z
  .object({ year: z.int(), place: z.union([SiteId, Region]), value: z.int().nonnegative() })
  .meta({ id: 'TakenMoney', description: "Tiyin of a year's budget of a site or a region" });
export type TakenMoney = z.infer<typeof TakenMoney>;

/** What became of the money that an approval took. */
export const SettledMoney = z
  .object({
    spent: z.int().nonnegative(),
    /** Given back to the budget: it came to nothing. */
    back: z.int().nonnegative(),
    /** Every order that it went into has ended. */
    done: z.boolean(),
  })
  .meta({ id: 'SettledMoney', description: 'Tiyin, at the prices of the orders' });
export type SettledMoney = z.infer<typeof SettledMoney>;

export const Requisition = z.object({
  id: RequisitionId,
  site: SiteId,
  region: Region,
  kind: RequisitionKind,
  /** Of the plan. */
  week: Week.exactOptional(),
  state: RequisitionState,
  version: z.int().positive(),
  author: PersonId,
  at: Instant,
  /** Why it is urgent, or what it is for. */
  reason: z.string().exactOptional(),
  lines: z.int().nonnegative(),
  /** Tiyin, of the lines that have a price. */
  value: z.int().nonnegative(),
  /** Lines that ask for packs and have no price. */
  unpriced: z.int().nonnegative(),
  /** Tiyin above the highest prices allowed. */
  overLimit: z.int().nonnegative(),
  /** Lines that ask for something else than was proposed. */
  changed: z.int().nonnegative(),
  /** Whoever changed a line. */
  editors: z.array(PersonId),
  history: z.array(StepTaken),
  /** Tiyin that its orders would cost, where that is more than its lines were estimated at. */
  raised: z.int().positive().exactOptional(),
  /** While it is approved; once it is released, what its orders cost. */
  taken: TakenMoney.exactOptional(),
  /** Of what was taken, once it is released. */
  settled: SettledMoney.exactOptional(),
  /** The orders that it went into. */
  orders: z.array(z.string()).exactOptional(),
  /** Those of them that were cancelled, and of which what never came waits to be ordered again. */
  rest: z.array(z.string()).exactOptional(),
});
export type Requisition = z.infer<typeof Requisition>;

/** From where each step leads, and where to. `sign` is the first of two approvals. */
const ways: Readonly<
  Record<Exclude<RequisitionStep, 'draft'>, { from: readonly RequisitionState[]; to?: RequisitionState }>
> = {
  submit: { from: ['draft'], to: 'submitted' },
  authorise: { from: ['submitted'], to: 'authorised' },
  sign: { from: ['authorised'] },
  approve: { from: ['authorised'], to: 'approved' },
  reject: { from: ['submitted', 'authorised', 'approved'], to: 'rejected' },
  skip: { from: ['draft', 'submitted'], to: 'skipped' },
  reopen: { from: ['submitted', 'rejected'], to: 'draft' },
  release: { from: ['approved'], to: 'released' },
  raise: { from: ['approved'], to: 'authorised' },
  return: { from: ['released'], to: 'approved' },
};

/** The short way: what is urgent is approved as it was submitted. */
const emergencyWays: Partial<typeof ways> = {
  sign: { from: ['submitted', 'authorised'] },
  approve: { from: ['submitted', 'authorised'], to: 'approved' },
};

const wayOf = (kind: RequisitionKind, step: keyof typeof ways) =>
  (kind === 'emergency' ? emergencyWays[step] : undefined) ?? ways[step];

export const canStep = (of: Pick<Requisition, 'kind' | 'state'>, step: keyof typeof ways): boolean =>
  wayOf(of.kind, step).from.includes(of.state);

/** What an approval of it is for, in tiyin. */
export const approvalValue = ({ raised, value }: Pick<Requisition, 'raised' | 'value'>): number => raised ?? value;

/** @throws Refusal `document-closed` with the state that it stands in, where the step does not lead on from there */
export const requireStep = (of: Pick<Requisition, 'kind' | 'state'>, step: keyof typeof ways): void => {
  if (!canStep(of, step)) throw new Refusal('document-closed', { state: of.state });
};

/** @throws Refusal `version-changed` where somebody changed it since it was read */
export const requireVersion = (of: Pick<Requisition, 'version'>, read: number): void => {
  if (of.version !== read) throw new Refusal('version-changed');
};

/**
 * One step further. A way back gives up what was said on the way: approvals count only from the last submission on. A no
 * to what waits to be ordered again gives that up, and leaves what was ordered as it is.
 * @throws Refusal `document-closed`
 */
export const stepped = (head: Requisition, taken: StepTaken & { step: keyof typeof ways }): Requisition => {
  requireStep(head, taken.step);
  const { taken: money, raised, rest: again, ...others } = head;
  const isNo = taken.step === 'reject';
  const state = isNo && again ? 'released' : (wayOf(head.kind, taken.step).to ?? head.state);
  return {
    ...others,
    state,
    version: head.version + 1,
    history: [...head.history, taken],
    ...(money && (!isNo || again) && { taken: money }),
    ...(raised !== undefined && state !== 'draft' && { raised }),
    ...(again && !isNo && taken.step !== 'release' && { rest: again }),
  };
};

/**
 * Asks for an approval of what its orders would cost: a value above the one that was approved.
 * @throws Refusal `document-closed`, `value-invalid` where it is not above
 */
export const raised = (head: Requisition, value: number, taken: Omit<StepTaken, 'step'>): Requisition => {
  requireStep(head, 'raise');
  if (value <= approvalValue(head)) throw refuseAt('value-invalid', '/value', { min: approvalValue(head) + 1 });
  return { ...stepped(head, { ...taken, step: 'raise' }), raised: value };
};

/** An order that it went into was cancelled: what never came of it waits to be ordered again, with the money it was given. */
export const returned = (head: Requisition, order: string, taken: Omit<StepTaken, 'step'>): Requisition => ({
  ...head,
  state: head.state === 'released' ? 'approved' : head.state,
  version: head.version + 1,
  history: [...head.history, { ...taken, step: 'return' }],
  rest: [...new Set([...(head.rest ?? []), order])],
});

/** The steps since it was last submitted, that one included. */
export const sinceSubmitted = ({ history }: Pick<Requisition, 'history'>): readonly StepTaken[] =>
  history.slice(history.findLastIndex(({ step }) => step === 'submit'));

/** Approvals that count: since it was last submitted, or its value was last raised. */
export const signatures = (head: Pick<Requisition, 'history'>): readonly StepTaken[] => {
  const since = sinceSubmitted(head);
  return since.slice(since.findLastIndex(({ step }) => step === 'raise') + 1).filter(({ step }) => step === 'sign');
};

/**
 * Somebody else than who submitted it.
 * @throws Refusal `document-closed`, `approver-is-author`
 */
export const requireAuthoriser = (head: Requisition, person: string): void => {
  requireStep(head, 'authorise');
  if (sinceSubmitted(head)[0]?.person === person) throw new Refusal('approver-is-author');
};

/**
 * Its author, or who submitted it, may take it back into a draft.
 * @throws Refusal `document-closed`, `not-author`
 */
export const requireReopener = (head: Requisition, person: string): void => {
  requireStep(head, 'reopen');
  if (head.author !== person && sinceSubmitted(head)[0]?.person !== person) throw new Refusal('not-author');
};

/**
 * A draft is changed by its site and by planners, a submitted one by planners alone, whose authorising it then is.
 * @throws Refusal `document-closed`
 */
export const requireEditable = (head: Pick<Requisition, 'state'>, isPlanner: boolean): void => {
  if (head.state !== 'draft' && !(head.state === 'submitted' && isPlanner))
    throw new Refusal('document-closed', { state: head.state });
};

/** What a plan would say now of a pack that somebody asks for by hand. */
export type PackProposal = Pick<RequisitionLine, 'packs' | 'risk' | 'by' | 'steps'>;

/** What is known of a pack that a line names. */
export interface PackOffer {
  readonly medicine: string;
  readonly packUnits: number;
  readonly priceLimit?: number | undefined;
  readonly proposal?: PackProposal | undefined;
}

export interface WantedLine {
  readonly gtin: string;
  readonly packs: number;
  readonly packPrice?: number | undefined;
  readonly why?: string | undefined;
}

/** A price that nobody named is taken for the highest allowed, so that an approval reserves enough. */
const pricesOf = (packPrice: number | undefined, limit: number | undefined): Partial<RequisitionLine> => ({
  ...(packPrice !== undefined && { packPrice }),
  ...(packPrice === undefined && limit !== undefined && { packPrice: limit, estimated: true }),
  ...(limit !== undefined && { priceLimit: limit }),
});

/**
 * Lines added to those there are: each product once. What a plan would say now of them stays beside what is asked for,
 * and what differs says why, but for what is urgent. Beside a plan's own lines they are something that was not proposed.
 * @throws Refusal `gtin-unknown`, `line-repeated`, `reason-missing`, `split-document`
 */
export const addedLines = (
  before: readonly RequisitionLine[],
  wanted: readonly WantedLine[],
  offers: ReadonlyMap<string, PackOffer>,
  kind: RequisitionKind,
  pointer: string,
): RequisitionLine[] => {
  const lines = [...before];
  const known = new Set(before.map((l) => l.gtin));
  let last = before.reduce((most, l) => Math.max(most, l.line), 0);
  for (const [i, { gtin, packs, packPrice, why }] of wanted.entries()) {
    const at = `${pointer}/${i}`;
    const offer = offers.get(gtin);
    if (!offer) throw refuseAt('gtin-unknown', `${at}/gtin`, { gtin });
    if (known.has(gtin)) throw refuseAt('line-repeated', at, { line: i + 1 });
    const { packs: planned, ...said } = offer.proposal ?? { packs: undefined };
    const proposed = planned ?? (kind === 'weekly' ? 0 : undefined);
    const differs = proposed !== undefined && packs !== proposed;
    if (differs && kind !== 'emergency' && why === undefined) throw refuseAt('reason-missing', `${at}/why`);
    known.add(gtin);
    lines.push({
      line: ++last,
      medicine: offer.medicine,
      gtin,
      packUnits: offer.packUnits,
      packs,
      ...(proposed !== undefined && { proposed }),
      ...(why !== undefined && { why }),
      ...pricesOf(packPrice, offer.priceLimit),
      ...said,
    });
  }
  if (lines.length > maxRequisitionLines) throw refuseAt('split-document', pointer, { max: maxRequisitionLines });
  return lines;
};

export interface LineChange {
  readonly line: number;
  readonly packs: number;
  readonly packPrice?: number | undefined;
  readonly why?: string | undefined;
}

/**
 * The lines with other packs or prices. What was proposed stays as it is; packs that differ from it say why, and packs
 * that are as proposed again say nothing any more.
 * @throws Refusal `line-unknown`, `line-repeated`, `reason-missing`
 */
export const changedLines = (
  before: readonly RequisitionLine[],
  changes: readonly LineChange[],
  pointer: string,
): RequisitionLine[] => {
  const at = new Map(before.map((l, i) => [l.line, i]));
  const lines = [...before];
  const named = new Set<number>();
  for (const [i, { line, packs, packPrice, why }] of changes.entries()) {
    const place = at.get(line);
    const old = place === undefined ? undefined : lines[place];
    if (place === undefined || !old) throw refuseAt('line-unknown', `${pointer}/${i}/line`, { line });
    if (named.has(line)) throw refuseAt('line-repeated', `${pointer}/${i}/line`, { line });
    named.add(line);
    const { why: said, estimated, packPrice: price, ...rest } = old;
    const differs = old.proposed !== undefined && packs !== old.proposed;
    const reason = why ?? (packs === old.packs ? said : undefined);
    if (differs && reason === undefined) throw refuseAt('reason-missing', `${pointer}/${i}/why`, { line });
    lines[place] = {
      ...rest,
      packs,
      ...(packPrice !== undefined ? { packPrice } : { ...(price !== undefined && { packPrice: price }) }),
      ...(packPrice === undefined && estimated && { estimated }),
      ...(reason !== undefined && (differs || old.proposed === undefined) && { why: reason }),
    };
  }
  return lines;
};

/** Each line judged by the highest prices as they are now; a price that was only estimated follows them. */
export const withLimits = (lines: readonly RequisitionLine[], limits: ReadonlyMap<string, number>): RequisitionLine[] =>
  lines.map(({ priceLimit: _, estimated, packPrice, ...line }) => ({
    ...line,
    ...pricesOf(estimated ? undefined : packPrice, limits.get(line.gtin)),
  }));

type Sums = Pick<Requisition, 'lines' | 'value' | 'unpriced' | 'overLimit' | 'changed'>;

/** What the head says of its lines. Money in tiyin. */
export const sumsOf = (lines: readonly RequisitionLine[]): Sums => ({
  lines: lines.length,
  value: exactly(lines.reduce((sum, l) => sum + l.packs * (l.packPrice ?? 0), 0)),
  unpriced: lines.filter((l) => l.packs > 0 && l.packPrice === undefined).length,
  overLimit: exactly(lines.reduce((sum, l) => sum + overLimit(l), 0)),
  changed: lines.filter((l) => l.proposed !== undefined && l.packs !== l.proposed).length,
});

/** @throws Refusal `requisition-empty`: who needs nothing skips it instead */
export const requireSomething = (lines: readonly RequisitionLine[]): void => {
  if (!lines.some((l) => l.packs > 0)) throw refuseAt('requisition-empty', '/lines');
};

/** The head with its lines changed by somebody. */
export const withLines = (head: Requisition, lines: readonly RequisitionLine[], editor: string): Requisition => ({
  ...head,
  ...sumsOf(lines),
  version: head.version + 1,
  editors: [...new Set([...head.editors, editor])],
});

/** What several sites ask for of one product. */
export interface ConsolidatedLine {
  readonly medicine: string;
  readonly gtin: string;
  readonly packUnits: number;
  readonly packs: number;
  /** Tiyin, of what has a price. */
  readonly value: number;
  readonly urgent: boolean;
  readonly requisitions: readonly { id: string; site: string; line: number; packs: number; packPrice?: number }[];
}

/** Everything asked for, product by product; by medicine, then pack, so that it reads like a list to order from. */
export const consolidated = (
  all: readonly { readonly head: Requisition; readonly lines: readonly RequisitionLine[] }[],
): ConsolidatedLine[] => {
  const by = new Map<string, ConsolidatedLine>();
  for (const { head, lines } of all)
    for (const { line, medicine, gtin, packUnits, packs, packPrice } of lines) {
      if (packs === 0) continue;
      const before = by.get(gtin);
      const own = { id: head.id, site: head.site, line, packs, ...(packPrice !== undefined && { packPrice }) };
      by.set(gtin, {
        medicine,
        gtin,
        packUnits,
        packs: (before?.packs ?? 0) + packs,
        value: exactly((before?.value ?? 0) + packs * (packPrice ?? 0)),
        urgent: before?.urgent === true || head.kind === 'emergency',
        requisitions: [...(before?.requisitions ?? []), own],
      });
    }
  return [...by.values()].sort((a, b) => (`${a.medicine} ${a.gtin}` < `${b.medicine} ${b.gtin}` ? -1 : 1));
};
