/** How a closed month's state and its way look. */
import type { PeriodState } from '@darmon/domain/period';
import { IconBan, IconCircleCheck, IconEye, IconLoader, IconSend, IconSignature } from '@tabler/icons-react';
import { useLanguage, useT } from '../shared/language.ts';
import { Mark } from '../shared/parts.tsx';

const marks: Readonly<Record<PeriodState, { color: string; Icon: typeof IconEye }>> = {
  frozen: { color: 'gray', Icon: IconLoader },
  computed: { color: 'orange', Icon: IconEye },
  reviewed: { color: 'orange', Icon: IconSignature },
  signed: { color: 'blue', Icon: IconSignature },
  submitted: { color: 'blue', Icon: IconSend },
  acknowledged: { color: 'green', Icon: IconCircleCheck },
  refused: { color: 'red', Icon: IconBan },
};

export const PeriodMark = ({ state }: { readonly state: PeriodState }) => {
  const t = useT();
  return <Mark {...marks[state]}>{t(`web-periods:state.${state}`)}</Mark>;
};

/** `2026-10` as people write it: 10.2026. */
export const useMonthText = (): ((month: string) => string) => {
  useLanguage();
  return (month) => `${month.slice(5)}.${month.slice(0, 4)}`;
};

const way = ['frozen', 'computed', 'reviewed', 'signed', 'submitted'] as const;

/** The steps of a month as a line; what is done is marked, and where it stands is said. */
export const Steps = ({ state }: { readonly state: PeriodState }) => {
  const t = useT();
  const last = state === 'refused' ? 'refused' : 'acknowledged';
  const all: readonly PeriodState[] = [...way, last];
  const at = all.indexOf(state);
  return (
    <ol className="period-steps" aria-label={t('web-periods:steps')}>
      {all.map((step, n) => (
        <li
          key={step}
          data-done={n <= at || undefined}
          data-bad={(step === 'refused' && n <= at) || undefined}
          aria-current={n === at ? 'step' : undefined}
        >
          <span className="period-dot" aria-hidden>
            {n <= at ? '✓' : n + 1}
          </span>
          {t(`web-periods:step.${step}`)}
        </li>
      ))}
    </ol>
  );
};
