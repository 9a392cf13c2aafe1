/** Drafts to go on with, above the list; one that is thrown away can be taken back. */
import { routes } from '@darmon/function-prescribing/routes';
import type { AnswerOf } from '@darmon/http/route';
import { ActionIcon, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { FailureAlert, Section } from '../shared/parts.tsx';

type Listed = AnswerOf<typeof routes.listDrafts>['items'][number];

/** Nothing where there is no draft. */
export const Drafts = () => {
  const t = useT();
  const format = useFormat();
  const queries = useQueryClient();
  const list = useAnswer(routes.listDrafts, {});
  const discard = useCall(routes.discardDraft);
  const save = useCall(routes.saveDraft);
  const [gone, setGone] = useState<Listed | undefined>();
  const items = list.data?.items ?? [];
  const refresh = () => queries.invalidateQueries({ queryKey: keyOf(routes.listDrafts) });
  const throwAway = async (draft: Listed) => {
    const answer = await discard.run({ params: { id: draft.id } });
    if (answer) setGone({ ...draft, version: answer.version });
    await refresh();
  };
  const takeBack = async ({ id }: Listed) => {
    const { version, body, title } = await call(routes.readDraft, { params: { id } });
    const answer = await save.run({ params: { id }, body: { version, body, ...(title !== undefined && { title }) } });
    if (answer) setGone(undefined);
    await refresh();
  };
  if (!items.length && !gone) return null;
  return (
    <Section title={t('web-prescribe:drafts')} id="drafts">
      <Stack component="ul" gap="xs" className="rows">
        {items.map((draft) => {
          const title = draft.title ?? t('web-prescribe:draft-untitled');
          return (
            <Paper component="li" withBorder p="sm" key={draft.id}>
              <Group justify="space-between" gap="xs">
                <div className="grow">
                  <Text fw={600}>{title}</Text>
                  <Text size="sm" className="quiet">
                    {t('web-prescribe:draft-saved', { at: format.instant(draft.savedAt) })}
                  </Text>
                </div>
                <Group gap="xs" wrap="nowrap">
                  <Button
                    renderRoot={(props) => <Link to="/prescribe/new" search={{ draft: draft.id }} {...props} />}
                    variant="default"
                    size="sm"
                    leftSection={<IconPencil size={18} aria-hidden />}
                    aria-label={`${t('web-prescribe:draft-go-on')}: ${title}`}
                  >
                    {t('web-prescribe:draft-go-on')}
                  </Button>
                  <ActionIcon
                    aria-label={t('web-prescribe:draft-discard', { title })}
                    disabled={discard.pending}
                    onClick={() => void throwAway(draft)}
                  >
                    <IconTrash size={20} aria-hidden />
                  </ActionIcon>
                </Group>
              </Group>
            </Paper>
          );
        })}
      </Stack>
      {gone && (
        <Group gap="sm" role="status">
          <Text>{t('web-prescribe:draft-discarded')}</Text>
          <Button variant="default" size="sm" loading={save.pending} onClick={() => void takeBack(gone)}>
            {t('web-prescribe:draft-undo')}
          </Button>
        </Group>
      )}
      <FailureAlert failure={discard.failure ?? save.failure} />
    </Section>
  );
};
