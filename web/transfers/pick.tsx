/**
 * Picking with a phone in the hand: the next shelf in large letters, a scan a pack, or all of it at once; what was
 * picked is held from that moment. On paper it is the list for the walk.
 */
import { transferRoutes } from '@darmon/function-inventory/transfer-routes';
import { Button, Group, NumberInput, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconCircleCheck, IconPrinter, IconTruck } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ScanField } from '../scan/scan-field.tsx';
import { type Call, useAnswer, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { type T, useFormat, useT } from '../shared/language.ts';
import {
  Dialog,
  FailureAlert,
  isProblem,
  type Note,
  numberOf,
  Page,
  Said,
  Section,
  Waiting,
} from '../shared/parts.tsx';
import { useAmount, useTransfer } from './parts.tsx';
import type { PickListItem, TransferDetail, TransferLot } from './transfer-view.ts';

type Picks = Call<typeof transferRoutes.pickTransfer>;
type PickBody = Parameters<Picks['run']>[0]['body'];

export const PickPage = () => {
  const t = useT();
  const { id } = useParams({ from: '/signed-in/transfers/$id/pick' });
  const { transfer, refresh } = useTransfer(id);
  const list = useAnswer(transferRoutes.readPickList, { params: { id } });
  const number = transfer.data?.number ?? '';
  return (
    <Page
      title={t('web-transfers:pickTitle', { number })}
      action={
        <Button
          className="no-print"
          variant="default"
          leftSection={<IconPrinter size={20} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('web-transfers:printList')}
        </Button>
      }
    >
      {(transfer.isPending || list.isPending) && <Waiting />}
      <FailureAlert failure={transfer.error ?? list.error} onRetry={() => void refresh()} />
      {transfer.data && list.data && (
        <Picking transfer={transfer.data} items={list.data.items} missing={list.data.missing} refresh={refresh} />
      )}
    </Page>
  );
};

const placeText = (t: T, { zone, shelf }: { readonly zone?: string; readonly shelf?: string }): string => {
  if (zone === undefined) return t('web-transfers:noPlace');
  return shelf === undefined ? t('web-transfers:zoneOnly', { zone }) : t('web-transfers:place', { zone, shelf });
};

const Picking = ({
  transfer,
  items,
  missing,
  refresh,
}: {
  readonly transfer: TransferDetail;
  readonly items: readonly PickListItem[];
  readonly missing: readonly { readonly line: number; readonly medicine: string; readonly quantity: number }[];
  readonly refresh: () => Promise<unknown>;
}) => {
  const t = useT();
  const formulary = useFormulary();
  const amountOf = useAmount();
  const pick = useCall(transferRoutes.pickTransfer);
  const [note, setNote] = useState<Note | undefined>();
  /** What waits for the reason of another lot. */
  const [asking, setAsking] = useState<PickBody | undefined>();
  const [round, setRound] = useState(0);
  const { id } = transfer;
  const [next, ...rest] = items;

  const finish = async (body: PickBody, sending: ReturnType<Picks['run']>) => {
    const answer = await sending;
    if (!answer) return setAsking(body);
    setAsking(undefined);
    const units = new Map(answer.touched.map((line) => [line.line, line.medicine]));
    const said = answer.picks.map((p) => {
      const medicine = units.get(p.line) ?? '';
      return t('web-transfers:tookNote', {
        name: formulary.name(medicine),
        units: amountOf(
          medicine,
          p.quantity,
          formulary.byGtin(p.gtin)?.packs.find((one) => one.gtin === p.gtin)?.units,
        ),
      });
    });
    setNote({ good: true, text: said.join('. ') });
    await refresh();
    setRound((n) => n + 1);
  };
  const run = (body: PickBody) => {
    setNote(undefined);
    void finish(body, pick.run({ params: { id }, body }));
  };
  const needsReason = asking !== undefined && isProblem(pick.failure, 'lot-reason-missing');
  return (
    <Stack gap="md">
      <Said note={note} />
      {!needsReason && (
        <FailureAlert
          failure={pick.failure}
          uncertain={pick.uncertain}
          onRetry={asking && (() => void finish(asking, pick.retry()))}
        />
      )}
      {next ? (
        <NextShelf key={`${next.line}#${next.gtin}#${next.lot}`} item={next} pick={pick} onTake={run} />
      ) : (
        <Paper withBorder p="md" className="no-print">
          <Stack gap="xs">
            <Group gap="xs">
              <IconCircleCheck size={28} className="good" aria-hidden />
              <Text fw={650}>{t('web-transfers:pickDone')}</Text>
            </Group>
            <Text>{t('web-transfers:pickDoneText')}</Text>
          </Stack>
        </Paper>
      )}
      <ScanField
        label={t('web-transfers:pickField')}
        hint={t('web-transfers:pickHint')}
        submit={t('web-transfers:took')}
        variant="compact"
        stayOpen
        note={note?.text}
        pending={pick.pending}
        focusRound={round}
        onScan={(scan) => !pick.pending && !pick.uncertain && run({ picks: [{ scan }] })}
      />
      {missing.length > 0 && (
        <Section title={t('web-transfers:missing')} id="pick-missing">
          <ul className="rows">
            {missing.map((one) => (
              <li key={one.line}>
                {formulary.name(one.medicine)}: <strong>{amountOf(one.medicine, one.quantity)}</strong>
              </li>
            ))}
          </ul>
          <Text size="sm">{t('web-transfers:missingText')}</Text>
        </Section>
      )}
      {rest.length > 0 && (
        <div className="no-print">
          <Section title={t('web-transfers:afterwards')} id="pick-rest">
            <ol className="rows transfer-lines">
              {rest.map((item) => (
                <li key={`${item.line}#${item.gtin}#${item.lot}`}>
                  <WalkLine item={item} />
                </li>
              ))}
            </ol>
          </Section>
        </div>
      )}
      <PrintedWalk transfer={transfer} items={items} />
      <Picked transfer={transfer} refresh={refresh} />
      {transfer.lots.length > 0 && (
        <Group className="no-print">
          <Button
            size="lg"
            renderRoot={(props) => <Link to="/transfers/$id" params={{ id }} {...props} />}
            variant={next ? 'default' : 'filled'}
            leftSection={<IconTruck size={24} aria-hidden />}
          >
            {t('web-transfers:shipTitle')}
          </Button>
        </Group>
      )}
      {needsReason && asking && (
        <OtherLot
          pending={pick.pending}
          onClose={() => {
            setAsking(undefined);
            pick.reset();
          }}
          onReason={(reason) => run({ ...asking, reason })}
        />
      )}
    </Stack>
  );
};

/** Where to go now, what to take, and the button for all of it. */
const NextShelf = ({
  item,
  pick,
  onTake,
}: {
  readonly item: PickListItem;
  readonly pick: Picks;
  readonly onTake: (body: PickBody) => void;
}) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const amountOf = useAmount();
  const [part, setPart] = useState<number | undefined>();
  const [isPart, setIsPart] = useState(false);
  const { line, gtin, lot, quantity, packUnits, medicine } = item;
  const frozen = pick.pending || pick.uncertain;
  const take = (units: number) => onTake({ picks: [{ line, gtin, lot, quantity: units }] });
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="next-shelf" className="pick-next no-print">
      <Stack gap="xs">
        <Title order={2} id="next-shelf" fz="1rem" className="quiet">
          {t('web-transfers:nextShelf')}
        </Title>
        <Text className="pick-place">{placeText(t, item)}</Text>
        <Text fw={650} fz="1.15rem">
          {formulary.name(medicine)}
        </Text>
        <Text className="pick-lot number">
          {item.brand} · {t('web-transfers:lotOf', { lot, day: format.day(item.expiryDate) })}
        </Text>
        <Text className="pick-amount">{amountOf(medicine, quantity, packUnits)}</Text>
        <Button
          size="lg"
          loading={pick.pending}
          disabled={pick.uncertain}
          leftSection={<IconCheck size={24} aria-hidden />}
          onClick={() => take(quantity)}
        >
          {t('web-transfers:takeAll')}
        </Button>
        {!isPart && (
          <Button variant="subtle" mih={44} disabled={frozen} onClick={() => setIsPart(true)}>
            {t('web-transfers:takePart')}
          </Button>
        )}
        {isPart && (
          <Group gap="sm" align="end">
            <NumberInput
              className="grow"
              label={t('web-transfers:units')}
              min={1}
              max={quantity}
              allowDecimal={false}
              autoFocus
              value={part ?? ''}
              disabled={frozen}
              onChange={(value) => setPart(numberOf(value))}
            />
            <Button disabled={!part || frozen} onClick={() => part && take(part)}>
              {t('web-transfers:took')}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
};

const WalkLine = ({ item }: { readonly item: PickListItem }) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const amountOf = useAmount();
  return (
    <>
      <Text fw={650}>{placeText(t, item)}</Text>
      <Text>
        {formulary.name(item.medicine)} · <strong>{amountOf(item.medicine, item.quantity, item.packUnits)}</strong>
      </Text>
      <Text size="sm" className="quiet number">
        {item.brand} · {t('web-transfers:lotOf', { lot: item.lot, day: format.day(item.expiryDate) })}
      </Text>
    </>
  );
};

/** The same on paper, with a box to tick for each. */
const PrintedWalk = ({
  transfer,
  items,
}: {
  readonly transfer: TransferDetail;
  readonly items: readonly PickListItem[];
}) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const amountOf = useAmount();
  return (
    <section className="only-print">
      <p>
        {t('web-transfers:fromTo', { from: transfer.from, to: transfer.to })} · {format.instant(transfer.at)}
      </p>
      <table className="slip-table">
        <thead>
          <tr>
            <th>{t('web-transfers:placeOf')}</th>
            <th>{t('web-transfers:lines')}</th>
            <th>{t('common:lot')}</th>
            <th>{t('common:quantity')}</th>
            <th>✓</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.line}#${item.gtin}#${item.lot}`}>
              <td>{placeText(t, item)}</td>
              <td>
                {formulary.name(item.medicine)}, {item.brand}
              </td>
              <td>
                {item.lot}, {format.day(item.expiryDate)}
              </td>
              <td>{amountOf(item.medicine, item.quantity, item.packUnits)}</td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <div className="slip-signs">
        <div>{t('web-transfers:signPicked')}</div>
      </div>
    </section>
  );
};

