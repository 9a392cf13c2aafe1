/** What needs somebody at a site today: first how much of each, then each by name, with what it was reckoned from. */
import { routes } from '@darmon/function-inventory/routes';
import { soumText } from '@darmon/i18n/money';
import { Button, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ChooseSite, useWhichSite } from '../shared/choose-site.tsx';
import { useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { ExpiryWall } from './alerts-expiring.tsx';
import { Lines, type SiteAlerts, useUnits } from './alerts-lines.tsx';
import { monthText } from './stock-history.tsx';

export const AlertsPage = () => {
  const t = useT();
  const format = useFormat();
  const { site, isElsewhere, choose } = useWhichSite();
  const formulary = useFormulary();
  const alerts = useAnswer(routes.readAlerts, { params: { site: site ?? '' } }, { enabled: site !== undefined });
  return (
    <Page title={t('web-stock-views:alertsTitle')}>
      {isElsewhere && <ChooseSite site={site} onChoose={choose} />}
      {(alerts.isPending || formulary.isPending) && <Waiting />}
      <FailureAlert failure={alerts.error} onRetry={() => void alerts.refetch()} />
      {alerts.data && !formulary.isPending && (
        <>
          <Text className="quiet" size="sm">
            {t('web-stock-views:alertsAt', { site: alerts.data.site, at: format.instant(alerts.data.at) })}
          </Text>
          <Alerts alerts={alerts.data} />
        </>
      )}
    </Page>
  );
};

const kinds = ['stockOut', 'low', 'expired', 'expiring', 'discrepancies', 'temperature', 'slow'] as const;
type Kind = (typeof kinds)[number];

const Alerts = ({ alerts }: { readonly alerts: SiteAlerts }) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const { counts } = alerts;
  const countOf = (kind: Kind): number => {
    const count = counts[kind];
    return typeof count === 'number' ? count : count.count;
  };
  const worthOf: Partial<Record<Kind, number>> = {
    expired: counts.expired.value,
    slow: counts.slow.value,
    expiring: alerts.within.at(-1)?.leftValue ?? 0,
  };
  const some = kinds.filter((kind) => countOf(kind) > 0);
  return (
    <Stack gap="md">
      <ul className="alert-counts">
        {kinds.map((kind) => (
          <li key={kind}>
            <a href={`#alerts-${kind}`} data-none={countOf(kind) === 0}>
              <span>{t(`web-stock-views:${kind}`)}</span>
              <strong>{format.number(countOf(kind))}</strong>
              {(worthOf[kind] ?? 0) > 0 && <span className="quiet">{soumText(worthOf[kind] ?? 0, language)}</span>}
            </a>
          </li>
        ))}
      </ul>
      <Text>{t('web-stock-views:worth', { sum: soumText(alerts.value, language) })}</Text>
      {some.length === 0 && (
        <Empty title={t('web-stock-views:nothing')}>
          <Text>{t('web-stock-views:nothingText')}</Text>
        </Empty>
      )}
      {some.map((kind) => (
        <Section key={kind} id={`alerts-${kind}`} title={t(`web-stock-views:${kind}`)}>
          <Text size="sm" className="quiet">
            {t(`web-stock-views:${kind}Text`, { days: kind === 'low' ? alerts.lowStockDays : alerts.slowMoverDays })}
          </Text>
          <Detail kind={kind} alerts={alerts} />
        </Section>
      ))}
    </Stack>
  );
};

const Detail = ({ kind, alerts }: { readonly kind: Kind; readonly alerts: SiteAlerts }) => {
  if (kind === 'expiring') return <ExpiryWall alerts={alerts} />;
  if (kind === 'expired') return <Expired alerts={alerts} />;
  if (kind === 'slow') return <Slow alerts={alerts} />;
  if (kind === 'discrepancies') return <Discrepancies alerts={alerts} />;
  return kind === 'temperature' ? <Outside alerts={alerts} /> : <Ending kind={kind} alerts={alerts} />;
};

