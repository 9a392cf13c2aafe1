/**
 * Base45 (RFC 9285), strict in both directions: each byte string has exactly one text and each accepted text exactly
 * one byte string. No trimming, no lower case, no value above what its characters may carry.
 */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

const values = new Int8Array(128).fill(-1);
for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;

/** The value of the character at `i`, or -1 where it is not in the alphabet. */
const valueAt = (text: string, i: number): number => {
  const code = text.charCodeAt(i);
  return code < 128 ? (values[code] as number) : -1;
};

/** Two bytes become three characters, a last odd byte two. */
export const encodeBase45 = (bytes: Uint8Array): string => {
  let text = '';
  let i = 0;
  for (; i + 1 < bytes.length; i += 2) {
    const n = (bytes[i] as number) * 256 + (bytes[i + 1] as number);
    text += alphabet.charAt(n % 45) + alphabet.charAt(((n / 45) | 0) % 45) + alphabet.charAt((n / 2025) | 0);
  }
  if (i < bytes.length) {
    const n = bytes[i] as number;
    text += alphabet.charAt(n % 45) + alphabet.charAt((n / 45) | 0);
  }
  return text;
};

/** The bytes of `text` from position `from`; undefined where `encodeBase45` cannot have made it. */
export const decodeBase45 = (text: string, from = 0): Uint8Array | undefined => {
  const length = text.length - from;
  const rest = length % 3;
  if (length < 0 || rest === 1) return undefined;
  const bytes = new Uint8Array(((length - rest) / 3) * 2 + (rest === 2 ? 1 : 0));
  let out = 0;
  let i = from;
  for (; i + 2 < text.length; i += 3) {
    const c = valueAt(text, i);
    const d = valueAt(text, i + 1);
    const e = valueAt(text, i + 2);
    const n = c + d * 45 + e * 2025;
    if (c < 0 || d < 0 || e < 0 || n > 0xffff) return undefined;
    bytes[out++] = n >> 8;
    bytes[out++] = n & 0xff;
  }
  if (rest === 2) {
    const c = valueAt(text, i);
    const d = valueAt(text, i + 1);
    const n = c + d * 45;
    if (c < 0 || d < 0 || n > 0xff) return undefined;
    bytes[out] = n;
  }
  return bytes;
};
