/** What a doctor prescribes again and again: applied with one press, kept from the prescription being written. */
import type { Template } from '@darmon/domain/template';
import { routes } from '@darmon/function-prescribing/routes';
import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconBookmark, IconBookmarkPlus, IconStar, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { Dialog, FailureAlert } from '../shared/parts.tsx';

const newestMs = 60_000;

/** The own list, and a way to change it as a whole. */
export const useTemplates = () => {
  const queries = useQueryClient();
  const answer = useAnswer(routes.readTemplates, {}, { staleTime: newestMs });
  const saving = useCall(routes.saveTemplates);
  const items: readonly Template[] = (answer.data?.items ?? []) as readonly Template[];
  const change = async (next: readonly Template[]): Promise<boolean> => {
    const version = answer.data?.version;
    if (version === undefined) return false;
    const saved = await saving.run({ body: { version, items: [...next] } });
    // a refusal means that another device saved: show what it did
    await queries.invalidateQueries({ queryKey: keyOf(routes.readTemplates) });
    return saved !== undefined;
  };
  return { items, change, ready: answer.isSuccess, pending: saving.pending, failure: saving.failure };
};

type Templates = ReturnType<typeof useTemplates>;

const Manage = ({ templates, onClose }: { readonly templates: Templates; readonly onClose: () => void }) => {
  const t = useT();
  return (
    <Dialog opened onClose={onClose} title={t('web-prescribe:templates-manage')}>
      <Stack>
        <ul className="rows">
          {templates.items.map((one) => (
            <Group component="li" key={one.id} justify="space-between" wrap="nowrap">
              <Text>{one.name}</Text>
              <ActionIcon
                aria-label={t('web-prescribe:template-remove', { name: one.name })}
                disabled={templates.pending}
                onClick={() => void templates.change(templates.items.filter((other) => other.id !== one.id))}
              >
                <IconTrash size={20} aria-hidden />
              </ActionIcon>
            </Group>
          ))}
        </ul>
        {!templates.items.length && <Text className="quiet">{t('web-prescribe:templates-empty')}</Text>}
        <FailureAlert failure={templates.failure} />
      </Stack>
    </Dialog>
  );
};

/** `current` is what could be kept as a template now; undefined while something of it is missing. */
export const TemplateBar = ({
  templates,
  current,
  onApply,
}: {
  readonly templates: Templates;
  readonly current: ((name: string) => Template | undefined) | undefined;
  readonly onApply: (template: Template) => void;
}) => {
  const t = useT();
  const [naming, setNaming] = useState(false);
  const [managing, setManaging] = useState(false);
  const [name, setName] = useState('');
  const keep = async () => {
    const made = current?.(name.trim());
    if (made && (await templates.change([...templates.items, made]))) {
      setNaming(false);
      setName('');
    }
  };
  if (!templates.ready || (!templates.items.length && !current)) return null;
  return (
    <Group gap={6} role="group" aria-label={t('web-prescribe:templates')}>
      {templates.items.map((one) => (
        <Button
          key={one.id}
          size="sm"
          variant="default"
          leftSection={
            one.kind === 'favourite' ? <IconStar size={16} aria-hidden /> : <IconBookmark size={16} aria-hidden />
          }
          onClick={() => onApply(one)}
        >
          {one.name}
        </Button>
      ))}
      {current && (
        <Button
          size="sm"
          variant="subtle"
          leftSection={<IconBookmarkPlus size={16} aria-hidden />}
          onClick={() => setNaming(true)}
        >
          {t('web-prescribe:template-keep')}
        </Button>
      )}
      {templates.items.length > 0 && (
        <Button size="sm" variant="subtle" onClick={() => setManaging(true)}>
          {t('web-prescribe:templates-manage')}
        </Button>
      )}
      {managing && <Manage templates={templates} onClose={() => setManaging(false)} />}
      <Dialog opened={naming} onClose={() => setNaming(false)} title={t('web-prescribe:template-keep')}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) void keep();
          }}
        >
          <TextInput
            label={t('web-prescribe:template-name')}
            description={t('web-prescribe:template-hint')}
            value={name}
            maxLength={80}
            required
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <FailureAlert failure={templates.failure} />
          <Group justify="flex-end">
            <Button type="submit" loading={templates.pending} disabled={!name.trim()}>
              {t('web-prescribe:template-save')}
            </Button>
          </Group>
        </form>
      </Dialog>
    </Group>
  );
};
