/** What expires: how much within which time, month by month as bars, and each lot with what of it will be lost. */
import { soumText } from '@darmon/i18n/money';
import { Stack, Title } from '@mantine/core';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Lines, type SiteAlerts, useUnits } from './alerts-lines.tsx';
import { Bars } from './charts.tsx';
import { monthText } from './stock-history.tsx';

export const ExpiryWall = ({ alerts }: { readonly alerts: SiteAlerts }) => {
  const t = useT();
  const language = useLanguage();
  const byMonth = Map.groupBy(alerts.expiring, ({ expiryDate }) => expiryDate.slice(0, 7));
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const bars = [...byMonth].sort().map(([month, lots]) => {
    const [value, lost] = [total(lots.map((lot) => lot.value)), total(lots.map((lot) => lot.leftValue))];
    const [sum, lostSum] = [soumText(value, language), soumText(lost, language)];
    return {
      key: month,
      name: monthText(month),
      value,
      lost,
      text: lost > 0 ? t('web-stock-views:wallRow', { sum, lost: lostSum }) : sum,
    };
  });
  return (
    <Stack gap="md">
      <Within alerts={alerts} />
      {bars.some(({ value }) => value > 0) && (
        <div>
          <Title order={3} fz="1rem" mb="xs">
            {t('web-stock-views:wall')}
          </Title>
          <p className="bars-legend" aria-hidden>
            <span>
              <i className="bar-used" /> {t('web-stock-views:wallUsed')}
            </span>
            <span>
              <i className="bar-lost" /> {t('web-stock-views:wallLost')}
            </span>
          </p>
          <Bars bars={bars} label={t('web-stock-views:wall')} />
        </div>
      )}
      <LotLines alerts={alerts} />
    </Stack>
  );
};

const Within = ({ alerts }: { readonly alerts: SiteAlerts }) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  return (
    <ul className="alert-list">
      {alerts.within.map(({ days, lots, value, leftValue }) => (
        <li key={days}>
          <strong>{t('web-stock-views:within', { days })}</strong>
          <span>{t('web-warehouse:shown', { count: format.number(lots) })}</span>
          <span>
            {t('web-stock-views:wallRow', { sum: soumText(value, language), lost: soumText(leftValue, language) })}
          </span>
        </li>
      ))}
    </ul>
  );
};

const LotLines = ({ alerts }: { readonly alerts: SiteAlerts }) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const units = useUnits();
  return (
    <Lines
      lines={alerts.expiring.map(({ medicine, gtin, lot, expiryDate, onHand, left }) => ({
        key: `${gtin}#${lot}`,
        line: (
          <>
            <span>
              <strong className="alert-name">{formulary.name(medicine)}</strong>, {t('web-warehouse:lotWord')}{' '}
              <span className="number">{lot}</span>
            </span>
            <span className="number">{format.day(expiryDate)}</span>
            <span>{units(medicine, onHand)}</span>
            {left > 0 && <strong>{t('web-stock-views:left', { units: units(medicine, left) })}</strong>}
          </>
        ),
      }))}
    />
  );
};
