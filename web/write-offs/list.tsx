/** `/write-offs`: what has expired, the acts that wait for this person, and all acts of a site. */
import { routes } from '@darmon/function-inventory/routes';
import { soumText } from '@darmon/i18n/money';
import { Button, Paper, Stack, Text } from '@mantine/core';
import { IconFilePlus, IconTrashX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAll, useSites } from '../shared/all-pages.ts';
import { ChooseSite, isKeeper } from '../shared/choose-site.tsx';
import { useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { type Me, useMe } from '../shared/me.ts';
import { Empty, FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { waitsFor } from '../shared/to-sign.ts';
import { StateMark, type Summary } from './act-marks.tsx';

export const WriteOffsPage = () => {
  const t = useT();
  const me = useMe();
  const keeps = me.data !== undefined && isKeeper(me.data);
  return (
    <Page
      title={t('web-write-offs:listTitle')}
      action={
        keeps && (
          <Button component={Link} to="/write-offs/new" leftSection={<IconFilePlus size={20} aria-hidden />}>
            {t('web-write-offs:newAct')}
          </Button>
        )
      }
    >
      <FailureAlert failure={me.error} onRetry={() => void me.refetch()} />
      {me.data && keeps && <Expired site={me.data.site} />}
      {me.data && <Open me={me.data} />}
      {me.data && <All me={me.data} keeps={keeps} />}
    </Page>
  );
};

/** As many as are named before the act; all of them stand in it. */
const namedLots = 5;

const Expired = ({ site }: { readonly site: string }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const expired = useAnswer(routes.proposeWriteOffs, { params: { site } });
  const { items = [], value = 0 } = expired.data ?? {};
  if (expired.error) return <FailureAlert failure={expired.error} onRetry={() => void expired.refetch()} />;
  if (items.length === 0) return null;
  return (
    <Section id="expired" title={t('web-write-offs:expiredTitle')}>
      <Text fw={600}>{t('web-write-offs:expiredSum', { count: items.length, value: soumText(value, language) })}</Text>
      <ul className="plain-list act-lots">
        {items.slice(0, namedLots).map((item) => (
          <li key={`${item.gtin}#${item.lot}`}>
            {formulary.name(item.medicine)}, {t('web-write-offs:lotWord')}{' '}
            <strong className="number">{item.lot}</strong>{' '}
            <span className="quiet">{t('web-write-offs:expiredOn', { day: format.day(item.expiryDate) })}</span>
          </li>
        ))}
        {items.length > namedLots && <li className="quiet">…</li>}
      </ul>
      <Button
        renderRoot={(props) => <Link {...props} to="/write-offs/new" search={{ expired: true }} />}
        className="start"
        leftSection={<IconTrashX size={20} aria-hidden />}
      >
        {t('web-write-offs:expiredAct')}
      </Button>
    </Section>
  );
};

/** Acts that wait: first those that this person can sign. */
const Open = ({ me }: { readonly me: Me }) => {
  const t = useT();
  const open = useAll(routes.listOpenWriteOffs, {});
  if (open.isPending) return <Waiting />;
  if (open.error) return <FailureAlert failure={open.error} onRetry={() => void open.refetch()} />;
  const mine = open.data.filter((act) => waitsFor(act, me));
  const others = open.data.filter((act) => !waitsFor(act, me));
  return (
    <>
      {!me.roles.includes('auditor') && (
        <Section id="to-sign" title={t('web-write-offs:toSign')}>
          {mine.length === 0 ? <Text>{t('web-write-offs:noneToSign')}</Text> : <Acts acts={mine} />}
        </Section>
      )}
      {others.length > 0 && (
        <Section id="others-waiting" title={t('web-write-offs:othersWaiting')}>
          <Acts acts={others} />
        </Section>
      )}
    </>
  );
};

const All = ({ me, keeps }: { readonly me: Me; readonly keeps: boolean }) => {
  const t = useT();
  const sites = useSites();
  const keeping = sites.data?.filter(({ kind }) => kind === 'pharmacy' || kind === 'warehouse') ?? [];
  const [chosen, setChosen] = useState<string | undefined>();
  const site = keeps ? me.site : (chosen ?? keeping.find(({ id }) => id === me.site)?.id ?? keeping[0]?.id);
  return (
    <Section id="all-acts" title={t('web-write-offs:allActs')}>
      {!keeps && <ChooseSite site={site} onChoose={setChosen} />}
      {site !== undefined && <OfSite key={site} site={site} keeps={keeps} />}
    </Section>
  );
};

const OfSite = ({ site, keeps }: { readonly site: string; readonly keeps: boolean }) => {
  const t = useT();
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const cursor = cursors.at(-1);
  const page = useAnswer(routes.listWriteOffs, {
    params: { site },
    query: { limit: 20, ...(cursor !== undefined && { cursor }) },
  });
  if (page.isPending) return <Waiting />;
  if (page.error) return <FailureAlert failure={page.error} onRetry={() => void page.refetch()} />;
  const { items, next } = page.data;
  if (items.length === 0 && cursors.length === 1)
    return <Empty title={t('web-write-offs:noActs')}>{keeps && <Text>{t('web-write-offs:noActsText')}</Text>}</Empty>;
  return (
    <Stack gap="sm">
      <Acts acts={items} />
      <div className="pager">
        {cursors.length > 1 && (
          <Button variant="default" onClick={() => setCursors(cursors.slice(0, -1))}>
            {t('common:back')}
          </Button>
        )}
        {next !== undefined && (
          <Button variant="default" onClick={() => setCursors([...cursors, next])}>
            {t('common:next')}
          </Button>
        )}
      </div>
    </Stack>
  );
};

const Acts = ({ acts }: { readonly acts: readonly Summary[] }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const sites = useSites();
  return (
    <ul className="plain-list">
      {acts.map((act) => (
        <li key={act.id}>
          <Paper withBorder p="sm" className="act-row">
            <div className="row-between">
              <div>
                <Link to="/write-offs/$id" params={{ id: act.id }} className="act-link number">
                  {t('web-write-offs:no', { number: act.number })}
                </Link>
                <Text size="sm">
                  {sites.data?.find(({ id }) => id === act.site)?.name ?? act.site} · {format.instant(act.at)}
                </Text>
                <Text size="sm" className="quiet">
                  {t('web-write-offs:by', { name: act.author.name })}
                </Text>
                <Text size="sm">{act.reasons.map((reason) => t(`write-off:reason.${reason}`)).join(', ')}</Text>
              </div>
              <div className="act-facts">
                <StateMark state={act.state} />
                <Text fw={600}>{soumText(act.value, language)}</Text>
                <Text size="sm" className="quiet">
                  {t('web-write-offs:lines', { count: act.lines })} ·{' '}
                  {t('web-write-offs:signedOf', { signed: act.signatures.length, needed: act.needed })}
                </Text>
              </div>
            </div>
          </Paper>
        </li>
      ))}
    </ul>
  );
};
