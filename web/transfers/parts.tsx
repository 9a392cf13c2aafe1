/** What several screens of transfers share: the state with its mark, names of sites, amounts, and long work. */
import type { TransferState } from '@darmon/domain/transfer';
import { routes } from '@darmon/function-inventory/routes';
import { transferRoutes } from '@darmon/function-inventory/transfer-routes';
import { quantityText } from '@darmon/i18n/dosage';
import { Paper, Progress, Stack, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconBasket,
  IconCircleCheck,
  IconClock,
  IconFileX,
  IconMessageQuestion,
  IconThumbUp,
  IconTruck,
  type IconX,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { call, type Failure, failureOf, keyOf, useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useLanguage, useT } from '../shared/language.ts';
import { FailureAlert, Mark } from '../shared/parts.tsx';
import { inPacks, type TransferDetail } from './transfer-view.ts';

const marks: Readonly<Record<TransferState, { color: string; Icon: typeof IconX }>> = {
  requested: { color: 'blue', Icon: IconMessageQuestion },
  approved: { color: 'blue', Icon: IconThumbUp },
  picking: { color: 'violet', Icon: IconBasket },
  posting: { color: 'gray', Icon: IconClock },
  shipped: { color: 'orange', Icon: IconTruck },
  received: { color: 'green', Icon: IconCircleCheck },
  short: { color: 'red', Icon: IconAlertTriangle },
  'written-off': { color: 'gray', Icon: IconFileX },
  refused: { color: 'red', Icon: IconBan },
  cancelling: { color: 'gray', Icon: IconClock },
  cancelled: { color: 'gray', Icon: IconBan },
};

export const StateMark = ({ state }: { readonly state: TransferState }) => {
  const t = useT();
  return <Mark {...marks[state]}>{t(`web-transfers:state.${state}`)}</Mark>;
};

/** The name of a site, its id while it is not known. */
export const useSiteName = (): ((id: string) => string) => {
  const sites = useSites();
  return (id) => sites.data?.find((site) => site.id === id)?.name ?? id;
};

/** Units of a medicine in words; with the size of a pack, its packs first. */
export const useAmount = (): ((medicine: string, units: number, packUnits?: number) => string) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  return (medicine, units, packUnits) => {
    const text = quantityText(units, formulary.byCode(medicine)?.unit ?? 'piece', language);
    if (packUnits === undefined || packUnits === 1) return text;
    const { packs, rest } = inPacks(units, packUnits);
    return rest === 0 && packs > 0 ? t('web-transfers:packsAndUnits', { packs, units: text }) : text;
  };
};

/** One transfer, and everything that shows it or what it moved asked for again. */
export const useTransfer = (id: string) => {
  const queries = useQueryClient();
  const transfer = useAnswer(transferRoutes.readTransfer, { params: { id } });
  const refresh = useCallback(
    () =>
      Promise.all(
        [transferRoutes.readTransfer, transferRoutes.listTransfers, transferRoutes.readPickList, routes.listStock].map(
          (route) => queries.invalidateQueries({ queryKey: keyOf(route) }),
        ),
      ),
    [queries],
  );
  return { transfer, refresh };
};

/** Goes on with the long work of a transfer while somebody looks, and shows how far it is. */
export const JobProgress = ({
  transfer,
  onDone,
}: {
  readonly transfer: TransferDetail;
  readonly onDone: () => void;
}) => {
  const t = useT();
  const [far, setFar] = useState<{ done: number; of: number; problems: number } | undefined>();
  const [failure, setFailure] = useState<Failure | undefined>();
  const [round, setRound] = useState(0);
  const { job } = transfer;
  useEffect(() => {
    if (job === undefined || round < 0) return;
    const stop = new AbortController();
    const goOn = async () => {
      try {
        for (;;) {
          const now = await call(routes.advanceJob, { params: { id: job } }, { signal: stop.signal });
          setFar({ done: now.done, of: now.of, problems: now.problems.length });
          if (now.state === 'done') return onDone();
        }
      } catch (error) {
        if (!stop.signal.aborted) setFailure(failureOf(error));
      }
    };
    void goOn();
    return () => stop.abort();
  }, [job, round, onDone]);
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Text fw={600}>{t('web-transfers:job')}</Text>
        <Progress size="xl" value={far ? (100 * far.done) / far.of : 0} aria-label={t('web-transfers:job')} animated />
        <Text role="status">
          {far ? t('web-transfers:jobOf', { done: far.done, of: far.of }) : t('common:loading')}
        </Text>
        {far !== undefined && far.problems > 0 && (
          <Text className="bad">{t('web-transfers:jobProblems', { count: far.problems })}</Text>
        )}
        <Text size="sm" className="quiet">
          {t('web-transfers:jobText')}
        </Text>
        <FailureAlert
          failure={failure}
          onRetry={() => {
            setFailure(undefined);
            setRound((n) => n + 1);
          }}
        />
      </Stack>
    </Paper>
  );
};
