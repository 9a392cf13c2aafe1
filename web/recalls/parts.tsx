/** Small pieces that every screen of recalls is made of. */
import { isTransit, shortNumber } from '@darmon/domain/ledger';
import type { recallRoutes } from '@darmon/function-inventory/recall-routes';
import type { AnswerOf } from '@darmon/http/route';
import { quantityText } from '@darmon/i18n/dosage';
import { Progress, Stack, Text } from '@mantine/core';
import { IconArchive, IconCircleCheck, IconProgress } from '@tabler/icons-react';
import { useSites } from '../shared/all-pages.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Mark } from '../shared/parts.tsx';

export type RecallItem = AnswerOf<typeof recallRoutes.listRecalls>['items'][number];

const marks = {
  working: { color: 'orange', Icon: IconProgress },
  complete: { color: 'green', Icon: IconCircleCheck },
  closed: { color: 'gray', Icon: IconArchive },
} as const;

export const StateMark = ({ state }: { readonly state: RecallItem['state'] }) => {
  const t = useT();
  return <Mark {...marks[state]}>{t(`web-recalls:state.${state}`)}</Mark>;
};

/** Units of the recalled medicine in words: "20 capsules". */
export const useUnits = (medicine: string | undefined): ((quantity: number) => string) => {
  const formulary = useFormulary();
  const language = useLanguage();
  const unit = (medicine !== undefined && formulary.byCode(medicine)?.unit) || 'piece';
  return (quantity) => quantityText(quantity, unit, language);
};

/** A place as people call it. */
export const usePlaceName = (): ((place: string) => string) => {
  const t = useT();
  const sites = useSites();
  const names = new Map(sites.data?.map((site) => [site.id, `${site.name} (${site.id})`]));
  return (place) =>
    isTransit(place) ? t('web-recalls:transfer', { number: shortNumber(place) }) : (names.get(place) ?? place);
};

/** How much of what is to be found was found: a bar, and the two numbers beside it. */
export const FoundBar = ({
  found,
  due,
  label,
}: {
  readonly found: number;
  readonly due: number;
  readonly label: string;
}) => {
  const t = useT();
  const format = useFormat();
  const percent = due === 0 ? 100 : Math.min(100, Math.round((found / due) * 100));
  return (
    <Stack gap={2}>
      <Text size="sm">{t('web-recalls:foundOf', { found: format.number(found), due: format.number(due) })}</Text>
      <Progress.Root size="md">
        <Progress.Section value={percent} color={percent === 100 ? 'green.8' : 'orange.8'} aria-label={label} />
      </Progress.Root>
    </Stack>
  );
};

/** Who the person is to a recall: leads it, keeps stock that it concerns, or only reads. */
export const usePart = () => {
  const { data: me } = useMe();
  const has = (...roles: readonly string[]) => me?.roles.some((role) => roles.includes(role)) ?? false;
  return {
    me,
    leads: has('quality', 'chief'),
    quality: has('quality'),
    keeps: has('warehouse', 'pharmacist'),
    pharmacist: has('pharmacist'),
    /** May see how every place stands. */
    reads: has('quality', 'chief', 'approver', 'planner', 'auditor'),
  };
};
