/** How many colleagues wait for this person's yes, as a number beside the screen's name. */
import { routes } from '@darmon/function-identity/routes';
import { VisuallyHidden } from '@mantine/core';
import { useAnswer } from './client.ts';
import { useT } from './language.ts';

/** Often enough for a glance: who is asked was called by voice, and the screen itself asks every few seconds. */
const glanceMs = 60_000;

export const AskedCount = () => {
  const t = useT();
  const asked = useAnswer(routes.listApprovalRequests, {}, { refetchInterval: glanceMs });
  const count = asked.data?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <span className="asked-count">
      <span aria-hidden>{count}</span>
      <VisuallyHidden>{t('web-shared:asked', { count })}</VisuallyHidden>
    </span>
  );
};
