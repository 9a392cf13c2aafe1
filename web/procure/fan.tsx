/** One picture of a product: what was used, what will be with its range, the stock, and what is due; and all of it in rows. */
import { useFormat, useT } from '../shared/language.ts';
import { monthText } from '../warehouse/stock-history.tsx';
import { type FanMonth, fanOf, type Product } from './fan-view.ts';

const [high, slot] = [220, 20];

export const Fan = ({ product, textOf }: { readonly product: Product; readonly textOf: (units: number) => string }) => {
  const t = useT();
  const months = fanOf(product);
  const top = Math.max(1, ...months.flatMap((m) => [m.used ?? 0, m.high ?? 0, m.stock ?? 0, m.due]));
  const wide = months.length * slot;
  const y = (units: number) => high - (Math.max(0, units) / top) * high;
  const mid = (i: number) => i * slot + slot / 2;
  const past = months.findIndex(({ isPresent }) => isPresent);
  const ahead = months.map((m, i) => ({ ...m, i })).filter((m) => m.forecast !== undefined);
  const band = [
    ...ahead.map((m) => `${mid(m.i)},${y(m.high ?? 0)}`),
    ...[...ahead].reverse().map((m) => `${mid(m.i)},${y(m.low ?? 0)}`),
  ].join(' ');
  const line = (points: readonly (readonly [number, number])[]) =>
    points.map(([x, value], i) => `${i === 0 ? 'M' : 'L'}${x} ${y(value)}`).join(' ');
  const stockAt = months.map((m, i) => [mid(i) + slot / 2, m.stock] as const);
  const here = past < 0 ? months.length : past;
  const known = (part: typeof stockAt) =>
    part.flatMap(([x, stock]) => (stock === undefined ? [] : [[x, stock] as const]));
  return (
    <figure className="fan">
      <div className="fan-scale" aria-hidden>
        <span>{textOf(Math.round(top))}</span>
        <span>0</span>
      </div>
      <svg
        viewBox={`0 -6 ${wide} ${high + 8}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={useSaid(product, months, textOf)}
      >
        <defs>
          <pattern id="fan-out" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" fill="#fff" />
            <rect width="3" height="6" fill="#b02a1a" />
          </pattern>
        </defs>
        {ahead.length > 1 && <polygon className="fan-band" points={band} />}
        {months.map((m, i) =>
          m.used === undefined || m.used <= 0 ? null : (
            <rect
              key={m.month}
              className={(m.daysOut ?? 0) > 0 ? 'fan-used fan-used-out' : 'fan-used'}
              x={i * slot + 3}
              width={slot - 6}
              y={y(m.used)}
              height={high - y(m.used)}
            />
          ),
        )}
        {months.map((m, i) =>
          m.due === 0 ? null : <path key={m.month} className="fan-due" d={`M${mid(i) - 6} ${y(m.due)} h12 l-6 10 Z`} />,
        )}
        <path className="fan-stock" d={line(known(stockAt.slice(0, here)))} vectorEffect="non-scaling-stroke" />
        <path
          className="fan-ahead"
          d={line(known(stockAt.slice(Math.max(0, here - 1))))}
          vectorEffect="non-scaling-stroke"
        />
        {ahead.length > 0 && (
          <path
            className="fan-forecast"
            d={line(ahead.map((m) => [mid(m.i), m.forecast ?? 0] as const))}
            vectorEffect="non-scaling-stroke"
          />
        )}
        {past >= 0 && <path className="fan-now" d={`M${past * slot} -6 V${high}`} vectorEffect="non-scaling-stroke" />}
      </svg>
      <div className="fan-ends" aria-hidden>
        <span>{monthText(months[0]?.month ?? '')}</span>
        {past > 2 && past < months.length - 3 && <span>{monthText(months[past]?.month ?? '')}</span>}
        <span>{monthText(months.at(-1)?.month ?? '')}</span>
      </div>
      <Legend months={months} />
      <details className="fan-table">
        <summary>{t('web-plan:asTable')}</summary>
        <FanTable months={months} textOf={textOf} />
      </details>
    </figure>
  );
};

const useSaid = (product: Product, months: readonly FanMonth[], textOf: (units: number) => string): string => {
  const t = useT();
  const last = months.filter((m) => !m.isPresent && m.used !== undefined).at(-1);
  const next = months.find((m) => !m.isPresent && m.forecast !== undefined);
  return t('web-plan:chartSaid', {
    from: monthText(months[0]?.month ?? ''),
    to: monthText(months.at(-1)?.month ?? ''),
    last: last ? textOf(last.used ?? 0) : t('web-plan:unknown'),
    next: next ? textOf(Math.round(next.forecast ?? 0)) : t('web-plan:unknown'),
    low: next ? textOf(Math.round(next.low ?? 0)) : t('web-plan:unknown'),
    high: next ? textOf(Math.round(next.high ?? 0)) : t('web-plan:unknown'),
    stock: textOf(product.lots.reduce((sum, { usable }) => sum + usable, 0)),
  });
};

/** Only what is in the picture. */
const Legend = ({ months }: { readonly months: readonly FanMonth[] }) => {
  const t = useT();
  const some = (is: (month: FanMonth) => boolean) => months.some(is);
  const isForecast = some((m) => m.forecast !== undefined);
  const entries = [
    { mark: 'used', text: t('web-plan:legendUsed'), shown: some((m) => (m.used ?? 0) > 0 && !m.daysOut) },
    { mark: 'out', text: t('web-plan:legendOut'), shown: some((m) => (m.used ?? 0) > 0 && (m.daysOut ?? 0) > 0) },
    { mark: 'forecast', text: t('web-plan:legendForecast'), shown: isForecast },
    { mark: 'band', text: t('web-plan:legendBand'), shown: isForecast },
    {
      mark: 'stock',
      text: t('web-plan:legendStock'),
      shown: some((m) => m.forecast === undefined && !m.isPresent && m.stock !== undefined),
    },
    { mark: 'ahead', text: t('web-plan:legendAhead'), shown: isForecast },
    { mark: 'due', text: t('web-plan:legendOrder'), shown: some((m) => m.due > 0) },
  ].filter(({ shown }) => shown);
  return (
    <ul className="fan-legend">
      {entries.map(({ mark, text }) => (
        <li key={mark}>
          <i className={`fan-key fan-key-${mark}`} aria-hidden />
          {text}
        </li>
      ))}
    </ul>
  );
};

const FanTable = ({
  months,
  textOf,
}: {
  readonly months: readonly FanMonth[];
  readonly textOf: (units: number) => string;
}) => {
  const t = useT();
  const format = useFormat();
  const cell = (units: number | undefined) => (units === undefined ? '—' : textOf(Math.round(units)));
  return (
    // a keyboard scrolls it sideways where a phone is too narrow
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className="fan-scroll" tabIndex={0} aria-label={t('web-plan:asTable')}>
      <table className="view-table">
        <thead>
          <tr>
            <th scope="col">{t('web-plan:month')}</th>
            <th scope="col">{t('web-plan:used')}</th>
            <th scope="col">{t('web-plan:daysOut')}</th>
            <th scope="col">{t('web-plan:forecast')}</th>
            <th scope="col">{t('web-plan:band')}</th>
            <th scope="col">{t('web-plan:due')}</th>
            <th scope="col">{t('web-plan:stockEnd')}</th>
          </tr>
        </thead>
        <tbody>
          {months.map((m) => (
            <tr key={m.month}>
              <th scope="row">
                {m.isPresent ? t('web-plan:notOver', { month: monthText(m.month) }) : monthText(m.month)}
              </th>
              <td>{cell(m.used)}</td>
              <td>{m.daysOut === undefined ? '—' : format.number(m.daysOut)}</td>
              <td>{cell(m.forecast)}</td>
              <td>
                {m.low === undefined || m.high === undefined
                  ? '—'
                  : t('web-plan:between', {
                      low: format.number(Math.round(m.low)),
                      high: format.number(Math.round(m.high)),
                    })}
              </td>
              <td>{m.due === 0 ? '—' : cell(m.due)}</td>
              <td>{cell(m.stock)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
