/**
 * Pictures of papers made small enough to be kept: redrawn as JPEG, smaller and plainer step by step, until they fit.
 * Redrawing also leaves behind what a phone writes into its pictures, such as the place.
 */

/** What the server takes. */
const maxBytes = 250_000;
/** A phone's picture has at most some 20 MB; more is not a picture of a paper. */
const maxSourceBytes = 25_000_000;

/** The longest side in pixels with the quality of the JPEG, the best first: handwriting stays legible down to the last. */
const steps: readonly (readonly [number, number])[] = [
  [2_000, 0.8],
  [1_600, 0.75],
  [1_400, 0.65],
  [1_200, 0.6],
  [1_000, 0.5],
  [800, 0.45],
];

export interface Shrunk {
  readonly type: 'image/jpeg';
  /** Base64. */
  readonly data: string;
}

export type ShrinkProblem = 'not-a-picture' | 'too-large';

const jpegOf = (picture: ImageBitmap, side: number, quality: number): Promise<Blob | null> => {
  const factor = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * factor));
  canvas.height = Math.max(1, Math.round(picture.height * factor));
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
};

const base64Of = async (blob: Blob): Promise<string> => {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
  return url.slice(url.indexOf(',') + 1);
};

/** A picture file as a JPEG of at most 250 kB, or why it is none. */
export const shrinkPicture = async (file: Blob): Promise<Shrunk | { readonly problem: ShrinkProblem }> => {
  if (file.size > maxSourceBytes) return { problem: 'too-large' };
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return { problem: 'not-a-picture' };
  }
  try {
    for (const [side, quality] of steps) {
      const jpeg = await jpegOf(picture, side, quality);
      if (jpeg && jpeg.size <= maxBytes) return { type: 'image/jpeg', data: await base64Of(jpeg) };
    }
    return { problem: 'too-large' };
  } finally {
    picture.close();
  }
};
