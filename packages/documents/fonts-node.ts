/** The fonts of documents, read from the package on disk. Browsers fetch the same two files instead. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { DocumentFonts } from './pdf.ts';

const require = createRequire(import.meta.url);
const read = (file: string): Uint8Array => readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${file}`));

let fonts: DocumentFonts | undefined;

/** Reads both files once a process. */
export const nodeFonts = (): DocumentFonts => {
  fonts ??= { regular: read('DejaVuSansCondensed.ttf'), bold: read('DejaVuSansCondensed-Bold.ttf') };
  return fonts;
};
