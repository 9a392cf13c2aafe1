/** Which site's deliveries are looked at, for those who keep none themselves. */
import { NativeSelect } from '@mantine/core';
import { useSites } from '../shared/all-pages.ts';
import { useT } from '../shared/language.ts';
import type { Me } from '../shared/me.ts';
import { FailureAlert } from '../shared/parts.tsx';

/** True for who keeps the stock of the own site. */
export const isKeeper = (me: Pick<Me, 'roles'>): boolean =>
  me.roles.some((role) => role === 'warehouse' || role === 'pharmacist');

export const ChooseSite = ({
  site,
  onChoose,
}: {
  readonly site: string | undefined;
  readonly onChoose: (site: string) => void;
}) => {
  const t = useT();
  const sites = useSites();
  if (!sites.data) return <FailureAlert failure={sites.error} onRetry={() => void sites.refetch()} />;
  const keeping = sites.data.filter(({ kind }) => kind === 'pharmacy' || kind === 'warehouse');
  return (
    <NativeSelect
      className="no-print"
      label={t('web-warehouse:whichSite')}
      maw={420}
      value={site ?? ''}
      data={[
        ...(keeping.some((one) => one.id === site) ? [] : [{ value: site ?? '', label: '—' }]),
        ...keeping.map((one) => ({ value: one.id, label: `${one.name} (${one.id})` })),
      ]}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
};
