/** `/write-offs/new`: an act over what lies on the shelf, over what has expired, or over what never came of a transfer. */
import { routes } from '@darmon/function-inventory/routes';
import { Text } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import { useAll, useSites } from '../shared/all-pages.ts';
import { useAnswer } from '../shared/client.ts';
import { type Formulary, useFormulary } from '../shared/formulary.ts';
import { useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, Page, Waiting } from '../shared/parts.tsx';
import { ActForm } from './act-form.tsx';
import { draftOf, linesOfProposals, linesOfTransit, lotOf } from './draft.ts';

export const NewActPage = () => {
  const t = useT();
  const me = useMe();
  const { expired, transfer } = useSearch({ strict: false }) as { expired?: boolean; transfer?: string };
  const site = me.data?.site;
  return (
    <Page title={t('web-write-offs:newTitle')}>
      {site === undefined && <Waiting />}
      {site !== undefined && transfer !== undefined && <OfTransfer site={site} id={transfer} />}
      {site !== undefined && transfer === undefined && <OfShelf site={site} expired={expired === true} />}
    </Page>
  );
};

/** The smallest part of a pack that can be given away, where the formulary knows one. */
const divisibleBy = (formulary: Formulary, of: string): number | undefined =>
  formulary.byGtin(of)?.packs.find(({ gtin }) => gtin === of)?.divisibleBy;

const OfShelf = ({ site, expired }: { readonly site: string; readonly expired: boolean }) => {
  const formulary = useFormulary();
  const stock = useAll(routes.listStock, { params: { site } }, { staleTime: 0 });
  const proposals = useAnswer(routes.proposeWriteOffs, { params: { site } }, { enabled: expired, staleTime: 0 });
  const isReady = stock.data && formulary.medicines.length > 0 && (!expired || proposals.data);
  return (
    <>
      {!isReady && !stock.error && !proposals.error && <Waiting />}
      <FailureAlert failure={stock.error} onRetry={() => void stock.refetch()} />
      <FailureAlert failure={proposals.error} onRetry={() => void proposals.refetch()} />
      {isReady && (
        <ActForm
          site={site}
          name={`write-off/${site}${expired ? '/expired' : ''}`}
          stock={stock.data.map((item) => lotOf(item, divisibleBy(formulary, item.gtin)))}
          empty={
            proposals.data && proposals.data.items.length > 0
              ? draftOf('expired', linesOfProposals(proposals.data.items))
              : draftOf('damaged', [])
          }
        />
      )}
    </>
  );
};

const OfTransfer = ({ site, id }: { readonly site: string; readonly id: string }) => {
  const t = useT();
  const formulary = useFormulary();
  const sites = useSites();
  const transfer = useAnswer(routes.readTransfer, { params: { id } }, { staleTime: 0 });
  const nameOf = (of: string) => sites.data?.find((one) => one.id === of)?.name ?? of;
  const { data } = transfer;
  const isReady = data && formulary.medicines.length > 0;
  const lines = isReady ? linesOfTransit(data.lots, (gtin) => divisibleBy(formulary, gtin)) : [];
  return (
    <>
      {!isReady && !transfer.error && <Waiting />}
      <FailureAlert failure={transfer.error} onRetry={() => void transfer.refetch()} />
      {isReady && (
        <Text className="note">
          {t('web-write-offs:onTheWay', { number: data.number, from: nameOf(data.from), to: nameOf(data.to) })}{' '}
          <Link to="/transfers/$id" params={{ id }}>
            {t('web-write-offs:toTransfer')}
          </Link>
        </Text>
      )}
      {isReady && lines.length === 0 && (
        <Empty title={t('web-write-offs:nothingOnWay')}>
          <Text>{t('web-write-offs:nothingOnWayText')}</Text>
        </Empty>
      )}
      {isReady && lines.length > 0 && (
        <ActForm
          site={site}
          name={`write-off/${site}/${id}`}
          stock={lines.map(({ lot }) => lot)}
          empty={draftOf('lost-in-transit', lines)}
          transfer={id}
        />
      )}
    </>
  );
};
