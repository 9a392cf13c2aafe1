/** What is different between two versions of a closed month, report by report, so that a correction says what it corrected. */
import type { PeriodReport } from './period.ts';
import type { ReportFigure, ReportKind } from './report.ts';

/** A figure, a side of a check or a number of rows, before and after; undefined on the side that does not have it. */
interface Changed<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

export interface ReportChange {
  readonly report: ReportKind;
  /** `same` says what it said; `said` may have no figure that differs and yet other rows. */
  readonly how: 'same' | 'said' | 'added' | 'gone';
  /** Those that differ; when something was reckoned is no figure that can be wrong. */
  readonly figures: readonly ({ readonly name: string; readonly kind: ReportFigure['kind'] } & Changed<
    ReportFigure['value']
  >)[];
  /** Checks that held in one of them and not in the other. */
  readonly checks: readonly ({ readonly name: string } & Changed<boolean>)[];
  readonly rows: Changed<number>;
}

const byName = <T extends { readonly name: string }>(all: readonly T[]): Map<string, T> =>
  new Map(all.map((one) => [one.name, one]));
const namesOf = (...all: readonly (readonly { readonly name: string }[])[]): string[] => [
  ...new Set(all.flatMap((some) => some.map(({ name }) => name))),
];

const figuresBetween = (before: readonly ReportFigure[], after: readonly ReportFigure[]): ReportChange['figures'] => {
  const [old, young] = [byName(before), byName(after)];
  return namesOf(after, before).flatMap((name) => {
    const kind = (young.get(name) ?? old.get(name))?.kind ?? 'number';
    const changed = { before: old.get(name)?.value, after: young.get(name)?.value };
    return kind === 'instant' || changed.before === changed.after ? [] : [{ name, kind, ...changed }];
  });
};

const checksBetween = (before: PeriodReport['checks'], after: PeriodReport['checks']): ReportChange['checks'] => {
  const [old, young] = [byName(before), byName(after)];
  return namesOf(after, before).flatMap((name) => {
    const changed = { before: old.get(name)?.holds, after: young.get(name)?.holds };
    return changed.before === changed.after ? [] : [{ name, ...changed }];
  });
};

/** Every report of either version, in the order of the younger one. Pure. */
export const changesBetween = (before: readonly PeriodReport[], after: readonly PeriodReport[]): ReportChange[] => {
  const [old, young] = [
    new Map(before.map((one) => [one.report, one])),
    new Map(after.map((one) => [one.report, one])),
  ];
  return [...new Set([...young.keys(), ...old.keys()])].map((report): ReportChange => {
    const [was, is] = [old.get(report), young.get(report)];
    const figures = was && is ? figuresBetween(was.figures ?? [], is.figures ?? []) : [];
    const checks = was && is ? checksBetween(was.checks, is.checks) : [];
    const rows = { before: was?.rows, after: is?.rows };
    if (!was || !is) return { report, how: was ? 'gone' : 'added', figures, checks, rows };
    const isSame =
      was.content !== undefined && is.content !== undefined
        ? was.content === is.content
        : figures.length === 0 && checks.length === 0 && was.rows === is.rows;
    return { report, how: isSame ? 'same' : 'said', figures, checks, rows };
  });
};
