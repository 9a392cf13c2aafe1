/** What a site found of a recalled lot and set aside: one number, replaced as often as more is found. */
import { recallRoutes } from '@darmon/function-inventory/recall-routes';
import { Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAll } from '../shared/all-pages.ts';
import { keyOf, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { FailureAlert, type Note, numberOf, Said, Section, Waiting } from '../shared/parts.tsx';
import { FoundBar, type RecallItem, useUnits } from './parts.tsx';

export const FoundHere = ({ recall, site }: { readonly recall: RecallItem; readonly site: string }) => {
  const t = useT();
  const own = useAll(recallRoutes.listSiteRecalls, { params: { site } });
  const [said, setSaid] = useState<Note | undefined>();
  const place = own.data?.find((one) => one.recall.id === recall.id);
  if (own.isPending) return <Waiting />;
  if (!own.data) return <FailureAlert failure={own.error} onRetry={() => void own.refetch()} />;
  if (!place)
    return (
      <Section title={t('web-recalls:findHere')} id="found">
        <Text>{t('web-recalls:noneHere')}</Text>
      </Section>
    );
  return (
    <>
      <FoundForm
        key={place.found}
        recall={recall}
        site={site}
        found={place.found}
        due={place.due}
        onSaid={(text) => setSaid({ good: true, text })}
      />
      <Said note={said} />
    </>
  );
};

const FoundForm = ({
  recall,
  site,
  found,
  due,
  onSaid,
}: {
  readonly recall: RecallItem;
  readonly site: string;
  readonly found: number;
  readonly due: number;
  readonly onSaid: (text: string) => void;
}) => {
  const t = useT();
  const queries = useQueryClient();
  const units = useUnits(recall.medicine);
  const report = useCall(recallRoutes.reportFound);
  const [quantity, setQuantity] = useState<string | number>(found === 0 ? '' : found);
  const [note, setNote] = useState('');
  const value = numberOf(quantity);
  const answered = async (done: Awaited<ReturnType<typeof report.run>>) => {
    if (!done) return;
    onSaid(t('web-recalls:saved', { units: units(done.found) }));
    for (const route of [recallRoutes.listSiteRecalls, recallRoutes.readRecall, recallRoutes.listRecallPlaces])
      await queries.invalidateQueries({ queryKey: keyOf(route) });
  };
  const send = async (number: number) => {
    const body = { site, quantity: number, ...(note.trim() !== '' && { note: note.trim() }) };
    await answered(await report.run({ params: { id: recall.id }, body }));
  };
  const isClosed = recall.state === 'closed';
  return (
    <Section title={t('web-recalls:findHere')} id="found">
      <Text fw={600}>{t('web-recalls:due', { units: units(due) })}</Text>
      <FoundBar found={found} due={due} label={t('web-recalls:findHere')} />
      {!isClosed && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (value !== undefined) void send(value);
          }}
        >
          <Stack gap="sm">
            <div className="recall-fields">
              <NumberInput
                label={t('web-recalls:foundField')}
                value={quantity}
                min={0}
                allowDecimal={false}
                allowNegative={false}
                hideControls
                inputMode="numeric"
                error={report.fieldError('/quantity')}
                disabled={report.uncertain}
                onChange={setQuantity}
              />
              <TextInput
                label={`${t('web-recalls:note')} (${t('common:optional')})`}
                value={note}
                maxLength={300}
                disabled={report.uncertain}
                onChange={(event) => setNote(event.currentTarget.value)}
              />
            </div>
            <FailureAlert
              failure={report.failure}
              uncertain={report.uncertain}
              onRetry={() => void report.retry().then(answered)}
            />
            <Group>
              <Button type="submit" loading={report.pending} disabled={value === undefined || report.uncertain}>
                {t('common:save')}
              </Button>
              {found < due && (
                <Button variant="default" disabled={report.pending || report.uncertain} onClick={() => void send(due)}>
                  {t('web-recalls:allFound')} ({units(due)})
                </Button>
              )}
            </Group>
          </Stack>
        </form>
      )}
    </Section>
  );
};
