/** A colleague wants to take a movement of stock back: which, of what, entered by whom, and why. */
import type { ApprovalRequest } from '@darmon/domain/approval';
import { isControlled } from '@darmon/domain/medicine';
import { routes } from '@darmon/function-inventory/routes';
import { quantityText } from '@darmon/i18n/dosage';
import { Group, Text } from '@mantine/core';
import { IconArrowBackUp, IconLock } from '@tabler/icons-react';
import { useAll } from '../shared/all-pages.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useNames } from '../shared/names.ts';
import { FailureAlert, Mark, type Note, Waiting } from '../shared/parts.tsx';
import type { AskedReversal } from './asked.ts';
import { QuestionFrame } from './question-frame.tsx';

export const ReversalCard = ({
  question,
  asked,
  onAnswered,
}: {
  readonly question: ApprovalRequest;
  readonly asked: AskedReversal;
  readonly onAnswered: (note: Note | undefined) => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const { site, gtin, lot, reason } = asked;
  const all = useAll(routes.listMovements, { params: { site }, query: { gtin, lot } }, { staleTime: 60_000 });
  const movement = all.data?.find(({ id }) => id === asked.movement);
  const nameOf = useNames([movement?.person]);
  const medicine = formulary.byGtin(gtin);
  const isShown = movement !== undefined && !formulary.isPending;
  const units = -(movement?.quantity ?? 0);
  const amount = `${units > 0 ? '+' : '−'}${quantityText(Math.abs(units), medicine?.unit ?? 'piece', language)}`;
  return (
    <QuestionFrame
      kind="reversal"
      question={question}
      title={t('web-approvals:back.asks')}
      isShown={isShown}
      isUnreadable={all.data !== undefined && movement === undefined}
      onAnswered={onAnswered}
    >
      {all.isPending && <Waiting />}
      <FailureAlert failure={all.error} onRetry={() => void all.refetch()} />
      {isShown && (
        <div className="witness-line">
          <Group gap="xs">
            <Text fw={650} fz="lg">
              {medicine ? formulary.name(medicine.code) : gtin}
            </Text>
            {medicine && isControlled(medicine.class) && (
              <Mark color="violet" Icon={IconLock}>
                {t('web-approvals:controlled')} · {t(`medicine:class.${medicine.class}`)}
              </Mark>
            )}
          </Group>
          <Group gap="xs">
            <IconArrowBackUp size={20} aria-hidden />
            <Text>
              {t(`web-warehouse:kind.${movement.kind}`)}, {t('web-approvals:fromLot', { lot })}
            </Text>
          </Group>
          <Text fz="lg">
            <strong>{t('web-approvals:back.leaves', { units: amount })}</strong>
          </Text>
          <Text>
            {t('web-approvals:back.entered', {
              person: nameOf(movement.person),
              at: format.instant(movement.recordedAt ?? movement.at),
            })}
          </Text>
          {movement.reason !== undefined && <Text className="quiet">{movement.reason}</Text>}
          <Text>{t('web-approvals:back.reason', { reason })}</Text>
        </div>
      )}
    </QuestionFrame>
  );
};
