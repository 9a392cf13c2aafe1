/**
 * Lines of a long document as one attribute of an item. They are alike, so packed they are a tenth: an engine's work and
 * a cloud's price go by the kilobyte, and nobody asks for a line of them alone.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import type { Item } from './page.ts';

const Packed = z.object({ packed: z.instanceof(Uint8Array) });
/** No part of a document is longer: an item holds at most 400 kB, and a tenth of it is what lines come to. */
const mostCharacters = 8_000_000;

export const packedLines = (lines: readonly unknown[]): z.infer<typeof Packed> => ({
  packed: deflateRawSync(JSON.stringify(lines), { level: 1 }),
});

/** @throws if the item is not what was stored */
export const unpackedLines = <T>(line: z.ZodType<T>, item: Item): T[] => {
  const text = inflateRawSync(Packed.parse(item).packed, { maxOutputLength: mostCharacters }).toString('utf8');
  return z.array(line).parse(JSON.parse(text));
};
