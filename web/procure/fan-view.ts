/** One product's past and future as months in a row: what the chart draws and its table says. */
import type { routes } from '@darmon/function-procurement/routes';
import type { AnswerOf } from '@darmon/http/route';

export type Product = AnswerOf<typeof routes.readPlanLine>;

export interface FanMonth {
  readonly month: string;
  /** Units used; absent in months to come. */
  readonly used?: number;
  /** Days without stock; absent in months to come. */
  readonly daysOut?: number;
  /** The month is the present one: what was used in it is not all. */
  readonly isPresent: boolean;
  readonly forecast?: number;
  readonly low?: number;
  readonly high?: number;
  /** Units when the month ended, or will end if nothing new is ordered. */
  readonly stock?: number;
  /** Units that are due in it. */
  readonly due: number;
}

/** A year and a half of the past says what a season is, and still fits a phone. */
const shownPast = 18;

const lengthOf = (month: string): number => {
  const [year = 0, n = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, n, 0)).getUTCDate();
};

/**
 * The past that is shown, the present month and those that are forecast. Stock ahead is what may be used now and what is
 * due, less the forecast, and never less than nothing; deliveries that are late count in the present month.
 */
export const fanOf = ({ today, history, line, orders, lots }: Product): FanMonth[] => {
  const present = today.slice(0, 7);
  const past = history.filter(({ month }) => month < present).slice(-shownPast);
  const now = history.find(({ month }) => month === present);
  const dueIn = (month: string): number =>
    orders
      .filter(({ due }) => due.slice(0, 7) === month || (month === present && due < today))
      .reduce((sum, { quantity }) => sum + quantity, 0);
  const months: FanMonth[] = past.map(({ month, used, stockOutDays, closing }) => ({
    month,
    used,
    daysOut: stockOutDays,
    isPresent: false,
    ...(closing !== undefined && { stock: closing }),
    due: 0,
  }));
  const forecast = line?.outlook.months ?? [];
  const ahead =
    forecast.length > 0 ? forecast : [{ month: present, units: undefined, low: undefined, high: undefined }];
  let stock = lots.reduce((sum, { usable }) => sum + usable, 0);
  for (const { month, units, low, high } of ahead) {
    const isPresent = month === present;
    const left = isPresent ? 1 - (Number(today.slice(8)) - 1) / lengthOf(month) : 1;
    const due = dueIn(month);
    stock = Math.max(0, stock + due - (units ?? 0) * left);
    months.push({
      month,
      isPresent,
      ...(isPresent && now && { used: now.used, daysOut: now.stockOutDays }),
      ...(units !== undefined && { forecast: units, low: low ?? units, high: high ?? units }),
      stock: Math.round(stock),
      due,
    });
  }
  return months;
};