const Picked = ({
  transfer,
  refresh,
}: {
  readonly transfer: TransferDetail;
  readonly refresh: () => Promise<unknown>;
}) => {
  const t = useT();
  const formulary = useFormulary();
  const amountOf = useAmount();
  const undo = useCall(transferRoutes.undoPick);
  const finish = async (sending: Promise<unknown>) => {
    if (await sending) await refresh();
  };
  if (transfer.lots.length === 0) return null;
  const putBack = ({ line, gtin, lot }: TransferLot) =>
    void finish(undo.run({ params: { id: transfer.id }, body: { line, gtin, lot } }));
  return (
    <div className="no-print">
      <Section title={t('web-transfers:pickedSoFar')} id="picked">
        <FailureAlert failure={undo.failure} uncertain={undo.uncertain} onRetry={() => void finish(undo.retry())} />
        <ul className="rows transfer-lines">
          {transfer.lots.map((lot) => (
            <li key={`${lot.line}#${lot.gtin}#${lot.lot}`} className="row-between">
              <div>
                <Text fw={600}>{formulary.name(lot.medicine)}</Text>
                <Text size="sm">
                  <span className="number">{lot.lot}</span> ·{' '}
                  <strong>{amountOf(lot.medicine, lot.picked, lot.packUnits)}</strong>
                </Text>
              </div>
              <Button
                variant="subtle"
                mih={44}
                disabled={undo.pending || undo.uncertain}
                leftSection={<IconArrowBackUp size={20} aria-hidden />}
                aria-label={t('web-transfers:putBackOf', { name: formulary.name(lot.medicine), lot: lot.lot })}
                onClick={() => putBack(lot)}
              >
                {t('web-transfers:putBack')}
              </Button>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
};

const usual = ['damaged', 'notThere', 'asked'] as const;

/** Why another lot than the first to expire: one tap for what is usual, or in own words. */
const OtherLot = ({
  pending,
  onClose,
  onReason,
}: {
  readonly pending: boolean;
  readonly onClose: () => void;
  readonly onReason: (reason: string) => void;
}) => {
  const t = useT();
  const [reason, setReason] = useState('');
  return (
    <Dialog opened onClose={onClose} title={t('web-transfers:reasonTitle')}>
      <Stack gap="md">
        <div className="choices">
          {usual.map((one) => {
            const text = t(`web-transfers:reason.${one}`);
            return (
              <button
                key={one}
                type="button"
                className="usual"
                aria-pressed={reason === text}
                onClick={() => setReason(text)}
              >
                {text}
              </button>
            );
          })}
        </div>
        <Textarea
          data-autofocus
          label={t('web-transfers:reason')}
          value={reason}
          maxLength={300}
          autosize
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button size="md" loading={pending} disabled={reason.trim().length < 3} onClick={() => onReason(reason.trim())}>
          {t('web-transfers:confirm')}
        </Button>
      </Stack>
    </Dialog>
  );
};
