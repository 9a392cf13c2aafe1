/**
 * How a supplier keeps its word, reckoned from orders and what came of them: days from sending to delivery, and the share
 * of lines on time and in full and of deliveries without fault. Nothing is kept beside the orders, so it cannot drift.
 */
import * as z from 'zod';
import type { PurchaseOrder } from './purchase-order.ts';
import { Day, dayMs, tashkentDay } from './time.ts';

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00.000Z`) / dayMs;
const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

export const LeadTimes = z
  .object({
    samples: z.int().nonnegative(),
    median: z.number(),
    /** Standard deviation of a sample; 0 of a single one. */
    spread: z.number(),
    shortest: z.int(),
    longest: z.int(),
  })
  .meta({ id: 'LeadTimes', description: 'Days from sending an order to a delivery of it' });
export type LeadTimes = z.infer<typeof LeadTimes>;

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Median and spread of whole days; undefined without any. A delivery before the order was sent counts as 0 days. */
export const leadTimes = (days: readonly number[]): LeadTimes | undefined => {
  if (days.length === 0) return undefined;
  const sorted = days.map((d) => Math.max(0, d)).sort((a, b) => a - b);
  const n = sorted.length;
  const [low, high] = [sorted[Math.floor((n - 1) / 2)] ?? 0, sorted[Math.ceil((n - 1) / 2)] ?? 0];
  const mean = sorted.reduce((sum, d) => sum + d, 0) / n;
  const squares = sorted.reduce((sum, d) => sum + (d - mean) ** 2, 0);
  return {
    samples: n,
    median: (low + high) / 2,
    spread: n < 2 ? 0 : rounded(Math.sqrt(squares / (n - 1))),
    shortest: sorted[0] ?? 0,
    longest: sorted[n - 1] ?? 0,
  };
};

/** Days that each delivery of the orders took. What came after a cancellation teaches nothing of the way. */
export const deliveryDays = (orders: readonly PurchaseOrder[]): number[] =>
  orders.flatMap((order) =>
    order.receipts
      .filter((r) => !r.unwanted)
      .map((r) => Math.max(0, daysBetween(tashkentDay(Date.parse(order.sentAt ?? order.at)), r.day))),
  );

const Share = z
  .object({ good: z.int().nonnegative(), of: z.int().nonnegative() })
  .meta({ id: 'Share', description: 'So many of so many' });

export const Scorecard = z
  .object({
    orders: z.int().nonnegative(),
    from: Day.exactOptional(),
    /** Lines whose last pack came on or before the day asked for. */
    onTime: Share,
    /** Lines of which all packs came. */
    inFull: Share,
    /** Deliveries in which nothing was damaged, unknown, warm, or of another lot or expiry date than announced. */
    withoutFault: Share,
    leadTimes: LeadTimes.exactOptional(),
  })
  .meta({ id: 'Scorecard', description: 'How a supplier kept its word' });
export type Scorecard = z.infer<typeof Scorecard>;

/**
 * Judges what could be judged by `today`: lines that came whole, that are overdue, or whose order was closed. What is not
 * due yet counts neither way, and a cancelled order for nothing.
 */
export const scorecardOf = (orders: readonly PurchaseOrder[], today: string): Scorecard => {
  let [lines, onTime, inFull, deliveries, clean] = [0, 0, 0, 0, 0];
  const counted = orders.filter((o) => o.state !== 'cancelled');
  for (const order of counted) {
    const isOver = order.state === 'closed' || order.due < today;
    for (const line of order.lines) {
      const isFull = line.receivedUnits >= line.packs * line.packUnits;
      if (!isFull && !isOver) continue;
      lines += 1;
      if (isFull) inFull += 1;
      if (isFull && (lastDayOf(order, line.line) ?? order.due) <= order.due) onTime += 1;
    }
    for (const receipt of order.receipts) {
      deliveries += 1;
      if (receipt.faults === 0) clean += 1;
    }
  }
  const times = leadTimes(deliveryDays(counted));
  const first = counted.map((o) => tashkentDay(Date.parse(o.at))).sort()[0];
  return {
    orders: counted.length,
    ...(first !== undefined && { from: first }),
    onTime: { good: onTime, of: lines },
    inFull: { good: inFull, of: lines },
    withoutFault: { good: clean, of: deliveries },
    ...(times && { leadTimes: times }),
  };
};

/** The day on which the line was full. */
const lastDayOf = (order: PurchaseOrder, line: number): string | undefined => {
  const wanted = order.lines.find((l) => l.line === line);
  if (!wanted) return undefined;
  let left = wanted.packs * wanted.packUnits;
  for (const receipt of [...order.receipts].sort((a, b) => (a.day < b.day ? -1 : 1))) {
    left -= receipt.units.find((u) => u.line === line)?.units ?? 0;
    if (left <= 0) return receipt.day;
  }
  return undefined;
};
