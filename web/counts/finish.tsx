/** The end of a count: why each line differs, what is left as it is, and one button; or calling it off. */
import { type CountReason, countReasons } from '@darmon/domain/count';
import { countRoutes } from '@darmon/function-inventory/count-routes';
import { soumText } from '@darmon/i18n/money';
import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconRefresh, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { keyOf, useCall } from '../shared/client.ts';
import type { Formulary } from '../shared/formulary.ts';
import { useLanguage, useT } from '../shared/language.ts';
import { Dialog, FailureAlert, isProblem } from '../shared/parts.tsx';
import { type Count, countsByFilter, type Line, nameOfLot, totalsOf } from './count-view.ts';
import { useUnits } from './parts.tsx';

interface Given {
  readonly reason: CountReason | '';
  readonly note: string;
}
const none: Given = { reason: '', note: '' };
/** `other` says nothing without a note. */
const isGiven = ({ reason, note }: Given): boolean => reason !== '' && (reason !== 'other' || note.trim().length >= 3);

export const Finish = ({
  site,
  count,
  lines,
  waiting,
  formulary,
  onShow,
  onStale,
  onClosed,
}: {
  readonly site: string;
  readonly count: Count;
  readonly lines: readonly Line[];
  readonly waiting: ReadonlySet<string>;
  readonly formulary: Formulary;
  /** Leads to the lines that still need somebody. */
  readonly onShow: (filter: 'recount' | 'todo') => void;
  /** The server knows of lines that need a recount which this device has not seen. */
  readonly onStale: () => void;
  readonly onClosed: (count: Count) => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const queries = useQueryClient();
  const post = useCall(countRoutes.postCount);
  const [reasons, setReasons] = useState<ReadonlyMap<string, Given>>(new Map());
  const [leave, setLeave] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const totals = totalsOf(lines);
  const { todo, recount } = countsByFilter(lines, new Set());
  const given = (line: Line): Given => reasons.get(nameOfLot(line)) ?? none;
  const give = (of: readonly Line[], next: Partial<Given>) =>
    setReasons(new Map([...reasons, ...of.map((line) => [nameOfLot(line), { ...given(line), ...next }] as const)]));
  const without = totals.differing.filter((line) => !isGiven(given(line))).length;
  const frozen = post.pending || post.uncertain;
  const hurdles = [
    waiting.size > 0 && t('web-counts:sendFirst'),
    recount > 0 && t('web-counts:recountFirst', { count: recount }),
    without > 0 && t('web-counts:reasonsFirst', { count: without }),
  ].filter((one) => one !== false);
  const blocked = hurdles.length > 0 || (todo > 0 && !leave);
  const stale = useRef(onStale);
  stale.current = onStale;
  const isOvertaken = isProblem(post.failure, 'recount-needed');
  useEffect(() => {
    if (isOvertaken) stale.current();
  }, [isOvertaken]);
  const finish = async (sent: Promise<Count | undefined>) => {
    const closed = await sent;
    if (!closed) return;
    void queries.invalidateQueries({ queryKey: keyOf(countRoutes.listCounts) });
    onClosed(closed);
  };
  const send = () =>
    finish(
      post.run({
        params: { site, id: count.id },
        body: {
          reasons: totals.differing.flatMap((line) => {
            const { reason, note } = given(line);
            if (reason === '') return [];
            const text = note.trim();
            return [{ gtin: line.gtin, lot: line.lot, reason, ...(text.length >= 3 && { note: text }) }];
          }),
          ...(todo > 0 && { leaveUncounted: true }),
        },
      }),
    );
  const choices = [
    { value: '', label: t('web-counts:chooseReason') },
    ...countReasons.map((one) => ({ value: one, label: t(`web-counts:reason.${one}`) })),
  ];
  return (
    <Stack gap="md" className="no-print">
      {totals.differing.length === 0 ? (
        count.counted > 0 && recount === 0 && waiting.size === 0 && <Text>{t('web-counts:allAgree')}</Text>
      ) : (
        <>
          <Text>{t('web-counts:finishText')}</Text>
          <Text fw={600}>
            {t('web-counts:short', { count: totals.short, value: soumText(totals.shortValue, language) })}
            <br />
            {t('web-counts:over', { count: totals.over, value: soumText(totals.overValue, language) })}
          </Text>
          {totals.differing.length > 2 && (
            <NativeSelect
              label={t('web-counts:sameReason')}
              maw={360}
              value=""
              data={choices}
              disabled={frozen}
              onChange={(event) => give(totals.differing, { reason: event.currentTarget.value as CountReason | '' })}
            />
          )}
          <ul className="plain-list">
            {totals.differing.map((line) => (
              <li key={nameOfLot(line)} className="count-line">
                <ReasonOf
                  line={line}
                  given={given(line)}
                  choices={choices}
                  disabled={frozen}
                  name={formulary.name(line.medicine)}
                  onGive={(next) => give([line], next)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      {todo > 0 && (
        <Checkbox
          label={t('web-counts:leaveUncounted', { count: todo })}
          checked={leave}
          disabled={frozen}
          onChange={(event) => setLeave(event.currentTarget.checked)}
        />
      )}
      {(recount > 0 || todo > 0) && (
        <Group gap="sm">
          {recount > 0 && (
            <Button
              variant="default"
              disabled={frozen}
              leftSection={<IconRefresh size={20} aria-hidden />}
              onClick={() => onShow('recount')}
            >
              {t('web-counts:toRecount', { count: recount })}
            </Button>
          )}
          {todo > 0 && (
            <Button
              variant="default"
              disabled={frozen}
              leftSection={<IconCircleDashed size={20} aria-hidden />}
              onClick={() => onShow('todo')}
            >
              {t('web-counts:toUncounted', { count: todo })}
            </Button>
          )}
        </Group>
      )}
      <FailureAlert failure={post.failure} uncertain={post.uncertain} onRetry={() => void finish(post.retry())} />
      <div className="act-bar">
        <div role="status">
          {hurdles.map((hurdle) => (
            <Text key={hurdle} size="sm" className="said-note said-wrong">
              <IconAlertTriangle size={18} aria-hidden /> {hurdle}
            </Text>
          ))}
        </div>
        <Button
          className="act-main"
          size="lg"
          loading={post.pending}
          disabled={blocked || post.uncertain}
          leftSection={<IconCheck size={24} aria-hidden />}
          onClick={() => void send()}
        >
          {t('web-counts:post')}
        </Button>
      </div>
      <Button
        variant="default"
        className="count-cancel"
        disabled={frozen}
        leftSection={<IconX size={20} aria-hidden />}
        onClick={() => setCancelling(true)}
      >
        {t('web-counts:cancel')}
      </Button>
      {cancelling && (
        <Cancel
          site={site}
          count={count}
          onClose={() => setCancelling(false)}
          onCancelled={(closed) => finish(Promise.resolve(closed))}
        />
      )}
    </Stack>
  );
};

const ReasonOf = ({
  line,
  given,
  choices,
  disabled,
  name,
  onGive,
}: {
  readonly line: Line;
  readonly given: Given;
  readonly choices: { readonly value: string; readonly label: string }[];
  readonly disabled: boolean;
  readonly name: string;
  readonly onGive: (next: Partial<Given>) => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const units = useUnits();
  const of = `${name}, ${line.lot}`;
  return (
    <div className="grow">
      <Text fw={600}>{of}</Text>
      <Text>
        {t('web-counts:difference')}: {units(line.medicine, line.difference ?? 0, true)}
        {(line.value ?? 0) !== 0 && ` · ${soumText(line.value ?? 0, language)}`}
      </Text>
      <Group gap="sm" align="flex-end" mt={4}>
        <NativeSelect
          label={t('web-counts:reason')}
          aria-label={`${t('web-counts:reason')}: ${of}`}
          value={given.reason}
          data={choices}
          disabled={disabled}
          onChange={(event) => onGive({ reason: event.currentTarget.value as CountReason | '' })}
        />
        {(given.reason === 'other' || given.reason === 'theft-suspected') && (
          <TextInput
            className="grow"
            label={t('web-counts:note')}
            aria-label={`${t('web-counts:note')}: ${of}`}
            value={given.note}
            maxLength={200}
            required={given.reason === 'other'}
            disabled={disabled}
            onChange={(event) => onGive({ note: event.currentTarget.value })}
          />
        )}
      </Group>
    </div>
  );
};

const Cancel = ({
  site,
  count,
  onClose,
  onCancelled,
}: {
  readonly site: string;
  readonly count: Count;
  readonly onClose: () => void;
  readonly onCancelled: (count: Count) => Promise<void>;
}) => {
  const t = useT();
  const cancel = useCall(countRoutes.cancelCount);
  const [reason, setReason] = useState('');
  const done = async (sent: Promise<Count | undefined>) => {
    const closed = await sent;
    if (closed) await onCancelled(closed);
  };
  return (
    <Dialog opened onClose={() => !cancel.pending && onClose()} title={t('web-counts:cancel')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void done(cancel.run({ params: { site, id: count.id }, body: { reason: reason.trim() } }));
        }}
      >
        <Text>{t('web-counts:cancelText')}</Text>
        <TextInput
          label={t('web-counts:cancelReason')}
          value={reason}
          maxLength={300}
          required
          disabled={cancel.uncertain}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FailureAlert failure={cancel.failure} uncertain={cancel.uncertain} onRetry={() => void done(cancel.retry())} />
        <Button
          type="submit"
          color="red"
          loading={cancel.pending}
          disabled={reason.trim().length < 3 || cancel.uncertain}
        >
          {t('web-counts:cancel')}
        </Button>
      </form>
    </Dialog>
  );
};
