/** What a site has, by medicine and lot: how long it keeps, whether it may be dispensed, and how it came to be there. */
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-inventory/routes';
import { quantityText } from '@darmon/i18n/dosage';
import { soumText } from '@darmon/i18n/money';
import { Alert, Button, Group, NativeSelect, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCalendarClock,
  IconChartLine,
  IconCircleCheck,
  IconHistory,
  IconLock,
  IconPrinter,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { RecallBanner } from '../recalls/banner.tsx';
import { useAll } from '../shared/all-pages.ts';
import { ChooseSite, useWhichSite } from '../shared/choose-site.tsx';
import { DayField } from '../shared/day-field.tsx';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, Mark, type Note, Page, Said, Waiting } from '../shared/parts.tsx';
import { ChangeState, Movements } from './lot-dialogs.tsx';
import { History } from './stock-history.tsx';
import {
  ageOf,
  daysLeft,
  groupsOf,
  type Group as Medicine,
  type Show,
  type StockItem,
  shows,
  worthOf,
  zonesOf,
} from './stock-view.ts';

/** A screen draws some hundred rows at once without a pause; the rest on request, all of it on paper. */
const firstGroups = 60;

export const StockPage = () => {
  const t = useT();
  const { site, isElsewhere, choose } = useWhichSite();
  const formulary = useFormulary();
  const [at, setAt] = useState('');
  const today = tashkentDay(Date.now());
  const stock = useAll(
    routes.listStock,
    { params: { site: site ?? '' }, ...(at !== '' && { query: { at } }) },
    { enabled: site !== undefined },
  );
  return (
    <Page
      title={t('web-warehouse:stockTitle')}
      action={
        <Button
          className="no-print"
          variant="default"
          leftSection={<IconPrinter size={20} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('common:print')}
        </Button>
      }
    >
      {!isElsewhere && (
        <Link className="stock-opening no-print" to="/warehouse/opening">
          {t('web-warehouse:opening')}
        </Link>
      )}
      <div className="stock-filter no-print">
        {isElsewhere && <ChooseSite site={site} onChoose={choose} />}
        <DayField
          label={t('web-stock-views:asOf')}
          description={t('web-stock-views:asOfHint')}
          value={at}
          max={today}
          maw={260}
          onChange={setAt}
        />
      </div>
      {site && !isElsewhere && <RecallBanner site={site} />}
      {(stock.isPending || formulary.isPending) && (
        <Waiting label={stock.loaded ? t('web-warehouse:loadingMore', { count: stock.loaded }) : undefined} />
      )}
      <FailureAlert failure={stock.error} onRetry={() => void stock.refetch()} />
      {stock.data && site && !formulary.isPending && <Stock items={stock.data} site={site} at={at} />}
    </Page>
  );
};

