/** The sheet for paper: every line in the order of a walk, without a figure of the book, with room for what was counted. */
import { memo } from 'react';
import type { Formulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { type Count, type Line, nameOfLot, walkOrder } from './count-view.ts';

const Sheet = ({
  count,
  lines,
  formulary,
}: {
  readonly count: Count;
  readonly lines: readonly Line[];
  readonly formulary: Formulary;
}) => {
  const t = useT();
  const format = useFormat();
  return (
    <section className="count-sheet" aria-hidden>
      <p>
        {t('web-counts:sheet')} · {t('web-counts:number', { number: count.number })} · {count.site} ·{' '}
        {format.instant(count.at)}
      </p>
      <table>
        <thead>
          <tr>
            <th>{t('web-counts:sheet.place')}</th>
            <th>{t('web-counts:sheet.medicine')}</th>
            <th>{t('web-counts:lot')}</th>
            <th>{t('web-counts:expiry')}</th>
            <th>{t('web-counts:sheet.packs')}</th>
            <th>{t('web-counts:sheet.loose')}</th>
          </tr>
        </thead>
        <tbody>
          {walkOrder(lines, formulary.name).map((line) => (
            <tr key={nameOfLot(line)}>
              <td>{[line.zone, line.shelf].filter(Boolean).join(' · ')}</td>
              <td>
                {formulary.name(line.medicine)}, {line.brand}
              </td>
              <td>{line.lot}</td>
              <td>{format.day(line.expiryDate)}</td>
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t('web-counts:sheet.signature')}: ______________________________</p>
    </section>
  );
};

/** Drawn anew only with its lines: thousands of rows at every scan would make an old phone stutter. */
export const CountSheet = memo(Sheet);
