/** Cases: what the nightly analysis found and what reviews asked for, by state and rule, the strongest first. */
import { type CaseState, caseRules, caseStates } from '@darmon/domain/case';
import { caseRoutes as routes } from '@darmon/function-oversight/case-routes';
import type { AnswerOf } from '@darmon/http/route';
import { Checkbox, NativeSelect, Paper, SegmentedControl, Text } from '@mantine/core';
import { IconCircleCheck, IconEye, IconFlag, IconFlagFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAll } from '../shared/all-pages.ts';
import { useAnswer } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { Empty, FailureAlert, Mark, Page, Waiting } from '../shared/parts.tsx';
import { useSubjects } from './subject.ts';

type Row = AnswerOf<typeof routes.listCases>['items'][number];

/** From here on a finding is far beyond its threshold. */
const strong = 80;

export const CasesPage = () => {
  const t = useT();
  const [state, setState] = useState<CaseState>('open');
  const [rule, setRule] = useState('');
  const [isMine, setMine] = useState(false);
  const wanted = caseRules.find((one) => one === rule);
  const query = { state, ...(wanted && { rule: wanted }), ...(isMine && { owner: 'me' as const }) };
  const cases = useAll(routes.listCases, { query });
  return (
    <Page title={t('web-cases:title')}>
      <Text>{t('web-cases:note')}</Text>
      <LastRun />
      <Paper withBorder p="md" className="no-print">
        <div className="case-fields">
          <div>
            <Text fw={650} id="case-state">
              {t('web-cases:stateField')}
            </Text>
            <SegmentedControl
              fullWidth
              aria-labelledby="case-state"
              value={state}
              data={caseStates.map((one) => ({ value: one, label: t(`web-cases:state.${one}`) }))}
              onChange={(next) => setState(caseStates.find((one) => one === next) ?? 'open')}
            />
          </div>
          <NativeSelect
            label={t('web-cases:ruleField')}
            value={rule}
            data={[
              { value: '', label: t('web-cases:allRules') },
              ...caseRules.map((one) => ({ value: one, label: t(`web-cases:rule.${one}`) })),
            ]}
            onChange={(event) => setRule(event.currentTarget.value)}
          />
          <Checkbox
            size="md"
            label={t('web-cases:mine')}
            checked={isMine}
            onChange={(event) => setMine(event.currentTarget.checked)}
          />
        </div>
      </Paper>
      {cases.isPending && <Waiting />}
      <FailureAlert failure={cases.error} onRetry={() => void cases.refetch()} />
      {cases.data?.length === 0 && (
        <Empty title={t('web-cases:none')}>
          <Text>{t('web-cases:noneNext')}</Text>
        </Empty>
      )}
      {cases.data && cases.data.length > 0 && <Rows rows={cases.data} />}
    </Page>
  );
};

const LastRun = () => {
  const t = useT();
  const format = useFormat();
  const { data } = useAnswer(routes.listCases, { query: { state: 'open', limit: 1 } });
  const last = data?.runs[0];
  if (!data) return null;
  return (
    <Text size="sm" className="quiet" role="status">
      {last
        ? t('web-cases:analysed', {
            day: format.day(last.day),
            events: format.number(last.events),
            findings: format.number(last.findings),
          })
        : t('web-cases:neverAnalysed')}
    </Text>
  );
};

const Rows = ({ rows }: { readonly rows: readonly Row[] }) => {
  const t = useT();
  const format = useFormat();
  const { subjectOf, nameOf } = useSubjects(
    rows.map(({ subject }) => subject),
    rows.map(({ owner }) => owner),
  );
  return (
    <ul className="plain-list">
      {rows.map((one) => (
        <li key={one.id} className="case-row">
          <Link to="/cases/$id" params={{ id: one.id }}>
            {t(`web-cases:rule.${one.rule}`)}
          </Link>
          <Text className="case-words">{subjectOf(one.subject)}</Text>
          <ScoreMark score={one.score} />
          <Text size="sm">
            {t('web-cases:days', { count: one.days.length, day: format.day(one.days.at(-1) ?? '') })}
          </Text>
          {one.decision ? (
            <Mark color="gray" Icon={IconCircleCheck}>
              {t(`web-cases:outcome.${one.decision.outcome}`)}
            </Mark>
          ) : (
            <Mark color={one.owner === undefined ? 'orange' : 'blue'} Icon={IconEye}>
              {one.owner === undefined ? t('web-cases:nobody') : t('web-cases:ownedBy', { person: nameOf(one.owner) })}
            </Mark>
          )}
        </li>
      ))}
    </ul>
  );
};

export const ScoreMark = ({ score }: { readonly score: number }) => {
  const t = useT();
  return (
    <Mark color={score >= strong ? 'red' : 'orange'} Icon={score >= strong ? IconFlagFilled : IconFlag}>
      {t('web-cases:score', { score })}
    </Mark>
  );
};
