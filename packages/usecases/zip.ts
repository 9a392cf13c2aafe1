/**
 * Files as one zip archive (APPNOTE.TXT 6.3.10) and back: the same files make the same bytes, because no time of day is
 * in it. Read back is only what is bounded: nothing that an archive says of its sizes is believed.
 */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const [partSignature, entrySignature, endSignature] = [0x04034b50, 0x02014b50, 0x06054b50];
/** The first of January 1980, midnight: the earliest that the format can say. */
const noTime = 0x0021_0000;
const utf8Names = 0x0800;

/** @throws RangeError where it would need the format's longer form: 65,535 files, or 4 GB */
export const zipOf = (files: readonly NamedFile[]): Buffer => {
  const [parts, list]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes);
    const told = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(utf8Names, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(noTime, 6);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(told.length, 22);
    const head = Buffer.alloc(4);
    head.writeUInt32LE(partSignature);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(entrySignature, 0);
    entry.writeUInt16LE(20, 4);
    common.copy(entry, 6);
    entry.writeUInt32LE(at, 42);
    list.push(entry, told);
    parts.push(head, common, told, packed);
    at += 4 + 26 + told.length + packed.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endSignature, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
};

/** What comes out of an archive at most. */
const mostBytes = 512 * 1024 * 1024;

/**
 * The files of an archive; undefined where it is none, is damaged, encrypted, or would come to more than 512 MB.
 * A name that comes twice makes it damaged too, because one of the two would go unread.
 */
export const unzip = (archive: Uint8Array): NamedFile[] | undefined => {
  try {
    const zip = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
    const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0) return undefined;
    const count = zip.readUInt16LE(end + 10);
    const files = new Map<string, NamedFile>();
    let [at, left] = [zip.readUInt32LE(end + 16), mostBytes];
    for (let n = 0; n < count; n += 1) {
      if (zip.readUInt32LE(at) !== entrySignature) return undefined;
      const [flags, method, sum] = [zip.readUInt16LE(at + 8), zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 16)];
      const [packedSize, nameSize] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
      const name = zip.toString('utf8', at + 46, at + 46 + nameSize);
      const part = zip.readUInt32LE(at + 42);
      if (zip.readUInt32LE(part) !== partSignature || (flags & 1) === 1 || files.has(name)) return undefined;
      const from = part + 30 + zip.readUInt16LE(part + 26) + zip.readUInt16LE(part + 28);
      if (from + packedSize > zip.length) return undefined;
      const packed = zip.subarray(from, from + packedSize);
      const bytes = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, left) });
      if ((method !== 0 && method !== 8) || crc32(bytes) !== sum) return undefined;
      left -= bytes.length;
      if (left < 0) return undefined;
      files.set(name, { name, bytes });
      at += 46 + nameSize + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    }
    return [...files.values()];
  } catch {
    return undefined;
  }
};
