/** Looks one by one, newest first, and the dialog that judges one. */
import { type Look, reviewStates } from '@darmon/domain/look-review';
import { reviewRoutes as routes } from '@darmon/function-oversight/review-routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconEye, IconFolderOpen, IconMessageCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { keyOf, useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useNames } from '../shared/names.ts';
import { Dialog, Empty, FailureAlert, Mark } from '../shared/parts.tsx';

const ways = ['pinfl', 'passport', 'name', 'code', 'number', 'picture'] as const;
const reviewMarks = {
  seen: { color: 'gray', Icon: IconEye },
  explained: { color: 'green', Icon: IconMessageCheck },
  case: { color: 'red', Icon: IconFolderOpen },
} as const;

export const Looks = ({
  found: { items, total },
  nameOf,
}: {
  readonly found: AnswerOf<typeof routes.listLooks>;
  readonly nameOf: (person: string) => string;
}) => {
  const t = useT();
  const reviewer = useNames(items.map((look) => look.review?.by));
  const [judged, setJudged] = useState<Look>();
  if (items.length === 0)
    return (
      <Empty title={t('web-reviews:noneLeft')}>
        <Text>{t('web-reviews:noneLeftNext')}</Text>
      </Empty>
    );
  return (
    <>
      <Text role="status" size="sm" className="quiet">
        {t('web-reviews:count', { count: total })}{' '}
        {items.length < total && t('web-reviews:firstOf', { shown: items.length })}
      </Text>
      <ul className="plain-list">
        {items.map((look) => (
          <LookRow key={look.id} look={look} nameOf={nameOf} reviewer={reviewer} onJudge={() => setJudged(look)} />
        ))}
      </ul>
      {judged && <Judge look={judged} onClose={() => setJudged(undefined)} />}
    </>
  );
};

const LookRow = ({
  look,
  nameOf,
  reviewer,
  onJudge,
}: {
  readonly look: Look;
  readonly nameOf: (person: string) => string;
  readonly reviewer: (person: string) => string;
  readonly onJudge: () => void;
}) => {
  const t = useT();
  const format = useFormat();
  const way = ways.find((one) => one === look.by);
  const { review, cause, subject } = look;
  return (
    <li className="review-look">
      <Text fw={650}>
        {nameOf(look.person)}
        {look.role ? `, ${t(`common:role.${look.role}`)}` : ''}
      </Text>
      <Text size="sm">
        {[format.instant(look.at), t(`web-audit:event.${look.type}`), way && t(`web-reviews:by.${way}`)]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Text size="sm">
        {look.reason === undefined ? t('web-reviews:noReason') : t('web-reviews:reasonWas', { reason: look.reason })}
      </Text>
      <Mark color={cause ? 'green' : 'orange'} Icon={cause ? IconCheck : IconAlertTriangle}>
        {cause
          ? t('web-reviews:causeWas', { what: t(`web-audit:event.${cause.type}`), at: format.instant(cause.at) })
          : t('web-reviews:noCause')}
      </Mark>
      {review && (
        <>
          <Mark {...reviewMarks[review.state]}>{t(`web-reviews:state.${review.state}`)}</Mark>
          <Text size="sm">
            {[t('web-reviews:reviewedBy', { person: reviewer(review.by), at: format.instant(review.at) }), review.note]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </>
      )}
      {review?.case !== undefined && (
        <Link to="/cases/$id" params={{ id: review.case }} className="trail-link">
          {t('web-reviews:openCase')}
        </Link>
      )}
      {'prescription' in subject && (
        <Link to="/audit/$id" params={{ id: subject.prescription }} className="trail-link">
          {t('web-reviews:openPrescription')}
        </Link>
      )}
      <Button variant="default" className="no-print" onClick={onJudge}>
        {t(review ? 'web-reviews:reviewAgain' : 'web-reviews:review')}
      </Button>
    </li>
  );
};

const Judge = ({ look, onClose }: { readonly look: Look; readonly onClose: () => void }) => {
  const t = useT();
  const queries = useQueryClient();
  const save = useCall(routes.reviewLook);
  const [state, setState] = useState<(typeof reviewStates)[number]>(look.review?.state ?? 'explained');
  const [note, setNote] = useState('');
  const isReady = state === 'seen' ? note.trim() === '' || note.trim().length >= 3 : note.trim().length >= 3;
  const submit = async () => {
    const body = {
      subject: look.subject,
      version: look.review?.version ?? 0,
      state,
      ...(note.trim() !== '' && { note: note.trim() }),
    };
    if (!(await save.run({ params: { look: look.id }, body }))) return;
    await queries.invalidateQueries({ queryKey: keyOf(routes.listLooks) });
    onClose();
  };
  return (
    <Dialog opened onClose={() => !save.pending && onClose()} title={t('web-reviews:reviewTitle')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <Radio.Group
            label={t('web-reviews:verdict')}
            value={state}
            onChange={(next) => setState(reviewStates.find((one) => one === next) ?? 'seen')}
          >
            <Stack gap={4} mt={4}>
              {reviewStates.map((one) => (
                <Radio key={one} size="md" value={one} label={t(`web-reviews:state.${one}`)} />
              ))}
            </Stack>
          </Radio.Group>
          {state === 'case' && (
            <Text size="sm" role="status">
              {t(look.review?.case === undefined ? 'web-reviews:caseHint' : 'web-reviews:caseKnown')}
            </Text>
          )}
          <TextInput
            label={t('web-reviews:noteField')}
            description={t('web-reviews:noteHint')}
            value={note}
            maxLength={300}
            required={state !== 'seen'}
            autoComplete="off"
            error={save.fieldError('/note')}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <FailureAlert failure={save.failure} uncertain={save.uncertain} onRetry={() => void save.retry()} />
          <Button type="submit" loading={save.pending} disabled={!isReady}>
            {t('web-reviews:save')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
};
