/**
 * Turns a document definition into the bytes of a PDF, in Node and in the browser alike. It reads no file and opens no
 * address: fonts and photos come in as bytes, all else is text and vectors.
 */
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces';

/** DejaVu Sans Condensed: the one free family at hand with ʻ, ʼ, ў, қ, ғ, ҳ, fractions, ≤ and ≥. */
export interface DocumentFonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

export const mm = (millimetres: number): number => (millimetres * 72) / 25.4;

interface Engine {
  readonly virtualfs: { writeFileSync: (name: string, content: Uint8Array) => void };
  readonly setFonts: (fonts: Record<string, { normal: string; bold: string }>) => void;
  readonly setUrlAccessPolicy: (allowed: () => boolean) => void;
  /** Only Node's build can read files, so only it can forbid them. */
  readonly setLocalAccessPolicy?: (allowed: () => boolean) => void;
  readonly createPdf: (definition: TDocumentDefinitions) => { getBuffer: () => Promise<Uint8Array> };
}

// The published types lack `virtualfs`, which both builds have.
const engine = pdfmake as unknown as Engine;
engine.setUrlAccessPolicy(() => false);
engine.setLocalAccessPolicy?.(() => false);

/** The family that documents set their text in. */
export const fontFamily = 'DejaVu';
const files = { normal: 'DejaVuSansCondensed.ttf', bold: 'DejaVuSansCondensed-Bold.ttf' };

export interface Pdf {
  readonly bytes: Uint8Array;
  readonly pages: number;
}

/** Draws a definition. Give it a `creationDate`, so that the same input makes the same bytes. */
export const drawPdf = async (definition: TDocumentDefinitions, fonts: DocumentFonts): Promise<Pdf> => {
  engine.virtualfs.writeFileSync(files.normal, fonts.regular);
  engine.virtualfs.writeFileSync(files.bold, fonts.bold);
  engine.setFonts({ [fontFamily]: files });
  let pages = 0;
  const { footer } = definition;
  const counted: TDocumentDefinitions = {
    ...definition,
    footer: (page, pageCount, size) => {
      pages = pageCount;
      return typeof footer === 'function' ? footer(page, pageCount, size) : (footer ?? null);
    },
  };
  const buffer = await engine.createPdf(counted).getBuffer();
  return { bytes: new Uint8Array(buffer), pages };
};