const Stock = ({
  items,
  site,
  at,
}: {
  readonly items: readonly StockItem[];
  readonly site: string;
  /** The day at whose end it lay there; empty for now. */
  readonly at: string;
}) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const formulary = useFormulary();
  const [text, setText] = useState('');
  const [show, setShow] = useState<Show>('all');
  const [zone, setZone] = useState<string | undefined>();
  const [all, setAll] = useState(false);
  const [said, setSaid] = useState<Note | undefined>();
  const today = at || tashkentDay(Date.now());
  const zones = zonesOf(items);
  const groups = useMemo(() => {
    const found = new Set(formulary.search(text, formulary.medicines.length).map((medicine) => medicine.code));
    return groupsOf(items, { text, found, name: formulary.name, show, zone, today, language });
  }, [items, formulary, text, show, zone, today, language]);
  if (!items.some((item) => item.onHand > 0))
    return (
      <Empty title={t('web-warehouse:noStock')}>
        <Text>{t('web-warehouse:noStockText')}</Text>
        <Button component={Link} to="/warehouse/receive">
          {t('web-warehouse:receiveTitle')}
        </Button>
      </Empty>
    );
  const count = groups.reduce((sum, group) => sum + group.items.length, 0);
  const drawn = all ? groups : groups.slice(0, firstGroups);
  return (
    <Stack gap="md">
      <Text className="quiet" size="sm">
        {t('web-warehouse:stockOf', { site })} ·{' '}
        {t('web-warehouse:printedAt', { at: format.instant(new Date().toISOString()) })}
      </Text>
      {at !== '' && (
        <Alert color="blue" icon={<IconCalendarClock aria-hidden />}>
          {t('web-stock-views:asOfNote', { day: format.day(at) })}
        </Alert>
      )}
      <div className="stock-filter no-print">
        <TextInput
          label={t('web-warehouse:filter')}
          value={text}
          maxLength={60}
          autoComplete="off"
          spellCheck={false}
          leftSection={<IconSearch size={20} aria-hidden />}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SegmentedControl
          size="md"
          fullWidth
          className="segments"
          aria-label={t('web-warehouse:state')}
          value={show}
          data={shows.map((one) => ({ value: one, label: t(`web-warehouse:show.${one}`) }))}
          onChange={(value) => setShow(value as Show)}
        />
        {zones.length > 1 && (
          <NativeSelect
            label={t('web-stock-views:zone')}
            maw={260}
            value={zone ?? '*'}
            data={[
              { value: '*', label: t('web-stock-views:everyZone') },
              ...zones.map((one) => ({ value: one, label: one || t('web-stock-views:noZone') })),
            ]}
            onChange={({ currentTarget: { value } }) => setZone(value === '*' ? undefined : value)}
          />
        )}
      </div>
      <Text role="status" size="sm">
        {t('web-warehouse:shown', { count: format.number(count) })} ·{' '}
        {t('web-stock-views:worth', { sum: soumText(worthOf(groups.flatMap((group) => group.items)), language) })}
      </Text>
      <Said note={said} />
      {groups.length === 0 && <Empty title={t('common:nothingFound')}>{t('web-warehouse:noMatch')}</Empty>}
      {drawn.map((group) => (
        <MedicineLots
          key={group.medicine}
          group={group}
          site={site}
          today={today}
          isPast={at !== ''}
          onChanged={(text) => setSaid({ good: true, text })}
        />
      ))}
      {drawn.length < groups.length && (
        <Button variant="default" className="no-print" onClick={() => setAll(true)}>
          {t('common:more')}
        </Button>
      )}
    </Stack>
  );
};

