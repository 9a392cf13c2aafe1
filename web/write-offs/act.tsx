/** `/write-offs/$id`: one act as its author drew it up, who signed it, and what can still be done with it. */
import { shortNumber } from '@darmon/domain/ledger';
import { routes } from '@darmon/function-inventory/routes';
import { quantityText } from '@darmon/i18n/dosage';
import { soumText } from '@darmon/i18n/money';
import { Alert, Progress, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { KeptPhoto } from '../photos/kept-photo.tsx';
import { useSites } from '../shared/all-pages.ts';
import { call, keyOf, useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { useNames } from '../shared/names.ts';
import { FailureAlert, type Note, Page, Said, Section, Waiting } from '../shared/parts.tsx';
import { type Act, StateMark } from './act-marks.tsx';
import { ActPaper } from './act-paper.tsx';
import { ActActions } from './sign.tsx';

export const ActPage = () => {
  const t = useT();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { sent } = useSearch({ strict: false }) as { sent?: boolean };
  const me = useMe();
  const queries = useQueryClient();
  const act = useAnswer(routes.readWriteOff, { params: { id } }, { staleTime: 0 });
  const [said, setSaid] = useState<Note | undefined>(sent ? { good: true, text: t('web-write-offs:sent') } : undefined);
  const refresh = () => {
    const changed = [
      routes.readWriteOff,
      routes.listOpenWriteOffs,
      routes.listWriteOffs,
      routes.listStock,
      routes.proposeWriteOffs,
      routes.readTransfer,
    ];
    for (const route of changed) void queries.invalidateQueries({ queryKey: keyOf(route) });
  };
  return (
    <Page
      title={act.data ? t('write-off:numbered', { number: act.data.number }) : t('write-off:title')}
      action={act.data && <StateMark state={act.data.state} />}
    >
      <Said note={said} />
      {act.isPending && <Waiting />}
      <FailureAlert failure={act.error} onRetry={() => void act.refetch()} />
      {act.data?.state === 'posting' && <Posting id={id} onDone={refresh} />}
      {act.data && <ActView act={act.data} />}
      {act.data && me.data && (
        <ActActions
          act={act.data}
          me={me.data}
          onDone={(text) => {
            setSaid({ good: true, text });
            refresh();
            // what was said stands at the top, and the buttons at the foot of a long act
            scrollTo(0, 0);
          }}
        />
      )}
      {act.data && <ActPaper act={act.data} />}
    </Page>
  );
};

const pauseMs = 1_000;

/** Goes on with the posting while somebody looks. */
const Posting = ({ id, onDone }: { readonly id: string; readonly onDone: () => void }) => {
  const t = useT();
  const [at, setAt] = useState<{ done: number; of: number } | undefined>();
  useEffect(() => {
    let live = true;
    const go = async () => {
      while (live) {
        const job = await call(routes.advanceJob, { params: { id } }).catch(() => undefined);
        if (!live) return;
        if (job) setAt({ done: job.done, of: job.of });
        if (job?.state === 'done') return onDone();
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    };
    void go();
    return () => {
      live = false;
    };
    // the caller makes `onDone` anew at every turn, and the work is the same
  }, [id]);
  return (
    <div role="status">
      <Text>
        {t('web-write-offs:posting')} {at && t('web-write-offs:postingOf', at)}
      </Text>
      <Progress value={at ? (100 * at.done) / at.of : 0} aria-label={t('web-write-offs:posting')} mt="xs" />
    </div>
  );
};

const ActView = ({ act }: { readonly act: Act }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const sites = useSites();
  const nameOf = (of: string) => {
    const site = sites.data?.find(({ id }) => id === of);
    return site ? `${site.name} (${site.id})` : of;
  };
  const personOf = useNames([act.closed?.person]);
  const isUnpriced = act.lines.some((line) => line.packPrice === undefined);
  return (
    <>
      <Section id="act-about" title={t('write-off:about')}>
        <dl className="facts">
          <Fact name={t('write-off:site')}>{nameOf(act.site)}</Fact>
          {act.transfer && (
            <Fact name={t('write-off:onTheWay')}>
              {nameOf(act.transfer.from)} → {nameOf(act.transfer.to)} ·{' '}
              <Link to="/transfers/$id" params={{ id: act.transfer.id }}>
                {t('write-off:transferNo', { number: shortNumber(act.transfer.id) })}
              </Link>
            </Fact>
          )}
          <Fact name={t('write-off:drawnUp')}>
            {format.instant(act.at)}, {act.author.name} ({t(`common:role.${act.author.role}`)})
          </Fact>
          {act.backdated && (
            <Fact name={t('write-off:countsFor')}>
              {format.day(act.backdated.day)} · {act.backdated.reason}
            </Fact>
          )}
          <Fact name={t('write-off:total')}>
            <strong>{soumText(act.value, language)}</strong>
          </Fact>
          {act.note && <Fact name={t('write-off:note')}>{act.note}</Fact>}
          {act.closed && (
            <Fact name={t(`write-off:state.${act.state}`)}>
              {format.instant(act.closed.at)}, {personOf(act.closed.person)} · {act.closed.reason}
            </Fact>
          )}
        </dl>
        {isUnpriced && (
          <Alert color="orange" variant="light" icon={<IconInfoCircle aria-hidden />}>
            {t('web-write-offs:unknownPrice')}
          </Alert>
        )}
        {act.needed === 2 && <Text className="note">{t('web-write-offs:third')}</Text>}
      </Section>
      <Section id="act-lines" title={t('web-write-offs:lines', { count: act.lines.length })}>
        <ol className="plain-list act-lines">
          {act.lines.map((line) => (
            <li key={`${line.gtin}#${line.lot}`}>
              <ActLine line={line} />
            </li>
          ))}
        </ol>
      </Section>
      {act.photos.length > 0 && (
        <Section id="act-photos" title={t('write-off:photos')}>
          <ul className="photos">
            {act.photos.map((id, at) => (
              <li key={id}>
                <KeptPhoto id={id} n={at + 1} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section id="act-signatures" title={t('write-off:signatures')}>
        <Signatures act={act} />
      </Section>
    </>
  );
};

const Fact = ({ name, children }: { readonly name: string; readonly children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const ActLine = ({ line }: { readonly line: Act['lines'][number] }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const unit = formulary.byCode(line.medicine)?.unit ?? 'piece';
  return (
    <div className="row-between">
      <div>
        <Text fw={650}>{formulary.name(line.medicine)}</Text>
        <Text size="sm">
          {line.brand} · {t('web-write-offs:lotWord')} <strong className="number">{line.lot}</strong> ·{' '}
          {t('web-write-offs:until', { day: format.day(line.expiryDate) })}
          {line.controlled && ` · ${t('write-off:controlled')}`}
        </Text>
        {line.serials && <Text size="sm">{t('web-write-offs:packsNamed', { serials: line.serials.join(', ') })}</Text>}
        {line.note && <Text size="sm">{line.note}</Text>}
      </div>
      <div className="act-facts">
        <Text fw={650}>{quantityText(line.quantity, unit, language)}</Text>
        <Text size="sm">
          {line.packPrice === undefined ? t('write-off:noPrice') : soumText(line.value, language)} ·{' '}
          {t(`write-off:reason.${line.reason}`)}
        </Text>
      </div>
    </div>
  );
};

const Signatures = ({ act }: { readonly act: Act }) => {
  const t = useT();
  const format = useFormat();
  const open = act.state === 'requested' ? Math.max(0, act.needed - act.signatures.length) : 0;
  return (
    <Stack gap="xs">
      <ul className="signatures">
        <li className="signature">
          <Text size="sm" className="quiet">
            {t('write-off:author')}
          </Text>
          <Text fw={650}>{act.author.name}</Text>
          <Text size="sm">
            {t(`common:role.${act.author.role}`)} · {format.instant(act.at)}
          </Text>
        </li>
        {act.signatures.map((signature) => (
          <li key={signature.person} className="signature">
            <Text size="sm" className="quiet">
              {t('write-off:signer')}
            </Text>
            <Text fw={650}>{signature.name}</Text>
            <Text size="sm">
              {t(`common:role.${signature.role}`)} · {signature.site} · {format.instant(signature.at)}
            </Text>
            <Text className="checksum quiet">{t('write-off:approval', { approval: signature.approval })}</Text>
          </li>
        ))}
        {Array.from({ length: open }, (_, at) => (
          <li key={at} className="signature" data-open="true">
            <Text size="sm" className="quiet">
              {t('write-off:signer')}
            </Text>
            <Text>{t('write-off:notSigned')}</Text>
          </li>
        ))}
      </ul>
      <Text className="checksum quiet">{t('write-off:hash', { hash: act.actHash })}</Text>
    </Stack>
  );
};
