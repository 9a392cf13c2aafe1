/** How suppliers fulfilled what was ordered: lines in full and on time, what is late, and how the three papers differ. */

import { type Invoice, type Match, matchOrder } from './order-match.ts';
import { isUnderWay, type PurchaseOrder } from './purchase-order.ts';
import { checkOf, type Report, type ReportSection } from './report.ts';
import { scorecardOf } from './scorecard.ts';
import { tashkentDay } from './time.ts';

export interface OrderWithPapers {
  readonly order: PurchaseOrder;
  readonly invoices: readonly Invoice[];
}

interface Judged {
  readonly order: PurchaseOrder;
  readonly match: Match;
  readonly opened: string;
  readonly lines: number;
  readonly inFull: number;
  readonly judged: number;
  readonly onTime: number;
  readonly late: boolean;
  /** Tiyin. */
  readonly ordered: number;
  readonly received: number;
}

/** An amount in the order's currency at the rate of the order; rounded once. */
const inTiyin = (order: PurchaseOrder, amount: number): number =>
  order.value === 0 ? 0 : Number((BigInt(order.valueTiyin) * BigInt(amount)) / BigInt(order.value));

const isFull = (line: PurchaseOrder['lines'][number]): boolean => line.receivedUnits >= line.packs * line.packUnits;

const judge = ({ order, invoices }: OrderWithPapers, today: string): Judged => {
  const match = matchOrder(order, invoices);
  const { onTime } = scorecardOf([order], today);
  return {
    order,
    match,
    opened: tashkentDay(Date.parse(order.at)),
    lines: order.lines.length,
    inFull: order.lines.filter(isFull).length,
    judged: onTime.of,
    onTime: onTime.good,
    late: isUnderWay(order.state) && order.due < today,
    ordered: order.valueTiyin,
    received: inTiyin(order, match.received),
  };
};

const share = (good: number, of: number): number | null => (of === 0 ? null : Math.round((good * 1_000) / of) / 10);
const total = (of: readonly Judged[], value: (one: Judged) => number): number =>
  of.reduce((sum, one) => sum + value(one), 0);

/**
 * Orders that were opened on the days of the report, as they stand `today`. Cancelled ones are listed and judged for
 * nothing. `nameOf` says what a supplier is called.
 */
