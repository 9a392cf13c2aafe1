/** `/log-check`: how far the log is, what its comparison with the records came to, and how a stranger checks it. */
import type { LogCheckRun } from '@darmon/domain/log-check';
import { logRoutes as routes } from '@darmon/function-compliance/log-routes';
import type { AnswerOf } from '@darmon/http/route';
import { Anchor, Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClock, IconCopy, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useAnswer } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { Empty, FailureAlert, Mark, Page, Section, Waiting } from '../shared/parts.tsx';
import { Answered, EventWords, OpenFindings } from './findings.tsx';

type Told = AnswerOf<typeof routes.readLogCheck>;

export const LogPage = () => {
  const t = useT();
  const { data, error, isPending, refetch } = useAnswer(routes.readLogCheck, {});
  return (
    <Page
      title={t('web-log:title')}
      action={
        <Button
          variant="default"
          className="no-print"
          leftSection={<IconRefresh size={18} aria-hidden />}
          onClick={() => void refetch()}
        >
          {t('web-log:refresh')}
        </Button>
      }
    >
      <Text>{t('web-log:note')}</Text>
      {isPending && <Waiting />}
      <FailureAlert failure={error} onRetry={() => void refetch()} />
      {data && (
        <>
          <OpenFindings told={data} />
          <Comparison told={data} />
          <Head told={data} />
          {data.runs.length > 1 && <Nights runs={data.runs.slice(1)} />}
          <Answered told={data} />
          <Yourself />
        </>
      )}
    </Page>
  );
};

const Figure = ({ label, value }: { readonly label: string; readonly value: string }) => (
  <div className="log-figure">
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
);

/** A time in the unit that leaves a number that can be read: its word, and its length in milliseconds. */
const unitOf = (ms: number): readonly ['seconds' | 'minutes' | 'hours', number] =>
  ms < 120_000 ? ['seconds', 1_000] : ms < 7_200_000 ? ['minutes', 60_000] : ['hours', 3_600_000];

const Head = ({ told: { head, allowedDelayMs } }: { readonly told: Told }) => {
  const t = useT();
  const format = useFormat();
  const minutes = Math.round(allowedDelayMs / 60_000);
  const [unit, ms] = unitOf(head?.delayMs ?? 0);
  return (
    <Section title={t('web-log:now')} id="log-now">
      {head ? (
        <>
          <dl className="log-figures">
            <Figure label={t('web-log:entries')} value={format.number(head.size)} />
            <Figure label={t('web-log:appended')} value={format.instant(head.appendedAt)} />
            <Figure
              label={t('web-log:delay')}
              value={t(`web-log:${unit}`, { count: format.number(Math.ceil(head.delayMs / ms)) })}
            />
          </dl>
          {head.delayMs > allowedDelayMs ? (
            <Mark color="orange" Icon={IconClock}>
              {t('web-log:delayLate')}
            </Mark>
          ) : (
            <Mark color="green" Icon={IconCircleCheck}>
              {t('web-log:delayFine')}
            </Mark>
          )}
          <Text size="sm" className="quiet">
            {t('web-log:delayAllowed', { minutes })}
          </Text>
        </>
      ) : (
        <Text>
          {t('web-log:noHead')}. {t('web-log:noHeadNext')}
        </Text>
      )}
    </Section>
  );
};

const Comparison = ({ told: { running, runs, through } }: { readonly told: Told }) => {
  const t = useT();
  const format = useFormat();
  const [last] = runs;
  if (!running && !last)
    return (
      <Empty title={t('web-log:never')}>
        <Text>{t('web-log:neverNext')}</Text>
      </Empty>
    );
  return (
    <Section title={t('web-log:comparison')} id="log-comparison">
      {running && (
        <div role="status" className="log-running">
          <Text fw={600}>{t('web-log:running')}</Text>
          <Text>{t(`web-log:stage.${running.stage}`, { day: format.day(running.day ?? running.until) })}</Text>
          <Text size="sm" className="quiet">
            {t('web-log:since', { at: format.instant(running.startedAt) })} · {t('web-log:events')}:{' '}
            {format.number(running.events)} · {t('web-log:days')}: {format.number(running.days)}
          </Text>
        </div>
      )}
      {last && <Outcome run={last} />}
      {through !== undefined && (
        <Text size="sm" className="quiet">
          {t('web-log:through', { day: format.day(through) })}
        </Text>
      )}
    </Section>
  );
};

