/** Small parts of acts that several screens show: the state, a reason, who has signed. */
import type { WriteOffState } from '@darmon/domain/write-off';
import type { routes } from '@darmon/function-inventory/routes';
import type { AnswerOf } from '@darmon/http/route';
import { IconArrowBackUp, IconBan, IconCircleCheck, IconProgress, IconSignature } from '@tabler/icons-react';
import { useT } from '../shared/language.ts';
import { Mark } from '../shared/parts.tsx';

export type Act = AnswerOf<typeof routes.readWriteOff>;
export type Summary = AnswerOf<typeof routes.listOpenWriteOffs>['items'][number];

const marks: Readonly<Record<WriteOffState, { color: string; Icon: typeof IconBan }>> = {
  requested: { color: 'violet', Icon: IconSignature },
  posting: { color: 'blue', Icon: IconProgress },
  approved: { color: 'green', Icon: IconCircleCheck },
  refused: { color: 'red', Icon: IconBan },
  withdrawn: { color: 'gray', Icon: IconArrowBackUp },
};

export const StateMark = ({ state }: { readonly state: WriteOffState }) => {
  const t = useT();
  return <Mark {...marks[state]}>{t(`write-off:state.${state}`)}</Mark>;
};
