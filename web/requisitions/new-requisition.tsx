/** `/requisitions/new`: one drawn up by hand, or an urgent one that goes straight to approval and says why. */
import { Reason } from '@darmon/domain/event';
import { requisitionRoutes } from '@darmon/function-procurement/requisition-routes';
import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconBolt, IconDeviceFloppy } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { keyOf, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { type Me, useMe } from '../shared/me.ts';
import { FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { AddProducts } from './add-products.tsx';
import { type Added, addedBody, isKeeper, worthOf } from './draft.ts';
import { useMoney } from './parts.tsx';

export const NewRequisitionPage = () => {
  const t = useT();
  const me = useMe();
  const { urgent = false } = useSearch({ from: '/signed-in/requisitions/new' });
  return (
    <Page title={t(urgent ? 'web-requisitions:newEmergency' : 'web-requisitions:new')}>
      {me.isPending && <Waiting />}
      <FailureAlert failure={me.error} onRetry={() => void me.refetch()} />
      {me.data && <Form key={String(urgent)} me={me.data} urgent={urgent} />}
    </Page>
  );
};

const Form = ({ me, urgent }: { readonly me: Me; readonly urgent: boolean }) => {
  const t = useT();
  const money = useMoney();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const sites = useSites();
  const create = useCall(requisitionRoutes.createRequisition);
  const [chosen, setChosen] = useState(isKeeper(me) ? me.site : '');
  const [reason, setReason] = useState('');
  const [added, setAdded] = useState<readonly Added[]>([]);
  const frozen = create.pending || create.uncertain;
  const lines = addedBody(added, false);
  const said = reason.trim();
  const hasReason = Reason.safeParse(said).success;
  const ready = chosen !== '' && lines !== undefined && lines.length > 0 && (hasReason || (!urgent && said === ''));
  const finish = (sending: ReturnType<typeof create.run>) =>
    void sending.then((made) => {
      if (!made) return;
      void queries.invalidateQueries({ queryKey: keyOf(requisitionRoutes.listRequisitions) });
      void navigate({ to: '/requisitions/$id', params: { id: made.id } });
    });
  const send = () => {
    if (!lines) return;
    const kind = urgent ? ('emergency' as const) : ('by-hand' as const);
    finish(create.run({ body: { site: chosen, kind, lines, ...(hasReason && { reason: said }) } }));
  };
  const keeping = (sites.data ?? []).filter(
    ({ kind, active }) => active && (kind === 'pharmacy' || kind === 'warehouse'),
  );
  return (
    <Stack gap="md">
      {urgent && <Text>{t('web-requisitions:emergencyHint')}</Text>}
      {!isKeeper(me) && (
        <NativeSelect
          label={t('web-requisitions:site')}
          maw={480}
          required
          disabled={frozen}
          value={chosen}
          error={create.fieldError('/site')}
          data={[
            { value: '', label: t('web-requisitions:chooseSite') },
            ...keeping.map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
          ]}
          onChange={(event) => {
            setChosen(event.currentTarget.value);
            setAdded(added.map(({ proposed: _, ...one }) => one));
          }}
        />
      )}
      <TextInput
        label={t('web-requisitions:reason')}
        description={t('web-requisitions:reasonHint')}
        maw={640}
        required={urgent}
        maxLength={300}
        disabled={frozen}
        value={reason}
        error={create.fieldError('/reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Section title={t('web-requisitions:lines')} id="new-lines">
        {added.length === 0 && <Text className="quiet">{t('web-requisitions:noLines')}</Text>}
        <AddProducts
          // another site's plan says something else
          key={chosen}
          site={urgent ? '' : chosen}
          known={new Set()}
          added={added}
          reasons={false}
          disabled={frozen}
          onChange={setAdded}
        />
      </Section>
      <FailureAlert failure={create.failure} uncertain={create.uncertain} onRetry={() => finish(create.retry())} />
      <div className="act-bar">
        <Text>
          {t('web-requisitions:total')}: <strong>{money(worthOf([], new Map(), added))}</strong>
        </Text>
        <Button
          size="lg"
          className="act-main"
          loading={create.pending}
          disabled={!ready || create.uncertain}
          leftSection={urgent ? <IconBolt size={22} aria-hidden /> : <IconDeviceFloppy size={22} aria-hidden />}
          onClick={send}
        >
          {t(urgent ? 'web-requisitions:createEmergency' : 'web-requisitions:create')}
        </Button>
      </div>
    </Stack>
  );
};
