/**
 * A day typed as DD.MM.YYYY, as it stands on every document here. The browser's own date field follows the browser's
 * language, and a day before a month means another date there.
 */
import { dayText } from '@darmon/i18n/dates';
import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { readDay, spellDay } from './day-text.ts';
import { useT } from './language.ts';

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
