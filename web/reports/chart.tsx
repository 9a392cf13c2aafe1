/** The picture of a section: bars with their words beside, or lines. The table below says the same, so it is for eyes. */
import type { Chart } from '@darmon/documents/report-chart';
import type { ReportText } from '@darmon/documents/report-text';

/** Apart without colours: full, hatched, empty, dotted, dark. */
const pens = ['pen-full', 'pen-hatched', 'pen-empty', 'pen-dotted', 'pen-dark'] as const;
const penOf = (i: number): string => pens[i % pens.length] ?? 'pen-full';
const dashes = ['', '7 4', '2 4', '10 3 2 3', '1 6'] as const;

const [wide, high] = [640, 160];

export const ReportChart = ({
  chart,
  text,
  label,
}: {
  readonly chart: Chart;
  readonly text: ReportText;
  readonly label: string;
}) => (
  <figure className="report-chart" aria-label={label}>
    {chart.series.length > 1 && (
      <figcaption>
        {chart.series.map(({ name }, i) => (
          <span key={name} className="chart-key">
            {chart.kind === 'lines' ? (
              <svg viewBox="0 0 28 10" className="chart-dash" aria-hidden>
                <line x1="0" y1="5" x2="28" y2="5" strokeDasharray={dashes[i % dashes.length]} />
              </svg>
            ) : (
              <span className={`chart-pen ${penOf(i)}`} aria-hidden />
            )}
            {name}
          </span>
        ))}
      </figcaption>
    )}
    {chart.kind === 'lines' ? <Lines chart={chart} text={text} /> : <Bars chart={chart} text={text} />}
  </figure>
);

const Bars = ({ chart, text }: { readonly chart: Chart; readonly text: ReportText }) => {
  const share = (value: number) => ({ width: `${(100 * value) / chart.most}%` });
  return (
    <ul className="chart-bars">
      {chart.labels.map((label, row) => (
        <li key={`${label}${row}`}>
          <span className="chart-label">{label}</span>
          <span className={chart.kind === 'stacked' ? 'chart-tracks stacked' : 'chart-tracks'} aria-hidden>
            {chart.series.map(({ name, values }, i) => (
              <span key={name} className={`chart-bar ${penOf(i)}`} style={share(values[row] ?? 0)} />
            ))}
          </span>
          <span className="chart-values">
            {chart.series.map(({ name, kind, values }) => (
              <span key={name}>{text.figure(values[row] ?? 0, kind)}</span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
};

const Lines = ({ chart, text }: { readonly chart: Chart; readonly text: ReportText }) => {
  const last = Math.max(1, chart.labels.length - 1);
  const points = (values: readonly number[]): string =>
    values.map((value, i) => `${(wide * i) / last},${high - (high * value) / chart.most}`).join(' ');
  return (
    <div className="chart-lines" aria-hidden>
      <span>{text.figure(chart.most, chart.series[0]?.kind ?? 'number')}</span>
      <svg viewBox={`0 -2 ${wide} ${high + 4}`} preserveAspectRatio="none" aria-hidden>
        <line className="chart-axis" x1="0" y1={high} x2={wide} y2={high} />
        {chart.series.map(({ name, values }, i) => (
          <polyline key={name} points={points(values)} strokeDasharray={dashes[i % dashes.length]} />
        ))}
      </svg>
      <span className="chart-ends">
        <span>{chart.labels[0]}</span>
        <span>{chart.labels.at(-1)}</span>
      </span>
    </div>
  );
};
