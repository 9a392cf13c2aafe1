/** Bringing a set of knowledge in: files are chosen and read on the device, and every mistake is shown before anything is sent. */
import { KnowledgeSet, knowledgeKinds } from '@darmon/domain/knowledge';
import { routes } from '@darmon/function-identity/routes';
import { Alert, Button, FileButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconFiles } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useCall } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useT } from '../shared/language.ts';
import { FailureAlert } from '../shared/parts.tsx';
import { isSound, type Preview, previewOf, problemWord } from './knowledge-files.ts';

const maxShown = 50;

export const KnowledgeImport = ({
  onClose,
  onSaved,
}: {
  readonly onClose: () => void;
  readonly onSaved: (set: KnowledgeSet) => void;
}) => {
  const t = useT();
  const saving = useCall(routes.importKnowledge);
  const [name, setName] = useState('');
  const [date, setDate] = useState('');
  const [preview, setPreview] = useState<Preview | undefined>();
  const [tried, setTried] = useState(false);
  const frozen = saving.pending || saving.uncertain;
  const isNamed = KnowledgeSet.shape.name.safeParse(name).success;
  const choose = async (files: readonly File[]) => {
    if (files.length > 0)
      setPreview(
        previewOf(await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() })))),
      );
  };
  const send = async () => {
    if (!preview) return;
    const saved = await saving.run({ body: { name: name.trim(), date, files: [...preview.files] } });
    if (saved) onSaved(saved);
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (isNamed && date && preview && isSound(preview)) void send();
  };
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <TextInput
          label={t('web-knowledge:name')}
          value={name}
          maxLength={120}
          required
          data-autofocus
          autoComplete="off"
          disabled={frozen}
          error={tried && !isNamed ? t('web-knowledge:nameWrong') : saving.fieldError('/name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <DayField
          label={t('web-knowledge:date')}
          value={date}
          required
          disabled={frozen}
          error={tried && !date ? t('web-knowledge:dateWrong') : saving.fieldError('/date')}
          onChange={setDate}
        />
        <fieldset className="admin-set">
          <legend>{t('web-knowledge:files')}</legend>
          <Text size="sm">{t('web-knowledge:filesNote')}</Text>
          <Text size="sm" className="quiet" mb="sm">
            {knowledgeKinds.map((kind) => `${kind}.csv`).join(', ')}
          </Text>
          <FileButton multiple accept=".csv,text/csv" disabled={frozen} onChange={(files) => void choose(files)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFiles size={20} aria-hidden />}>
                {t('web-knowledge:choose')}
              </Button>
            )}
          </FileButton>
          <div role="status">{preview && <PreviewOf preview={preview} />}</div>
          {tried && !preview && <Text className="wrong">{t('web-knowledge:filesWrong')}</Text>}
        </fieldset>
        <FailureAlert failure={saving.failure} uncertain={saving.uncertain} onRetry={() => void send()} />
        <Group justify="flex-end">
          <Button variant="default" disabled={saving.pending} onClick={onClose}>
            {t('common:close')}
          </Button>
          <Button type="submit" loading={saving.pending} disabled={saving.uncertain}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** What was read, and every place that has to be corrected first. */
const PreviewOf = ({ preview }: { readonly preview: Preview }) => {
  const t = useT();
  const { counts, unverified, problems, unknown, isTooLarge } = preview;
  return (
    <Stack gap="xs" mt="sm">
      <ul className="knowledge-counts">
        {counts.map(({ kind, rows }) => (
          <li key={kind}>
            {t(`web-knowledge:kind.${kind}`)}: <strong>{rows}</strong>
          </li>
        ))}
      </ul>
      {unverified > 0 && <Text>{t('web-knowledge:unverified', { count: unverified })}</Text>}
      <Text size="sm" className="quiet">
        {t('web-knowledge:nothingSaved')}
      </Text>
      {unknown.map((file) => (
        <Text key={file} className="wrong">
          {t('web-knowledge:unknownFile', { file })}
        </Text>
      ))}
      {isTooLarge && <Text className="wrong">{t('web-knowledge:tooLarge')}</Text>}
      {problems.length > 0 && (
        <Alert
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('web-knowledge:problems', { count: problems.length })}
        >
          <ul className="problem-errors">
            {problems.slice(0, maxShown).map(({ kind, line, what }) => {
              const { word, name } = problemWord(what);
              return (
                <li key={`${kind} ${line} ${what}`}>
                  {t('web-knowledge:problem', {
                    kind: t(`web-knowledge:kind.${kind}`),
                    line,
                    what: t(`web-knowledge:problem.${word}`, { name }),
                  })}
                </li>
              );
            })}
          </ul>
          {problems.length > maxShown && <Text>{t('web-knowledge:firstShown', { count: maxShown })}</Text>}
        </Alert>
      )}
    </Stack>
  );
};
