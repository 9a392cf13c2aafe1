/** What scanners and cameras see, for tests of screens: typed scans, pictures of codes, a camera that shows a picture. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import QRCode from 'qrcode';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

export const groupSeparator = '\u001d';

/** Types as a hand scanner does: too fast for a person, GS as Ctrl+], and the key it ends with. */
export const scan = async (page: Page, text: string, end = 'Enter'): Promise<void> => {
  for (const [at, part] of text.split(groupSeparator).entries()) {
    if (at > 0) await page.keyboard.press('Control+]');
    await page.keyboard.type(part);
  }
  await page.keyboard.press(end);
};

/** A prescription's code as it is printed, as a PNG. */
export const qrPicture = (code: string): Promise<Buffer> =>
  QRCode.toBuffer([{ data: code, mode: 'alphanumeric' }], { errorCorrectionLevel: 'Q', margin: 4, scale: 6 });

/** A pack's GS1 DataMatrix as a PNG. `text` has its identifiers in brackets, as the standard writes it for people. */
export const dataMatrixPicture = async (text: string): Promise<Buffer> => {
  // By itself the writer would fetch its wasm from a content network.
  const wasm = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/writer/zxing_writer.wasm')));
  prepareZXingModule({ overrides: { wasmBinary: wasm.buffer as ArrayBuffer } });
  const { image, error } = await writeBarcode(text, {
    format: 'DataMatrix',
    options: 'gs1',
    scale: 6,
    addQuietZones: true,
  });
  if (!image) throw new Error(error);
  return Buffer.from(await image.arrayBuffer());
};

const width = 640;
const height = 480;

/** Writes a film in which a camera sees the picture in the middle of a grey counter, for `openBrowser({ camera })`. */
export const writeFilm = (path: string, picture: Buffer): void => {
  const { data, width: w, height: h } = PNG.sync.read(picture);
  const luma = Buffer.alloc(width * height, 128);
  const factor = Math.min(1, (height - 40) / Math.max(w, h));
  const [left, top] = [Math.floor((width - w * factor) / 2), Math.floor((height - h * factor) / 2)];
  for (let y = 0; y < Math.floor(h * factor); y++)
    for (let x = 0; x < Math.floor(w * factor); x++)
      luma[(top + y) * width + left + x] = data[(Math.floor(y / factor) * w + Math.floor(x / factor)) * 4] ?? 128;
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(path, Buffer.concat([head, frame, frame, frame, frame]));
};
