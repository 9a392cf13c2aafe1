/**
 * A day typed as DD.MM.YYYY, as it stands on every document here. The browser's own date field follows the browser's
 * language, and a day before a month means another date there.
 */
import { Day } from '@darmon/domain/time';
import { dayText } from '@darmon/i18n/dates';
import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useT } from './language.ts';

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

interface DayFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type' | 'max' | 'min'> {
  /** `YYYY-MM-DD`, or empty. */
  readonly value: string;
  /** Gives `YYYY-MM-DD` once it is a day within bounds, else an empty text. */
  readonly onChange: (day: string) => void;
  readonly min?: string;
  readonly max?: string;
}

export const DayField = ({ value, onChange, min, max, error, ...rest }: DayFieldProps) => {
  const t = useT();
  const [text, setText] = useState(value && dayText(value));
  const within = (day: string | undefined): day is string =>
    day !== undefined && (min === undefined || day >= min) && (max === undefined || day <= max);
  const shown = value && readDay(text) !== value ? dayText(value) : text;
  const wrong = shown.length === 10 && !within(readDay(shown));
  return (
    <TextInput
      {...rest}
      inputMode="numeric"
      autoComplete="off"
      placeholder={t('web-shared:day-shape')}
      maxLength={10}
      value={shown}
      error={wrong ? t('web-shared:day-wrong') : error}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        // Taking a character away must not put its point back.
        const next = typed.length < shown.length ? typed : spellDay(typed);
        setText(next);
        const day = readDay(next);
        onChange(within(day) ? day : '');
      }}
    />
  );
};
