/**
 * The act of write-off (dalolatnoma) on A4: what goes, of which lot, what it is worth and why; photos; who drew it up and
 * who signed it. It says of itself that it is not signed as long as it is not.
 */
import type { Role } from '@darmon/domain/actor';
import type { Medicine, Unit } from '@darmon/domain/medicine';
import type { WriteOffReason, WriteOffState } from '@darmon/domain/write-off';
import { dayText, timeText } from '@darmon/i18n/dates';
import { quantityText } from '@darmon/i18n/dosage';
import type { Language } from '@darmon/i18n/language';
import { innText } from '@darmon/i18n/medicine';
import { soumText } from '@darmon/i18n/money';
import { type Translate, translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { writeOff } from '@darmon/i18n/words/write-off';
import type { Column, Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import { type DocumentFonts, drawPdf, fontFamily, mm } from './pdf.ts';

const words = { common, act: writeOff };
const translator = translatorOf(words);
type T = Translate<typeof words>;

export interface PrintedWriteOffLine extends Pick<Medicine, 'inn' | 'innRu' | 'innUz' | 'strength'> {
  readonly unit: Unit;
  readonly brand: string;
  readonly lot: string;
  /** A day. */
  readonly expiryDate: string;
  readonly quantity: number;
  /** Tiyin; undefined where no price is known. */
  readonly value: number | undefined;
  readonly reason: WriteOffReason;
  readonly note?: string | undefined;
  readonly controlled?: boolean | undefined;
  /** Packs of it that are named by their numbers. */
  readonly serials?: readonly string[] | undefined;
}

interface Signer {
  readonly name: string;
  readonly role: Role;
  /** An instant. */
  readonly at: string;
}

export interface PrintedWriteOff {
  readonly number: string;
  readonly state: WriteOffState;
  readonly site: { readonly id: string; readonly name: string; readonly address?: string | undefined };
  /** The goods are on their way with it, between two sites by name. */
  readonly transfer?: { readonly number: string; readonly from: string; readonly to: string } | undefined;
  readonly author: Signer;
  readonly lines: readonly PrintedWriteOffLine[];
  /** Tiyin. */
  readonly value: number;
  readonly note?: string | undefined;
  readonly backdated?: { readonly day: string; readonly reason: string } | undefined;
  /** Base64, JPEG or PNG. */
  readonly photos: readonly { readonly type: string; readonly data: string }[];
  /** How many must sign beside the author, and who has. */
  readonly needed: number;
  readonly signatures: readonly (Signer & { readonly site: string; readonly approval: string })[];
  readonly closed?: { readonly at: string; readonly reason: string } | undefined;
  readonly actHash: string;
}

const page = { side: mm(15), top: mm(14), bottom: mm(14) };
const textWidth = mm(210) - 2 * page.side;

const label = (text: string): Content => ({ text, style: 'label' });

const head = (t: T, act: PrintedWriteOff): Content[] => [
  { text: t('act:numbered', { number: act.number }), style: 'title' },
  { text: t(`act:state.${act.state}`), bold: true, margin: [0, 0, 0, 6] },
  {
    columns: [
      {
        width: '*',
        stack: [
          label(t('act:site')),
          { text: `${act.site.name} (${act.site.id})`, bold: true },
          ...(act.site.address === undefined ? [] : [{ text: act.site.address }]),
          ...(act.transfer
            ? [
                {
                  text: `${t('act:onTheWay')}: ${act.transfer.from} – ${act.transfer.to}, ${t('act:transferNo', { number: act.transfer.number })}`,
                },
              ]
            : []),
        ],
      },
      { width: 'auto', stack: [label(t('act:drawnUp')), { text: timeText(act.author.at), bold: true }] },
    ],
    columnGap: 12,
  },
  ...(act.backdated
    ? [
        {
          text: `${t('act:countsFor')}: ${dayText(act.backdated.day)}. ${t('act:lateBecause')}: ${act.backdated.reason}`,
          margin: [0, 4, 0, 0] as [number, number, number, number],
        },
      ]
    : []),
  ...(act.closed
    ? [{ text: `${timeText(act.closed.at)}. ${t('act:closedBecause', { reason: act.closed.reason })}` }]
    : []),
];

const lineRow = (t: T, line: PrintedWriteOffLine, place: number, language: Language): TableCell[] => [
  { text: String(place), alignment: 'right' },
  {
    stack: [
      { text: `${innText(line, language)} ${line.strength}`, bold: true },
      { text: line.controlled ? `${line.brand}, ${t('act:controlled')}` : line.brand },
    ],
  },
  { stack: [{ text: line.lot, bold: true }, { text: dayText(line.expiryDate) }] },
  { text: quantityText(line.quantity, line.unit, language), alignment: 'right' },
  { text: line.value === undefined ? t('act:noPrice') : soumText(line.value, language), alignment: 'right' },
  { stack: [{ text: t(`act:reason.${line.reason}`) }, ...(line.note === undefined ? [] : [{ text: line.note }])] },
];

const linesTable = (t: T, act: PrintedWriteOff, language: Language): Content => {
  const heads = ['place', 'medicine', 'lot', 'quantity', 'value', 'reason'] as const;
  return {
    margin: [0, 8, 0, 0],
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [18, '*', 78, 66, 78, 92],
      body: [
        heads.map(
          (name): TableCell => ({
            stack: [t(`act:${name}`), ...(name === 'lot' ? [t('act:expiry')] : [])],
            bold: true,
          }),
        ),
        ...act.lines.map((line, i) => lineRow(t, line, i + 1, language)),
        [
          { text: t('act:total'), bold: true, colSpan: 4 },
          '',
          '',
          '',
          { text: soumText(act.value, language), bold: true, alignment: 'right' },
          '',
        ],
      ],
    },
    layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5, hLineColor: () => '#000', vLineColor: () => '#000' },
  };
};

