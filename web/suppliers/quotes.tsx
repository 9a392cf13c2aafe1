/** `/suppliers/quotes`: who would deliver a pack, for how much and when, and why one is chosen. */
import type { QuoteReason } from '@darmon/domain/supplier';
import { tashkentDay } from '@darmon/domain/time';
import { supplierRoutes } from '@darmon/function-procurement/supplier-routes';
import { amountText, soumText } from '@darmon/i18n/money';
import { NumberInput, Paper, Text } from '@mantine/core';
import { IconArrowUp, IconBan, IconCalendarX, IconCircleCheck, IconClock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { usePackSearch } from '../orders/new-order.tsx';
import { useAnswer } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Empty, FailureAlert, Mark, numberOf, Page, Section, Waiting } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';

const marks: Readonly<Record<QuoteReason, { color: string; Icon: typeof IconBan }>> = {
  chosen: { color: 'green', Icon: IconCircleCheck },
  late: { color: 'red', Icon: IconCalendarX },
  dearer: { color: 'orange', Icon: IconArrowUp },
  slower: { color: 'orange', Icon: IconClock },
  'no-price': { color: 'gray', Icon: IconBan },
  'supplier-closed': { color: 'gray', Icon: IconBan },
};

export const QuotesPage = () => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const find = usePackSearch(formulary);
  const [gtin, setGtin] = useState('');
  const [packs, setPacks] = useState<number | undefined>(10);
  const [by, setBy] = useState('');
  const isAsked = gtin !== '' && (packs ?? 0) > 0;
  const quotes = useAnswer(
    supplierRoutes.compareQuotes,
    { query: { gtin, packs: packs ?? 1, ...(by !== '' && { by }) } },
    { enabled: isAsked, staleTime: 0 },
  );
  const medicine = formulary.byGtin(gtin);
  return (
    <Page title={t('web-orders:quotes')}>
      <SearchField
        label={t('web-orders:findPack')}
        busy={formulary.isPending}
        find={find}
        resembles={formulary.resembles}
        onChoose={setGtin}
      />
      <div className="order-fields">
        <NumberInput
          label={t('web-orders:quotesPacks')}
          value={packs ?? ''}
          min={1}
          max={1_000_000}
          allowDecimal={false}
          onChange={(value) => setPacks(numberOf(value))}
        />
        <DayField label={t('web-orders:dueField')} value={by} min={tashkentDay(Date.now())} onChange={setBy} />
      </div>
      {gtin === '' && (
        <Empty title={t('web-orders:quotes')}>
          <Text>{t('web-orders:quotesEmpty')}</Text>
        </Empty>
      )}
      {isAsked && quotes.isPending && <Waiting />}
      <FailureAlert failure={quotes.error} onRetry={() => void quotes.refetch()} />
      {isAsked && quotes.data && (
        <Section id="quotes" title={medicine ? formulary.name(medicine.code) : gtin}>
          {quotes.data.items.length === 0 && <Text>{t('web-orders:noPrices')}</Text>}
          <ul className="plain-list">
            {quotes.data.items.map((quote) => (
              <li key={quote.supplier}>
                <Paper withBorder p="sm" className="order-row">
                  <div className="row-between">
                    <div>
                      <Link to="/suppliers/$id" params={{ id: quote.supplier }} className="order-link">
                        {quote.name}
                      </Link>
                      {quote.price && (
                        <Text size="sm">
                          {t('web-orders:packsCount', { count: quote.packs ?? 0 })} ×{' '}
                          {amountText(quote.price.packPrice, quote.price.currency, language)}
                        </Text>
                      )}
                    </div>
                    <div className="order-facts">
                      <Mark {...marks[quote.reason]}>{t(`web-orders:reason.${quote.reason}`)}</Mark>
                      {quote.value !== undefined && <Text fw={650}>{soumText(quote.value, language)}</Text>}
                      {quote.arrives !== undefined && (
                        <Text size="sm">
                          {t('web-orders:arrives', { day: format.day(quote.arrives) })} ·{' '}
                          {t(quote.learned ? 'web-orders:byExperience' : 'web-orders:byPromise', {
                            days: quote.leadDays ?? 0,
                          })}
                        </Text>
                      )}
                    </div>
                  </div>
                </Paper>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
};
