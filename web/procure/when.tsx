/** When a medicine ends, and when what is ordered now would come. */
import type { StockRisk } from '@darmon/domain/requisition';
import { useFormat, useT } from '../shared/language.ts';

export const When = ({
  risk,
  runsOut,
  arrives,
}: {
  readonly risk: StockRisk;
  readonly runsOut: string | null;
  readonly arrives: string;
}) => {
  const t = useT();
  const format = useFormat();
  const ends = runsOut === null ? t('web-plan:endsNever') : t('web-plan:ends', { day: format.day(runsOut) });
  const comes = t('web-plan:arrives', { day: format.day(arrives) });
  if (risk === 'out') return <p className="plan-when">{comes}</p>;
  return <p className="plan-when">{risk === 'ok' ? ends : `${ends}; ${comes}`}</p>;
};
