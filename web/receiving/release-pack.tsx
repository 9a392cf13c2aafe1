/** Quality control: one pack by its number, let go out of quarantine or refused for good. */
import { tashkentDay } from '@darmon/domain/time';
import { packRoutes } from '@darmon/function-inventory/pack-routes';
import { Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core';
import { IconBan, IconShieldCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { wantPack } from '../scan/meaning.ts';
import { ScanField } from '../scan/scan-field.tsx';
import { useSites } from '../shared/all-pages.ts';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useT } from '../shared/language.ts';
import { FailureAlert, isProblem, type Note, Said, Section, Waiting } from '../shared/parts.tsx';

interface PackNamed {
  readonly gtin: string;
  readonly serial: string;
}

export const ReleasePack = () => {
  const t = useT();
  const formulary = useFormulary();
  const [pack, setPack] = useState<PackNamed | undefined>();
  const [said, setSaid] = useState<Note | undefined>();
  const scan = (raw: string) => {
    const read = wantPack(raw, tashkentDay(Date.now()), (gtin) => formulary.byGtin(gtin) !== undefined);
    if (read.kind === 'no') return setSaid({ good: false, text: t(read.word) });
    const { gtin, serial } = read.pack;
    if (serial === undefined) return setSaid({ good: false, text: t('web-receiving:packNoSerial') });
    setSaid(undefined);
    return setPack({ gtin, serial });
  };
  return (
    <Section id="one-pack" title={t('web-receiving:onePack')}>
      <ScanField
        label={t('web-receiving:packCode')}
        hint={t('web-receiving:packHint')}
        submit={t('web-receiving:packFind')}
        variant="compact"
        stayOpen
        note={said?.text ?? ''}
        onScan={scan}
      />
      <Said note={said} />
      {pack && <Found key={`${pack.gtin}#${pack.serial}`} pack={pack} onDone={setSaid} />}
    </Section>
  );
};

const Found = ({ pack, onDone }: { readonly pack: PackNamed; readonly onDone: (said: Note) => void }) => {
  const t = useT();
  const formulary = useFormulary();
  const sites = useSites();
  const queries = useQueryClient();
  const known = useAnswer(packRoutes.readPack, { query: pack }, { staleTime: 0 });
  const decide = useCall(packRoutes.decidePack);
  const [reason, setReason] = useState('');
  const { gtin, serial } = pack;
  const medicine = formulary.byGtin(gtin);
  const isNew = isProblem(known.error, 'not-found');
  const frozen = decide.pending || decide.uncertain;
  const finish = async (sending: ReturnType<typeof decide.run>) => {
    const decided = await sending;
    if (!decided) return;
    void queries.invalidateQueries({ queryKey: keyOf(packRoutes.readPack) });
    onDone({ good: true, text: t(`web-receiving:packNow.${decided.state}`, { serial }) });
  };
  const send = (decision: 'released' | 'refused') =>
    void finish(decide.run({ body: { gtin, serial, decision, reason: reason.trim() } }));
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Text fw={650}>
          {medicine ? formulary.name(medicine.code) : gtin}, <span className="number">{serial}</span>
        </Text>
        {known.isPending && <Waiting />}
        {isNew && <Text>{t('web-receiving:packNotScanned')}</Text>}
        {!isNew && <FailureAlert failure={known.error} onRetry={() => void known.refetch()} />}
        {known.data && (
          <Text>
            {t(`web-receiving:pack.${known.data.state}`)} ·{' '}
            {sites.data?.find(({ id }) => id === known.data.site)?.name ?? known.data.site}
          </Text>
        )}
        {known.data?.state === 'quarantined' && (
          <>
            <Textarea
              label={t('web-receiving:releaseWhy')}
              value={reason}
              maxLength={300}
              required
              autosize
              disabled={frozen}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <FailureAlert
              failure={decide.failure}
              uncertain={decide.uncertain}
              onRetry={() => void finish(decide.retry())}
            />
            <Group gap="sm">
              <Button
                size="md"
                loading={decide.pending}
                disabled={reason.trim().length < 3 || decide.uncertain}
                leftSection={<IconShieldCheck size={20} aria-hidden />}
                onClick={() => send('released')}
              >
                {t('web-receiving:releasePack')}
              </Button>
              <Button
                size="md"
                color="red"
                variant="outline"
                loading={decide.pending}
                disabled={reason.trim().length < 3 || decide.uncertain}
                leftSection={<IconBan size={20} aria-hidden />}
                onClick={() => send('refused')}
              >
                {t('web-receiving:refusePack')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Paper>
  );
};
