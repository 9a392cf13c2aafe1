/** Small pieces of the screens of a count. */
import { routes } from '@darmon/function-inventory/routes';
import { quantityText } from '@darmon/i18n/dosage';
import { Paper, Progress, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClipboardList, IconLoader, IconProgressCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { call, type Failure, failureOf } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useLanguage, useT } from '../shared/language.ts';
import { FailureAlert, Mark } from '../shared/parts.tsx';
import type { Count } from './count-view.ts';

const marks: Readonly<Record<Count['state'], { color: string; Icon: typeof IconLoader }>> = {
  freezing: { color: 'orange', Icon: IconLoader },
  open: { color: 'blue', Icon: IconClipboardList },
  posting: { color: 'orange', Icon: IconProgressCheck },
  posted: { color: 'green', Icon: IconCircleCheck },
  cancelled: { color: 'gray', Icon: IconCircleX },
};

export const StateMark = ({ state }: { readonly state: Count['state'] }) => {
  const t = useT();
  return <Mark {...marks[state]}>{t(`web-counts:state.${state}`)}</Mark>;
};

/** What a count covers, in words. */
export const useScopeText = (): ((count: Count) => string) => {
  const t = useT();
  const formulary = useFormulary();
  return ({ scope }) => {
    const kind = t(`web-counts:scope.${scope.kind}`);
    if (scope.kind === 'zone') return `${kind}: ${scope.zones.join(', ')}`;
    if (scope.kind === 'class') return `${kind}: ${scope.classes.join(', ')}`;
    if (scope.kind === 'medicines') return `${kind}: ${scope.medicines.map((code) => formulary.name(code)).join('; ')}`;
    return kind;
  };
};

/** Units of a medicine in words; `signed` puts a sign before what came. */
export const useUnits = (): ((medicine: string, quantity: number, signed?: boolean) => string) => {
  const language = useLanguage();
  const formulary = useFormulary();
  return (medicine, quantity, signed = false) => {
    const text = quantityText(Math.abs(quantity), formulary.byCode(medicine)?.unit ?? 'piece', language);
    if (quantity < 0) return `−${text}`;
    return signed && quantity > 0 ? `+${text}` : text;
  };
};

export const CountProgress = ({ count }: { readonly count: Count }) => {
  const t = useT();
  const text = t('web-counts:progress', { counted: count.counted, lines: count.lines });
  return (
    <div>
      <Text role="status">{text}</Text>
      <Progress
        size="lg"
        mt={4}
        value={count.lines === 0 ? 0 : (100 * count.counted) / count.lines}
        aria-label={text}
      />
    </div>
  );
};

/** Goes on with the posting of very many differences while somebody looks; it ends without them, too. */
export const Posting = ({ job, onDone }: { readonly job: string; readonly onDone: () => void }) => {
  const t = useT();
  const [far, setFar] = useState<{ done: number; of: number; problems: number } | undefined>();
  const [failure, setFailure] = useState<Failure | undefined>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const goOn = async () => {
      try {
        for (;;) {
          const now = await call(routes.advanceJob, { params: { id: job } }, { signal: stop.signal });
          setFar({ done: now.done, of: now.of, problems: now.problems.length });
          if (now.state === 'done') return now.problems.length === 0 && onDone();
        }
      } catch (error) {
        if (!stop.signal.aborted) setFailure(failureOf(error));
      }
    };
    if (round >= 0) void goOn();
    return () => stop.abort();
  }, [job, round, onDone]);
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Text fw={600}>{t('web-counts:posting')}</Text>
        <Progress size="xl" value={far ? (100 * far.done) / far.of : 0} aria-label={t('web-counts:posting')} />
        <Text role="status">
          {far ? t('web-counts:postingOf', { done: far.done, of: far.of }) : t('common:loading')}
        </Text>
        {far !== undefined && far.problems > 0 && (
          <Text className="bad">{t('web-counts:problems', { count: far.problems })}</Text>
        )}
        <FailureAlert
          failure={failure}
          onRetry={() => {
            setFailure(undefined);
            setRound((n) => n + 1);
          }}
        />
      </Stack>
    </Paper>
  );
};
