/**
 * The parts of a zip archive (APPNOTE.TXT 6.3.10), as far as workbooks use it: stored and deflated parts, no encryption, no
 * archive of more than four gigabytes. Nothing is believed of what an archive says about its sizes: every byte that comes
 * out is counted against one budget, and each part's checksum is compared.
 */
import { crc32 } from '@darmon/documents/crc32';
import { SheetRefusal } from '@darmon/domain/sheet';

interface Part {
  readonly method: number;
  readonly crc: number;
  readonly packed: Uint8Array<ArrayBuffer>;
}
export type Archive = ReadonlyMap<string, Part>;

/** Bytes that may still come out of an archive. */
export interface Budget {
  left: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const partSignature = 0x04034b50;
const endSize = 22;
const longestComment = 65_535;
const mostParts = 5_000;

const damaged = (): SheetRefusal => new SheetRefusal('damaged');

/** Where the end record begins; a comment may follow it. */
const endOf = (view: DataView): number => {
  const first = Math.max(0, view.byteLength - endSize - longestComment);
  for (let at = view.byteLength - endSize; at >= first; at--) if (view.getUint32(at, true) === endSignature) return at;
  throw damaged();
};

/**
 * The parts of an archive by name. Two parts of one name, which two programs would read differently, are refused.
 * @throws SheetRefusal `damaged`, `encrypted`
 */
export const openArchive = (bytes: Uint8Array<ArrayBuffer>): Archive => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = new Map<string, Part>();
  try {
    const end = endOf(view);
    const count = view.getUint16(end + 10, true);
    if (count > mostParts) throw damaged();
    let at = view.getUint32(end + 16, true);
    for (let i = 0; i < count; i++) {
      if (view.getUint32(at, true) !== entrySignature) throw damaged();
      if (view.getUint16(at + 8, true) & 1) throw new SheetRefusal('encrypted');
      const size = view.getUint32(at + 20, true);
      const nameLength = view.getUint16(at + 28, true);
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/');
      const local = view.getUint32(at + 42, true);
      if (view.getUint32(local, true) !== partSignature) throw damaged();
      const begins = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      if (begins + size > bytes.length || parts.has(name)) throw damaged();
      parts.set(name, {
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        packed: bytes.subarray(begins, begins + size),
      });
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  } catch (error) {
    // A reading beyond the end is an archive that was cut off.
    throw error instanceof SheetRefusal ? error : damaged();
  }
  return parts;
};

const stepBytes = 65_536;

/**
 * Unpacks a part piece by piece as UTF-8 text; `onText` gets each piece with the share of the part that is done. Memory
 * holds one piece, however large the part is.
 * @throws SheetRefusal `damaged`, `unpacked-too-large`
 */
export const unpackText = async (
  archive: Archive,
  name: string,
  budget: Budget,
  onText: (text: string, share: number) => void,
): Promise<void> => {
  const part = archive.get(name);
  if (!part || (part.method !== 0 && part.method !== 8)) throw damaged();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let fed = 0;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull: (controller) => {
        if (fed >= part.packed.length) return controller.close();
        controller.enqueue(part.packed.subarray(fed, fed + stepBytes));
        fed += stepBytes;
        return undefined;
      },
    },
    { highWaterMark: 1 },
  );
  const unpacked = part.method === 0 ? source : source.pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = unpacked.getReader();
  let crc = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      budget.left -= value.length;
      if (budget.left < 0) throw new SheetRefusal('unpacked-too-large');
      crc = crc32(value, crc);
      onText(decoder.decode(value, { stream: true }), Math.min(1, fed / part.packed.length));
    }
    if (crc !== part.crc) throw damaged();
    onText(decoder.decode(), 1);
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    throw error instanceof SheetRefusal ? error : damaged();
  }
};
