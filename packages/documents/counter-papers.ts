/**
 * What a counter prints, in the patient's language: a label for each medicine, on a roll of 58 x 40 mm or on a sheet of
 * A4, and a receipt of roll width that says what was handed over and what is still owed. No paper names the patient
 * beyond initials: labels lie on shelves and in bins.
 */
import type { Dosage } from '@darmon/domain/dosage';
import type { Form, Medicine, Unit } from '@darmon/domain/medicine';
import { formatNumber } from '@darmon/domain/number';
import type { NonDispenseReason } from '@darmon/domain/prescription';
import { dateText, dayText } from '@darmon/i18n/dates';
import { dosageSentence, quantityText } from '@darmon/i18n/dosage';
import type { Language } from '@darmon/i18n/language';
import { formText, innText } from '@darmon/i18n/medicine';
import { type Translate, translatorOf } from '@darmon/i18n/translator';
import { counterPapers } from '@darmon/i18n/words/counter-papers';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces';
import { type DocumentFonts, drawPdf, fontFamily, mm } from './pdf.ts';
import { qrSvg } from './qr.ts';

const words = { papers: counterPapers };
const translator = translatorOf(words);
type T = Translate<typeof words>;

export interface HandedOverLine extends Pick<Medicine, 'inn' | 'innRu' | 'innUz'> {
  readonly form: Form;
  readonly strength: string;
  readonly unit: Unit;
  readonly dosage: Dosage;
  /** What was handed over now. */
  readonly quantity: number;
  readonly brand?: string | undefined;
  /** Expiry as a day. */
  readonly lots: readonly { readonly lot: string; readonly expiryDate: string }[];
  /** Units that are left, and the day for which they are promised. */
  readonly rest?: { readonly quantity: number; readonly on?: string | undefined } | undefined;
  readonly substitution?: { readonly from: string; readonly to: string } | undefined;
  readonly notDispensed?: NonDispenseReason | undefined;
  /** Tiyin. */
  readonly price?: number | undefined;
}

export interface CounterPapers {
  readonly number: string;
  /** An instant. */
  readonly at: string;
  readonly pharmacy: { readonly id: string; readonly name: string; readonly address?: string | undefined };
  /** Initials, as the signed code has them. */
  readonly patient: string;
  readonly lines: readonly HandedOverLine[];
  /** The feedback code of the dispense. */
  readonly receipt?: string | undefined;
  /** Where the codes lead, without scheme. */
  readonly host: string;
}

const nameOf = (line: HandedOverLine, language: Language): string => {
  const inn = `${innText(line, language)} ${line.strength}`;
  return line.brand === undefined ? inn : `${line.brand} (${inn})`;
};

const definitionOf = (
  p: CounterPapers,
  title: string,
  language: Language,
  page: Pick<TDocumentDefinitions, 'pageSize' | 'pageMargins' | 'content'>,
  fontSize: number,
): TDocumentDefinitions => ({
  ...page,
  info: { title, creator: 'Darmon', producer: 'Darmon', creationDate: new Date(p.at) },
  language,
  defaultStyle: { font: fontFamily, fontSize, lineHeight: 1.05, color: '#000' },
});

/** Draws at the first of the scales at which nothing flows onto another page than meant; the last is used in any case. */
const drawFitting = async (
  pages: number,
  fonts: DocumentFonts,
  make: (scale: number) => TDocumentDefinitions,
): Promise<Uint8Array> => {
  let bytes = new Uint8Array();
  for (const scale of [1.3, 1.15, 1, 0.9, 0.8, 0.7]) {
    const drawn = await drawPdf(make(scale), fonts);
    bytes = new Uint8Array(drawn.bytes);
    if (drawn.pages <= pages) break;
  }
  return bytes;
};

const labelContent = (t: T, p: CounterPapers, line: HandedOverLine, language: Language, scale: number): Content => ({
  stack: [
    {
      columns: [
        { width: '*', text: p.pharmacy.name, fontSize: 6 * scale },
        { width: 'auto', text: `${p.patient}  ${dateText(p.at)}`, fontSize: 6 * scale, bold: true },
      ],
      columnGap: 4,
    },
    { text: nameOf(line, language), bold: true, fontSize: 9 * scale, margin: [0, 2, 0, 0] },
    {
      text: `${formText(line.form, language)}, ${quantityText(line.quantity, line.unit, language)}`,
      fontSize: 7 * scale,
    },
    { text: dosageSentence(line.dosage, language), bold: true, fontSize: 8.5 * scale, margin: [0, 2, 0, 2] },
    {
      text: line.lots.map(({ lot, expiryDate }) => t('papers:lot', { lot, day: dayText(expiryDate) })).join('; '),
      fontSize: 6 * scale,
    },
    { text: `${t('papers:keepAway')}   ${formatNumber(p.number)}`, fontSize: 5.5 * scale },
  ],
});

const handedOver = (p: CounterPapers): HandedOverLine[] => p.lines.filter((l) => l.quantity > 0);

/** One label a page of 58 x 40 mm, for a roll. Lines of which nothing was handed over have none. */
export const labelsPdf = (p: CounterPapers, language: Language, fonts: DocumentFonts): Promise<Uint8Array> => {
  const t = translator(language);
  const lines = handedOver(p);
  return drawFitting(lines.length, fonts, (scale) =>
    definitionOf(
      p,
      t('papers:number', { number: formatNumber(p.number) }),
      language,
      {
        pageSize: { width: mm(58), height: mm(40) },
        pageMargins: [mm(2.5), mm(2), mm(2.5), mm(1.5)],
        content: lines.map((line, i) => ({
          stack: [labelContent(t, p, line, language, scale)],
          ...(i > 0 && { pageBreak: 'before' as const }),
        })),
      },
      8 * scale,
    ),
  );
};

