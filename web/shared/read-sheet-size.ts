/** How large a file may be, known without what reads it. */
import { SheetRefusal } from '@darmon/domain/sheet';

/** Bytes of a file; larger ones are refused before a byte is read. */
export const maxSheetBytes = 20_000_000;

/** @throws SheetRefusal `too-large` */
export const requireSize = (size: number): void => {
  if (size > maxSheetBytes)
    throw new SheetRefusal('too-large', { most: maxSheetBytes / 1_000_000, size: Math.ceil(size / 1_000_000) });
};
