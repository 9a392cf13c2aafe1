/** What has to be kept of a patient, and until when. */
import type { Kept as KeptThing } from '@darmon/domain/privacy';
import { Text } from '@mantine/core';
import { useFormat, useT } from '../shared/language.ts';

export const Kept = ({ kept }: { readonly kept: readonly KeptThing[] }) => {
  const t = useT();
  const format = useFormat();
  if (kept.length === 0) return <Text size="sm">{t('web-privacy:nothingKept')}</Text>;
  return (
    <div>
      <Text fw={600}>{t('web-privacy:kept')}</Text>
      <ul className="privacy-kept">
        {kept.map(({ why, number, until }) => (
          <li key={`${why}${number}`}>
            {[
              t(`web-privacy:kept.${why}`),
              number,
              until !== undefined && t('web-privacy:until', { day: format.day(until) }),
            ]
              .filter(Boolean)
              .join(', ')}
          </li>
        ))}
      </ul>
    </div>
  );
};
