/** Lines of care facts as reports count them. */
import type { CareOf, CareRead } from './care-facts.ts';
import type { ReportBody } from './report-frame.ts';

/** Lines put together by what they have in common, the most frequent first. */
export const grouped = (lines: readonly CareOf[], of: (line: CareOf) => string | undefined): [string, CareOf[]][] => {
  const groups = new Map<string, CareOf[]>();
  for (const line of lines) {
    const key = of(line);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups].sort(([a, x], [b, y]) => countOf(y) - countOf(x) || (a < b ? -1 : 1));
};

/** How often something was counted, of all lines or of those that are so. */
export const countOf = (lines: readonly CareOf[], is: (line: CareOf) => boolean = () => true): number =>
  lines.reduce((sum, line) => sum + (is(line) ? line.n : 0), 0);

export const unitsOf = (lines: readonly CareOf[]): number => lines.reduce((sum, { units }) => sum + units, 0);

/** As a percentage with one decimal; nothing of nothing. */
export const percent = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1_000) / 10;

export const whatIs =
  (...whats: readonly CareOf['what'][]) =>
  (line: CareOf): boolean =>
    whats.includes(line.what);

/** What a reader has to know of how the figures came to be. */
export const notesOf = ({ left }: CareRead, ...more: readonly string[]): string[] => [
  ...more,
  ...(left > 0 ? ['sites-left'] : []),
];
export const readFigures = ({ asOf, left }: CareRead): ReportBody['figures'] => [
  { name: 'as-of', kind: 'instant', value: asOf },
  ...(left > 0 ? [{ name: 'sites-left', kind: 'count' as const, value: left }] : []),
];

/** Lines of papers that were written for a month that was closed when they were entered. */
const lateIn = (lines: readonly CareOf[]): number => countOf(lines, (l) => l.late === true);

/** What of them is counted here, where anything is: as a figure, as a note, and as a last column of a table. */
export const lateFigures = (lines: readonly CareOf[]): ReportBody['figures'] =>
  lateIn(lines) > 0 ? [{ name: 'lines-late', kind: 'count', value: lateIn(lines) }] : [];
export const lateNotes = (lines: readonly CareOf[]): string[] => (lateIn(lines) > 0 ? ['care-late'] : []);

/** A word of these reports; other reports say other things by the same name. */
export const wordOf = (name: string): string => `care.${name}`;
