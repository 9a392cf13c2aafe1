/** Packs scanned at the counter: what the national marking service and earlier dispenses say of them. */
import type { SerialUse } from '@darmon/domain/pack-scan';
import { type PackAt, packName, withMarking } from '@darmon/domain/pack-scan';
import type { Prescription } from '@darmon/domain/prescription';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { tashkentDay } from '@darmon/domain/time';
import type { Marking, MarkingAnswer } from '@darmon/marking/marking';
import type { MarkingCheck } from '@darmon/table/marking-items';
import type { SerialItem } from '@darmon/table/serial-items';
import { Changed } from '@darmon/table/transact';
import type { Deps } from './deps.ts';

export type MarkingDeps = Deps & {
  /** Absent where no service is configured: nothing is asked, and nothing waits to be asked. */
  readonly marking?: Marking | undefined;
};

const isMarked = (pack: PackAt): pack is PackAt & { serial: string } => pack.serial !== undefined;

/** What the service says of each pack with a serial number, by `packName`; it is asked once, whatever is tried again. */
export const askMarking = async (deps: MarkingDeps, packs: readonly PackAt[]): Promise<Map<string, MarkingAnswer>> => {
  const marked = packs.filter(isMarked);
  if (!deps.marking || marked.length === 0) return new Map();
  const answers = await deps.marking.lookAll(marked.map(({ gtin, serial }) => ({ gtin, serial })));
  return new Map(marked.map((pack, i) => [packName(pack), answers[i] as MarkingAnswer]));
};

/**
 * The packs with what the service knows of them. One that it has out of circulation may be one that this site handed over
 * before and took back, or opened: only then is the pack itself read.
 * @throws Refusal `serial-quarantined`, `scan-contradicts`
 */
export const withAnswers = async (
  deps: Deps,
  site: string,
  packs: readonly PackAt[],
  answers: ReadonlyMap<string, MarkingAnswer>,
): Promise<PackAt[]> => {
  const answerOf = (pack: PackAt) => (isMarked(pack) ? answers.get(packName(pack)) : undefined);
  const gone = packs.filter(isMarked).filter((pack) => {
    const answer = answerOf(pack);
    return answer?.kind === 'known' && answer.status === 'withdrawn';
  });
  const known = gone.length === 0 ? [] : await deps.table.loadSerials(gone);
  const here = new Set(known.filter((s) => s.site === site).map(packName));
  return packs.map((pack) => {
    const answer = answerOf(pack);
    if (answer?.kind !== 'known' || !isMarked(pack)) return pack;
    return withMarking(pack, answer, { wasHere: here.has(packName(pack)) });
  });
};

/** What is to be asked later: the packs that the service gave no answer about. */
export const checkOf = (
  deps: MarkingDeps,
  answers: ReadonlyMap<string, MarkingAnswer>,
  serials: readonly SerialUse[],
  about: { dispense: string; prescription: string; site: string; at: string; expiryOf: (use: SerialUse) => string },
): MarkingCheck | undefined => {
  const open = serials.filter((use) => answers.get(packName(use))?.kind === 'unavailable');
  if (open.length === 0) return undefined;
  const { dispense, prescription, site, at } = about;
  return {
    id: deps.id(),
    day: tashkentDay(Date.parse(at)),
    dispense,
    prescription,
    site,
    at,
    packs: open.map((use) => ({
      gtin: use.gtin,
      serial: use.serial,
      lot: use.lot,
      expiryDate: about.expiryOf(use),
      packUnits: use.packUnits,
    })),
  };
};

const refuseSerial = (use: SerialUse, known: SerialItem, site: string): void => {
  if (known.state === 'gone' || known.state === 'unknown')
    throw refuseAt('serial-gone', use.pointer, { gtin: use.gtin });
  if (known.act !== undefined) throw refuseAt('units-promised', use.pointer, { gtin: use.gtin });
  if (known.state !== 'available') throw refuseAt('serial-quarantined', use.pointer, { gtin: use.gtin });
  const elsewhere = known.site !== site && known.unitsLeft < known.packUnits;
  if (elsewhere || known.unitsLeft === 0) throw refuseAt('serial-dispensed', use.pointer, { gtin: use.gtin });
};

/**
 * After the database refused a pack: says which one and why. An opened pack of this site that holds less than was asked
 * of it is no refusal yet: `left` learns what it holds, and the dispense is decided again. So an ordinary dispense reads
 * no pack, and only a refused one pays.
 * @throws Refusal `serial-gone`, `units-promised`, `serial-quarantined`, `serial-dispensed`; Changed where it is to be decided again
 */
export const judgeSerials = async (
  deps: Deps,
  decided: Prescription,
  site: string,
  serials: readonly SerialUse[],
  left: Map<string, number>,
): Promise<never> => {
  const [stored, found] = await Promise.all([deps.table.loadPrescription(decided.id), deps.table.loadSerials(serials)]);
  // whoever was faster with this very prescription took the pack too: what stands now says more than the pack does
  if (stored?.version !== decided.version) throw new Changed();
  const known = new Map(found.map((s) => [packName(s), s]));
  for (const use of serials) {
    const serial = known.get(packName(use));
    if (!serial) continue;
    refuseSerial(use, serial, site);
    left.set(packName(use), serial.unitsLeft);
  }
  throw new Changed();
};

/** Whether the database refused a pack; the transaction says no more than that. */
export const isSerialRefusal = (error: unknown): boolean =>
  error instanceof Refusal && error.code === 'serial-dispensed' && error.errors.length === 0;
