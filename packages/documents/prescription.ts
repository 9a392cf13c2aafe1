/**
 * The printed prescription: one A5 page that a patient carries and a pharmacy scans. Black on white and in vectors,
 * because it comes out of old printers; both codes stand at the foot of the page, always in the same place.
 */
import type { Dosage } from '@darmon/domain/dosage';
import type { Form, Medicine, Unit } from '@darmon/domain/medicine';
import { formatNumber } from '@darmon/domain/number';
import { dateText, dayText, lastDayText } from '@darmon/i18n/dates';
import { dosageSentence, quantityText } from '@darmon/i18n/dosage';
import type { Language } from '@darmon/i18n/language';
import { formText, innText } from '@darmon/i18n/medicine';
import { quantityInWords } from '@darmon/i18n/number-words';
import { type Translate, translatorOf } from '@darmon/i18n/translator';
import { documents } from '@darmon/i18n/words/documents';
import { icd10 } from '@darmon/i18n/words/icd10';
import type { Column, Content, TDocumentDefinitions } from 'pdfmake/interfaces';
import { type DocumentFonts, drawPdf, fontFamily, mm } from './pdf.ts';
import { qrSvg } from './qr.ts';

const words = { documents, icd10 };
const translator = translatorOf(words);
type T = Translate<typeof words>;

export interface PrintedLine extends Pick<Medicine, 'inn' | 'innRu' | 'innUz'> {
  readonly form: Form;
  /** As printed on the pack: "500 mg". */
  readonly strength: string;
  /** What `quantity` counts. */
  readonly unit: Unit;
  readonly dosage: Dosage;
  readonly quantity: number;
  readonly substitutionAllowed: boolean;
  /** Only this brand, where one was asked for. */
  readonly brand?: string | undefined;
  /** Of a controlled medicine the quantity stands in words beside the figure. */
  readonly inWords?: boolean | undefined;
}

export interface PrintedPrescription {
  /** Canonical, 13 characters. */
  readonly number: string;
  /** The whole text of the credential, `RX1:` and base45. */
  readonly code: string;
  /** Instants; `validUntil` is exclusive. */
  readonly issuedAt: string;
  readonly validUntil: string;
  readonly clinic: { readonly name: string; readonly licence?: string | undefined };
  /** Days of a licence are `YYYY-MM-DD`, the last one included. */
  readonly prescriber: {
    readonly name: string;
    readonly licence?: { readonly number: string; readonly from: string; readonly until: string } | undefined;
  };
  /** `birthDate` is `YYYY-MM-DD`; `document` is the PINFL or the passport, whichever named the patient. */
  readonly patient: {
    readonly fullName: string;
    readonly birthDate: string;
    readonly document?: { readonly kind: 'pinfl' | 'passport'; readonly number: string } | undefined;
  };
  readonly diagnosis: { readonly icd10: string };
  readonly lines: readonly PrintedLine[];
  /** Number of a medical board's decision. */
  readonly boardDecision?: string | undefined;
  /** First and last day of each issue, where it repeats. */
  readonly windows?: readonly { readonly from: string; readonly until: string }[] | undefined;
  /** Where the small code leads, without scheme: `darmon.example`. */
  readonly host: string;
}

const page = { width: mm(148), height: mm(210), side: mm(10), top: mm(9) };
const textWidth = page.width - 2 * page.side;
/** With its quiet zone. The symbol itself is then 42 mm or more from version 7 on; the least allowed is 40. */
const bigCodeSide = mm(50);
const smallCodeSide = mm(24);
const footHeight = mm(58);

const rule = (lineWidth: number, above: number, below: number): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: textWidth, y2: 0, lineWidth }],
  margin: [0, above, 0, below],
});

const field = (label: string, value: Content, width: 'auto' | '*' = 'auto'): Column => ({
  width,
  stack: [
    { text: label, style: 'label' },
    { text: value, bold: true },
  ],
});

const head = (t: T, p: PrintedPrescription): Content[] => [
  {
    columns: [
      {
        width: '*',
        stack: [
          { text: p.clinic.name, style: 'clinic' },
          p.clinic.licence ? { text: t('documents:licence', { number: p.clinic.licence }), style: 'label' } : '',
        ],
      },
      { width: 'auto', text: t('documents:title'), style: 'title', noWrap: true },
    ],
    columnGap: 12,
  },
  rule(1.2, 3, 5),
  {
    columns: [
      field(t('documents:number'), { text: formatNumber(p.number), style: 'number' }, '*'),
      field(t('documents:issued'), dateText(p.issuedAt)),
      field(t('documents:validThrough'), lastDayText(p.validUntil)),
    ],
    columnGap: 12,
  },
  {
    columns: [
      field(t('documents:patient'), p.patient.fullName, '*'),
      ...(p.patient.document ? [field(t(`documents:${p.patient.document.kind}`), p.patient.document.number)] : []),
      field(t('documents:birthDate'), dayText(p.patient.birthDate)),
    ],
    columnGap: 12,
    margin: [0, 4, 0, 4],
  },
  {
    columns: [
      field(t('documents:diagnosis'), diagnosisText(t, p.diagnosis.icd10), '*'),
      ...(p.boardDecision === undefined ? [] : [field(t('documents:boardDecision'), p.boardDecision)]),
    ],
    columnGap: 12,
  },
  rule(0.6, 5, 0),
];

const diagnosisText = (t: T, code: string): Content =>
  Object.hasOwn(icd10, code) ? [code, { text: `   ${t(`icd10:${code}`)}`, bold: false }] : code;

