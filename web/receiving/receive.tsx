/** Receiving: packs, cases and cartons scanned one after the other, ticked off a supplier's list where there is one, and one button. */
import { gtinCheckDigit } from '@darmon/domain/gs1';
import { tashkentDay } from '@darmon/domain/time';
import { maxReceiptLines, receiptRoutes } from '@darmon/function-inventory/receipt-routes';
import { routes } from '@darmon/function-inventory/routes';
import { orderRoutes } from '@darmon/function-procurement/order-routes';
import type { AnswerOf } from '@darmon/http/route';
import { quantityText } from '@darmon/i18n/dosage';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconFileText,
  IconFlag,
  IconInfoCircle,
  IconPackageImport,
  IconTrash,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type ScannedCarton, type ScannedPack, wantGoods } from '../scan/meaning.ts';
import { ScanField } from '../scan/scan-field.tsx';
import { keyOf, UncertainError } from '../shared/client.ts';
import { type Formulary, useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Dialog, Empty, FailureAlert, isProblem, type Note, Page, Said, Waiting } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import { CaseDialog } from './case-dialog.tsx';
import { ChooseList, ListProgress } from './choose-list.tsx';
import { Details, Temperatures } from './details.tsx';
import {
  addByHand,
  bodyOf,
  type Draft,
  needsOf,
  packOfCase,
  readingsFor,
  sentLines,
  standingOf,
  takePack,
  tell,
  tickCarton,
  untell,
} from './draft.ts';
import { Lines } from './lines.tsx';
import { OfOrder } from './of-order.tsx';
import { TellDialog, type Telling, ToldList } from './tell.tsx';
import { type Delivery, useDelivery } from './use-delivery.ts';

export const ReceivePage = () => {
  const t = useT();
  const formulary = useFormulary();
  const { data: me } = useMe();
  return (
    <Page
      title={t('web-warehouse:receiveTitle')}
      action={
        <Group gap="xs" className="no-print">
          <Button
            variant="default"
            component={Link}
            to="/warehouse/receipts"
            leftSection={<IconFileText size={20} aria-hidden />}
          >
            {t('web-receiving:receipts')}
          </Button>
          <Button
            variant="default"
            component={Link}
            to="/warehouse/receipts/discrepancies"
            leftSection={<IconFlag size={20} aria-hidden />}
          >
            {t('web-receiving:discrepancies')}
          </Button>
        </Group>
      }
    >
      {(formulary.isPending || !me) && <Waiting />}
      {formulary.failed && <FailureAlert failure={new UncertainError()} onRetry={formulary.retry} />}
      {/* Without the formulary every pack would be called unknown. */}
      {formulary.medicines.length > 0 && me && <Receive site={me.site} formulary={formulary} />}
    </Page>
  );
};

const unitsIn = (formulary: Formulary) => (gtin: string) =>
  formulary.byGtin(gtin)?.packs.find((p) => p.gtin === gtin)?.units ?? 1;

const newKey = () => crypto.randomUUID();

const Receive = ({ site, formulary }: { readonly site: string; readonly formulary: Formulary }) => {
  const delivery = useDelivery(site);
  if (!delivery.draft) return <Waiting />;
  return <Open site={site} formulary={formulary} delivery={delivery} draft={delivery.draft} />;
};

/** A case whose packs have to be counted once. */
interface Asked {
  readonly gtin: string;
  readonly pack: ScannedPack;
  readonly cases: number;
}

