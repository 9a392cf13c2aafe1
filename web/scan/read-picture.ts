/**
 * Codes read from pixels: one detector for camera frames and for pictures. The reader and its wasm are fetched when a
 * person first asks for them, from this origin only.
 */
import type { BarcodeDetector } from 'barcode-detector/ponyfill';

/** A phone's picture has at most some 20 MB; more is not a picture of a code. */
const maxPictureBytes = 25_000_000;
/** Codes in large pictures are found sooner, and in blurred ones at all, when the picture is made smaller. */
const sidesPx = [1_600, 800, 3_200];

export type PictureProblem = 'not-a-picture' | 'too-large' | 'no-code';

let made: Promise<BarcodeDetector> | undefined;

const makeDetector = async (): Promise<BarcodeDetector> => {
  const [{ BarcodeDetector: Detector, prepareZXingModule }, wasm] = await Promise.all([
    import('barcode-detector/ponyfill'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ]);
  // Without this the reader would ask a public delivery network for its wasm.
  await prepareZXingModule({
    overrides: {
      locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasm.default : prefix + path),
    },
    fireImmediately: true,
  });
  return new Detector({ formats: ['qr_code', 'data_matrix', 'ean_13', 'code_128', 'itf'] });
};

/** The detector, made once; a failed fetch (no network, first use) can be tried again. */
const detector = (): Promise<BarcodeDetector> => {
  made ??= makeDetector().catch((error: unknown) => {
    made = undefined;
    throw error;
  });
  return made;
};

/** A bar code of cases shows a part of itself as a shorter code that reads as well, so only fourteen digits are one. */
const textOf = ({ format, rawValue }: { format: string; rawValue: string }): string => {
  if (format !== 'itf') return rawValue;
  return rawValue.length === 14 ? `]I1${rawValue}` : '';
};

/**
 * The raw text of the code in a source, or nothing. A prescription's paper carries two codes, and the large one, which
 * holds the prescription itself, is taken before the small one, which only names it.
 */
export const readCode = async (source: ImageBitmap | HTMLVideoElement): Promise<string | undefined> => {
  const found = await (await detector()).detect(source);
  const texts = found.map(textOf).filter((text) => text !== '');
  return texts.find((text) => text.startsWith('RX1:')) ?? texts[0];
};

const scaled = async (picture: ImageBitmap, side: number): Promise<ImageBitmap> => {
  const factor = side / Math.max(picture.width, picture.height);
  return createImageBitmap(picture, {
    resizeWidth: Math.max(1, Math.round(picture.width * factor)),
    resizeHeight: Math.max(1, Math.round(picture.height * factor)),
    resizeQuality: 'high',
  });
};

/** Reads the code in a picture file (photo, screenshot). Resolves to the raw text or to why there is none. */
export const readPicture = async (file: Blob): Promise<{ raw: string } | { problem: PictureProblem }> => {
  if (file.size > maxPictureBytes) return { problem: 'too-large' };
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return { problem: 'not-a-picture' };
  }
  try {
    for (const side of [undefined, ...sidesPx]) {
      const attempt = side === undefined ? picture : await scaled(picture, side);
      const raw = await readCode(attempt);
      if (attempt !== picture) attempt.close();
      if (raw !== undefined) return { raw };
    }
    return { problem: 'no-code' };
  } finally {
    picture.close();
  }
};