/** The INN, and beside it the international name, which pharmacists of every language share. */
const nameText = (line: PrintedLine, language: Language): string => {
  const name = innText(line, language);
  return name === line.inn ? name : `${name} (${line.inn})`;
};

/** A figure never stands at the end of a row with its unit in the next. */
const unbroken = (sentence: string): string => sentence.replace(/(?<=[\d½¼¾)]) (?=\p{L})/gu, '\u00a0');

/** The figure, and of a controlled medicine the words too, so that nobody adds a digit. */
const quantityOf = ({ quantity, unit, inWords }: PrintedLine, language: Language): string =>
  inWords ? quantityInWords(quantity, unit, language) : quantityText(quantity, unit, language);

/** The days of each issue; nothing where there is one. */
const windowsContent = (t: T, { windows }: PrintedPrescription, gap: number): Content[] =>
  windows
    ? [
        { text: t('documents:repeat', { count: windows.length }), bold: true, margin: [0, gap, 0, 0] },
        {
          text: windows
            .map(({ from, until }, i) => `${i + 1}) ${dayText(from)}\u00a0–\u00a0${dayText(until)}`)
            .join('   '),
          style: 'label',
        },
      ]
    : [];

const lineContent = (t: T, line: PrintedLine, place: number, language: Language, gap: number): Content => ({
  unbreakable: true,
  stack: [
    {
      columns: [
        { width: 14, text: `${place}.`, bold: true },
        {
          width: '*',
          stack: [
            {
              text: [
                { text: `${nameText(line, language)}, ${line.strength}`, bold: true },
                `, ${formText(line.form, language)}`,
                line.brand === undefined ? '' : { text: ` (${line.brand})`, bold: true },
              ],
            },
            { text: unbroken(dosageSentence(line.dosage, language)) },
            {
              text: [
                {
                  text: t('documents:quantity', { quantity: quantityOf(line, language) }),
                  bold: true,
                },
                line.substitutionAllowed ? '' : { text: `     ${t('documents:noSubstitution')}`, bold: true },
              ],
            },
          ],
        },
      ],
    },
  ],
  margin: [0, gap, 0, 0],
});

const foot = (t: T, p: PrintedPrescription): Content => ({
  margin: [page.side, 0, page.side, 0],
  stack: [
    rule(0.6, 0, 4),
    {
      columns: [
        { width: bigCodeSide, svg: qrSvg(p.code, 'Q'), fit: [bigCodeSide, bigCodeSide] },
        {
          width: '*',
          margin: [0, mm(1), 0, 0],
          stack: [
            { text: t('documents:prescriber'), style: 'label' },
            { text: p.prescriber.name, bold: true },
            p.prescriber.licence
              ? {
                  text: t('documents:licenceOf', {
                    number: p.prescriber.licence.number,
                    from: dayText(p.prescriber.licence.from),
                    until: dayText(p.prescriber.licence.until),
                  }),
                  style: 'label',
                }
              : '',
            { text: t('documents:signed'), style: 'label' },
            {
              margin: [0, 4, 0, 0],
              columns: [
                {
                  width: smallCodeSide,
                  svg: qrSvg(`https://${p.host}/p#${p.number}`, 'M'),
                  fit: [smallCodeSide, smallCodeSide],
                },
                {
                  width: '*',
                  margin: [0, mm(2), 0, 0],
                  stack: [
                    { text: t('documents:smallCode'), style: 'label' },
                    { text: formatNumber(p.number), bold: true, margin: [0, 3, 0, 0] },
                  ],
                },
              ],
              columnGap: 2,
            },
            { text: `${t('documents:bigCode')} ${t('documents:keepSafe')}`, style: 'label', margin: [0, 6, 0, 0] },
          ],
        },
      ],
      columnGap: 6,
    },
  ],
});

const definition = (p: PrintedPrescription, language: Language, scale: number): TDocumentDefinitions => {
  const t = translator(language);
  const size = (points: number): number => points * scale;
  return {
    pageSize: { width: page.width, height: page.height },
    pageMargins: [page.side, page.top, page.side, footHeight],
    // No name of a person in the file's properties: they show in lists of files and in print queues.
    info: {
      title: `${t('documents:title')} ${formatNumber(p.number)}`,
      creator: 'Darmon',
      producer: 'Darmon',
      creationDate: new Date(p.issuedAt),
    },
    language,
    defaultStyle: { font: fontFamily, fontSize: size(9), lineHeight: 1.08, color: '#000' },
    styles: {
      clinic: { fontSize: size(10.5), bold: true },
      title: { fontSize: size(10.5), bold: true, alignment: 'right' },
      label: { fontSize: size(7.5) },
      number: { fontSize: 13, bold: true, characterSpacing: 0.4 },
    },
    content: [
      ...head(t, p),
      ...p.lines.map((line, i) => lineContent(t, line, i + 1, language, size(5))),
      ...windowsContent(t, p, size(6)),
    ],
    footer: () => foot(t, p),
  };
};

/** Tried in turn until the page holds all; below the last, text would be too small for an old patient. */
const scales = [1, 0.92, 0.85, 0.78];

/**
 * The prescription as a PDF of one A5 page; only a text far beyond what a prescription holds flows onto a second. The
 * same input gives the same bytes. Fonts: `nodeFonts()` in Node; a browser fetches the two files.
 */
export const prescriptionPdf = async (
  prescription: PrintedPrescription,
  language: Language,
  fonts: DocumentFonts,
): Promise<Uint8Array> => {
  let bytes = new Uint8Array();
  for (const scale of scales) {
    const drawn = await drawPdf(definition(prescription, language, scale), fonts);
    bytes = new Uint8Array(drawn.bytes);
    if (drawn.pages === 1) break;
  }
  return bytes;
};
