/**
 * What doctors of the demo country's past write: courses of tablets and capsules, for adults, each with the diagnosis it is
 * for. Ordinary doses; whatever meets something that warns is written here on purpose.
 */

export interface Course {
  readonly medicine: string;
  readonly timesPerDay: number;
  /** One of these. */
  readonly days: readonly [number, ...number[]];
  readonly icd10: string;
  /** How often it is written, against the others. */
  readonly weight: number;
}

const course = (
  medicine: string,
  timesPerDay: number,
  days: Course['days'],
  icd10: string,
  weight: number,
): Course => ({ medicine, timesPerDay, days, icd10, weight });

/** What passes: an infection, a fever, an allergy. Antibiotics stand first, by the groups of which reports tell. */
export const antibiotics: readonly Course[] = [
  course('AMOX500CAP', 3, [5, 7], 'J02.9', 14),
  course('AMCL625TAB', 3, [5, 7], 'J01.9', 7),
  course('CEFL500CAP', 4, [5], 'L03.9', 3),
  course('DOXY100CAP', 2, [7], 'A69.2', 3),
  course('AZIT500TAB', 1, [3], 'J20.9', 8),
  course('CEFU500TAB', 2, [5, 7], 'J15.9', 4),
  course('CLAR500TAB', 2, [7], 'J32.9', 2),
  course('CIPR500TAB', 2, [5, 7], 'N30.0', 4),
  course('LEVF500TAB', 1, [5, 7], 'J18.9', 3),
  course('LINE600TAB', 2, [10], 'J15.2', 1),
];
/** What a doctor reaches for who takes the strongest first. */
export const strongAntibiotics: readonly Course[] = antibiotics.filter(({ medicine }) =>
  ['AZIT500TAB', 'CEFU500TAB', 'LEVF500TAB', 'CIPR500TAB', 'CLAR500TAB'].includes(medicine),
);

export const passing: readonly Course[] = [
  ...antibiotics,
  course('PARA500TAB', 3, [3, 5], 'R50.9', 12),
  course('IBUP400TAB', 3, [5], 'M54.5', 9),
  course('AMBR30TAB', 3, [7], 'J20.9', 8),
  course('CETI10TAB', 1, [10], 'J30.1', 6),
  course('LORA10TAB', 1, [10], 'L50.0', 4),
  course('OMEP20CAP', 1, [14, 28], 'K29.5', 8),
];

/** What is taken for life, a month at a time. */
export const lasting: readonly Course[] = [
  course('ENAL10TAB', 2, [30], 'I10', 6),
  course('AMLO5TAB', 1, [30], 'I10', 6),
  course('BISO5TAB', 1, [30], 'I25.1', 3),
  course('METF500TAB', 2, [30], 'E11.9', 6),
  course('ATOR20TAB', 1, [30], 'E78.0', 4),
];

/** Two that warn of each other, and are written together all the same. */
export const warning: readonly [Course, Course] = [
  course('ENAL10TAB', 2, [10], 'I10', 1),
  course('IBUP400TAB', 3, [5], 'M54.5', 1),
];

/** What stands in a register. */
export const pain = course('TRAM50CAP', 3, [5, 7], 'G89.2', 1);
export const calming = course('DIAZ5TAB', 2, [10], 'F41.1', 1);
export const controlled: readonly Course[] = [pain, calming];

/** Everything that a pharmacy of the past may be asked for. */
export const courses: readonly Course[] = [...passing, ...lasting, ...controlled];
