/** What was scanned or typed of a transfer that arrives, before it is sent; kept on the device, for a page that is loaded again. */
import type { Discrepancy } from '@darmon/domain/receiving';
import type { transferRoutes } from '@darmon/function-inventory/transfer-routes';
import type { BodyOf } from '@darmon/http/route';
import type { ScannedPack } from '../scan/meaning.ts';
import type { TransferLot } from './transfer-view.ts';

export interface Counted {
  readonly units?: number | undefined;
  readonly zone?: string | undefined;
  readonly shelf?: string | undefined;
}

export interface ArrivalDraft {
  /** By `lotKey`; a lot that is not in it was not counted. */
  readonly counted: Readonly<Record<string, Counted>>;
  /** Packs with a serial number that were scanned, as they were scanned. */
  readonly serials: readonly { readonly key: string; readonly name: string; readonly raw: string }[];
  readonly told: readonly Discrepancy[];
  readonly celsius?: number | undefined;
  readonly final: boolean;
}

export const emptyArrival: ArrivalDraft = { counted: {}, serials: [], told: [], final: true };

export const lotKey = ({ gtin, lot }: { readonly gtin: string; readonly lot: string }): string => `${gtin}#${lot}`;

/** Lots of which something is on its way. */
export const expectedLots = (lots: readonly TransferLot[]): readonly TransferLot[] =>
  lots.filter((lot) => lot.inTransit > 0);

export type Scanned =
  | { readonly kind: 'counted'; readonly draft: ArrivalDraft; readonly lot: TransferLot }
  | { readonly kind: 'not-this-transfer' | 'which-lot' | 'same-serial' };

/** One pack more of the lot that the scan names, or of the only lot of its GTIN that is on its way. */
export const countPack = (
  draft: ArrivalDraft,
  pack: ScannedPack,
  raw: string,
  lots: readonly TransferLot[],
): Scanned => {
  const possible = expectedLots(lots).filter(
    (l) => l.gtin === pack.gtin && (pack.lot === undefined || l.lot === pack.lot),
  );
  const [lot] = possible;
  if (!lot) return { kind: 'not-this-transfer' };
  if (possible.length > 1) return { kind: 'which-lot' };
  const key = lotKey(lot);
  const name = pack.serial === undefined ? undefined : `${pack.gtin}#${pack.serial}`;
  if (name !== undefined && draft.serials.some((s) => s.name === name)) return { kind: 'same-serial' };
  const before = draft.counted[key];
  return {
    kind: 'counted',
    lot,
    draft: {
      ...draft,
      counted: { ...draft.counted, [key]: { ...before, units: (before?.units ?? 0) + lot.packUnits } },
      ...(name !== undefined && { serials: [...draft.serials, { key, name, raw }] }),
    },
  };
};

export const count = (draft: ArrivalDraft, key: string, next: Counted): ArrivalDraft => ({
  ...draft,
  counted: { ...draft.counted, [key]: { ...draft.counted[key], ...next } },
  // a count that was typed is of packs, whichever were scanned
  ...('units' in next && { serials: draft.serials.filter((s) => s.key !== key) }),
});

export const countAll = (draft: ArrivalDraft, lots: readonly TransferLot[]): ArrivalDraft =>
  expectedLots(lots).reduce((all, lot) => count(all, lotKey(lot), { units: lot.inTransit }), draft);

/** What is sent: scans where packs have numbers, units for the rest, and what is over told by itself. */
export const arrivalBody = (
  draft: ArrivalDraft,
  lots: readonly TransferLot[],
): BodyOf<typeof transferRoutes.receiveTransfer> => {
  const lines = expectedLots(lots).flatMap((lot) => {
    const { units, zone, shelf } = draft.counted[lotKey(lot)] ?? {};
    if (!units) return [];
    const place = { ...(zone && { zone }), ...(zone && shelf && { shelf }) };
    const scans = draft.serials
      .filter((s) => s.key === lotKey(lot))
      .map((s) => ({ scan: s.raw, lot: lot.lot, ...place }));
    const rest = units - scans.length * lot.packUnits;
    return [...scans, ...(rest > 0 ? [{ gtin: lot.gtin, lot: lot.lot, quantity: rest, ...place }] : [])];
  });
  const over = expectedLots(lots).flatMap((lot): Discrepancy[] => {
    const units = draft.counted[lotKey(lot)]?.units ?? 0;
    if (units <= lot.inTransit) return [];
    return [{ kind: 'over', gtin: lot.gtin, lot: lot.lot, expected: lot.inTransit, received: units }];
  });
  const discrepancies = [...over, ...draft.told];
  return {
    lines,
    ...(discrepancies.length > 0 && { discrepancies }),
    ...(draft.celsius !== undefined && { arrival: { celsius: draft.celsius } }),
    ...(draft.final && { final: true as const }),
  };
};