const Open = ({
  site,
  formulary,
  delivery,
  draft,
}: {
  readonly site: string;
  readonly formulary: Formulary;
  readonly delivery: Delivery;
  readonly draft: Draft;
}) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { order: wanted } = useSearch({ strict: false }) as { order?: string };
  const [note, setNote] = useState<Note | undefined>();
  const [asked, setAsked] = useState<Asked | undefined>();
  const [telling, setTelling] = useState<Telling | undefined>();
  const [clearing, setClearing] = useState(false);
  const today = tashkentDay(Date.now());
  const frozen = delivery.pending || delivery.uncertain;
  const units = unitsIn(formulary);
  const wrong = (text: string) => setNote({ good: false, text });

  const takePacks = (pack: ScannedPack, count = 1) => {
    const medicine = formulary.byGtin(pack.gtin);
    if (!medicine) return wrong(t('web-warehouse:unknownGtin', { gtin: pack.gtin }));
    const taken = takePack(delivery.current(), pack, newKey(), today, count);
    if (taken.kind === 'same-serial') return wrong(t('web-warehouse:sameSerial'));
    if (taken.kind === 'too-many') return wrong(t('web-warehouse:tooMany', { max: maxReceiptLines }));
    if (taken.kind === 'expiry-conflict') {
      const { lot, first, second } = taken;
      return wrong(t('web-warehouse:expiryConflict', { lot, first: format.day(first), second: format.day(second) }));
    }
    delivery.change(() => taken.draft);
    const name = formulary.name(medicine.code);
    const { line } = taken;
    if (taken.kind === 'needs') return wrong(t('web-warehouse:addedNeeds', { name }));
    const standing = standingOf(line, draft.list !== undefined);
    const isMore = standing === 'over' || standing === 'extra';
    return setNote({
      good: !isMore,
      text: [
        t('web-warehouse:added', { name: `${name}, ${line.lot}`, packs: line.packs ?? 0 }),
        isMore && t(`web-receiving:standing.${standing}`, { count: (line.packs ?? 0) - (line.expected ?? 0) }),
      ]
        .filter(Boolean)
        .join('. '),
    });
  };

  /** A case is its packs where the formulary knows them; how many, somebody counts once. */
  const takeGoods = (pack: ScannedPack, cases = 1) => {
    const knows = (gtin: string) => formulary.byGtin(gtin) !== undefined;
    const inside = knows(pack.gtin) ? undefined : packOfCase(pack.gtin, knows, gtinCheckDigit);
    if (inside === undefined) return takePacks(pack, cases);
    const { ticked, cases: known } = delivery.current();
    const name = pack.serial === undefined ? undefined : `${pack.gtin}#${pack.serial}`;
    if (name !== undefined && ticked.includes(name)) return wrong(t('web-receiving:cartonBefore'));
    const count = known[pack.gtin];
    if (count === undefined) return setAsked({ gtin: inside, pack, cases });
    if (name !== undefined) delivery.change((d) => ({ ...d, ticked: [...d.ticked, name] }));
    const { serial: _, ...of } = pack;
    return takePacks({ ...of, gtin: inside }, count * cases);
  };

  const takeCarton = (carton: ScannedCarton) => {
    const ticked = tickCarton(delivery.current(), carton.sscc, newKey, today);
    if (ticked.kind === 'ticked') {
      delivery.change(() => ticked.draft);
      return setNote({
        good: true,
        text: t('web-receiving:cartonTicked', { lines: ticked.lines, packs: ticked.packs }),
      });
    }
    if (ticked.kind === 'ticked-before' || delivery.current().ticked.includes(carton.sscc))
      return wrong(t('web-receiving:cartonBefore'));
    const { contentGtin, count, lot, expiryDate } = carton;
    if (contentGtin === undefined || count === undefined) return wrong(t('web-receiving:cartonUnknown'));
    delivery.change((d) => ({ ...d, ticked: [...d.ticked, carton.sscc] }));
    return takeGoods(
      { gtin: contentGtin, ...(lot !== undefined && { lot }), ...(expiryDate !== undefined && { expiryDate }) },
      count,
    );
  };

  const scan = (raw: string) => {
    if (frozen) return;
    const read = wantGoods(raw, today, (gtin) => formulary.byGtin(gtin) !== undefined);
    if (read.kind === 'no') return wrong(t(read.word));
    return read.kind === 'carton' ? takeCarton(read.carton) : takeGoods(read.pack);
  };

  const findPacks = (text: string) =>
    formulary.search(text, 8).flatMap((medicine) =>
      medicine.packs.map((pack) => ({
        value: pack.gtin,
        label: formulary.name(medicine.code),
        detail: (
          <Text size="sm">
            {t('web-warehouse:packSize', {
              brand: pack.brand,
              units: quantityText(pack.units, medicine.unit, language),
            })}
          </Text>
        ),
      })),
    );
  const choose = (gtin: string) => {
    const next = addByHand(delivery.current(), gtin, newKey());
    if (next) delivery.change(() => next);
    else wrong(t('web-warehouse:tooMany', { max: maxReceiptLines }));
  };

  const readings = readingsFor(draft, (gtin) => formulary.byGtin(gtin)?.storage);
  const sent = sentLines(draft);
  const missing = sent.filter((line) => needsOf(line, today).length > 0).length;
  const packs = sent.reduce((sum, line) => sum + (line.packs ?? 0), 0);
  const short = draft.lines.reduce((sum, l) => sum + Math.max(0, (l.expected ?? 0) - (l.packs ?? 0)), 0);
  const { supplier, number } = draft.document;
  const halfDocument = (supplier.trim() === '') !== (number.trim() === '');
  const halfDate = draft.backdated !== null && (!draft.backdated.day || draft.backdated.reason.trim().length < 3);
  const unread = readings.some((storage) => draft.celsius[storage] === undefined);
  const isEmpty = sent.length === 0 && draft.told.length === 0 && !draft.list;
  const blocked = isEmpty || missing > 0 || halfDocument || halfDate || unread;

  const finish = async (sending: Promise<AnswerOf<typeof receiptRoutes.receiveStock> | undefined>) => {
    const receipt = await sending;
    if (!receipt) return;
    const { readOrder, listOrdersFor } = orderRoutes;
    const { listReceipts, listExpected } = receiptRoutes;
    for (const route of [routes.listStock, listReceipts, listExpected, readOrder, listOrdersFor])
      void queries.invalidateQueries({ queryKey: keyOf(route) });
    await navigate({ to: '/warehouse/receipts/$id', params: { id: receipt.id }, search: { done: true } });
  };
  const send = () => {
    if (!blocked) void finish(delivery.send(bodyOf(draft, units)));
  };
  const serverErrors = new Map(sent.map((line, at) => [line.key, delivery.errorsOf(`/lines/${at}`)]));

  return (
    <Stack gap="md">
      {delivery.isOld && (
        <Alert color="blue" variant="light" icon={<IconInfoCircle aria-hidden />}>
          <Group justify="space-between" gap="sm">
            <Text className="grow">{t('web-receiving:kept')}</Text>
            <Button
              variant="default"
              leftSection={<IconTrash size={18} aria-hidden />}
              onClick={() => setClearing(true)}
            >
              {t('web-receiving:startAgain')}
            </Button>
          </Group>
        </Alert>
      )}
      <OfOrder
        draft={draft}
        wanted={wanted}
        formulary={formulary}
        disabled={frozen}
        change={delivery.change}
        onLeave={() => {
          delivery.change(({ order: _, ...rest }) => rest);
          void navigate({ to: '/warehouse/receive', replace: true });
        }}
      />
      {draft.list ? (
        <ListProgress draft={draft} disabled={frozen} onLeave={() => setClearing(true)} />
      ) : (
        <ChooseList site={site} disabled={frozen} units={units} onList={(next) => delivery.change(next)} />
      )}
      <ScanField
        label={t('web-warehouse:packField')}
        hint={t('web-warehouse:packHint')}
        submit={t('web-scan:add')}
        stayOpen
        note={note?.text}
        onScan={scan}
      />
      <Said note={note} />
      {draft.lines.length === 0 && (
        <Empty title={t('web-warehouse:emptyTitle')}>
          <Text>{t('web-warehouse:emptyText')}</Text>
        </Empty>
      )}
      <Lines
        draft={draft}
        today={today}
        formulary={formulary}
        disabled={frozen}
        errors={serverErrors}
        isMismatch={isProblem(delivery.failure, 'expiry-mismatch')}
        change={delivery.change}
        onTell={setTelling}
      />
      <SearchField
        label={t('web-warehouse:byHand')}
        placeholder={t('web-warehouse:findMedicine')}
        busy={formulary.isPending}
        disabled={frozen}
        find={findPacks}
        resembles={formulary.resembles}
        onChoose={choose}
      />
      <ToldList
        draft={draft}
        formulary={formulary}
        disabled={frozen}
        onTell={() => setTelling({ kind: 'unknown' })}
        onUntell={(key) => delivery.change((d) => untell(d, key))}
      />
      {readings.length > 0 && (
        <Temperatures draft={draft} readings={readings} disabled={frozen} change={delivery.change} />
      )}
      <Details
        draft={draft}
        today={today}
        disabled={frozen}
        halfDocument={halfDocument}
        errorsOf={delivery.errorsOf}
        change={delivery.change}
      />
      <FailureAlert
        failure={delivery.failure}
        uncertain={delivery.uncertain}
        onRetry={() => void finish(delivery.retry())}
      />
      {!isEmpty && (
        <div className="act-bar">
          <div role="status">
            <Text>
              {missing > 0
                ? t('web-warehouse:missing', { count: missing })
                : t('web-warehouse:postSummary', { lines: sent.length, packs })}
            </Text>
            {missing === 0 && short > 0 && !draft.partial && (
              <Text size="sm" className="said-note said-wrong">
                <IconAlertTriangle size={18} aria-hidden /> {t('web-receiving:willBeShort', { packs: short })}
              </Text>
            )}
          </div>
          <Button
            size="lg"
            className="act-main"
            loading={delivery.pending}
            disabled={blocked || delivery.uncertain}
            leftSection={<IconPackageImport size={24} aria-hidden />}
            onClick={send}
          >
            {t('web-warehouse:post')}
          </Button>
        </div>
      )}
      {asked && (
        <CaseDialog
          name={formulary.name(formulary.byGtin(asked.gtin)?.code ?? asked.gtin)}
          onClose={() => setAsked(undefined)}
          onCounted={(count) => {
            setAsked(undefined);
            delivery.change((d) => ({ ...d, cases: { ...d.cases, [asked.pack.gtin]: count } }));
            takeGoods(asked.pack, asked.cases);
          }}
        />
      )}
      {telling && (
        <TellDialog
          site={site}
          of={telling}
          formulary={formulary}
          onClose={() => setTelling(undefined)}
          onTold={(told) => {
            setTelling(undefined);
            delivery.change((d) => tell(d, told));
          }}
        />
      )}
      <Dialog opened={clearing} onClose={() => setClearing(false)} title={t('web-receiving:startAgain')}>
        <Stack gap="md">
          <Text>{t('web-receiving:startAgainSure')}</Text>
          <Button
            color="red"
            size="md"
            onClick={() => {
              setClearing(false);
              setNote(undefined);
              delivery.clear();
            }}
          >
            {t('web-receiving:startAgainYes')}
          </Button>
        </Stack>
      </Dialog>
    </Stack>
  );
};
