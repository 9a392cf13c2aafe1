/** What is held about a member of staff, as one file. */
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-privacy/routes';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconFileDownload } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useCall } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useT } from '../shared/language.ts';
import { FailureAlert, type Note, Said, Section } from '../shared/parts.tsx';
import { saveJson } from './save-json.ts';

export const StaffRequest = () => {
  const t = useT();
  const today = tashkentDay(Date.now());
  const [form, setForm] = useState({ person: '', from: today, to: today, reason: '' });
  const [note, setNote] = useState<Note>();
  const handOut = useCall(routes.exportStaff);
  const change = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const person = form.person.trim();
  const isReady = person.length > 1 && form.from !== '' && form.to >= form.from && form.reason.trim().length >= 3;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setNote(undefined);
    const { from, to } = form;
    const data = await handOut.run({ params: { person }, body: { from, to, reason: form.reason.trim() } });
    if (!data) return;
    saveJson(data, `darmon-staff-${person}.json`);
    setNote({ good: true, text: t('web-privacy:saved') });
  };
  return (
    <Section title={t('web-privacy:staff')} id="privacy-staff">
      <Text size="sm" className="quiet">
        {t('web-privacy:staffNote')}
      </Text>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <div className="privacy-fields">
            <TextInput
              label={t('web-privacy:person')}
              value={form.person}
              maxLength={36}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => change({ person: event.currentTarget.value.toLowerCase() })}
            />
            <DayField
              label={t('web-privacy:from')}
              value={form.from}
              max={today}
              onChange={(from) => change({ from })}
            />
            <DayField label={t('web-privacy:to')} value={form.to} max={today} onChange={(to) => change({ to })} />
            <TextInput
              label={t('web-privacy:reason')}
              value={form.reason}
              maxLength={300}
              autoComplete="off"
              onChange={(event) => change({ reason: event.currentTarget.value })}
            />
          </div>
          <FailureAlert failure={handOut.failure} onRetry={() => void handOut.retry()} />
          <Said note={note} />
          <Group>
            <Button
              type="submit"
              disabled={!isReady}
              loading={handOut.pending}
              leftSection={<IconFileDownload size={20} aria-hidden />}
            >
              {t('web-privacy:saveFile')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
};
