/** Letters and the poster of a recall, drawn in a chunk of its own: the drawing and its fonts are larger than the rest. */
import type { RecallPaper } from '@darmon/documents/recall-letter';
import type { Language } from '@darmon/i18n/language';
import { canPrint, download, print } from '../shared/print.ts';

/** Prints the paper, or hands it over as a file where the device cannot. @throws where it cannot be drawn */
export const makePaper = async (paper: RecallPaper, language: Language, name: string): Promise<void> => {
  const [{ recallPdf }, { paperFonts }] = await Promise.all([
    import('@darmon/documents/recall-letter'),
    import('../shared/paper-fonts.ts'),
  ]);
  const { bytes } = await recallPdf(paper, language, await paperFonts());
  if (canPrint()) await print(bytes);
  else download(bytes, `${name}.pdf`);
};