const MedicineLots = ({
  group,
  site,
  today,
  isPast,
  onChanged,
}: {
  readonly group: Medicine;
  readonly site: string;
  readonly today: string;
  readonly isPast: boolean;
  /** What was changed, in words. */
  readonly onChanged: (said: string) => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  const medicine = formulary.byCode(group.medicine);
  const unit = medicine?.unit ?? 'piece';
  const sum = group.items.reduce((total, item) => total + item.onHand, 0);
  const worth = worthOf(group.items);
  const [history, setHistory] = useState(false);
  return (
    <section className="stock-group">
      <Group justify="space-between" gap="xs" className="stock-head">
        <Title order={2} fz="1.05rem">
          {group.name}
        </Title>
        <Group gap="xs">
          <Text fw={600}>
            {t('web-warehouse:sum', { units: quantityText(sum, unit, language) })}
            {worth > 0 && ` · ${soumText(worth, language)}`}
          </Text>
          <Button
            variant="subtle"
            size="sm"
            mih={44}
            className="no-print"
            leftSection={<IconChartLine size={20} aria-hidden />}
            aria-label={`${t('web-stock-views:history')}: ${group.name}`}
            onClick={() => setHistory(true)}
          >
            {t('web-stock-views:history')}
          </Button>
        </Group>
      </Group>
      {history && (
        <History
          site={site}
          medicine={group.medicine}
          name={group.name}
          unit={unit}
          onClose={() => setHistory(false)}
        />
      )}
      <ul className="stock-lots">
        {group.items.map((item) => (
          <LotRow
            key={`${item.gtin}#${item.lot}`}
            item={item}
            name={group.name}
            brand={medicine?.packs.find((pack) => pack.gtin === item.gtin)?.brand}
            amount={quantityText(item.onHand, unit, language)}
            held={
              item.held > 0 ? t('web-stock-views:held', { units: quantityText(item.held, unit, language) }) : undefined
            }
            site={site}
            today={today}
            isPast={isPast}
            onChanged={onChanged}
          />
        ))}
      </ul>
    </section>
  );
};

/** How long a lot keeps: colour, icon and word together. */
const AgeMark = ({ expiryDate, today }: { readonly expiryDate: string; readonly today: string }) => {
  const t = useT();
  const age = ageOf(expiryDate, today);
  const days = daysLeft(expiryDate, today);
  if (age === 'expired')
    return (
      <Mark color="red" Icon={IconAlertTriangle}>
        {t('web-warehouse:age.expired')}
      </Mark>
    );
  if (age === 'good')
    return (
      <Mark color="green" Icon={IconCircleCheck}>
        {t('web-warehouse:age.good')}
      </Mark>
    );
  return (
    <Mark color={age === 'month' ? 'orange' : 'yellow'} Icon={age === 'month' ? IconAlertTriangle : IconCalendarClock}>
      {t(`web-warehouse:age.${age}`, { days })}
    </Mark>
  );
};

const LotRow = ({
  item,
  name,
  brand,
  amount,
  held,
  site,
  today,
  isPast,
  onChanged,
}: {
  readonly item: StockItem;
  readonly name: string;
  readonly brand: string | undefined;
  readonly amount: string;
  /** What of it is promised, in words. */
  readonly held: string | undefined;
  readonly site: string;
  readonly today: string;
  readonly isPast: boolean;
  readonly onChanged: (said: string) => void;
}) => {
  const t = useT();
  const format = useFormat();
  const { data: me } = useMe();
  const [dialog, setDialog] = useState<'movements' | 'state' | undefined>();
  const mayChange = me?.roles.some((role) => role === 'warehouse' || role === 'pharmacist' || role === 'quality');
  const maySee = mayChange || me?.roles.includes('auditor');
  const place = [item.zone, item.shelf].filter((part) => part !== undefined).join(' · ');
  const isBlocked = item.state !== 'available' && item.state !== 'expired';
  return (
    <li>
      <span className="stock-lot">
        <span className="quiet">{t('web-warehouse:lotWord')}</span> <strong className="number">{item.lot}</strong>
        {brand && <span className="quiet"> {brand}</span>}
        {place !== '' && <span className="stock-place"> {t('web-stock-views:place', { place })}</span>}
      </span>
      <span className="stock-expiry">
        <span className="number">{format.day(item.expiryDate)}</span>{' '}
        <AgeMark expiryDate={item.expiryDate} today={today} />
      </span>
      <span className="stock-amount">
        <strong>{amount}</strong>
        {held && <span className="quiet"> {held}</span>}
      </span>
      <span className="stock-state">
        {isBlocked && (
          <Mark color="violet" Icon={IconLock}>
            {t(`medicine:lot.${item.state}`)}
          </Mark>
        )}
      </span>
      <Group gap={4} className="no-print stock-acts" wrap="nowrap">
        {maySee && (
          <Button
            variant="subtle"
            size="sm"
            mih={44}
            leftSection={<IconHistory size={20} aria-hidden />}
            aria-label={`${t('web-warehouse:details')}: ${name}, ${item.lot}`}
            onClick={() => setDialog('movements')}
          >
            {t('web-warehouse:details')}
          </Button>
        )}
        {mayChange && !isPast && item.state !== 'recalled' && (
          <Button
            variant="subtle"
            size="sm"
            mih={44}
            leftSection={<IconSettings size={20} aria-hidden />}
            aria-label={`${t('web-warehouse:state')}: ${name}, ${item.lot}`}
            onClick={() => setDialog('state')}
          >
            {t('web-warehouse:state')}
          </Button>
        )}
      </Group>
      {dialog === 'movements' && (
        <Movements item={item} name={name} site={site} onChanged={onChanged} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'state' && (
        <ChangeState item={item} name={name} site={site} onChanged={onChanged} onClose={() => setDialog(undefined)} />
      )}
    </li>
  );
};
