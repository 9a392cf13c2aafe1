/** What a proposal says of the shelf, as the rules of stock and packs want it. */
import type { Medicine } from '@darmon/domain/medicine';
import type { StockRow } from '@darmon/domain/stock';
import type { routes } from '@darmon/function-dispensing/routes';
import type { AnswerOf } from '@darmon/http/route';

type Proposal = AnswerOf<typeof routes.proposeLots>;
export type ProposedLine = Proposal['lines'][number];

export const lotKey = ({ gtin, lot }: { gtin: string; lot: string }): string => `${gtin}#${lot}`;

/** The usable lots of a line as rows of stock, first expiring first; packs as the formulary knows them. */
export const rowsOf = (line: ProposedLine, medicine: Medicine | undefined): readonly StockRow[] =>
  line.others.map(({ gtin, lot, expiryDate, onHand, brand }) => {
    const pack = medicine?.packs.find((p) => p.gtin === gtin);
    return {
      site: '',
      medicine: line.medicine,
      gtin,
      lot,
      expiryDate,
      free: onHand,
      held: 0,
      state: 'available' as const,
      brand,
      packUnits: pack?.units ?? 1,
      ...(pack?.divisibleBy !== undefined && { divisibleBy: pack.divisibleBy }),
    };
  });

export const isSameBrand = (one: string | undefined, other: string | undefined): boolean =>
  one?.toLowerCase() === other?.toLowerCase();

/** The brand that would be handed over in place of the prescribed one; nothing where none was prescribed. */
export const substituteOf = (
  line: ProposedLine,
  lots: readonly { gtin: string; lot: string }[],
): { readonly from: string; readonly to: string } | undefined => {
  const { brand } = line;
  if (brand === undefined) return undefined;
  const to = lots
    .map((lot) => line.others.find((other) => lotKey(other) === lotKey(lot))?.brand)
    .find((one) => one !== undefined && !isSameBrand(one, brand));
  return to === undefined ? undefined : { from: brand, to };
};
