/** The order as paper, sheet, UBL and JSON, made on this device. */
import { type OrderText, orderMessage } from '@darmon/domain/order-message';
import { supplierRoutes } from '@darmon/function-procurement/supplier-routes';
import { type Language, languageNames, languages } from '@darmon/i18n/language';
import { innText } from '@darmon/i18n/medicine';
import { plainAmount } from '@darmon/i18n/money';
import { translatorOf } from '@darmon/i18n/translator';
import { purchaseOrder } from '@darmon/i18n/words/purchase-order';
import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { useAnswer } from '../shared/client.ts';
import { type Formulary, useFormulary } from '../shared/formulary.ts';
import { useLanguage, useT } from '../shared/language.ts';
import { Section, Waiting } from '../shared/parts.tsx';
import { canPrint, download, print } from '../shared/print.ts';
import type { Order } from './parts.tsx';

const translator = translatorOf({ order: purchaseOrder });
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const priced: ReadonlySet<string> = new Set(['packPrice', 'amount']);

const pdfOf = async (text: OrderText, formulary: Formulary, language: Language): Promise<Uint8Array> => {
  const [{ purchaseOrderPdf }, { paperFonts }] = await Promise.all([
    import('@darmon/documents/purchase-order'),
    import('../shared/paper-fonts.ts'),
  ]);
  return purchaseOrderPdf({ ...text, medicineOf: formulary.byCode }, language, await paperFonts());
};

const sheetOf = async (text: OrderText, formulary: Formulary, language: Language): Promise<Uint8Array> => {
  const { workbookOf } = await import('@darmon/documents/workbook');
  const t = translator(language);
  const { order, number, supplier, site } = text;
  const plain = (amount: number) => plainAmount(amount, order.currency);
  const heads = ['place', 'gtin', 'medicine', 'brand', 'packUnits', 'packs', 'packPrice', 'amount'] as const;
  const lines = order.lines.map((line) => {
    const medicine = formulary.byCode(line.medicine);
    return [
      String(line.line),
      line.gtin,
      medicine ? `${innText(medicine, language)} ${medicine.strength}` : line.medicine,
      line.brand,
      String(line.packUnits),
      String(line.packs),
      plain(line.packPrice),
      plain(line.packs * line.packPrice),
    ];
  });
  return workbookOf([
    {
      name: number,
      rows: [
        heads.map((head) => (priced.has(head) ? `${t(`order:${head}`)}, ${order.currency}` : t(`order:${head}`))),
        ...lines,
        ['', '', '', '', '', '', t('order:total'), plain(order.value)],
      ],
    },
    {
      name: t('order:title'),
      rows: [
        [t('order:title'), number],
        [t('order:supplier'), `${supplier.name} (${supplier.id})`],
        [t('order:deliverTo'), `${site.name} (${site.id})`],
        [t('order:due'), order.due],
      ],
    },
  ]);
};

export const OrderPapers = ({ order }: { readonly order: Order }) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  const sites = useSites();
  const found = useAnswer(supplierRoutes.readSupplier, { params: { id: order.supplier } }, { staleTime: 600_000 });
  const [chosen, setChosen] = useState<Language>();
  const [state, setState] = useState<'ready' | 'making' | 'failed'>('ready');
  const paperLanguage = chosen ?? language;
  const site = sites.data?.find(({ id }) => id === order.site);
  const supplier = found.data?.supplier;
  const text: OrderText | undefined = supplier &&
    site && { order, number: order.number, supplier, site: { ...site, address: site.address } };
  const busy = state === 'making' || formulary.isPending || !text;
  const make = async (use: (text: OrderText) => Promise<void> | void) => {
    if (busy || !text) return;
    setState('making');
    try {
      await use(text);
      setState('ready');
    } catch {
      setState('failed');
    }
  };
  const save = (bytes: Uint8Array, end: string) =>
    download(bytes, `${t('web-orders:file-name')}-${order.number}.${end}`);
  const files = {
    pdf: async (of: OrderText) => save(await pdfOf(of, formulary, paperLanguage), 'pdf'),
    xlsx: async (of: OrderText) => save(await sheetOf(of, formulary, paperLanguage), 'xlsx'),
    ubl: async (of: OrderText) => save(utf8((await import('@darmon/documents/order-ubl')).orderUbl(of)), 'xml'),
    json: (of: OrderText) => save(utf8(JSON.stringify(orderMessage('order', of), undefined, 2)), 'json'),
  };
  return (
    <Section id="order-papers" title={t('web-orders:papers')}>
      <Group align="flex-end" gap="sm">
        <NativeSelect
          label={t('web-orders:paperLanguage')}
          value={paperLanguage}
          data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
          onChange={(event) => setChosen(event.currentTarget.value as Language)}
        />
        {canPrint() && (
          <Button
            variant="default"
            disabled={busy}
            leftSection={<IconPrinter size={20} aria-hidden />}
            onClick={() => void make(async (of) => print(await pdfOf(of, formulary, paperLanguage)))}
          >
            {t('web-orders:print')}
          </Button>
        )}
        {(['pdf', 'xlsx', 'ubl', 'json'] as const).map((kind) => (
          <Button
            key={kind}
            variant="default"
            disabled={busy}
            leftSection={<IconDownload size={20} aria-hidden />}
            onClick={() => void make(files[kind])}
          >
            {t(`web-orders:${kind}`)}
          </Button>
        ))}
      </Group>
      {state === 'making' && <Waiting label={t('web-orders:making')} />}
      {state === 'failed' && (
        <Text role="alert" className="bad">
          {t('web-orders:failed')}
        </Text>
      )}
    </Section>
  );
};
