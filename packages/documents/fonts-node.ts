/** The fonts of documents, read from the package on disk. Browsers fetch the same two files instead. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { DocumentFonts } from './pdf.ts';

const require = createRequire(import.meta.url);
// Written out, because tools that look for unused dependencies read no templates.
const regular = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf');
const bold = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf');

let fonts: DocumentFonts | undefined;

/** Reads both files once a process. */
export const nodeFonts = (): DocumentFonts => {
  fonts ??= { regular: readFileSync(regular), bold: readFileSync(bold) };
  return fonts;
};
