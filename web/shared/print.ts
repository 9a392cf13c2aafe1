/** From bytes of a PDF to paper or a file. */

const blobLifeMs = 120_000;

/** A phone shows no PDF inside a page; there the file is the way to the printer. */
export const canPrint = (): boolean => navigator.pdfViewerEnabled;

const addressOf = (bytes: Uint8Array): string => {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/pdf' }));
  setTimeout(() => URL.revokeObjectURL(url), blobLifeMs);
  return url;
};

export const download = (bytes: Uint8Array, name: string): void => {
  const link = document.createElement('a');
  link.href = addressOf(bytes);
  link.download = name;
  link.click();
};

/** Prints from a frame that nobody sees. */
export const print = (bytes: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    const frame = document.createElement('iframe');
    frame.className = 'print-frame';
    frame.title = 'PDF';
    frame.tabIndex = -1;
    frame.ariaHidden = 'true';
    frame.onload = () => {
      try {
        frame.contentWindow?.focus();
        frame.contentWindow?.print();
        resolve();
      } catch (error) {
        reject(error);
      }
    };
    frame.src = addressOf(bytes);
    document.body.append(frame);
    setTimeout(() => frame.remove(), blobLifeMs);
  });
