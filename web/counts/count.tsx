/** One count: counting scan by scan, its lines, its end. What waits for the network is said on top, whatever is open. */
import { countRoutes } from '@darmon/function-inventory/count-routes';
import { Alert, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPrinter, IconRefresh, IconSend, IconWifiOff } from '@tabler/icons-react';
import { useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Arrived } from '../shared/arrived.tsx';
import { call, type Failure, failureOf } from '../shared/client.ts';
import { type Formulary, useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { useNames } from '../shared/names.ts';
import { FailureAlert, Page, Waiting } from '../shared/parts.tsx';
import { type Count, type Filter, type Line, nameOfLot } from './count-view.ts';
import { CountDesk, type Desk } from './desk.tsx';
import { Finish } from './finish.tsx';
import { CountLines } from './lines.tsx';
import { CountProgress, Posting, StateMark, useScopeText } from './parts.tsx';
import { CountSheet } from './sheet.tsx';
import { type Counting, useCount } from './use-count.ts';

export const CountPage = () => {
  const { id } = useParams({ strict: false }) as { id: string };
  const { site: asked } = useSearch({ strict: false }) as { site?: string };
  const { data: me } = useMe();
  const site = asked ?? me?.site;
  if (!me || site === undefined) return <Waiting />;
  const keeps = site === me.site && me.roles.some((role) => role === 'warehouse' || role === 'pharmacist');
  return <Loaded key={id} site={site} id={id} keeps={keeps} />;
};

const Loaded = ({ site, id, keeps }: { readonly site: string; readonly id: string; readonly keeps: boolean }) => {
  const t = useT();
  const formulary = useFormulary();
  const counting = useCount(site, id);
  const { loaded } = counting;
  return (
    <Page title={loaded ? t('web-counts:number', { number: loaded.count.number }) : t('web-counts:title')}>
      {!loaded && counting.coming !== undefined && (
        <Waiting label={counting.coming > 0 ? t('web-counts:loading', { count: counting.coming }) : undefined} />
      )}
      <FailureAlert failure={counting.failure} onRetry={counting.reload} />
      {loaded && !formulary.isPending && (
        <Opened
          site={site}
          count={loaded.count}
          lines={loaded.lines}
          isOld={loaded.isOld}
          counting={counting}
          formulary={formulary}
          keeps={keeps}
        />
      )}
    </Page>
  );
};

const parts = ['count', 'lines', 'finish'] as const;
type Part = (typeof parts)[number];

const Opened = ({
  site,
  count,
  lines,
  isOld,
  counting,
  formulary,
  keeps,
}: {
  readonly site: string;
  readonly count: Count;
  readonly lines: readonly Line[];
  readonly isOld: boolean;
  readonly counting: Counting;
  readonly formulary: Formulary;
  readonly keeps: boolean;
}) => {
  const t = useT();
  const format = useFormat();
  const scopeText = useScopeText();
  const nameOf = useNames([count.closedBy]);
  const desk = useRef<Desk>(undefined);
  const [part, setPart] = useState<Part>('count');
  const [filter, setFilter] = useState<Filter>('all');
  // somebody was led to the lines of a filter, or has just ended the count: the focus goes along
  const [led, setLed] = useState(false);
  const [ended, setEnded] = useState(false);
  const isOpen = count.state === 'open' && keeps;
  const pending = counting.queue.filter((one) => one.refused === undefined);
  const waiting = new Set(pending.map((one) => nameOfLot(one.entry)));
  const choose = (line: Line) => {
    setPart('count');
    desk.current?.openLine(line);
    scrollTo(0, 0);
  };
  return (
    <Stack gap="md">
      <Stack gap={4} className="no-print">
        <Group gap="sm">
          {ended && !isOpen ? (
            <Arrived>
              <StateMark state={count.state} />
            </Arrived>
          ) : (
            <StateMark state={count.state} />
          )}
          <Text>{scopeText(count)}</Text>
          {count.blind && <Text className="quiet">{t('web-counts:blind')}</Text>}
        </Group>
        {count.closedAt !== undefined && (
          <Text size="sm" className="quiet">
            {t('web-counts:closed', { at: format.instant(count.closedAt), person: nameOf(count.closedBy ?? '') })}
            {count.reason && ` · ${count.reason}`}
          </Text>
        )}
        {count.state === 'freezing' ? (
          <Freezing site={site} count={count} keeps={keeps} onOpen={counting.reload} />
        ) : (
          <CountProgress count={count} />
        )}
      </Stack>
      {isOld && (
        <Alert color="orange" icon={<IconWifiOff aria-hidden />}>
          {t('web-counts:oldLines')}
        </Alert>
      )}
      <Waits counting={counting} waiting={pending.length} />
      {count.state === 'posting' && <Posting job={count.id} onDone={counting.reload} />}
      {isOpen && (
        <SegmentedControl
          size="md"
          fullWidth
          className="no-print"
          aria-label={t('web-counts:tabs')}
          value={part}
          data={parts.map((one) => ({ value: one, label: t(`web-counts:tab.${one}`) }))}
          onChange={(value) => {
            // what is in hand is part of the end
            if (value === 'finish' && desk.current?.save() === false) return;
            setLed(false);
            setPart(value as Part);
          }}
        />
      )}
      {isOpen && (
        <div hidden={part !== 'count'}>
          <CountDesk counting={counting} formulary={formulary} desk={desk} />
        </div>
      )}
      {(!isOpen || part === 'lines') && count.state !== 'freezing' && (
        <Group gap="xs" className="no-print">
          <Button
            variant="default"
            loading={counting.coming !== undefined}
            leftSection={<IconRefresh size={20} aria-hidden />}
            onClick={counting.reload}
          >
            {t('web-counts:refresh')}
          </Button>
          <Button variant="default" leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => window.print()}>
            {t('web-counts:printSheet')}
          </Button>
        </Group>
      )}
      {(!isOpen || part === 'lines') && count.state !== 'freezing' && (
        <CountLines
          count={count}
          lines={lines}
          waiting={waiting}
          formulary={formulary}
          filter={filter}
          onFilter={setFilter}
          takesFocus={led}
          onCount={isOpen ? choose : undefined}
        />
      )}
      {isOpen && part === 'finish' && (
        <Finish
          site={site}
          count={count}
          lines={lines}
          waiting={waiting}
          formulary={formulary}
          onShow={(of) => {
            setFilter(of);
            setLed(true);
            setPart('lines');
          }}
          onStale={counting.reload}
          onClosed={(closed) => {
            setEnded(true);
            counting.closed(closed);
          }}
        />
      )}
      <CountSheet count={count} lines={lines} formulary={formulary} />
    </Stack>
  );
};