export const ordersReport = (
  orders: readonly OrderWithPapers[],
  today: string,
  nameOf: (supplier: string) => string,
): Pick<Report, 'figures' | 'sections' | 'checks' | 'notes'> => {
  const all = orders.map((one) => judge(one, today)).sort((a, b) => (a.order.id < b.order.id ? 1 : -1));
  const counted = all.filter(({ order }) => order.state !== 'cancelled');
  const bySupplier = [...Map.groupBy(counted, ({ order }) => order.supplier)].sort(
    ([, a], [, b]) => total(b, (o) => o.ordered) - total(a, (o) => o.ordered),
  );
  const money = [
    { name: 'ordered-value', kind: 'money', total: true },
    { name: 'received-value', kind: 'money', total: true },
  ] as const;
  const moneyTotals = (of: readonly Judged[]) => ({
    'ordered-value': total(of, (o) => o.ordered),
    'received-value': total(of, (o) => o.received),
  });
  const differences = counted.flatMap((one) => one.match.differences.map((difference) => ({ one, difference })));
  const amountOf = ({ one, difference }: (typeof differences)[number]): number => inTiyin(one.order, difference.amount);
  const byKind = [...Map.groupBy(differences, ({ difference }) => difference.kind)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const amounts = (of: typeof differences): number => of.reduce((sum, one) => sum + amountOf(one), 0);
  const opensOf = ({ order }: Judged) => ({ screen: 'order' as const, of: { id: order.id } });
  const sections: ReportSection[] = [
    {
      name: 'by-supplier',
      columns: [
        { name: 'supplier', kind: 'text' },
        { name: 'orders', kind: 'count', total: true },
        { name: 'late-orders', kind: 'count', total: true },
        { name: 'lines', kind: 'count', total: true },
        { name: 'lines-in-full', kind: 'count', total: true },
        { name: 'lines-judged', kind: 'count', total: true },
        { name: 'lines-on-time', kind: 'count', total: true },
        { name: 'on-time', kind: 'percent' },
        ...money,
      ],
      rows: bySupplier.map(([supplier, own]) => ({
        cells: [
          nameOf(supplier),
          own.length,
          own.filter(({ late }) => late).length,
          total(own, (o) => o.lines),
          total(own, (o) => o.inFull),
          total(own, (o) => o.judged),
          total(own, (o) => o.onTime),
          share(
            total(own, (o) => o.onTime),
            total(own, (o) => o.judged),
          ),
          total(own, (o) => o.ordered),
          total(own, (o) => o.received),
        ],
      })),
      totals: {
        orders: counted.length,
        'late-orders': counted.filter(({ late }) => late).length,
        lines: total(counted, (o) => o.lines),
        'lines-in-full': total(counted, (o) => o.inFull),
        'lines-judged': total(counted, (o) => o.judged),
        'lines-on-time': total(counted, (o) => o.onTime),
        ...moneyTotals(counted),
      },
      chart: { kind: 'bars', label: 'supplier', values: ['ordered-value', 'received-value'] },
    },
    {
      name: 'differences',
      columns: [
        { name: 'difference', kind: 'word' },
        { name: 'lines', kind: 'count', total: true },
        { name: 'amount', kind: 'money', total: true },
      ],
      rows: byKind.map(([kind, own]) => ({ cells: [`difference.${kind}`, own.length, amounts(own)] })),
      totals: { lines: differences.length, amount: amounts(differences) },
    },
    {
      name: 'orders',
      columns: [
        { name: 'day', kind: 'day' },
        { name: 'order', kind: 'text' },
        { name: 'supplier', kind: 'text' },
        { name: 'site', kind: 'site' },
        { name: 'order-state', kind: 'word' },
        { name: 'due', kind: 'day' },
        { name: 'lines', kind: 'count', total: true },
        { name: 'lines-in-full', kind: 'count', total: true },
        ...money,
      ],
      rows: all.map((one) => ({
        cells: [
          one.opened,
          one.order.id.slice(-8),
          nameOf(one.order.supplier),
          one.order.site,
          one.late ? 'order-state.late' : `order-state.${one.order.state}`,
          one.order.due,
          one.lines,
          one.inFull,
          one.ordered,
          one.received,
        ],
        opens: opensOf(one),
      })),
      totals: { lines: total(all, (o) => o.lines), 'lines-in-full': total(all, (o) => o.inFull), ...moneyTotals(all) },
    },
    {
      name: 'difference-lines',
      columns: [
        { name: 'order', kind: 'text' },
        { name: 'supplier', kind: 'text' },
        { name: 'gtin', kind: 'gtin' },
        { name: 'difference', kind: 'word' },
        { name: 'units', kind: 'units' },
        { name: 'amount', kind: 'money', total: true },
      ],
      rows: differences.map((of) => ({
        cells: [
          of.one.order.id.slice(-8),
          nameOf(of.one.order.supplier),
          of.difference.gtin,
          `difference.${of.difference.kind}`,
          of.difference.units,
          amountOf(of),
        ],
        opens: opensOf(of.one),
      })),
      totals: { amount: amounts(differences) },
    },
  ];
  const cancelled = all.length - counted.length;
  const [came, said] = [
    all.reduce((sum, { order }) => sum + order.lines.reduce((units, line) => units + line.receivedUnits, 0), 0),
    all.reduce(
      (sum, { order }) =>
        sum + order.receipts.reduce((units, r) => units + r.units.reduce((n, u) => n + u.units, 0), 0),
      0,
    ),
  ];
  return {
    figures: [
      { name: 'orders', kind: 'count', value: counted.length },
      { name: 'late-orders', kind: 'count', value: counted.filter(({ late }) => late).length },
      {
        name: 'on-time',
        kind: 'percent',
        value: share(
          total(counted, (o) => o.onTime),
          total(counted, (o) => o.judged),
        ),
      },
      {
        name: 'in-full',
        kind: 'percent',
        value: share(
          total(counted, (o) => o.inFull),
          total(counted, (o) => o.lines),
        ),
      },
    ],
    sections,
    checks: [
      checkOf(
        'orders-are-suppliers',
        all.length,
        bySupplier.reduce((sum, [, own]) => sum + own.length, 0) + cancelled,
        'count',
      ),
      checkOf('receipts-are-lines', said, came, 'units'),
      checkOf(
        'differences-are-kinds',
        amounts(differences),
        byKind.reduce((sum, [, own]) => sum + amounts(own), 0),
        'money',
      ),
    ],
    notes: [
      'orders-opened-in',
      ...(cancelled > 0 ? ['orders-cancelled-apart'] : []),
      ...(all.some(({ order }) => order.currency !== 'UZS') ? ['orders-by-rate'] : []),
    ],
  };
};
