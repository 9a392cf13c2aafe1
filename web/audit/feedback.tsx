/** What patients say: first the lots that several complain about, then praise and complaints of a site or a day. */
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-compliance/routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconMoodSad, IconMoodSmile, IconReceipt } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { findSites, useAll, useSites } from '../shared/all-pages.ts';
import { DayField } from '../shared/day-field.tsx';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { Empty, FailureAlert, Mark, Page, Section, Waiting } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';

type Feedback = AnswerOf<typeof routes.listFeedback>['items'][number];

export const FeedbackPage = () => {
  const t = useT();
  return (
    <Page title={t('web-audit:feedback')}>
      <Signals />
      <Said />
    </Page>
  );
};

/** "Amoxicillin 500 mg, capsule, lot A1". */
const useLotName = () => {
  const t = useT();
  const formulary = useFormulary();
  return ({ medicine, lot }: { readonly medicine: string; readonly lot: string }) =>
    t('web-audit:ofLot', { medicine: formulary.name(medicine), lot });
};

const Signals = () => {
  const t = useT();
  const format = useFormat();
  const lotName = useLotName();
  const signals = useAll(routes.listSignals, {});
  return (
    <Section title={t('web-audit:signals')} id="signals">
      {signals.isPending && <Waiting />}
      <FailureAlert failure={signals.error} onRetry={() => void signals.refetch()} />
      {signals.data?.length === 0 && <Text>{t('web-audit:noSignals')}</Text>}
      {signals.data && signals.data.length > 0 && (
        <>
          <Text>{t('web-audit:signalsNote')}</Text>
          <ul className="rows">
            {signals.data.map((one) => (
              <li key={`${one.gtin}#${one.lot}`} className="said-by">
                <Mark color="red" Icon={IconAlertTriangle}>
                  {t('web-audit:complaints', { count: one.complaints })}
                </Mark>
                <Text fw={650}>{lotName(one)}</Text>
                <Text size="sm" className="quiet">
                  {one.gtin} · {t('web-audit:since', { day: format.instant(one.raisedAt) })}
                </Text>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
};

const Said = () => {
  const t = useT();
  const sites = useSites();
  const today = tashkentDay(Date.now());
  const [site, setSite] = useState<string | undefined>();
  const [day, setDay] = useState(today);
  const chosen = sites.data?.find((one) => one.id === site);
  const find = (text: string) =>
    findSites(
      sites.data?.filter((one) => one.kind === 'pharmacy' || one.kind === 'clinic'),
      text,
    ).map((one) => ({
      value: one.id,
      label: one.name,
      detail: (
        <Text size="sm">
          {one.id} · {t(`common:kind.${one.kind}`)}
        </Text>
      ),
    }));
  const query = { ...(site !== undefined && { site }), ...(day !== '' && { day }) };
  const feedback = useAll(routes.listFeedback, { query });
  return (
    <>
      <Paper withBorder p="md" className="no-print">
        <div className="audit-fields">
          <div>
            <SearchField
              label={t('web-audit:site')}
              placeholder={t('web-audit:siteHint')}
              busy={sites.isPending}
              find={find}
              onChoose={setSite}
            />
            <Text mt={4} fw={600} role="status">
              {chosen ? t('web-audit:chosenSite', { name: chosen.name, id: chosen.id }) : t('web-audit:allSites')}
            </Text>
          </div>
          <DayField
            label={t('web-audit:day')}
            description={t('web-audit:feedbackDayHint')}
            value={day}
            max={today}
            onChange={setDay}
          />
          {chosen && (
            <Group className="audit-show">
              <Button
                variant="default"
                onClick={() => {
                  setSite(undefined);
                  if (day === '') setDay(today);
                }}
              >
                {t('web-audit:allSites')}
              </Button>
              <Button variant="default" onClick={() => setDay('')}>
                {t('web-audit:anyDay')}
              </Button>
            </Group>
          )}
        </div>
        <FailureAlert failure={sites.error} onRetry={() => void sites.refetch()} />
      </Paper>
      {feedback.isPending && <Waiting />}
      <FailureAlert failure={feedback.error} onRetry={() => void feedback.refetch()} />
      {feedback.data?.length === 0 && (
        <Empty title={t('common:nothingFound')}>
          <Text>{t('web-audit:noFeedback')}</Text>
        </Empty>
      )}
      {feedback.data && feedback.data.length > 0 && (
        <section>
          <Title order={2} mb="sm">
            {t('web-audit:feedbackCount', { count: feedback.data.length })}
          </Title>
          <Stack gap="sm">
            {feedback.data.map((one) => (
              <FeedbackCard key={one.id} feedback={one} siteName={nameIn(sites.data, one.site)} />
            ))}
          </Stack>
        </section>
      )}
    </>
  );
};

const nameIn = (sites: readonly { readonly id: string; readonly name: string }[] | undefined, id: string): string =>
  sites?.find((one) => one.id === id)?.name ?? id;

const FeedbackCard = ({ feedback, siteName }: { readonly feedback: Feedback; readonly siteName: string }) => {
  const t = useT();
  const format = useFormat();
  const lotName = useLotName();
  const isPraise = feedback.kind === 'praise';
  return (
    <Paper withBorder p="md" component="article">
      <Group gap="xs">
        <Mark color={isPraise ? 'green' : 'orange'} Icon={isPraise ? IconMoodSmile : IconMoodSad}>
          {t(`web-patient:kind.${feedback.kind}`)}
        </Mark>
        <Text fw={650}>{t(`web-patient:about.${feedback.about}`)}</Text>
        {feedback.dispense !== undefined && (
          <Mark color="blue" Icon={IconReceipt}>
            {t('web-audit:tied')}
          </Mark>
        )}
      </Group>
      <Text size="sm" className="quiet">
        {format.instant(feedback.at)} · {siteName} · {feedback.site}
      </Text>
      <Text mt="xs" className="said-words">
        {feedback.erased ? t('web-shared:words-erased') : feedback.text}
      </Text>
      {feedback.lots?.map((lot) => (
        <Text key={lot.gtin + lot.lot} mt="xs" fw={600}>
          {lotName(lot)}
        </Text>
      ))}
      {feedback.dispense !== undefined && (
        <Button
          mt="sm"
          variant="default"
          component={Link}
          to={`/audit/${feedback.dispense.split('.')[0]}`}
          className="no-print"
        >
          {t('web-audit:openTrail')}
        </Button>
      )}
    </Paper>
  );
};
