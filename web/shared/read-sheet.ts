/**
 * A file that a person has chosen, as a sheet of rows. It is read on the device and never sent: what a file may hide (a
 * formula, a macro, an archive that grows without end) stays here, and the server sees rows.
 */
import { type Sheet, SheetRefusal } from '@darmon/domain/sheet';
import { requireSize } from './read-sheet-size.ts';
import { readSeparated } from './sheet-text.ts';
import { type OnProgress, readWorkbook } from './sheet-xlsx.ts';

const beginsWith = (bytes: Uint8Array, ...signature: readonly number[]): boolean =>
  signature.every((byte, at) => bytes[at] === byte);

/** A workbook with a password is an archive of the older kind, which names its only content so (MS-OFFCRYPTO 2.3.4.4). */
const holdsEncrypted = (bytes: Uint8Array): boolean => {
  const wanted = Array.from('EncryptedPackage', (letter) => [letter.charCodeAt(0), 0]).flat();
  for (let at = bytes.indexOf(0x45); at >= 0 && at < bytes.length; at = bytes.indexOf(0x45, at + 1))
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return true;
  return false;
};

/**
 * Reads XLSX, or text with separated values; what a file is, its first bytes say, not its name. `onProgress` hears the
 * share that is done, from 0 to 1.
 * @throws SheetRefusal with one of its codes, for anything that cannot be read whole and with certainty
 */
export const readSheet = async (
  bytes: Uint8Array<ArrayBuffer>,
  onProgress: OnProgress = () => undefined,
): Promise<Sheet> => {
  requireSize(bytes.length);
  if (bytes.length === 0) throw new SheetRefusal('no-rows');
  if (beginsWith(bytes, 0x50, 0x4b)) return readWorkbook(bytes, onProgress);
  if (beginsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new SheetRefusal(holdsEncrypted(bytes) ? 'encrypted' : 'old-format');
  // PDF, pictures, other archives, web pages that programs save under the name of a workbook
  if (
    beginsWith(bytes, 0x25, 0x50, 0x44, 0x46) ||
    beginsWith(bytes, 0x89, 0x50, 0x4e, 0x47) ||
    beginsWith(bytes, 0xff, 0xd8, 0xff) ||
    beginsWith(bytes, 0x1f, 0x8b) ||
    beginsWith(bytes, 0x52, 0x61, 0x72, 0x21) ||
    /^(?:\ufeff|ï»¿)?\s*<(?:!doctype|html|\?xml)/i.test(String.fromCharCode(...bytes.subarray(0, 100)))
  )
    throw new SheetRefusal('other-format');
  return readSeparated(bytes, onProgress);
};
