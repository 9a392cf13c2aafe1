/** How deliveries differed: what is open, and what became of the rest. */

import { type Resolution, resolutions } from '@darmon/domain/receiving';
import { receiptRoutes } from '@darmon/function-inventory/receipt-routes';
import type { AnswerOf } from '@darmon/http/route';
import { quantityText } from '@darmon/i18n/dosage';
import { Anchor, Button, Group, Radio, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { IconCheck, IconCircleCheck, IconPhoto } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { KeptPhoto } from '../photos/kept-photo.tsx';
import { useAll } from '../shared/all-pages.ts';
import { ChooseSite, isKeeper } from '../shared/choose-site.tsx';
import { keyOf, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { useNames } from '../shared/names.ts';
import { Dialog, Empty, FailureAlert, Mark, Page, Waiting } from '../shared/parts.tsx';
import { KindMark } from './tell.tsx';

type Recorded = AnswerOf<typeof receiptRoutes.listDiscrepancies>['items'][number];
const states = ['open', 'resolved'] as const;
type State = (typeof states)[number];

export const DiscrepanciesPage = () => {
  const t = useT();
  const { data: me } = useMe();
  const [other, setOther] = useState<string | undefined>();
  const [state, setState] = useState<State>('open');
  const site = other ?? me?.site;
  return (
    <Page title={t('web-receiving:discrepancies')}>
      {me && !isKeeper(me) && <ChooseSite site={site} onChoose={setOther} />}
      <SegmentedControl
        className="no-print"
        aria-label={t('web-receiving:filter.label')}
        value={state}
        data={states.map((one) => ({ value: one, label: t(`web-receiving:show.${one}`) }))}
        onChange={(value) => setState(value as State)}
      />
      {site !== undefined && <List site={site} state={state} />}
    </Page>
  );
};

const List = ({ site, state }: { readonly site: string; readonly state: State }) => {
  const t = useT();
  const list = useAll(receiptRoutes.listDiscrepancies, { params: { site }, query: { state } });
  if (list.isPending) return <Waiting />;
  if (list.error) return <FailureAlert failure={list.error} onRetry={() => void list.refetch()} />;
  if (list.data.length === 0)
    return (
      <Empty title={t(state === 'open' ? 'web-receiving:noDiscrepancies' : 'common:nothingFound')}>
        <Text>{t('web-receiving:noDiscrepanciesText')}</Text>
      </Empty>
    );
  return (
    <ul className="plain-list discrepancy-list">
      {list.data.map((one) => (
        <li key={one.id}>
          <DiscrepancyCard of={one} site={site} withReceipt />
        </li>
      ))}
    </ul>
  );
};

/** One discrepancy with its figures, its photos and what became of it. */
export const DiscrepancyCard = ({
  of,
  site,
  withReceipt,
}: {
  readonly of: Recorded;
  readonly site: string;
  readonly withReceipt: boolean;
}) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const { data: me } = useMe();
  const [settling, setSettling] = useState(false);
  const medicine = of.medicine === undefined ? undefined : formulary.byCode(of.medicine);
  const name = medicine ? formulary.name(medicine.code) : (of.gtin ?? t('web-receiving:kind.unknown'));
  const amount = (units: number) => quantityText(units, medicine?.unit ?? 'piece', language);
  const nameOf = useNames([of.resolvedBy]);
  const maySettle = me !== undefined && (isKeeper(me) || me.roles.includes('quality'));
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="sm">
        <Group gap="xs">
          <KindMark kind={of.kind} />
          <Text fw={650}>{name}</Text>
          {of.lot !== undefined && (
            <Text>
              {t('common:lot')} <span className="number">{of.lot}</span>
            </Text>
          )}
        </Group>
        {of.state === 'open' && maySettle && (
          <Button
            className="no-print"
            variant="default"
            leftSection={<IconCheck size={18} aria-hidden />}
            aria-label={t('web-receiving:settleOf', { kind: t(`web-receiving:kind.${of.kind}`), name })}
            onClick={() => setSettling(true)}
          >
            {t('web-receiving:settle')}
          </Button>
        )}
      </Group>
      <Text size="sm">
        {[
          of.expected !== undefined && t('web-receiving:expectedWas', { units: amount(of.expected) }),
          of.received !== undefined && t('web-receiving:cameWas', { units: amount(of.received) }),
          of.expiryDate !== undefined && t('web-receiving:expiryWas', { day: format.day(of.expiryDate) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {of.note !== undefined && <Text size="sm">{of.note}</Text>}
      <Photos ids={of.photos ?? []} />
      <Text size="sm" className="quiet">
        {format.instant(of.at)}
        {withReceipt && (
          <>
            {' · '}
            <Anchor
              underline="always"
              renderRoot={(props) => (
                <Link {...props} to="/warehouse/receipts/$id" params={{ id: of.receipt }} search={{ site }} />
              )}
            >
              {t('web-receiving:toReceipt', { number: of.receipt.slice(-8) })}
            </Anchor>
          </>
        )}
      </Text>
      {of.resolution !== undefined && (
        <Group gap="xs">
          <Mark color="green" Icon={IconCircleCheck}>
            {t('web-receiving:show.resolved')}
          </Mark>
          <Text size="sm">
            {t('web-receiving:settled', {
              resolution: t(`web-receiving:resolution.${of.resolution}`),
              reason: of.reason ?? '',
            })}
            {` (${nameOf(of.resolvedBy ?? '')})`}
          </Text>
        </Group>
      )}
      {settling && <SettleDialog of={of} site={site} name={name} onClose={() => setSettling(false)} />}
    </Stack>
  );
};

/** Shown when asked for: a weak network loads none that nobody looks at. */
const Photos = ({ ids }: { readonly ids: readonly string[] }) => {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  if (ids.length === 0) return null;
  if (!isOpen)
    return (
      <div className="no-print">
        <Button variant="default" leftSection={<IconPhoto size={18} aria-hidden />} onClick={() => setOpen(true)}>
          {t('web-receiving:photos', { count: ids.length })}
        </Button>
      </div>
    );
  return (
    <Group gap="xs">
      {ids.map((id, at) => (
        <KeptPhoto key={id} id={id} n={at + 1} />
      ))}
    </Group>
  );
};

const SettleDialog = ({
  of,
  site,
  name,
  onClose,
}: {
  readonly of: Recorded;
  readonly site: string;
  readonly name: string;
  readonly onClose: () => void;
}) => {
  const t = useT();
  const queries = useQueryClient();
  const settle = useCall(receiptRoutes.resolveDiscrepancy);
  const [resolution, setResolution] = useState<Resolution | undefined>();
  const [reason, setReason] = useState('');
  const finish = async (sent: Promise<unknown>) => {
    if (!(await sent)) return;
    for (const route of [receiptRoutes.listDiscrepancies, receiptRoutes.readReceipt, receiptRoutes.listReceipts])
      void queries.invalidateQueries({ queryKey: keyOf(route) });
    onClose();
  };
  const frozen = settle.pending || settle.uncertain;
  return (
    <Dialog opened onClose={onClose} title={`${t(`web-receiving:kind.${of.kind}`)}: ${name}`}>
      <Stack gap="md">
        <Radio.Group
          label={t('web-receiving:outcome')}
          value={resolution ?? ''}
          onChange={(value) => setResolution(value as Resolution)}
        >
          <Stack gap="xs" mt="xs">
            {resolutions.map((one) => (
              <Radio key={one} size="md" value={one} disabled={frozen} label={t(`web-receiving:resolution.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t('web-warehouse:why')}
          description={t('web-warehouse:whyHint')}
          value={reason}
          maxLength={300}
          required
          disabled={frozen}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FailureAlert
          failure={settle.failure}
          uncertain={settle.uncertain}
          onRetry={() => void finish(settle.retry())}
        />
        <Button
          size="lg"
          loading={settle.pending}
          disabled={resolution === undefined || reason.trim().length < 3 || settle.uncertain}
          onClick={() =>
            resolution &&
            void finish(settle.run({ params: { site, id: of.id }, body: { resolution, reason: reason.trim() } }))
          }
        >
          {t('common:save')}
        </Button>
      </Stack>
    </Dialog>
  );
};
