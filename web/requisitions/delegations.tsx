/** `/requisitions/delegations`: who approves in whose place, and who approves for which region. */
import { PersonId } from '@darmon/domain/actor';
import { tashkentDay } from '@darmon/domain/time';
import { budgetRoutes } from '@darmon/function-procurement/budget-routes';
import { Button, NativeSelect, Text, TextInput } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAll, useSites } from '../shared/all-pages.ts';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useFormat, useT } from '../shared/language.ts';
import { type Me, useMe } from '../shared/me.ts';
import { FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { isApprover } from './draft.ts';
import { usePlaceName, useSiteName } from './parts.tsx';

export const DelegationsPage = () => {
  const t = useT();
  const me = useMe();
  return (
    <Page title={t('web-requisitions:delegations')}>
      {me.isPending && <Waiting />}
      {me.data && (
        <>
          <Delegations me={me.data} />
          {isApprover(me.data) && <Delegate />}
          <Approvers mayName={me.data.roles.includes('chief')} />
        </>
      )}
    </Page>
  );
};

const useRefresh = () => {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: keyOf(budgetRoutes.listDelegations) });
    void queries.invalidateQueries({ queryKey: keyOf(budgetRoutes.listApprovers) });
  };
};

const Delegations = ({ me }: { readonly me: Me }) => {
  const t = useT();
  const format = useFormat();
  const refresh = useRefresh();
  const all = useAll(budgetRoutes.listDelegations, {});
  const end = useCall(budgetRoutes.endDelegation);
  const finish = (sending: ReturnType<typeof end.run>) => void sending.then((done) => done && refresh());
  return (
    <Section title={t('web-requisitions:delegations')} id="delegations">
      {all.isPending && <Waiting />}
      <FailureAlert failure={all.error} onRetry={() => void all.refetch()} />
      {all.data?.length === 0 && <Text>{t('web-requisitions:noDelegations')}</Text>}
      <ul className="plain-list">
        {all.data?.map((one) => (
          <li key={one.person}>
            <Text>
              {t('web-requisitions:delegated', {
                person: one.person,
                to: one.to,
                from: format.day(one.from),
                until: format.day(one.until),
              })}
            </Text>
            {one.person === me.person && (
              <Button
                mt="xs"
                variant="default"
                leftSection={<IconArrowBackUp size={20} aria-hidden />}
                loading={end.pending}
                disabled={end.uncertain}
                onClick={() => finish(end.run({}))}
              >
                {t('web-requisitions:endDelegation')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <FailureAlert failure={end.failure} uncertain={end.uncertain} onRetry={() => finish(end.retry())} />
    </Section>
  );
};

const Delegate = () => {
  const t = useT();
  const refresh = useRefresh();
  const today = tashkentDay(Date.now());
  const delegate = useCall(budgetRoutes.delegateApproval);
  const deputies = useAnswer(budgetRoutes.listDeputies, {});
  const siteName = useSiteName();
  const [to, setTo] = useState('');
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState('');
  const ready = to !== '' && from !== '' && until !== '' && from <= until;
  const finish = (sending: ReturnType<typeof delegate.run>) =>
    void sending.then((done) => {
      if (!done) return;
      setTo('');
      setUntil('');
      refresh();
    });
  return (
    <Section title={t('web-requisitions:delegate')} id="delegate">
      <Text>{t('web-requisitions:delegateText')}</Text>
      <FailureAlert failure={deputies.error} onRetry={() => void deputies.refetch()} />
      {deputies.data?.items.length === 0 && <Text>{t('web-requisitions:noDeputies')}</Text>}
      <form
        className="requisition-fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) finish(delegate.run({ body: { to, from, until } }));
        }}
      >
        <NativeSelect
          label={t('web-requisitions:toWhom')}
          required
          disabled={delegate.uncertain || !deputies.data}
          value={to}
          error={delegate.fieldError('/to')}
          data={[
            { value: '', label: t('web-requisitions:choosePerson') },
            ...(deputies.data?.items ?? []).map(({ person, name, role, site }) => ({
              value: person,
              label: t('web-requisitions:deputy', { name, role: t(`common:role.${role}`), site: siteName(site) }),
            })),
          ]}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <DayField
          label={t('web-requisitions:fromDay')}
          required
          min={today}
          disabled={delegate.uncertain}
          value={from}
          onChange={setFrom}
        />
        <DayField
          label={t('web-requisitions:untilDay')}
          required
          min={from || today}
          disabled={delegate.uncertain}
          value={until}
          error={delegate.fieldError('/until')}
          onChange={setUntil}
        />
        <Button type="submit" loading={delegate.pending} disabled={!ready || delegate.uncertain}>
          {t('web-requisitions:delegate')}
        </Button>
      </form>
      <FailureAlert
        failure={delegate.failure}
        uncertain={delegate.uncertain}
        onRetry={() => finish(delegate.retry())}
      />
    </Section>
  );
};

const Approvers = ({ mayName }: { readonly mayName: boolean }) => {
  const t = useT();
  const placeOf = usePlaceName();
  const refresh = useRefresh();
  const sites = useSites();
  const approvers = useAnswer(budgetRoutes.listApprovers, {});
  const name = useCall(budgetRoutes.nameApprovers);
  const [region, setRegion] = useState('');
  const [typed, setTyped] = useState('');
  const named = approvers.data?.items.filter(({ persons }) => persons.length > 0) ?? [];
  const regions = [...new Set((sites.data ?? []).map((site) => site.region))].sort();
  const persons = typed.split(/[\s,;]+/).filter((one) => one !== '');
  const ready = region !== '' && approvers.data && persons.every((one) => PersonId.safeParse(one).success);
  const finish = (sending: ReturnType<typeof name.run>) =>
    void sending.then((done) => {
      if (!done) return;
      setTyped('');
      refresh();
    });
  const versionOf = (of: string) => approvers.data?.items.find((one) => one.region === of)?.version ?? 0;
  return (
    <Section title={t('web-requisitions:approvers')} id="approvers">
      <Text>{t('web-requisitions:approversText')}</Text>
      <FailureAlert failure={approvers.error} onRetry={() => void approvers.refetch()} />
      <ul className="plain-list">
        {named.map((one) => (
          <li key={one.region}>
            <strong>{placeOf(one.region)}</strong>: {one.persons.join(', ')}
          </li>
        ))}
      </ul>
      {mayName && (
        <form
          className="requisition-fields"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) finish(name.run({ body: { region, persons, version: versionOf(region) } }));
          }}
        >
          <NativeSelect
            label={t('web-requisitions:region')}
            required
            disabled={name.uncertain}
            value={region}
            data={[
              { value: '', label: t('web-requisitions:choosePlace') },
              ...regions.map((one) => ({ value: one, label: placeOf(one) })),
            ]}
            onChange={(event) => setRegion(event.currentTarget.value)}
          />
          <TextInput
            label={t('web-requisitions:persons')}
            placeholder={t('web-requisitions:everybody')}
            autoComplete="off"
            spellCheck={false}
            disabled={name.uncertain}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" loading={name.pending} disabled={!ready || name.uncertain}>
            {t('web-requisitions:name')}
          </Button>
        </form>
      )}
      <FailureAlert failure={name.failure} uncertain={name.uncertain} onRetry={() => finish(name.retry())} />
    </Section>
  );
};
