/**
 * Reports as paper where a function draws them: pdfmake, and the two fonts that lie beside this file once it is bundled.
 * Whoever runs from the sources takes `report.ts` with the fonts of `fonts-node.ts`.
 */
import { readFileSync } from 'node:fs';
import type { Report } from '@darmon/domain/report';
import type { Language } from '@darmon/i18n/language';
import type { DocumentFonts } from './pdf.ts';
import { reportPdf } from './report.ts';
import type { ReportNames } from './report-text.ts';

const beside = (name: string): Uint8Array => readFileSync(new URL(name, import.meta.url));

let fonts: DocumentFonts | undefined;

/** @throws where the fonts do not lie beside the bundle */
export const drawReport = async (report: Report, language: Language, names: ReportNames): Promise<Uint8Array> => {
  fonts ??= { regular: beside('./DejaVuSansCondensed.ttf'), bold: beside('./DejaVuSansCondensed-Bold.ttf') };
  return (await reportPdf(report, language, fonts, names)).bytes;
};
