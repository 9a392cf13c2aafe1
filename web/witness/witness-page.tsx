/** What colleagues of the own site ask this person to confirm. Made for a phone held at the counter or the shelf. */
import type { ApprovalRequest } from '@darmon/domain/approval';
import { isControlled } from '@darmon/domain/medicine';
import { formatNumber } from '@darmon/domain/number';
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-identity/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import type { AnswerOf } from '@darmon/http/route';
import { quantityText } from '@darmon/i18n/dosage';
import { Group, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { keyOf, useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, Mark, type Note, Page, Said, Waiting } from '../shared/parts.tsx';
import { type AskedHandOver, type AskedLine, handOverOf, newestOf, reversalOf, type Taken } from './asked.ts';
import { QuestionFrame } from './question-frame.tsx';
import { ReversalCard } from './reversal-card.tsx';

const pollMs = 3_000;

type Prescription = AnswerOf<typeof prescribing.readPrescription>;
type Line = Prescription['lines'][number];

/** One lot or pack on one row: brand, lot, expiry, serial, units. */
const TakenRow = ({ taken, unit }: { readonly taken: Taken; readonly unit: Line['unit'] }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const { gtin, lot, expiryDate, serial, quantity } = taken;
  const brand = formulary.byGtin(gtin)?.packs.find((pack) => pack.gtin === gtin)?.brand ?? gtin;
  const parts = [
    brand,
    lot !== undefined && t('web-approvals:fromLot', { lot }),
    expiryDate !== undefined && t('web-approvals:until', { date: format.day(expiryDate) }),
    serial !== undefined && t('web-approvals:pack', { serial }),
  ].filter((part) => part !== false);
  return (
    <li>
      {parts.join(', ')}
      {quantity !== undefined && <strong>: {quantityText(quantity, unit, language)}</strong>}
    </li>
  );
};

const LineRow = ({ asked, line }: { readonly asked: AskedLine; readonly line: Line }) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  return (
    <div className="witness-line" data-withheld={asked.quantity === 0}>
      <Group gap="xs">
        <Text fw={650} fz="lg">
          {formulary.name(line.medicine)}
        </Text>
        {isControlled(line.class) && (
          <Mark color="violet" Icon={IconLock}>
            {t('web-approvals:controlled')} · {t(`medicine:class.${line.class}`)}
          </Mark>
        )}
      </Group>
      {asked.quantity === 0 ? (
        <Text className="quiet">{t('web-approvals:withheld')}</Text>
      ) : (
        <>
          <Text fz="lg">
            {t('web-approvals:handsOver')}: <strong>{quantityText(asked.quantity, line.unit, language)}</strong>
          </Text>
          <ul className="witness-lots">
            {asked.taken.length === 0 && <li>{t('web-approvals:firstExpiring')}</li>}
            {asked.taken.map((taken, index) => (
              <TakenRow key={index} taken={taken} unit={line.unit} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
};

/** The lines that are asked about, beside those that were prescribed; undefined where they do not fit each other. */
const linesOf = (
  handOver: AskedHandOver,
  prescription: Prescription,
): { asked: AskedLine; line: Line }[] | undefined => {
  const rows = handOver.lines.flatMap((asked) => {
    const line = prescription.lines.find((one) => one.line === asked.line);
    return line ? [{ asked, line }] : [];
  });
  return rows.length === handOver.lines.length ? rows : undefined;
};

const HandOverCard = ({
  question,
  onAnswered,
}: {
  readonly question: ApprovalRequest;
  readonly onAnswered: (note: Note | undefined) => void;
}) => {
  const t = useT();
  const formulary = useFormulary();
  const handOver = handOverOf(question, tashkentDay(Date.now()));
  const prescription = useAnswer(
    prescribing.readPrescription,
    { params: { id: handOver?.prescription ?? '' } },
    { enabled: handOver !== undefined, staleTime: 60_000 },
  );
  const rows = handOver && prescription.data && linesOf(handOver, prescription.data);
  return (
    <QuestionFrame
      kind="hand-over"
      question={question}
      title={
        <>
          {t('common:prescription')}{' '}
          {prescription.data && <span className="number">{formatNumber(prescription.data.number)}</span>}
        </>
      }
      isShown={rows !== undefined && !formulary.isPending}
      isUnreadable={handOver === undefined || (prescription.data !== undefined && rows === undefined)}
      onAnswered={onAnswered}
    >
      {handOver !== undefined && prescription.isPending && <Waiting />}
      <FailureAlert failure={prescription.error} onRetry={() => void prescription.refetch()} />
      {!formulary.isPending && rows?.map(({ asked, line }) => <LineRow key={asked.line} asked={asked} line={line} />)}
    </QuestionFrame>
  );
};

/** `/witness`. Asks by itself what is new; a question that was answered or ran out leaves by itself. */
export const WitnessPage = () => {
  const t = useT();
  const me = useMe();
  const queries = useQueryClient();
  const mayConfirm = me.data?.roles.some((role) => role === 'pharmacist' || role === 'warehouse') ?? false;
  const asked = useAnswer(
    routes.listApprovalRequests,
    {},
    { enabled: mayConfirm, refetchInterval: pollMs, staleTime: 0 },
  );
  const [note, setNote] = useState<Note | undefined>();
  const questions = newestOf(asked.data?.items ?? []);
  const count = questions.length;
  const title = t('web-approvals:title');
  useEffect(() => {
    document.title = count > 0 ? `(${count}) ${title} · Darmon` : `${title} · Darmon`;
  }, [count, title]);
  // What was said of the last answer is gone once the next colleague asks.
  const before = useRef(0);
  useEffect(() => {
    if (count > before.current) setNote(undefined);
    before.current = count;
  }, [count]);
  const answered = (said: Note | undefined) => {
    setNote(said);
    void queries.invalidateQueries({ queryKey: keyOf(routes.listApprovalRequests) });
  };
  return (
    <Page title={title}>
      {me.data && !mayConfirm && <Empty title={t('web-approvals:notYours')} />}
      <div role="status">{count > 0 && <Text fw={600}>{t('web-shared:asked', { count })}</Text>}</div>
      <Said note={note} />
      <FailureAlert failure={asked.error} onRetry={() => void asked.refetch()} />
      {mayConfirm && asked.isPending && <Waiting />}
      {questions.map((question) => {
        const reversal = reversalOf(question);
        return reversal ? (
          <ReversalCard key={question.id} question={question} asked={reversal} onAnswered={answered} />
        ) : (
          <HandOverCard key={question.id} question={question} onAnswered={answered} />
        );
      })}
      {asked.data && count === 0 && (
        <Empty title={t('web-approvals:noneTitle')}>
          <Text>{t('web-approvals:noneText')}</Text>
        </Empty>
      )}
    </Page>
  );
};
