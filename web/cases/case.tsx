/** One case: what it stands on, who has it, what was noted, how it was decided. */
import type { Case } from '@darmon/domain/case';
import { caseRoutes as routes } from '@darmon/function-oversight/case-routes';
import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useAnswer, useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { DecideForm, Decision, ReopenForm } from './decision.tsx';
import { ScoreMark } from './list.tsx';
import { useRefresh } from './refresh.ts';
import { useSubjects } from './subject.ts';

export const CasePage = () => {
  const t = useT();
  const { id } = useParams({ strict: false });
  const found = useAnswer(routes.readCase, { params: { id: id ?? '' } });
  const title = found.data ? t(`web-cases:rule.${found.data.rule}`) : t('web-cases:title');
  return (
    <Page
      title={title}
      action={
        <Anchor component={Link} to="/cases" className="no-print trail-link">
          {t('web-cases:back')}
        </Anchor>
      }
    >
      {found.isPending && <Waiting />}
      <FailureAlert failure={found.error} onRetry={() => void found.refetch()} />
      {found.data && <Shown one={found.data} />}
    </Page>
  );
};

const Shown = ({ one }: { readonly one: Case }) => {
  const t = useT();
  const format = useFormat();
  const me = useMe();
  const { subjectOf, nameOf } = useSubjects(
    [one.subject],
    [
      one.owner,
      one.decision?.person,
      ...one.past.map(({ person }) => person),
      ...one.notes.map(({ person }) => person),
      ...one.evidence.map(({ person }) => person),
    ],
  );
  const isMine = one.owner !== undefined && one.owner === me.data?.person;
  const numbers = Object.fromEntries(
    Object.entries(one.statistics).map(([name, value]) => [name, format.number(value)]),
  );
  return (
    <>
      <Section title={t('web-cases:about')} id="case-about">
        <Text fw={650} className="case-words">
          {subjectOf(one.subject)}
        </Text>
        <ScoreMark score={one.score} />
        <Text>{t(`web-cases:told.${one.rule}`, numbers)}</Text>
        <Text size="sm">
          {t('web-cases:foundOn')}: {one.days.map(format.day).join(', ')}
        </Text>
        {one.look === undefined ? (
          <Text size="sm" className="quiet">
            {t('web-cases:scoreNote')}
          </Text>
        ) : (
          <ToLook one={one} />
        )}
      </Section>
      <Section title={t('web-cases:decision')} id="case-decision">
        <Text>
          {one.owner === undefined ? t('web-cases:nobody') : t('web-cases:ownedBy', { person: nameOf(one.owner) })}
        </Text>
        {one.decision && <Decision one={one.decision} days={one.days} nameOf={nameOf} />}
        {one.state === 'decided' && <ReopenForm id={one.id} />}
        {one.state !== 'decided' && !isMine && <Take id={one.id} isOthers={one.owner !== undefined} />}
        {one.state === 'taken' && isMine && <DecideForm id={one.id} canBeSilent={one.look === undefined} />}
        {one.past.length > 0 && (
          <>
            <Text fw={600}>{t('web-cases:earlier')}</Text>
            {one.past.map((past) => (
              <Decision key={past.at} one={past} days={[]} nameOf={nameOf} />
            ))}
          </>
        )}
      </Section>
      <Section title={t('web-cases:notes')} id="case-notes">
        {one.notes.length === 0 && <Text>{t('web-cases:noNotes')}</Text>}
        {one.notes.length > 0 && (
          <ul className="plain-list">
            {one.notes.map(({ person, at, text }) => (
              <li key={at + text} className="case-event">
                <Text className="case-words">{text}</Text>
                <Text size="sm" className="quiet">
                  {t('web-cases:decidedBy', { person: nameOf(person), at: format.instant(at) })}
                </Text>
              </li>
            ))}
          </ul>
        )}
        {one.state !== 'decided' && <NoteForm id={one.id} />}
      </Section>
      <Section title={t('web-cases:evidence', { count: one.evidence.length })} id="case-evidence">
        <Text size="sm" className="quiet">
          {t('web-cases:evidenceNote')}
        </Text>
        <ul className="plain-list">
          {one.evidence.toReversed().map(({ event, at, kind, person, site, prescription }) => (
            <li key={event} className="case-event">
              <Text fw={600}>{t(`web-cases:kind.${kind}`)}</Text>
              <Text size="sm" className="case-words">
                {[format.instant(at), nameOf(person), site].join(' · ')}
              </Text>
              {prescription !== undefined && (
                <Link to="/audit/$id" params={{ id: prescription }} className="trail-link">
                  {t('web-cases:trail')}
                </Link>
              )}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
};

/** Where the look stands among the others of its day, with what was made of it. */
const ToLook = ({ one: { evidence, days } }: { readonly one: Case }) => {
  const t = useT();
  const [look] = evidence;
  const [day] = days;
  if (!look || day === undefined) return null;
  return (
    <Link to="/reviews" search={{ site: look.site, day, person: look.person }} className="trail-link">
      {t('web-cases:openLook')}
    </Link>
  );
};

const Take = ({ id, isOthers }: { readonly id: string; readonly isOthers: boolean }) => {
  const t = useT();
  const refresh = useRefresh();
  const take = useCall(routes.stepCase);
  const submit = async () => {
    if (await take.run({ params: { id }, body: { step: 'take' } })) await refresh();
  };
  return (
    <Stack gap="xs" className="no-print">
      <Text size="sm">{t('web-cases:takeFirst')}</Text>
      <FailureAlert failure={take.failure} uncertain={take.uncertain} onRetry={() => void take.retry()} />
      <Button loading={take.pending} onClick={() => void submit()}>
        {t(isOthers ? 'web-cases:takeOver' : 'web-cases:take')}
      </Button>
    </Stack>
  );
};

const NoteForm = ({ id }: { readonly id: string }) => {
  const t = useT();
  const refresh = useRefresh();
  const save = useCall(routes.stepCase);
  const [text, setText] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await save.run({ params: { id }, body: { step: 'note', text: text.trim() } }))) return;
    setText('');
    await refresh();
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="no-print">
      <Stack gap="sm">
        <TextInput
          label={t('web-cases:noteField')}
          description={t('web-cases:nothingPersonal')}
          value={text}
          maxLength={300}
          autoComplete="off"
          error={save.fieldError('/text')}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <FailureAlert failure={save.failure} uncertain={save.uncertain} onRetry={() => void save.retry()} />
        <Button type="submit" variant="default" loading={save.pending} disabled={text.trim().length < 3}>
          {t('web-cases:addNote')}
        </Button>
      </Stack>
    </form>
  );
};