/** Entries that the network did not take yet, and those that the server does not take. */
const Waits = ({ counting, waiting }: { readonly counting: Counting; readonly waiting: number }) => {
  const t = useT();
  const refused = counting.queue.filter((one) => one.refused !== undefined);
  return (
    <div role="status" className="no-print stack">
      {waiting > 0 && counting.stuck && (
        <Alert color="orange" icon={<IconWifiOff aria-hidden />}>
          <Group justify="space-between" gap="sm">
            <Text className="grow">{t('web-counts:waiting', { count: waiting })}</Text>
            <Button variant="default" leftSection={<IconSend size={18} aria-hidden />} onClick={counting.sendNow}>
              {t('web-counts:sendNow')}
            </Button>
          </Group>
        </Alert>
      )}
      {refused.map((one) => (
        <Alert
          key={one.key}
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('web-counts:notTaken', { lot: one.entry.lot })}
        >
          <Text>{one.refused}</Text>
          <Button mt="sm" variant="default" onClick={() => counting.drop(one.key)}>
            {t('web-counts:dropEntry')}
          </Button>
        </Alert>
      ))}
    </div>
  );
};

/** Goes on keeping the book of very many lines while somebody looks. */
const Freezing = ({
  site,
  count,
  keeps,
  onOpen,
}: {
  readonly site: string;
  readonly count: Count;
  readonly keeps: boolean;
  readonly onOpen: () => void;
}) => {
  const t = useT();
  const [failure, setFailure] = useState<Failure | undefined>();
  const [round, setRound] = useState(0);
  const { id } = count;
  useEffect(() => {
    if (!keeps || round < 0) return;
    let live = true;
    const go = async () => {
      try {
        while (live) {
          const now = await call(countRoutes.advanceCount, { params: { site, id } });
          if (now.state !== 'freezing') return live && onOpen();
        }
      } catch (error) {
        if (live) setFailure(failureOf(error));
      }
    };
    void go();
    return () => {
      live = false;
    };
  }, [site, id, keeps, round, onOpen]);
  return (
    <>
      <Waiting label={t('web-counts:freezing')} />
      <FailureAlert
        failure={failure}
        onRetry={() => {
          setFailure(undefined);
          setRound((n) => n + 1);
        }}
      />
    </>
  );
};