const RunMark = ({ run }: { readonly run: LogCheckRun }) => {
  const t = useT();
  const format = useFormat();
  return run.findings > 0 ? (
    <Mark color="red" Icon={IconAlertTriangle}>
      {t('web-log:differ', { count: format.number(run.findings) })}
    </Mark>
  ) : (
    <Mark color="green" Icon={IconCircleCheck}>
      {t('web-log:equal')}
    </Mark>
  );
};

const Outcome = ({ run }: { readonly run: LogCheckRun }) => {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <RunMark run={run} />
      <Text size="sm" className="quiet">
        {t('web-log:finished', { at: format.instant(run.finishedAt ?? run.startedAt) })}
      </Text>
      <dl className="log-figures">
        <Figure label={t('web-log:events')} value={format.number(run.events)} />
        <Figure label={t('web-log:days')} value={format.number(run.days)} />
        <Figure label={t('web-log:missing')} value={format.number(run.missing)} />
        <Figure label={t('web-log:mended')} value={format.number(run.appended)} />
      </dl>
      {run.missed.length > 0 && (
        <>
          <Text fw={600}>{t('web-log:missedTitle')}</Text>
          <ul className="plain-list">
            {run.missed.map((one) => (
              <li key={one.event} className="log-row">
                <EventWords of={one} />
              </li>
            ))}
          </ul>
          {run.missed.length < run.missing && (
            <Text size="sm" className="quiet">
              {t('web-log:missedFirst', { shown: run.missed.length })}
            </Text>
          )}
        </>
      )}
    </>
  );
};

const Nights = ({ runs }: { readonly runs: readonly LogCheckRun[] }) => {
  const t = useT();
  const format = useFormat();
  return (
    <Section title={t('web-log:nights')} id="log-nights">
      <ul className="plain-list">
        {runs.map((run) => (
          <li key={run.id} className="log-row">
            <Text fw={600}>{format.instant(run.startedAt)}</Text>
            <RunMark run={run} />
            <Text size="sm">
              {t('web-log:events')}: {format.number(run.events)} · {t('web-log:days')}: {format.number(run.days)} ·{' '}
              {t('web-log:mended')}: {format.number(run.appended)}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
};

/** What anybody types who trusts nobody here. */
const Yourself = () => {
  const t = useT();
  const [said, setSaid] = useState(false);
  const { origin } = window.location;
  const commands = [
    `curl -s ${origin}/api/.well-known/log-key > log-key.txt`,
    `npm run --silent darmon -- log verify --key "$(cat log-key.txt)" ${origin}/log`,
  ].join('\n');
  return (
    <Section title={t('web-log:self')} id="log-self">
      <Text>{t('web-log:selfNote')}</Text>
      <pre className="log-commands" translate="no">
        {commands}
      </pre>
      <div className="log-actions">
        <Button
          variant="default"
          leftSection={<IconCopy size={18} aria-hidden />}
          onClick={() => void navigator.clipboard.writeText(commands).then(() => setSaid(true))}
        >
          {t('web-log:copy')}
        </Button>
        <Anchor href={`${origin}/log/checkpoint`} className="trail-link" download="checkpoint">
          {t('web-log:checkpoint')}
        </Anchor>
        <Text role="status" size="sm">
          {said && t('web-log:copied')}
        </Text>
      </div>
      <Text size="sm" className="quiet">
        {t('web-log:selfKeep')}
      </Text>
    </Section>
  );
};
