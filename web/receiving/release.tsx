/** Quality control: lots that wait for it, and letting one go with the ground it goes on. */
import { receiptRoutes } from '@darmon/function-inventory/receipt-routes';
import { routes } from '@darmon/function-inventory/routes';
import type { AnswerOf } from '@darmon/http/route';
import { quantityText } from '@darmon/i18n/dosage';
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAll } from '../shared/all-pages.ts';
import { ChooseSite } from '../shared/choose-site.tsx';
import { keyOf, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Dialog, Empty, FailureAlert, type Note, Page, Said, Waiting } from '../shared/parts.tsx';
import { ReleasePack } from './release-pack.tsx';

type StockItem = AnswerOf<typeof routes.listStock>['items'][number];

export const ReleasePage = () => {
  const t = useT();
  const { data: me } = useMe();
  const [other, setOther] = useState<string | undefined>();
  const site = other ?? me?.site;
  return (
    <Page title={t('web-receiving:releaseTitle')}>
      <Text>{t('web-receiving:releaseText')}</Text>
      <ChooseSite site={site} onChoose={setOther} />
      {site !== undefined && <Waits key={site} site={site} />}
      <ReleasePack />
    </Page>
  );
};

const Waits = ({ site }: { readonly site: string }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const stock = useAll(routes.listStock, { params: { site } });
  const [chosen, setChosen] = useState<StockItem | undefined>();
  const [said, setSaid] = useState<Note | undefined>();
  if (stock.isPending) return <Waiting />;
  if (stock.error) return <FailureAlert failure={stock.error} onRetry={() => void stock.refetch()} />;
  const waiting = stock.data.filter((row) => row.quality && row.state !== 'available' && row.onHand > 0);
  return (
    <Stack gap="md">
      <Said note={said} />
      {waiting.length === 0 ? (
        <Empty title={t('web-receiving:nothingWaits')}>
          <Text>{t('web-receiving:nothingWaitsText')}</Text>
        </Empty>
      ) : (
        <ul className="plain-list">
          {waiting.map((row) => {
            const name = formulary.name(row.medicine);
            return (
              <li key={`${row.gtin}#${row.lot}`}>
                <Group justify="space-between" gap="sm">
                  <div>
                    <Text fw={650}>{name}</Text>
                    <Text size="sm">
                      {t('common:lot')} <span className="number">{row.lot}</span>, {format.day(row.expiryDate)} ·{' '}
                      {quantityText(row.onHand, formulary.byCode(row.medicine)?.unit ?? 'piece', language)} ·{' '}
                      {t(`medicine:lot.${row.state}`)}
                    </Text>
                  </div>
                  <Button
                    leftSection={<IconShieldCheck size={20} aria-hidden />}
                    aria-label={t('web-receiving:releaseOf', { name, lot: row.lot })}
                    onClick={() => setChosen(row)}
                  >
                    {t('web-receiving:releaseOne')}
                  </Button>
                </Group>
              </li>
            );
          })}
        </ul>
      )}
      {chosen && (
        <Release
          row={chosen}
          site={site}
          onClose={() => setChosen(undefined)}
          onReleased={() => {
            const name = formulary.name(chosen.medicine);
            setSaid({ good: true, text: t('web-receiving:released', { name, lot: chosen.lot }) });
            setChosen(undefined);
          }}
        />
      )}
    </Stack>
  );
};

const Release = ({
  row,
  site,
  onClose,
  onReleased,
}: {
  readonly row: StockItem;
  readonly site: string;
  readonly onClose: () => void;
  readonly onReleased: () => void;
}) => {
  const t = useT();
  const formulary = useFormulary();
  const queries = useQueryClient();
  const release = useCall(receiptRoutes.releaseLot);
  const [reason, setReason] = useState('');
  const finish = async (sent: Promise<unknown>) => {
    if (!(await sent)) return;
    void queries.invalidateQueries({ queryKey: keyOf(routes.listStock) });
    onReleased();
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('web-receiving:releaseOf', { name: formulary.name(row.medicine), lot: row.lot })}
    >
      <Stack gap="md">
        <Textarea
          data-autofocus
          label={t('web-receiving:releaseWhy')}
          value={reason}
          maxLength={300}
          required
          disabled={release.pending || release.uncertain}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FailureAlert
          failure={release.failure}
          uncertain={release.uncertain}
          onRetry={() => void finish(release.retry())}
        />
        <Button
          size="lg"
          loading={release.pending}
          disabled={reason.trim().length < 3 || release.uncertain}
          leftSection={<IconShieldCheck size={22} aria-hidden />}
          onClick={() =>
            void finish(
              release.run({
                params: { site },
                body: { gtin: row.gtin, lot: row.lot, reason: reason.trim() },
              }),
            )
          }
        >
          {t('web-receiving:releaseOne')}
        </Button>
      </Stack>
    </Dialog>
  );
};