/** Below the table, because forty numbers in a cell would push the rest of it off the page. */
const packsContent = (t: T, { lines }: PrintedWriteOff): Content[] => {
  const named = lines.flatMap(({ lot, serials = [] }, i): Content[] =>
    serials.length === 0
      ? []
      : [
          {
            text: [
              { text: `${t('act:packsOf', { place: i + 1, lot })}: `, bold: true },
              // a serial number may have commas and semicolons of its own
              serials.join(' · '),
            ],
            margin: [0, 0, 0, 3],
          },
        ],
  );
  return named.length === 0 ? [] : [{ text: t('act:packs'), bold: true, margin: [0, 8, 0, 3] }, ...named];
};

const signatureBox = (t: T, name: string, signer: Signer | undefined, more: readonly string[]): TableCell => ({
  stack: [
    label(name),
    signer ? { text: `${signer.name}, ${t(`common:role.${signer.role}`)}`, bold: true } : { text: t('act:notSigned') },
    ...(signer ? [{ text: timeText(signer.at) }] : []),
    ...more.map(label),
  ],
});

const signaturesTable = (t: T, act: PrintedWriteOff): Content => {
  const missing = act.state === 'requested' ? Math.max(0, act.needed - act.signatures.length) : 0;
  const rows: TableCell[][] = [
    [signatureBox(t, t('act:author'), act.author, [])],
    ...act.signatures.map((s) => [
      signatureBox(t, t('act:signer'), s, [s.site, t('act:approval', { approval: s.approval })]),
    ]),
    ...Array.from({ length: missing }, () => [signatureBox(t, t('act:signer'), undefined, [])]),
  ];
  return {
    unbreakable: true,
    margin: [0, 10, 0, 0],
    stack: [
      { text: t('act:signatures'), bold: true, margin: [0, 0, 0, 3] },
      { table: { widths: ['*'], body: rows }, layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5 } },
      { text: t('act:hash', { hash: act.actHash }), style: 'label', margin: [0, 4, 0, 0] },
    ],
  };
};

const across = 3;
const gap = mm(4);
const photoSide = (textWidth - (across - 1) * gap) / across;

const photosContent = (t: T, { photos }: PrintedWriteOff): Content[] => {
  if (photos.length === 0) return [];
  const cells = photos.map(
    ({ type, data }, i): Column => ({
      width: photoSide,
      stack: [
        { image: `data:${type};base64,${data}`, fit: [photoSide, photoSide] },
        { text: t('act:photo', { n: i + 1 }), style: 'label' },
      ],
    }),
  );
  const rows = Array.from({ length: Math.ceil(cells.length / across) }, (_, row) =>
    cells.slice(row * across, (row + 1) * across),
  );
  return [
    { text: t('act:photos'), bold: true, margin: [0, 10, 0, 3] },
    ...rows.map((columns): Content => ({ columns, columnGap: gap, unbreakable: true, margin: [0, 0, 0, 6] })),
  ];
};

const definition = (act: PrintedWriteOff, language: Language): TDocumentDefinitions => {
  const t = translator(language);
  return {
    pageSize: 'A4',
    pageMargins: [page.side, page.top, page.side, page.bottom],
    // No name of a person in the file's properties: they show in lists of files and in print queues.
    info: {
      title: `${t('act:title')} ${act.number}`,
      creator: 'Darmon',
      producer: 'Darmon',
      creationDate: new Date(act.author.at),
    },
    language,
    defaultStyle: { font: fontFamily, fontSize: 9, lineHeight: 1.08, color: '#000' },
    styles: { title: { fontSize: 14, bold: true }, label: { fontSize: 7.5 } },
    content: [
      ...head(t, act),
      linesTable(t, act, language),
      ...packsContent(t, act),
      ...(act.note === undefined
        ? []
        : [{ text: `${t('act:note')}: ${act.note}`, margin: [0, 6, 0, 0] as [number, number, number, number] }]),
      signaturesTable(t, act),
      ...photosContent(t, act),
    ],
    footer: (at, pages) => ({
      text: `${act.number}   ${t('act:pageOf', { page: at, pages })}`,
      style: 'label',
      alignment: 'center',
    }),
  };
};

/** The act as a PDF on as many A4 pages as it needs. The same input gives the same bytes. */
export const writeOffActPdf = async (
  act: PrintedWriteOff,
  language: Language,
  fonts: DocumentFonts,
): Promise<Uint8Array> => (await drawPdf(definition(act, language), fonts)).bytes;
