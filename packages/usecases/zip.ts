/**
 * Files as one zip archive (APPNOTE.TXT 6.3.10) and back: the same files make the same bytes, because no time of day is
 * in it. Read back is only what is bounded: nothing that an archive says of its sizes is believed.
 */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { zipArchive, zipEndSignature, zipEntrySignature, zipPartSignature } from '@darmon/domain/zip-layout';

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** @throws RangeError where it would need the format's longer form: 65,536 files, or 4 GB */
export const zipOf = (files: readonly NamedFile[]): Buffer => {
  const { buffer } = zipArchive(
    files.map(({ name, bytes }) => ({ name, packed: deflateRawSync(bytes), size: bytes.length, crc: crc32(bytes) })),
  );
  return Buffer.from(buffer);
};

const zipEnd = Buffer.alloc(4);
zipEnd.writeUInt32LE(zipEndSignature);

/** What comes out of an archive at most. */
const mostBytes = 512 * 1024 * 1024;

/**
 * The files of an archive; undefined where it is none, is damaged, encrypted, or would come to more than 512 MB.
 * A name that comes twice makes it damaged too, because one of the two would go unread.
 */
export const unzip = (archive: Uint8Array): NamedFile[] | undefined => {
  try {
    const zip = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
    const end = zip.lastIndexOf(zipEnd);
    if (end < 0) return undefined;
    const count = zip.readUInt16LE(end + 10);
    const files = new Map<string, NamedFile>();
    let [at, left] = [zip.readUInt32LE(end + 16), mostBytes];
    for (let n = 0; n < count; n += 1) {
      if (zip.readUInt32LE(at) !== zipEntrySignature) return undefined;
      const [flags, method, sum] = [zip.readUInt16LE(at + 8), zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 16)];
      const [packedSize, nameSize] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
      const name = zip.toString('utf8', at + 46, at + 46 + nameSize);
      const part = zip.readUInt32LE(at + 42);
      if (zip.readUInt32LE(part) !== zipPartSignature || (flags & 1) === 1 || files.has(name)) return undefined;
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
