/** A strength as it is printed on a pack, read as an amount of each substance in what is counted or measured. */
import type { Medicine, Unit } from './medicine.ts';

/** An amount of one substance: milligrams or international units. */
export interface Amount {
  readonly value: number;
  readonly unit: 'mg' | 'IU';
}

const inMilligrams: Readonly<Record<string, number>> = { g: 1_000, mg: 1, mcg: 0.001 };

const number = (text: string): number => Number(text.replace(/(?<=\d) (?=\d{3})/g, ''));

/** `500 mg`, `2 500 IU`, `0.5 g`. */
const amountOf = (text: string, unitAtEnd: string): Amount | undefined => {
  const match = /^([\d. ]+?)\s*(mg|mcg|g|IU|U)?$/.exec(text.trim());
  const unit = match?.[2] ?? unitAtEnd;
  const value = number(match?.[1] ?? '');
  if (!match || !Number.isFinite(value)) return undefined;
  if (unit === 'IU' || unit === 'U') return { value, unit: 'IU' };
  const factor = inMilligrams[unit];
  return factor === undefined ? undefined : { value: value * factor, unit: 'mg' };
};

/** In what the amounts of a strength are: one unit as it is counted, a millilitre, or a dose. */
type Per = 'unit' | 'ml' | 'dose';

interface Reading {
  readonly amounts: readonly Amount[];
  readonly per: Per;
  /** Millilitres in one ampoule or vial, where they are said. */
  readonly volume?: number;
}

const perOf = (text: string | undefined): { per: Per; size: number } | undefined => {
  if (text === undefined) return { per: 'unit', size: 1 };
  if (text === 'dose') return { per: 'dose', size: 1 };
  const ml = /^([\d.]+ )?ml$/.exec(text);
  return ml ? { per: 'ml', size: ml[1] === undefined ? 1 : Number(ml[1]) } : undefined;
};

/** `250 mg/5 ml`, `20 mg/ml, 2 ml`, `875 mg/125 mg`, `5/10 mg/ml`, `2 %`; undefined where nothing certain is said. */
const readStrength = (strength: string): Reading | undefined => {
  const [concentration = '', size = ''] = strength.split(',');
  const volume = /^([\d.]+) ml$/.exec(size.trim())?.[1];
  const percent = /^([\d.]+) %$/.exec(concentration.trim());
  if (percent) return { amounts: [{ value: Number(percent[1]) * 10, unit: 'mg' }], per: 'ml' };
  const parts = concentration.split('/').map((part) => part.trim());
  const last = parts.at(-1) ?? '';
  const isPer = last === 'dose' || /^([\d.]+ )?ml$/.test(last);
  if (last === 'h') return undefined;
  const per = perOf(isPer ? last : undefined);
  const amountTexts = isPer ? parts.slice(0, -1) : parts;
  const unitAtEnd = /(mg|mcg|g|IU|U)$/.exec(amountTexts.at(-1) ?? '')?.[1] ?? '';
  const amounts = amountTexts.map((text) => amountOf(text, unitAtEnd));
  if (!per || amounts.length === 0 || amounts.some((a) => a === undefined)) return undefined;
  return {
    amounts: (amounts as Amount[]).map(({ value, unit }) => ({ value: value / per.size, unit })),
    per: per.per,
    ...(volume !== undefined && { volume: Number(volume) }),
  };
};

/**
 * How much of each substance one `unit` of a dosage holds, in the order of the INN; undefined where the strength does
 * not say it for certain (drops, patches, an ampoule of a concentration), because a guess would be worse than silence.
 */
export const amountsInUnit = (
  medicine: Pick<Medicine, 'inn' | 'strength' | 'unit'>,
  unit: Unit,
): readonly Amount[] | undefined => {
  const reading = readStrength(medicine.strength);
  const substances = medicine.inn.split('+').length;
  if (!reading || reading.amounts.length !== substances) return undefined;
  if (reading.per === 'ml') {
    if (unit === 'ml') return reading.amounts;
    const { volume } = reading;
    const whole = unit === medicine.unit && (unit === 'ampoule' || unit === 'vial') && volume !== undefined;
    return whole ? reading.amounts.map((a) => ({ ...a, value: a.value * volume })) : undefined;
  }
  if (reading.per === 'dose') return unit === 'dose' ? reading.amounts : undefined;
  const countable: readonly Unit[] = ['tablet', 'capsule', 'suppository', 'sachet', 'vial', 'ampoule', 'piece'];
  return unit === medicine.unit && countable.includes(unit) ? reading.amounts : undefined;
};
