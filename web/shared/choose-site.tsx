/** Whose stock is looked at: one's own, or, for those who keep none themselves, the site that was chosen. */
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useSites } from './all-pages.ts';
import { useT } from './language.ts';
import { type Me, useMe } from './me.ts';
import { FailureAlert } from './parts.tsx';

/** True for who keeps the stock of the own site. */
export const isKeeper = (me: Pick<Me, 'roles'>): boolean =>
  me.roles.some((role) => role === 'warehouse' || role === 'pharmacist');

/** The site that is shown, whether it may be changed, and how. */
export const useWhichSite = () => {
  const { data: me } = useMe();
  const [other, setOther] = useState<string | undefined>();
  const isElsewhere = me !== undefined && !isKeeper(me);
  return { site: other ?? me?.site, isElsewhere, choose: setOther };
};

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
      label={t('web-shared:which-site')}
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
