/** What a dispense left of a prescription. */
import { nonDispenseReasons } from '@darmon/domain/prescription';
import type { Dispensed, Prescription } from './find.ts';

export interface OpenLine {
  readonly line: Prescription['lines'][number];
  readonly units: number;
  /** The day for which the rest is promised. */
  readonly owedOn: string | undefined;
}

/** What stays open after a dispense, whether or not `prescription` was read again since. */
export const openAfter = (prescription: Prescription, dispensed: Dispensed): readonly OpenLine[] => {
  const isCounted = prescription.dispenses.some((one) => one.id === dispensed.id);
  return prescription.lines.flatMap((line) => {
    const handed = dispensed.lines.find((one) => one.line === line.line);
    const withheld = dispensed.notDispensed?.find((one) => one.line === line.line);
    const units = line.quantity - line.dispensed - (isCounted ? 0 : (handed?.quantity ?? 0));
    const isClosed = withheld ? nonDispenseReasons[withheld.reason] : line.notDispensed?.closed === true;
    return units > 0 && !isClosed ? [{ line, units, owedOn: handed?.owedOn ?? withheld?.owedOn }] : [];
  });
};