const acrossSheet = 3;

/** The same labels on sheets of A4, three across, with lines to cut along. */
export const labelSheetPdf = async (
  p: CounterPapers,
  language: Language,
  fonts: DocumentFonts,
): Promise<Uint8Array> => {
  const t = translator(language);
  const cells = handedOver(p).map((line) => labelContent(t, p, line, language, 0.95));
  const rows = Array.from({ length: Math.ceil(cells.length / acrossSheet) }, (_, row) =>
    Array.from({ length: acrossSheet }, (_, column): Content => cells[row * acrossSheet + column] ?? ''),
  );
  const drawn = await drawPdf(
    definitionOf(
      p,
      t('papers:number', { number: formatNumber(p.number) }),
      language,
      {
        pageSize: 'A4',
        pageMargins: [mm(8), mm(10), mm(8), mm(10)],
        content: [
          {
            table: {
              widths: Array.from({ length: acrossSheet }, () => '*'),
              heights: mm(40),
              body: rows,
              dontBreakRows: true,
            },
            layout: {
              hLineWidth: () => 0.4,
              vLineWidth: () => 0.4,
              paddingLeft: () => mm(2),
              paddingRight: () => mm(2),
            },
          },
        ],
      },
      8,
    ),
    fonts,
  );
  return new Uint8Array(drawn.bytes);
};

/** Tiyin as soums, without a decimal where there is none. */
const soums = (tiyin: number, language: Language): string =>
  (tiyin / 100).toLocaleString(language === 'en' ? 'en' : 'ru', { maximumFractionDigits: 2 });

const receiptLine = (t: T, line: HandedOverLine, place: number, language: Language): Content => {
  const { quantity, unit, rest, substitution, notDispensed, price } = line;
  const units = (n: number): string => quantityText(n, unit, language);
  const said: string[] = [
    ...(quantity > 0 ? [t('papers:handedOver', { quantity: units(quantity) })] : []),
    ...line.lots.map(({ lot, expiryDate }) => t('papers:lot', { lot, day: dayText(expiryDate) })),
    ...(substitution ? [t('papers:substituted', substitution)] : []),
    ...(notDispensed ? [t('papers:notDispensed', { reason: t(`papers:reason.${notDispensed}`) })] : []),
    ...(price === undefined ? [] : [t('papers:price', { sum: soums(price, language) })]),
  ];
  const owed =
    rest &&
    (rest.on === undefined
      ? t('papers:rest', { quantity: units(rest.quantity) })
      : t('papers:owed', { quantity: units(rest.quantity), day: dayText(rest.on) }));
  return {
    unbreakable: true,
    margin: [0, 4, 0, 0],
    stack: [
      { text: `${place}. ${nameOf(line, language)}`, bold: true },
      ...said.map((text) => ({ text, margin: [8, 0, 0, 0] as [number, number, number, number] })),
      ...(owed === undefined
        ? []
        : [{ text: owed, bold: true, margin: [8, 0, 0, 0] as [number, number, number, number] }]),
    ],
  };
};

const code = (text: string, label: string): Content => ({
  stack: [
    { svg: qrSvg(text, 'M'), fit: [mm(26), mm(26)], alignment: 'center' },
    { text: label, fontSize: 6.5, alignment: 'center' },
  ],
  unbreakable: true,
});

/** The receipt, 72 mm wide and as long as it needs; with what is still owed it is the slip to come back with. */
export const receiptPdf = async (p: CounterPapers, language: Language, fonts: DocumentFonts): Promise<Uint8Array> => {
  const t = translator(language);
  const priced = p.lines.filter((l) => l.price !== undefined);
  const total = priced.reduce((sum, l) => sum + (l.price ?? 0), 0);
  const isOwed = p.lines.some((l) => l.rest?.on !== undefined);
  const pageCode = code(`https://${p.host}/p#${p.number}`, t('papers:pageCode'));
  const codes: Content[] = [
    pageCode,
    ...(p.receipt === undefined
      ? []
      : [code(`https://${p.host}/f#${p.pharmacy.id}.${p.receipt}`, t('papers:feedbackCode'))]),
  ];
  const drawn = await drawPdf(
    definitionOf(
      p,
      t('papers:receipt'),
      language,
      {
        pageSize: { width: mm(72), height: 'auto' },
        pageMargins: [mm(4), mm(4), mm(4), mm(6)],
        content: [
          { text: p.pharmacy.name, bold: true, fontSize: 9.5 },
          ...(p.pharmacy.address === undefined ? [] : [{ text: p.pharmacy.address }]),
          { text: `${dateText(p.at)}   ${p.patient}`, margin: [0, 2, 0, 0] },
          { text: t('papers:number', { number: formatNumber(p.number) }) },
          { text: isOwed ? t('papers:promise') : t('papers:receipt'), bold: true, margin: [0, 4, 0, 0] },
          ...p.lines.map((line, i) => receiptLine(t, line, i + 1, language)),
          ...(priced.length === 0
            ? []
            : [
                {
                  text: t('papers:total', { sum: soums(total, language) }),
                  bold: true,
                  margin: [0, 6, 0, 0] as [number, number, number, number],
                },
              ]),
          { columns: codes, columnGap: 6, margin: [0, 8, 0, 0] },
        ],
      },
      8,
    ),
    fonts,
  );
  return new Uint8Array(drawn.bytes);
};
