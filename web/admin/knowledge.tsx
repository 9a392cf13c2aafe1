/** Sets of what safety checks know: an administrator brings one in, the chief looks at what it changes and approves it. */
import type { KnowledgeRow, KnowledgeSet } from '@darmon/domain/knowledge';
import type { KnowledgeChange } from '@darmon/domain/knowledge-change';
import { routes } from '@darmon/function-identity/routes';
import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClock, IconFileUpload, IconProgress } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Dialog, Empty, FailureAlert, Mark, Page, Said, Waiting } from '../shared/parts.tsx';
import { KnowledgeImport } from './knowledge-import.tsx';

export const KnowledgePage = () => {
  const t = useT();
  const queries = useQueryClient();
  const me = useMe();
  const sets = useAnswer(routes.readKnowledge, {});
  const [open, setOpen] = useState<'bring' | KnowledgeSet | undefined>();
  const [said, setSaid] = useState('');
  const done = (text: string) => {
    setOpen(undefined);
    setSaid(text);
    void queries.invalidateQueries({ queryKey: keyOf(routes.readKnowledge) });
  };
  const roles = me.data?.roles ?? [];
  const { items = [], current = 0, demo = false } = sets.data ?? {};
  return (
    <Page
      title={t('web-knowledge:title')}
      action={
        roles.includes('admin') && (
          <Button leftSection={<IconFileUpload size={20} aria-hidden />} onClick={() => setOpen('bring')}>
            {t('web-knowledge:bring')}
          </Button>
        )
      }
    >
      <Said note={said ? { good: true, text: said } : undefined} />
      <Text className="quiet">{t('web-knowledge:note')}</Text>
      {sets.isPending && <Waiting />}
      <FailureAlert failure={sets.error} onRetry={() => void sets.refetch()} />
      {sets.data && current === 0 && (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />}>
          {t('web-knowledge:noCurrent')}
        </Alert>
      )}
      {demo && <Text className="note">{t('web-knowledge:demo')}</Text>}
      {sets.data && items.length === 0 && (
        <Empty title={t('web-knowledge:none')}>
          <Text>{t('web-knowledge:noneNote')}</Text>
        </Empty>
      )}
      <ol className="policy-versions" reversed>
        {items.map((set) => (
          <SetCard
            key={set.version}
            set={set}
            current={current}
            demo={demo}
            me={me.data?.person}
            mayApprove={roles.includes('chief')}
            onApprove={() => setOpen(set)}
          />
        ))}
      </ol>
      <Dialog
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        size="lg"
        title={t(open === 'bring' ? 'web-knowledge:bring' : 'web-knowledge:approveTitle')}
        closeOnClickOutside={false}
      >
        {open === 'bring' && (
          <KnowledgeImport
            onClose={() => setOpen(undefined)}
            onSaved={({ version }) => done(t('web-knowledge:brought', { version }))}
          />
        )}
        {open !== undefined && open !== 'bring' && (
          <Approval
            set={open}
            onClose={() => setOpen(undefined)}
            onApproved={() => done(t('web-knowledge:approved', { version: open.version }))}
          />
        )}
      </Dialog>
    </Page>
  );
};

const marks = {
  importing: { color: 'gray', Icon: IconProgress },
  imported: { color: 'orange', Icon: IconClock },
  approved: { color: 'blue', Icon: IconCircleCheck },
} as const;

const SetCard = ({
  set,
  current,
  demo,
  me,
  mayApprove,
  onApprove,
}: {
  readonly set: KnowledgeSet;
  readonly current: number;
  readonly demo: boolean;
  readonly me: string | undefined;
  readonly mayApprove: boolean;
  readonly onApprove: () => void;
}) => {
  const t = useT();
  const format = useFormat();
  const [compared, setCompared] = useState(false);
  const since = set.version === current ? 0 : current;
  const waits = set.state === 'imported';
  const isHeld = set.unverified > 0 && !demo;
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap="xs">
        <div className="row-between">
          <div>
            <strong>{t('web-knowledge:set', { version: set.version, name: set.name })}</strong>
            <Text>
              {t('web-knowledge:dated', { date: format.day(set.date) })} ·{' '}
              {t('web-knowledge:rows', { count: format.number(set.rows) })}
            </Text>
            {set.unverified > 0 && (
              <Text>{t('web-knowledge:unverified', { count: format.number(set.unverified) })}</Text>
            )}
            <Text className="quiet">
              {t('web-knowledge:broughtBy', { person: set.importedBy, at: format.instant(set.importedAt) })}
            </Text>
            {set.approvedBy && set.approvedAt && (
              <Text className="quiet">
                {t('web-knowledge:approvedBy', { person: set.approvedBy, at: format.instant(set.approvedAt) })}
              </Text>
            )}
          </div>
          {set.version === current ? (
            <Mark color="green" Icon={IconCircleCheck}>
              {t('web-knowledge:counts')}
            </Mark>
          ) : (
            <Mark {...marks[set.state]}>{t(`web-knowledge:state.${set.state}`)}</Mark>
          )}
        </div>
        {set.state === 'importing' && <Text className="note">{t('web-knowledge:unfinished')}</Text>}
        {waits && mayApprove && set.importedBy === me && <Text className="note">{t('web-knowledge:ownSet')}</Text>}
        {waits && isHeld && <Text className="note">{t('web-knowledge:needsVerifying')}</Text>}
        <Group gap="sm">
          {set.state !== 'importing' && !compared && (
            <Button
              variant="default"
              onClick={() => setCompared(true)}
              aria-label={`${since ? t('web-knowledge:compare', { since }) : t('web-knowledge:compareNone')}: ${set.version}`}
            >
              {since ? t('web-knowledge:compare', { since }) : t('web-knowledge:compareNone')}
            </Button>
          )}
          {waits && mayApprove && set.importedBy !== me && !isHeld && (
            <Button onClick={onApprove} aria-label={`${t('web-knowledge:approve')}: ${set.version}`}>
              {t('web-knowledge:approve')}
            </Button>
          )}
        </Group>
        {compared && <Comparison version={set.version} since={since} />}
      </Stack>
    </Paper>
  );
};

