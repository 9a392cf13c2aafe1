/** A purchase order on A4: who orders what of whom, in which packs, at which price and until when. It names no person. */
import type { Medicine } from '@darmon/domain/medicine';
import type { OrderText } from '@darmon/domain/order-message';
import { dayText, timeText } from '@darmon/i18n/dates';
import { quantityText } from '@darmon/i18n/dosage';
import type { Language } from '@darmon/i18n/language';
import { innText } from '@darmon/i18n/medicine';
import { amountText } from '@darmon/i18n/money';
import { type Translate, translatorOf } from '@darmon/i18n/translator';
import { purchaseOrder } from '@darmon/i18n/words/purchase-order';
import type { Column, Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import { type DocumentFonts, drawPdf, fontFamily, mm } from './pdf.ts';

const words = { order: purchaseOrder };
const translator = translatorOf(words);
type T = Translate<typeof words>;

type MedicineOf = (code: string) => Pick<Medicine, 'inn' | 'innRu' | 'innUz' | 'strength' | 'unit'> | undefined;

export interface PrintedOrder extends OrderText {
  /** What a code stands for; one that is unknown is shown as it is. */
  readonly medicineOf: MedicineOf;
}

const page = { side: mm(15), top: mm(14), bottom: mm(14) };

const named = (name: string, lines: readonly (string | undefined)[]): Column => ({
  width: '*',
  stack: [
    { text: name, style: 'label' },
    ...lines.filter((text) => text !== undefined).map((text, i) => ({ text, bold: i === 0 })),
  ],
});

const linesTable = (t: T, { order, medicineOf }: PrintedOrder, language: Language): Content => {
  const heads = ['place', 'medicine', 'gtin', 'packUnits', 'packs', 'packPrice', 'amount'] as const;
  const money = (amount: number) => ({
    text: amountText(amount, order.currency, language),
    alignment: 'right' as const,
  });
  return {
    margin: [0, 10, 0, 0],
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [18, '*', 74, 50, 40, 76, 84],
      body: [
        heads.map((head): TableCell => ({ text: t(`order:${head}`), bold: true })),
        ...order.lines.map((line): TableCell[] => {
          const medicine = medicineOf(line.medicine);
          return [
            { text: String(line.line), alignment: 'right' },
            {
              stack: [
                { text: medicine ? `${innText(medicine, language)} ${medicine.strength}` : line.medicine, bold: true },
                { text: line.brand },
              ],
            },
            { text: line.gtin },
            { text: quantityText(line.packUnits, medicine?.unit ?? 'piece', language), alignment: 'right' },
            { text: String(line.packs), alignment: 'right', bold: true },
            money(line.packPrice),
            money(line.packs * line.packPrice),
          ];
        }),
        [{ text: t('order:total'), bold: true, colSpan: 6 }, '', '', '', '', '', { ...money(order.value), bold: true }],
      ],
    },
    layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5, hLineColor: () => '#000', vLineColor: () => '#000' },
  };
};

const definition = (printed: PrintedOrder, language: Language): TDocumentDefinitions => {
  const t = translator(language);
  const { order, number, supplier, site } = printed;
  return {
    pageSize: 'A4',
    pageMargins: [page.side, page.top, page.side, page.bottom],
    info: {
      title: `${t('order:title')} ${number}`,
      creator: 'Darmon',
      producer: 'Darmon',
      creationDate: new Date(order.at),
    },
    language,
    defaultStyle: { font: fontFamily, fontSize: 9, lineHeight: 1.08, color: '#000' },
    styles: { title: { fontSize: 14, bold: true }, label: { fontSize: 7.5 } },
    content: [
      { text: t('order:numbered', { number }), style: 'title' },
      { text: t(`order:state.${order.state}`), bold: true, margin: [0, 0, 0, 8] },
      {
        columns: [
          named(t('order:supplier'), [
            `${supplier.name} (${supplier.id})`,
            supplier.address,
            supplier.taxId === undefined ? undefined : `${t('order:taxId')} ${supplier.taxId}`,
          ]),
          named(t('order:deliverTo'), [`${site.name} (${site.id})`, site.address]),
          named(t('order:issued'), [timeText(order.at)]),
          named(t('order:due'), [dayText(order.due)]),
        ],
        columnGap: 12,
      },
      linesTable(t, printed, language),
      ...(order.note === undefined
        ? []
        : [{ text: `${t('order:note')}: ${order.note}`, margin: [0, 8, 0, 0] as [number, number, number, number] }]),
      {
        unbreakable: true,
        margin: [0, 28, 0, 0],
        columns: [t('order:signature'), t('order:confirmed')].map(
          (text): Column => ({
            width: '*',
            stack: [
              { canvas: [{ type: 'line', x1: 0, y1: 0, x2: 220, y2: 0, lineWidth: 0.5 }] },
              { text, style: 'label', margin: [0, 3, 0, 0] },
            ],
          }),
        ),
      },
    ],
    footer: (at, pages) => ({
      text: `${number}   ${t('order:pageOf', { page: at, pages })}`,
      style: 'label',
      alignment: 'center',
    }),
  };
};

/** The order as a PDF on as many A4 pages as it needs. The same input gives the same bytes. */
export const purchaseOrderPdf = async (
  order: PrintedOrder,
  language: Language,
  fonts: DocumentFonts,
): Promise<Uint8Array> => (await drawPdf(definition(order, language), fonts)).bytes;
