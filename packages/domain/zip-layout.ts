/**
 * How files lie in a zip archive (APPNOTE.TXT 6.3.10), for those that write one. Who packs them, and where they go, is the
 * caller's. No time of day is in it: the same files make the same bytes.
 */

/** A file that is packed already: DEFLATE without a head, as zip archives have it. */
export interface PackedFile {
  readonly name: string;
  readonly packed: Uint8Array;
  /** Bytes of it unpacked, and their checksum. */
  readonly size: number;
  readonly crc: number;
}

export const [zipPartSignature, zipEntrySignature, zipEndSignature] = [0x04034b50, 0x02014b50, 0x06054b50] as const;

/** The first of January 1980, the earliest day that the format can say. */
const noDay = 0x0021;
const utf8Names = 0x0800;
const deflated = 8;
/** The version that whoever reads it needs: 2.0, with DEFLATE and folders. */
const needed = 20;

type Field = readonly [value: number, bytes: 2 | 4];

const record = (fields: readonly Field[], name: Uint8Array = new Uint8Array()): Uint8Array => {
  const size = fields.reduce((sum, [, bytes]) => sum + bytes, 0);
  const written = new Uint8Array(size + name.length);
  const view = new DataView(written.buffer);
  let at = 0;
  for (const [value, bytes] of fields) {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * bytes)) throw new RangeError('too large for a zip');
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  written.set(name, at);
  return written;
};

/**
 * The bytes of an archive, in the order given.
 * @throws RangeError where it would need the format's longer form: 65,536 files, or 4 GB
 */
export const zipArchive = (files: readonly PackedFile[]): Uint8Array<ArrayBuffer> => {
  const [parts, list]: [Uint8Array[], Uint8Array[]] = [[], []];
  let [at, listed] = [0, 0];
  for (const { name, packed, size, crc } of files) {
    const told = new TextEncoder().encode(name);
    const common: readonly Field[] = [
      [needed, 2],
      [utf8Names, 2],
      [deflated, 2],
      [0, 2],
      [noDay, 2],
      [crc, 4],
      [packed.length, 4],
      [size, 4],
      [told.length, 2],
      [0, 2],
    ];
    const head = record([[zipPartSignature, 4], ...common], told);
    // no comment, first disk, no attributes
    const rest: readonly Field[] = [
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 4],
      [at, 4],
    ];
    const entry = record([[zipEntrySignature, 4], [needed, 2], ...common, ...rest], told);
    parts.push(head, packed);
    list.push(entry);
    at += head.length + packed.length;
    listed += entry.length;
  }
  const end = record([
    [zipEndSignature, 4],
    [0, 2],
    [0, 2],
    [files.length, 2],
    [files.length, 2],
    [listed, 4],
    [at, 4],
    [0, 2],
  ]);
  const archive = new Uint8Array(at + listed + end.length);
  let written = 0;
  for (const piece of [...parts, ...list, end]) {
    archive.set(piece, written);
    written += piece.length;
  }
  return archive;
};
