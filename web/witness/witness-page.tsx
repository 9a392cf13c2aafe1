/** What colleagues of the own pharmacy ask this person to witness. Made for a phone held at the counter. */
import type { ApprovalRequest } from '@darmon/domain/approval';
import { isControlled } from '@darmon/domain/medicine';
import { formatNumber } from '@darmon/domain/number';
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-identity/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import type { AnswerOf } from '@darmon/http/route';
import { quantityText } from '@darmon/i18n/dosage';
import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconLock, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, isProblem, Mark, type Note, Page, Said, Waiting } from '../shared/parts.tsx';
import { type AskedHandOver, type AskedLine, handOverOf, newestOf, type Taken } from './asked.ts';
import { compareCode, useTimeLeft } from './question.ts';

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

const Left = ({ until }: { readonly until: string }) => {
  const t = useT();
  const left = useTimeLeft(until);
  return (
    <Text span role="timer" className="number quiet">
      {t('web-approvals:left', { left: left ?? '0:00' })}
    </Text>
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

const QuestionCard = ({
  question,
  onAnswered,
}: {
  readonly question: ApprovalRequest;
  readonly onAnswered: (note: Note | undefined) => void;
}) => {
  const t = useT();
  const headingId = useId();
  const formulary = useFormulary();
  const give = useCall(routes.giveApproval);
  const decline = useCall(routes.declineApproval);
  const [refusing, setRefusing] = useState(false);
  const handOver = handOverOf(question, tashkentDay(Date.now()));
  const prescription = useAnswer(
    prescribing.readPrescription,
    { params: { id: handOver?.prescription ?? '' } },
    { enabled: handOver !== undefined, staleTime: 60_000 },
  );
  const rows = handOver && prescription.data && linesOf(handOver, prescription.data);
  const isShown = rows !== undefined && !formulary.isPending;
  const { id, subject, bodyHash } = question;
  const busy = give.pending || decline.pending || give.uncertain || decline.uncertain;

  const confirm = async () => {
    if (await give.run({ body: { subject, bodyHash, request: id } }))
      onAnswered({ good: true, text: t('web-approvals:confirmed') });
  };
  const refuse = async (reason: string) => {
    if (await decline.run({ params: { id }, body: { reason } }))
      onAnswered({ good: true, text: t('web-approvals:refused') });
  };
  const failure = give.failure ?? decline.failure;
  const isGone = isProblem(failure, 'approval-invalid');
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={headingId}>
      <Stack gap="sm">
        <div className="row-between">
          <div>
            <Text size="sm" className="quiet" component="h2" id={headingId} m={0}>
              {t('common:prescription')}{' '}
              {prescription.data && <span className="number">{formatNumber(prescription.data.number)}</span>}
            </Text>
            <Text size="sm" className="quiet">
              {t('web-approvals:asking', { person: question.person })} · <Left until={question.until} />
            </Text>
          </div>
          <div>
            <Text size="sm" className="quiet">
              {t('web-approvals:code')}
            </Text>
            <Text className="compare-code">{compareCode(id)}</Text>
          </div>
        </div>
        {handOver !== undefined && prescription.isPending && <Waiting />}
        <FailureAlert failure={prescription.error} onRetry={() => void prescription.refetch()} />
        {isShown && rows.map(({ asked, line }) => <LineRow key={asked.line} asked={asked} line={line} />)}
        {(handOver === undefined || (prescription.data && rows === undefined)) && (
          <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />}>
            {t('web-approvals:unreadable')}
          </Alert>
        )}
        {isShown && <Text className="note">{t('web-approvals:howTo')}</Text>}
        <FailureAlert
          failure={failure}
          uncertain={give.uncertain || decline.uncertain}
          onRetry={isGone ? () => onAnswered(undefined) : undefined}
        />
        {refusing ? (
          <fieldset className="plain" disabled={busy}>
            <legend>{t('web-approvals:whyNot')}</legend>
            <Stack gap="xs" mt="xs">
              {(['quantity', 'pack', 'unseen'] as const).map((why, index) => (
                <Button
                  key={why}
                  size="lg"
                  variant="default"
                  data-autofocus={index === 0 || undefined}
                  onClick={() => void refuse(t(`web-approvals:no.${why}`))}
                >
                  {t(`web-approvals:no.${why}`)}
                </Button>
              ))}
              <Button variant="subtle" onClick={() => setRefusing(false)}>
                {t('common:back')}
              </Button>
            </Stack>
          </fieldset>
        ) : (
          <Group grow preventGrowOverflow={false} gap="sm">
            <Button
              size="lg"
              variant="default"
              disabled={busy}
              leftSection={<IconX size={22} aria-hidden />}
              onClick={() => setRefusing(true)}
            >
              {t('web-approvals:refuse')}
            </Button>
            <Button
              size="lg"
              loading={give.pending}
              disabled={!isShown || busy}
              leftSection={<IconCheck size={22} aria-hidden />}
              onClick={() => void confirm()}
            >
              {t('web-approvals:confirm')}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
};

/** `/witness`. Asks by itself what is new; a question that was answered or ran out leaves by itself. */
export const WitnessPage = () => {
  const t = useT();
  const me = useMe();
  const queries = useQueryClient();
  const isPharmacist = me.data?.roles.includes('pharmacist') ?? false;
  const asked = useAnswer(
    routes.listApprovalRequests,
    {},
    { enabled: isPharmacist, refetchInterval: pollMs, staleTime: 0 },
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
      {me.data && !isPharmacist && <Empty title={t('web-approvals:notYours')} />}
      <div role="status">{count > 0 && <Text fw={600}>{t('web-shared:asked', { count })}</Text>}</div>
      <Said note={note} />
      <FailureAlert failure={asked.error} onRetry={() => void asked.refetch()} />
      {isPharmacist && asked.isPending && <Waiting />}
      {questions.map((question) => (
        <QuestionCard key={question.id} question={question} onAnswered={answered} />
      ))}
      {asked.data && count === 0 && (
        <Empty title={t('web-approvals:noneTitle')}>
          <Text>{t('web-approvals:noneText')}</Text>
        </Empty>
      )}
    </Page>
  );
};