const rowsAtOnce = 20;

/** What a set changes, row by row. */
const Comparison = ({ version, since }: { readonly version: number; readonly since: number }) => {
  const t = useT();
  const changes = useAnswer(routes.compareKnowledge, { params: { version }, query: { since } });
  const [drawn, setDrawn] = useState(rowsAtOnce);
  if (!changes.data)
    return (
      <>
        {changes.isPending && <Waiting />}
        <FailureAlert failure={changes.error} onRetry={() => void changes.refetch()} />
      </>
    );
  const { items, ...counts } = changes.data;
  return (
    <>
      <Text role="status">{t('web-knowledge:difference', counts)}</Text>
      <ul className="policy-changes knowledge-changes">
        {items.slice(0, drawn).map((change) => (
          <Row
            key={`${(change.after ?? change.before)?.kind} ${(change.after ?? change.before)?.id}`}
            change={change}
          />
        ))}
      </ul>
      {drawn < items.length && (
        <Button variant="default" onClick={() => setDrawn(drawn + rowsAtOnce)}>
          {t('common:more')}
        </Button>
      )}
      {items.length <= drawn && items.length < counts.added + counts.removed + counts.changed && (
        <Text size="sm" className="quiet">
          {t('web-knowledge:firstShown', { count: items.length })}
        </Text>
      )}
    </>
  );
};

/** What it says of itself, after what it says of medicines. */
const lastNames = ['state', 'source'];

const cellsOf = (row: KnowledgeRow): readonly (readonly [string, string])[] =>
  Object.entries(row)
    .filter(([name]) => name !== 'kind' && name !== 'id')
    .sort(([a], [b]) => Number(lastNames.includes(a)) - Number(lastNames.includes(b)))
    .map(([name, value]) => [name, Array.isArray(value) ? value.join('; ') : String(value)]);

/** One row with the values that an expert judges; of one that is different only what differs. */
const Row = ({ change: { before, after } }: { readonly change: KnowledgeChange }) => {
  const t = useT();
  const row = after ?? before;
  if (!row) return null;
  const old = new Map(before && after ? cellsOf(before) : []);
  const young = new Map(cellsOf(row));
  const names = [...new Set([...old.keys(), ...young.keys()])].filter(
    (name) => !(before && after) || old.get(name) !== young.get(name),
  );
  const word = before && after ? 'changed' : after ? 'added' : 'removed';
  return (
    <li>
      <span>
        {t(`web-knowledge:${word}`)}: {t(`web-knowledge:kind.${row.kind}`)} <strong>{row.id}</strong>
      </span>
      <dl>
        {names.map((name) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {before && after && <s>{old.get(name) ?? '–'}</s>} {young.get(name) ?? '–'}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
};

const Approval = ({
  set,
  onClose,
  onApproved,
}: {
  readonly set: KnowledgeSet;
  readonly onClose: () => void;
  readonly onApproved: () => void;
}) => {
  const t = useT();
  const format = useFormat();
  const approving = useCall(routes.approveKnowledge);
  const approve = async () => {
    if (await approving.run({ params: { version: set.version } })) onApproved();
  };
  return (
    <Stack gap="md">
      <strong>{t('web-knowledge:set', { version: set.version, name: set.name })}</strong>
      <Text>
        {t('web-knowledge:rows', { count: format.number(set.rows) })} ·{' '}
        {t('web-knowledge:unverified', { count: format.number(set.unverified) })}
      </Text>
      <Text>{t('web-knowledge:approveNote')}</Text>
      <FailureAlert failure={approving.failure} uncertain={approving.uncertain} onRetry={() => void approve()} />
      <Group justify="flex-end">
        <Button variant="default" disabled={approving.pending} onClick={onClose} data-autofocus>
          {t('common:close')}
        </Button>
        <Button loading={approving.pending} disabled={approving.uncertain} onClick={() => void approve()}>
          {t('web-knowledge:approve')}
        </Button>
      </Group>
    </Stack>
  );
};
