/** Which announced delivery is being received, and how much of it has come. */
import type { AnnouncedLine, ExpectedUnit } from '@darmon/domain/receiving';
import { receiptRoutes } from '@darmon/function-inventory/receipt-routes';
import { Button, Group, NativeSelect, Paper, Progress, Stack, Text } from '@mantine/core';
import { IconClipboardCheck, IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { call, type Failure, failureOf, useAnswer } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { FailureAlert, Waiting } from '../shared/parts.tsx';
import { type Draft, withList } from './draft.ts';
import { UploadList } from './upload-list.tsx';

/** A supplier sends a few a week; more are found by receiving the older ones first. */
const most = 100;

export const ChooseList = ({
  site,
  disabled,
  units,
  onList,
}: {
  readonly site: string;
  readonly disabled: boolean;
  /** Units in a pack. */
  readonly units: (gtin: string) => number;
  readonly onList: (next: (before: Draft) => Draft) => void;
}) => {
  const t = useT();
  const format = useFormat();
  const lists = useAnswer(receiptRoutes.listExpected, { params: { site }, query: { state: 'open', limit: most } });
  const [loading, setLoading] = useState<number | undefined>();
  const [failure, setFailure] = useState<Failure | undefined>();
  const [uploading, setUploading] = useState(false);

  const load = async (id: string) => {
    setFailure(undefined);
    setLoading(0);
    const lines: AnnouncedLine[] = [];
    const cartons: ExpectedUnit[] = [];
    try {
      for (let part = 0, parts = 1; part < parts; part += 1) {
        const answer = await call(receiptRoutes.readExpected, { params: { site, id }, query: { part } });
        parts = answer.parts;
        lines.push(...answer.lines);
        cartons.push(...answer.cartons);
        setLoading(lines.length);
        if (part + 1 < parts) continue;
        const { supplier, number } = answer;
        const list = { id, supplier, ...(number !== undefined && { number }), cartons };
        onList((draft) => withList(draft, list, lines, units));
      }
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setLoading(undefined);
    }
  };

  if (lists.error) return <FailureAlert failure={lists.error} onRetry={() => void lists.refetch()} />;
  if (loading !== undefined) return <Waiting label={t('web-receiving:listLoading', { count: loading })} />;
  return (
    <>
      <FailureAlert failure={failure} />
      {(lists.data?.items.length ?? 0) > 0 && (
        <NativeSelect
          label={t('web-receiving:whichList')}
          description={t('web-receiving:listHint')}
          size="md"
          disabled={disabled}
          value=""
          data={[
            { value: '', label: t('web-receiving:noList') },
            ...(lists.data?.items ?? []).map((one) => ({
              value: one.id,
              label: t('web-receiving:listOption', {
                supplier: one.supplier,
                number: one.number ?? one.id.slice(-8),
                packs: format.number(one.packs),
                day: format.day(one.at),
              }),
            })),
          ]}
          onChange={(event) => event.currentTarget.value && void load(event.currentTarget.value)}
        />
      )}
      <div>
        <Button
          variant="default"
          disabled={disabled}
          leftSection={<IconFileUpload size={20} aria-hidden />}
          onClick={() => setUploading(true)}
        >
          {t('web-receiving:upload')}
        </Button>
      </div>
      {uploading && (
        <UploadList
          site={site}
          onClose={() => setUploading(false)}
          onAnnounced={(id) => {
            setUploading(false);
            void load(id);
          }}
        />
      )}
    </>
  );
};

/** How much of the list has come, in packs that it names. */
export const ListProgress = ({
  draft,
  disabled,
  onLeave,
}: {
  readonly draft: Draft;
  readonly disabled: boolean;
  readonly onLeave: () => void;
}) => {
  const t = useT();
  const format = useFormat();
  if (!draft.list) return null;
  let [expected, came] = [0, 0];
  for (const line of draft.lines) {
    expected += line.expected ?? 0;
    came += Math.min(line.expected ?? 0, line.packs ?? 0);
  }
  const percent = expected === 0 ? 100 : Math.floor((came * 100) / expected);
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between" gap="sm">
          <Group gap="xs" className="grow" wrap="nowrap">
            <IconClipboardCheck size={24} aria-hidden />
            <Text fw={650}>
              {t('web-receiving:ofList', {
                supplier: draft.list.supplier,
                number: draft.list.number ?? draft.list.id.slice(-8),
              })}
            </Text>
          </Group>
          <Button variant="default" disabled={disabled} onClick={onLeave}>
            {t('web-receiving:leaveList')}
          </Button>
        </Group>
        <Progress
          size="lg"
          value={percent}
          aria-label={t('web-receiving:progress', { came: format.number(came), expected: format.number(expected) })}
        />
        <Text role="status">
          {t('web-receiving:progress', { came: format.number(came), expected: format.number(expected) })}
        </Text>
      </Stack>
    </Paper>
  );
};
