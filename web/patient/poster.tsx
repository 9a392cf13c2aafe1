/** The poster with a site's own code, in all four languages on one page, printed by whoever works there. */
import { qrMatrix, qrPath } from '@darmon/documents/qr';
import { languages } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { webPatient } from '@darmon/i18n/words/web-patient';
import { Button, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, Page, Waiting } from '../shared/parts.tsx';

const words = translatorOf({ 'web-patient': webPatient });

export const PosterPage = () => {
  const t = useT();
  const me = useMe();
  const sites = useSites();
  const { site: asked } = useSearch({ from: '/signed-in/poster' });
  const id = asked ?? me.data?.site;
  const site = sites.data?.find((one) => one.id === id);
  const code = useMemo(() => qrPath(qrMatrix(`https://${location.host}/f#${id ?? ''}`, 'M')), [id]);
  const isWaiting = me.isPending || sites.isPending;
  const serves = site?.kind === 'pharmacy' || site?.kind === 'clinic';
  return (
    <Page
      title={t('web-patient:poster')}
      action={
        serves && (
          <Button
            className="no-print"
            leftSection={<IconPrinter size={20} aria-hidden />}
            onClick={() => window.print()}
          >
            {t('common:print')}
          </Button>
        )
      }
    >
      <Text className="no-print">{t('web-patient:posterHint')}</Text>
      {isWaiting && <Waiting />}
      <FailureAlert failure={sites.error ?? me.error} onRetry={() => void sites.refetch()} />
      {!isWaiting && !serves && <Empty title={t('web-patient:posterNone')} />}
      {site && serves && (
        <section className="poster" aria-label={site.name}>
          <Text fw={700} fz="1.4rem">
            {site.name}
          </Text>
          <svg
            className="poster-code"
            viewBox={`0 0 ${code.side} ${code.side}`}
            shapeRendering="crispEdges"
            aria-hidden
          >
            <rect width={code.side} height={code.side} fill="#fff" />
            <path d={code.path} fill="#000" />
          </svg>
          <Text className="number">{`${location.host}/f#${site.id}`}</Text>
          <ul className="poster-words">
            {languages.map((language) => {
              const say = words(language);
              return (
                <li key={language} lang={language}>
                  <strong>{say('web-patient:posterTitle')}</strong>
                  <span>{say('web-patient:posterDetail')}</span>
                  {site.kind === 'pharmacy' && <span>{say('web-patient:posterReceipt')}</span>}
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </Page>
  );
};
