/** The sum of a recall as a person reads it: what came in, what left, what it makes, and what is there. */
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useFormat, useT } from '../shared/language.ts';
import type { RecallItem } from './parts.tsx';

type Totals = NonNullable<RecallItem['totals']>;

export const Sum = ({ totals, units }: { readonly totals: Totals; readonly units: (n: number) => string }) => {
  const t = useT();
  const format = useFormat();
  const makes = totals.terms.reduce((sum, term) => sum + term.quantity, 0);
  const signed = (n: number, first: boolean): string =>
    `${n < 0 ? '− ' : first ? '' : '+ '}${format.number(Math.abs(n))}`;
  const Icon = totals.addsUp ? IconCircleCheck : IconAlertTriangle;
  return (
    <>
      <table className="recall-sum">
        <tbody>
          {totals.terms.map(({ kind, quantity }, i) => (
            <tr key={kind}>
              <th scope="row">{t(`web-recalls:term.${kind as 'receipt'}`)}</th>
              <td>{signed(quantity, i === 0)}</td>
            </tr>
          ))}
          <tr className="recall-line">
            <th scope="row">{t('web-recalls:makes')}</th>
            <td>= {format.number(makes)}</td>
          </tr>
          <tr>
            <th scope="row">{t('web-recalls:onHand')}</th>
            <td>{format.number(totals.onHand)}</td>
          </tr>
          <tr>
            <th scope="row">{t('web-recalls:inTransit')}</th>
            <td>+ {format.number(totals.inTransit)}</td>
          </tr>
          <tr className="recall-line">
            <th scope="row">{t('web-recalls:thereIs')}</th>
            <td>= {units(totals.onHand + totals.inTransit)}</td>
          </tr>
        </tbody>
      </table>
      <p className="recall-verdict" data-good={totals.addsUp}>
        <Icon size={22} aria-hidden />
        {totals.addsUp ? t('web-recalls:sumAdds') : t('web-recalls:sumWrong', { count: totals.wrong })}
      </p>
    </>
  );
};
