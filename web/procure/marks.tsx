/** How urgent something is, and how many are: an icon, a word and a colour together. */
import type { Plan } from '@darmon/domain/plan';
import { type StockRisk, stockRisks } from '@darmon/domain/requisition';
import { soumText } from '@darmon/i18n/money';
import { IconAlertTriangle, IconBan, IconCircleCheck, IconClockExclamation } from '@tabler/icons-react';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Mark } from '../shared/parts.tsx';

const tones: Readonly<Record<StockRisk, { color: string; Icon: typeof IconBan }>> = {
  out: { color: 'red', Icon: IconBan },
  'before-arrival': { color: 'orange', Icon: IconAlertTriangle },
  low: { color: 'blue', Icon: IconClockExclamation },
  ok: { color: 'green', Icon: IconCircleCheck },
};

export const RiskMark = ({ risk }: { readonly risk: StockRisk }) => {
  const t = useT();
  return <Mark {...tones[risk]}>{t(`web-plan:risk.${risk}`)}</Mark>;
};

/** How many medicines are at each risk; what nothing is at is left out, but for `ok`. */
export const RiskCounts = ({ counts }: { readonly counts: Readonly<Record<StockRisk, number>> }) => {
  const t = useT();
  const format = useFormat();
  return (
    <ul className="risk-counts">
      {stockRisks
        .filter((risk) => counts[risk] > 0 || risk === 'ok')
        .map((risk) => (
          <li key={risk}>
            <Mark {...tones[risk]}>
              {t(`web-plan:risk.${risk}`)}: {format.number(counts[risk])}
            </Mark>
          </li>
        ))}
    </ul>
  );
};

/** How much a plan orders, what it costs, and what will be lost. */
export const PlanSums = ({ plan }: { readonly plan: Pick<Plan, 'toOrder' | 'value' | 'willExpire'> }) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const sums = [
    [t('web-plan:toOrder'), format.number(plan.toOrder)],
    [t('web-plan:value'), soumText(plan.value, language)],
    [t('web-plan:willExpire'), format.number(plan.willExpire)],
  ];
  return (
    <dl className="plan-sums">
      {sums.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};
