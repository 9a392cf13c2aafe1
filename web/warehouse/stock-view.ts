/** Stock as a person looks for it: how long a lot still keeps, which lots a filter shows. */
import { stockValue } from '@darmon/domain/stock';
import { dayMs } from '@darmon/domain/time';
import type { routes } from '@darmon/function-inventory/routes';
import type { AnswerOf } from '@darmon/http/route';

export type StockItem = AnswerOf<typeof routes.listStock>['items'][number];

export type Age = 'expired' | 'month' | 'quarter' | 'good';

/** Whole days from `today` through the last day a lot may be used; negative when it is over. Both `YYYY-MM-DD`. */
export const daysLeft = (expiryDate: string, today: string): number =>
  Math.round((Date.parse(expiryDate) - Date.parse(today)) / dayMs);

/** A lot may be used through its expiry date: it is expired the day after. */
export const ageOf = (expiryDate: string, today: string): Age => {
  const days = daysLeft(expiryDate, today);
  if (days < 0) return 'expired';
  if (days <= 30) return 'month';
  return days <= 90 ? 'quarter' : 'good';
};

export const shows = ['all', 'soon', 'expired', 'blocked'] as const;
export type Show = (typeof shows)[number];

const isShown = (item: StockItem, show: Show, today: string): boolean => {
  const age = ageOf(item.expiryDate, today);
  if (show === 'soon') return age === 'month' || age === 'quarter';
  if (show === 'expired') return age === 'expired';
  return show === 'all' || (item.state !== 'available' && item.state !== 'expired');
};

export interface Group {
  readonly medicine: string;
  readonly name: string;
  readonly items: readonly StockItem[];
}

/** Zones in which something lies; the empty one is that of lots without a place. */
export const zonesOf = (items: readonly StockItem[]): readonly string[] =>
  [...new Set(items.filter(({ onHand }) => onHand > 0).map(({ zone = '' }) => zone))].sort();

/** Tiyin that lots are worth at the price they came at; a lot without a price is worth nothing here. */
export const worthOf = (items: readonly StockItem[]): number =>
  items.reduce((sum, item) => sum + stockValue(item.onHand, item), 0);

/**
 * Lots by medicine, in the alphabet of the page, each medicine's first expiring first. Typed text finds a medicine (`found`,
 * the codes that the formulary's search gives for it), a part of a lot number or of a GTIN. What is no longer on hand is
 * left out.
 */
export const groupsOf = (
  items: readonly StockItem[],
  {
    text,
    found,
    name,
    show,
    zone,
    today,
    language,
  }: {
    readonly text: string;
    readonly found: ReadonlySet<string>;
    readonly name: (code: string) => string;
    readonly show: Show;
    /** Only lots of this zone; of every one where it is undefined. */
    readonly zone?: string | undefined;
    readonly today: string;
    readonly language: string;
  },
): readonly Group[] => {
  const typed = text.trim().toLowerCase();
  const matches = ({ medicine, lot, gtin }: StockItem): boolean =>
    typed === '' || found.has(medicine) || lot.toLowerCase().includes(typed) || gtin.includes(typed);
  const isIn = (item: StockItem): boolean => zone === undefined || (item.zone ?? '') === zone;
  const groups = new Map<string, StockItem[]>();
  for (const item of items)
    if (item.onHand > 0 && isShown(item, show, today) && isIn(item) && matches(item))
      groups.set(item.medicine, [...(groups.get(item.medicine) ?? []), item]);
  const order = new Intl.Collator(language === 'en' ? 'en' : 'ru');
  return [...groups]
    .map(([medicine, lots]) => ({
      medicine,
      name: name(medicine),
      items: [...lots].sort((a, b) => a.expiryDate.localeCompare(b.expiryDate) || a.lot.localeCompare(b.lot)),
    }))
    .sort((a, b) => order.compare(a.name, b.name));
};

export type Movement = AnswerOf<typeof routes.listMovements>['items'][number];

/** Rows for a spreadsheet: no field can be taken for a formula, because codes, names and numbers alone stand in them. */
export const balanceCsv = (movements: readonly Movement[]): string => {
  let balance = 0;
  const rows = movements.map(({ id, at, kind, quantity, reference, person, recordedAt = '', reverses = '' }) => {
    balance += quantity;
    return [id, at, kind, quantity, balance, reference, person, recordedAt, reverses].join(',');
  });
  return ['id,at,kind,quantity,balance,reference,person,recordedAt,reverses', ...rows, ''].join('\r\n');
};
