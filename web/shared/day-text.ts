/** Days as they are typed here. */
import { Day } from '@darmon/domain/time';

/** `DD.MM.YYYY` as `YYYY-MM-DD`; undefined for anything that is no day of the calendar. */
export const readDay = (text: string): string | undefined => {
  const [, day, month, year] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text) ?? [];
  return Day.safeParse(`${year}-${month}-${day}`).data;
};

/** Points come by themselves while digits are typed, and may be typed too: `8.3.1991` and `08031991` mean the same. */
export const spellDay = (typed: string): string => {
  const parts = typed
    .replace(/[^\d./-]/g, '')
    .split(/[./-]/)
    .map((part, at, all) => (at < 2 && at < all.length - 1 && part.length === 1 ? `0${part}` : part));
  const digits = parts.join('').slice(0, 8);
  const points = typed.length > 0 && /[./-]$/.test(typed) ? '.' : '';
  const spelt = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].filter((part) => part !== '').join('.');
  return (digits.length === 2 || digits.length === 4) && points ? `${spelt}.` : spelt;
};
