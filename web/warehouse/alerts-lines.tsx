/** What the lists of alerts share: lines of which the first are shown, and units in words. */
import type { routes } from '@darmon/function-inventory/routes';
import type { AnswerOf } from '@darmon/http/route';
import { quantityText } from '@darmon/i18n/dosage';
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useFormulary } from '../shared/formulary.ts';
import { useLanguage, useT } from '../shared/language.ts';

export type SiteAlerts = AnswerOf<typeof routes.readAlerts>;

/** Lines that a list shows at first. */
const firstLines = 15;

/** A list that shows its beginning, and the rest when asked. */
export const Lines = ({ lines }: { readonly lines: readonly { readonly key: string; readonly line: ReactNode }[] }) => {
  const t = useT();
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(0, firstLines);
  return (
    <>
      <ul className="alert-list">
        {shown.map(({ key, line }) => (
          <li key={key}>{line}</li>
        ))}
      </ul>
      {shown.length < lines.length && (
        <Button variant="default" className="no-print" onClick={() => setAll(true)}>
          {t('web-stock-views:moreOf', { count: lines.length - shown.length })}
        </Button>
      )}
    </>
  );
};

/** Units of a medicine in words. */
export const useUnits = () => {
  const language = useLanguage();
  const formulary = useFormulary();
  return (medicine: string, units: number) =>
    quantityText(units, formulary.byCode(medicine)?.unit ?? 'piece', language);
};
