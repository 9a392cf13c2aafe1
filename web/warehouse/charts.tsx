/** Charts that are read without a mouse and without colours: bars with their words beside them, a line with its table. */
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useT } from '../shared/language.ts';

interface Bar {
  readonly key: string;
  readonly name: ReactNode;
  readonly value: number;
  /** The part of it that is lost, drawn in another pattern. */
  readonly lost?: number;
  /** What the bar says, in words. */
  readonly text: string;
}

/** Bars one below the other, as long as their share of the longest. */
export const Bars = ({ bars, label }: { readonly bars: readonly Bar[]; readonly label: string }) => {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const width = (value: number) => ({ width: `${(100 * value) / most}%` });
  return (
    <ul className="bars" aria-label={label}>
      {bars.map(({ key, name, value, lost = 0, text }) => (
        <li key={key}>
          <span className="bar-name">{name}</span>
          <span className="bar-track" aria-hidden>
            <span className="bar-used" style={width(value - lost)} />
            <span className="bar-lost" style={width(lost)} />
          </span>
          <span className="bar-text">{text}</span>
        </li>
      ))}
    </ul>
  );
};

export interface Point {
  readonly key: string;
  readonly name: string;
  readonly value: number;
}

const [high, wide] = [120, 600];

/**
 * Steps from point to point, from nothing up to the most; below it the first and the last. `table` says the same in
 * rows; `limits` are those that the line should keep to.
 */
export const Line = ({
  points,
  label,
  textOf,
  limits,
  table,
}: {
  readonly points: readonly Point[];
  readonly label: string;
  readonly textOf: (value: number) => string;
  readonly limits?: { readonly from: number; readonly to: number };
  readonly table: ReactNode;
}) => {
  const t = useT();
  const values = points.map(({ value }) => value);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const top = Math.max(...values, limits?.to ?? 1);
  const bottom = limits ? Math.min(...values, limits.from) : 0;
  const span = top - bottom || 1;
  const y = (value: number) => high - ((value - bottom) / span) * high;
  const x = (i: number) => (points.length === 1 ? wide : (i / (points.length - 1)) * wide);
  const steps = points.map(({ value }, i) => (i === 0 ? `M0 ${y(value)} H${x(0)}` : `H${x(i)} V${y(value)}`)).join(' ');
  const said = t('web-stock-views:chartFrom', {
    name: label,
    first: first.name,
    last: last.name,
    least: textOf(Math.min(...values)),
    most: textOf(Math.max(...values)),
    end: textOf(last.value),
  });
  return (
    <figure className="line-chart">
      <div className="line-scale" aria-hidden>
        <span>{textOf(top)}</span>
        <span>{textOf(bottom)}</span>
      </div>
      <svg viewBox={`0 -2 ${wide} ${high + 4}`} preserveAspectRatio="none" role="img" aria-label={said}>
        {limits && (
          <rect className="line-limits" x={0} width={wide} y={y(limits.to)} height={y(limits.from) - y(limits.to)} />
        )}
        {!limits && <path className="line-area" d={`${steps} V${high} H0 Z`} />}
        <path className="line-path" d={steps} vectorEffect="non-scaling-stroke" />
      </svg>
      <div className="line-ends" aria-hidden>
        <span>{first.name}</span>
        <span>{last.name}</span>
      </div>
      <Text component="figcaption" size="sm" className="quiet">
        {said}
      </Text>
      <details className="line-table">
        <summary>{t('web-stock-views:asTable')}</summary>
        {table}
      </details>
    </figure>
  );
};
