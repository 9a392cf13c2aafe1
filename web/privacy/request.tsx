/** A patient asks: found by the document that somebody saw, then handed the data or on the way to be erased. */
import { Passport, Pinfl } from '@darmon/domain/patient';
import type { Asked } from '@darmon/domain/privacy';
import { routes } from '@darmon/function-privacy/routes';
import type { AnswerOf } from '@darmon/http/route';
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconFileDownload, IconUserOff, IconUserSearch } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { findSites, useSites } from '../shared/all-pages.ts';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { FailureAlert, Section, Waiting } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import { Kept } from './kept.tsx';
import { OwnData } from './own-data.tsx';

type Found = NonNullable<AnswerOf<typeof routes.findForRights>['patient']>;

const whoOf = (document: string) => {
  if (Pinfl.safeParse(document).success) return { pinfl: document };
  return Passport.safeParse(document).success ? { passport: document } : undefined;
};

export const PatientRequest = () => {
  const t = useT();
  const sites = useSites();
  const find = useCall(routes.findForRights);
  const [form, setForm] = useState({ document: '', site: '', checkedBy: '', reason: '' });
  const [tried, setTried] = useState(false);
  const [found, setFound] = useState<{ patient: Found | null; asked: Asked }>();
  const change = (part: Partial<typeof form>) => {
    setForm((before) => ({ ...before, ...part }));
    setFound(undefined);
  };
  const who = whoOf(form.document);
  const isReady = who && form.site !== '' && form.checkedBy.trim() !== '' && form.reason.trim().length >= 3;
  const chosen = sites.data?.find(({ id }) => id === form.site);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!who || !isReady) return;
    const asked: Asked = {
      site: form.site,
      checkedBy: form.checkedBy.trim(),
      document: 'pinfl' in who ? 'pinfl' : 'passport',
      reason: form.reason.trim(),
    };
    const answer = await find.run({ body: { who, asked } });
    if (answer) setFound({ patient: answer.patient, asked });
  };
  const wrong = (is: boolean, word: 'documentWrong' | 'chooseSite' | 'checkedByHint' | 'reasonHint') =>
    tried && is ? t(`web-privacy:${word}`) : undefined;
  return (
    <Section title={t('web-privacy:request')} id="privacy-request">
      <Text size="sm" className="quiet">
        {t('web-privacy:requestNote')}
      </Text>
      <form onSubmit={(event) => void submit(event)} noValidate className="no-print">
        <Stack gap="sm">
          <div className="privacy-fields">
            <TextInput
              label={t('web-privacy:document')}
              value={form.document}
              maxLength={20}
              required
              autoComplete="off"
              spellCheck={false}
              error={wrong(!who, 'documentWrong') ?? find.fieldError('/who/pinfl')}
              onChange={(event) => change({ document: event.currentTarget.value.replaceAll(/\s/g, '').toUpperCase() })}
            />
            <div>
              <SearchField
                label={t('web-privacy:site')}
                placeholder={t('web-privacy:chooseSite')}
                busy={sites.isPending}
                error={wrong(form.site === '', 'chooseSite') ?? find.fieldError('/asked/site')}
                find={(text) =>
                  findSites(sites.data, text).map((one) => ({ value: one.id, label: one.name, detail: one.id }))
                }
                onChoose={(site) => change({ site })}
              />
              {chosen && (
                <Text mt={4} fw={600} role="status">
                  {chosen.name} ({chosen.id})
                </Text>
              )}
            </div>
            <TextInput
              label={t('web-privacy:checkedBy')}
              description={t('web-privacy:checkedByHint')}
              value={form.checkedBy}
              maxLength={36}
              required
              autoComplete="off"
              spellCheck={false}
              error={wrong(form.checkedBy.trim() === '', 'checkedByHint') ?? find.fieldError('/asked/checkedBy')}
              onChange={(event) => change({ checkedBy: event.currentTarget.value.toLowerCase() })}
            />
            <TextInput
              label={t('web-privacy:reason')}
              description={t('web-privacy:reasonHint')}
              value={form.reason}
              maxLength={300}
              required
              autoComplete="off"
              error={wrong(form.reason.trim().length < 3, 'reasonHint')}
              onChange={(event) => change({ reason: event.currentTarget.value })}
            />
          </div>
          <Group>
            <Button type="submit" loading={find.pending} leftSection={<IconUserSearch size={20} aria-hidden />}>
              {t('web-privacy:find')}
            </Button>
          </Group>
          <FailureAlert failure={find.failure} onRetry={() => void find.retry()} />
        </Stack>
      </form>
      <div aria-live="polite">
        {found && !found.patient && <Alert color="orange">{t('web-privacy:nobody')}</Alert>}
        {found?.patient && <OfPatient patient={found.patient} asked={found.asked} />}
      </div>
    </Section>
  );
};

const OfPatient = ({ patient, asked }: { readonly patient: Found; readonly asked: Asked }) => {
  const t = useT();
  const queries = useQueryClient();
  const params = { patient: patient.id };
  const rights = useAnswer(routes.readRights, { params });
  const handOut = useCall(routes.exportPatient);
  const erase = useCall(routes.askForErasure);
  const [data, setData] = useState<AnswerOf<typeof routes.exportPatient>>();
  const ask = async () => {
    if (!(await erase.run({ params, body: asked }))) return;
    for (const route of [routes.readRights, routes.listErasures])
      void queries.invalidateQueries({ queryKey: keyOf(route) });
  };
  const state = rights.data?.erasure?.state;
  const mayAsk = rights.data !== undefined && (state === undefined || state === 'refused');
  return (
    <Stack gap="sm" mt="sm">
      <Text fw={650} size="lg">
        {t('web-privacy:found', { initials: patient.initials, year: patient.birthYear })}
      </Text>
      {rights.isPending && <Waiting />}
      <FailureAlert failure={rights.error} onRetry={() => void rights.refetch()} />
      {rights.data && <Kept kept={rights.data.kept} />}
      {state !== undefined && state !== 'refused' && <Text role="status">{t(`web-privacy:state.${state}`)}</Text>}
      <Text size="sm" className="quiet no-print">
        {t('web-privacy:askErasureNote')}
      </Text>
      <Group className="no-print">
        <Button
          loading={handOut.pending}
          leftSection={<IconFileDownload size={20} aria-hidden />}
          onClick={() => void handOut.run({ params, body: asked }).then((answer) => answer && setData(answer))}
        >
          {t('web-privacy:handOut')}
        </Button>
        {mayAsk && (
          <Button
            variant="default"
            loading={erase.pending}
            leftSection={<IconUserOff size={20} aria-hidden />}
            onClick={() => void ask()}
          >
            {t('web-privacy:askErasure')}
          </Button>
        )}
      </Group>
      <FailureAlert failure={handOut.failure} onRetry={() => void handOut.retry()} />
      <FailureAlert failure={erase.failure} uncertain={erase.uncertain} onRetry={() => void erase.retry()} />
      {data && <OwnData data={data} onClose={() => setData(undefined)} />}
    </Stack>
  );
};
