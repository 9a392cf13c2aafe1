/** How many acts wait for this person's signature, as a number beside the screen's name. */
import { writeOffRoutes } from '@darmon/function-inventory/write-off-routes';
import { VisuallyHidden } from '@mantine/core';
import { useAnswer } from './client.ts';
import { useT } from './language.ts';
import { useMe } from './me.ts';
import { waitsFor } from './to-sign.ts';

/** Often enough for a glance: an act waits for hours. */
const glanceMs = 60_000;

export const ToSignCount = () => {
  const t = useT();
  const { data: me } = useMe();
  const open = useAnswer(writeOffRoutes.listOpenWriteOffs, { query: { limit: 100 } }, { refetchInterval: glanceMs });
  const count = me ? (open.data?.items.filter((act) => waitsFor(act, me)).length ?? 0) : 0;
  if (count === 0) return null;
  return (
    <span className="asked-count">
      <span aria-hidden>{count}</span>
      <VisuallyHidden>{t('web-shared:to-sign', { count })}</VisuallyHidden>
    </span>
  );
};
