/** The fonts of the paper, fetched when the first one is drawn; the browser keeps them. */
import type { DocumentFonts } from '@darmon/documents/pdf';
import regularUrl from 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf?url';
import boldUrl from 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf?url';

const bytesOf = async (url: string): Promise<Uint8Array> => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`a font answered ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};

let fonts: Promise<DocumentFonts> | undefined;

/** Both faces. A failed fetch is tried again at the next call. */
export const paperFonts = (): Promise<DocumentFonts> => {
  fonts ??= Promise.all([bytesOf(regularUrl), bytesOf(boldUrl)]).then(
    ([regular, bold]) => ({ regular, bold }),
    (error: unknown) => {
      fonts = undefined;
      throw error;
    },
  );
  return fonts;
};