const Ending = ({ kind, alerts }: { readonly kind: 'stockOut' | 'low'; readonly alerts: SiteAlerts }) => {
  const t = useT();
  const formulary = useFormulary();
  const units = useUnits();
  const { data: me } = useMe();
  const keeps = me?.roles.some((role) => role === 'warehouse' || role === 'pharmacist');
  const ask = (medicine: string) =>
    keeps && (
      <Link to="/transfers/new" search={{ medicine }} className="tap no-print">
        {t('web-stock-views:askOther')}
      </Link>
    );
  const reckoned = ({ medicine, used, days }: { medicine: string; used: number; days: number }) =>
    t('web-stock-views:reckoned', { used: units(medicine, used), days });
  const lines =
    kind === 'stockOut'
      ? alerts.stockOut.map((out) => ({
          key: out.medicine,
          line: (
            <>
              <strong className="alert-name">{formulary.name(out.medicine)}</strong>
              {out.blocked > 0 && (
                <span>{t('web-stock-views:blockedThere', { units: units(out.medicine, out.blocked) })}</span>
              )}
              <span className="quiet">{reckoned(out)}</span>
              {ask(out.medicine)}
            </>
          ),
        }))
      : alerts.low.map((low) => ({
          key: low.medicine,
          line: (
            <>
              <strong className="alert-name">{formulary.name(low.medicine)}</strong>
              <span>
                {t('web-stock-views:usable', { units: units(low.medicine, low.usable) })},{' '}
                <strong>{t('web-stock-views:daysLeft', { days: low.daysLeft })}</strong>
              </span>
              <span className="quiet">{reckoned(low)}</span>
              {ask(low.medicine)}
            </>
          ),
        }));
  return <Lines lines={lines} />;
};

const Expired = ({ alerts }: { readonly alerts: SiteAlerts }) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const formulary = useFormulary();
  const units = useUnits();
  const { data: me } = useMe();
  const keeps = me?.roles.some((role) => role === 'warehouse' || role === 'pharmacist');
  return (
    <>
      <Lines
        lines={alerts.expired.map(({ medicine, gtin, lot, expiryDate, onHand, value }) => ({
          key: `${gtin}#${lot}`,
          line: (
            <>
              <span>
                <strong className="alert-name">{formulary.name(medicine)}</strong>, {t('web-warehouse:lotWord')}{' '}
                <span className="number">{lot}</span>
              </span>
              <span className="number">{format.day(expiryDate)}</span>
              <span>{units(medicine, onHand)}</span>
              {value > 0 && <span className="quiet">{soumText(value, language)}</span>}
            </>
          ),
        }))}
      />
      {keeps && (
        <Button component={Link} to="/write-offs" variant="default" className="no-print" maw={320}>
          {t('web-stock-views:toWriteOff')}
        </Button>
      )}
    </>
  );
};

const Slow = ({ alerts }: { readonly alerts: SiteAlerts }) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  const units = useUnits();
  return (
    <Lines
      lines={alerts.slow.map(({ medicine, onHand, value, lastUsed }) => ({
        key: medicine,
        line: (
          <>
            <strong className="alert-name">{formulary.name(medicine)}</strong>
            <span>{units(medicine, onHand)}</span>
            <span className="quiet">
              {lastUsed
                ? t('web-stock-views:lastUsed', { month: monthText(lastUsed) })
                : t('web-stock-views:neverUsed')}
            </span>
            {value > 0 && <span>{soumText(value, language)}</span>}
          </>
        ),
      }))}
    />
  );
};

const Discrepancies = ({ alerts }: { readonly alerts: SiteAlerts }) => {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <Lines
        lines={alerts.discrepancies.map(({ receipt, at, open }) => ({
          key: receipt,
          line: (
            <>
              <span className="number">
                {receipt.slice(-8)} · {format.instant(at)}
              </span>
              <span>{t('web-stock-views:openCount', { count: open })}</span>
            </>
          ),
        }))}
      />
      <Button component={Link} to="/warehouse/discrepancies" variant="default" className="no-print" maw={320}>
        {t('web-stock-views:toDiscrepancies')}
      </Button>
    </>
  );
};

const Outside = ({ alerts }: { readonly alerts: SiteAlerts }) => {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <Lines
        lines={alerts.temperature.map(({ id, zone, storage, celsius, from, to, at, done }) => ({
          key: id,
          line: (
            <>
              <strong>
                {t(`medicine:storage.${storage}`)}
                {zone && ` · ${zone}`}
              </strong>
              <strong>{format.number(celsius)} °C</strong>
              <span>{t('web-stock-views:limits', { from: format.number(from), to: format.number(to) })}</span>
              <span className="quiet">{format.instant(at)}</span>
              {done && <span>{done}</span>}
            </>
          ),
        }))}
      />
      <Button component={Link} to="/warehouse/temperatures" variant="default" className="no-print" maw={320}>
        {t('web-stock-views:toTemperatures')}
      </Button>
    </>
  );
};
