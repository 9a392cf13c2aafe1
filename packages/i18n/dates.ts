/**
 * Days and times as people here write them, in every language alike: 30.06.2027 and 14:30, by Tashkent's clock. Done
 * by hand because old browsers have no Uzbek dates.
 */

const tashkentOffsetMs = 5 * 3_600_000;

/** A calendar day `YYYY-MM-DD` as `DD.MM.YYYY`. */
export const dayText = (day: string): string => day.slice(0, 10).split('-').reverse().join('.');

const local = (instant: string): string => new Date(Date.parse(instant) + tashkentOffsetMs).toISOString();

/** The Tashkent day of an instant as `DD.MM.YYYY`. */
export const dateText = (instant: string): string => dayText(local(instant));

/** An instant as `DD.MM.YYYY HH:MM` in Tashkent. */
export const timeText = (instant: string): string => `${dateText(instant)} ${local(instant).slice(11, 16)}`;

/** The last day of something that ends at an instant, exclusive: the day people mean by "valid through". */
export const lastDayText = (exclusiveEnd: string): string =>
  dateText(new Date(Date.parse(exclusiveEnd) - 1).toISOString());
