/** Staff: who they are, what they may do, where, and until when their licence holds. */
import { type Role, roles } from '@darmon/domain/actor';
import { isLicensedRole, type Person } from '@darmon/domain/standing';
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-identity/routes';
import { Button, Checkbox, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconCircleCheck, IconEdit, IconKey, IconUserPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { useAll, useSites } from '../shared/all-pages.ts';
import { call, keyOf, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { Empty, FailureAlert, isProblem, Page, Waiting } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import { isShown, type PersonFields, personBody, personFaults, personFields, type Show } from './forms.ts';
import {
  ActiveInput,
  ClosedMark,
  Conflict,
  Filter,
  FormButtons,
  focusFirstWrong,
  LicenceInput,
  LicenceMark,
} from './parts.tsx';

const firstRows = 60;

export const PeoplePage = () => {
  const t = useT();
  const people = useAll(routes.listPeople, {});
  const [form, setForm] = useState<{ person: Person | undefined } | undefined>();
  const [said, setSaid] = useState('');
  return (
    <Page
      title={t('web-admin:people')}
      action={
        <Button leftSection={<IconUserPlus size={20} aria-hidden />} onClick={() => setForm({ person: undefined })}>
          {t('web-admin:addPerson')}
        </Button>
      }
    >
      <div role="status">
        {said && (
          <Text className="pack-note">
            <IconCircleCheck size={20} aria-hidden /> {said}
          </Text>
        )}
      </div>
      {people.isPending && (
        <Waiting label={people.loaded ? t('web-admin:loadingMore', { count: people.loaded }) : undefined} />
      )}
      <FailureAlert failure={people.error} onRetry={() => void people.refetch()} />
      {people.data && <People people={people.data} onChange={(person) => setForm({ person })} />}
      <Modal
        opened={form !== undefined}
        onClose={() => setForm(undefined)}
        size="lg"
        title={t(form?.person ? 'web-admin:changePerson' : 'web-admin:addPerson')}
        closeButtonProps={{ 'aria-label': t('common:close'), size: 44 }}
        closeOnClickOutside={false}
        transitionProps={{ duration: 0 }}
      >
        {form && (
          <PersonForm
            person={form.person}
            onClose={() => setForm(undefined)}
            onSaved={(person) => {
              setForm(undefined);
              setSaid(t('web-admin:saved', { name: person.name }));
            }}
          />
        )}
      </Modal>
    </Page>
  );
};

const People = ({
  people,
  onChange,
}: {
  readonly people: readonly Person[];
  readonly onChange: (person: Person) => void;
}) => {
  const t = useT();
  const sites = useSites();
  const today = tashkentDay(Date.now());
  const [text, setText] = useState('');
  const [show, setShow] = useState<Show>('all');
  const [all, setAll] = useState(false);
  const siteName = (id: string) => sites.data?.find((site) => site.id === id)?.name ?? id;
  const rolesOf = (person: Person) => person.roles.map((role) => t(`common:role.${role}`)).join(', ');
  const typed = text.trim().toLowerCase();
  const found = people.filter(
    (person) =>
      isShown(person, person.roles.some(isLicensedRole), show, today) &&
      [person.name, person.id, person.site, siteName(person.site), rolesOf(person)].some((field) =>
        field.toLowerCase().includes(typed),
      ),
  );
  const drawn = all ? found : found.slice(0, firstRows);
  return (
    <Stack gap="md">
      <Filter label={t('web-admin:filterPeople')} text={text} show={show} onText={setText} onShow={setShow} />
      <Text role="status" size="sm">
        {t('web-admin:shown', { count: found.length })}
      </Text>
      {found.length === 0 && <Empty title={t('common:nothingFound')}>{t('web-admin:noMatch')}</Empty>}
      <ul className="admin-rows">
        {drawn.map((person) => (
          <li key={person.id}>
            <span>
              <strong>{person.name}</strong>
              <br />
              <span className="quiet">{person.id}</span>
            </span>
            <span>
              {rolesOf(person)}
              <br />
              <span className="quiet">
                {siteName(person.site)} ({person.site})
              </span>
            </span>
            <span>
              {person.active ? (
                <LicenceMark licence={person.licence} needed={person.roles.some(isLicensedRole)} today={today} />
              ) : (
                <ClosedMark />
              )}
            </span>
            <Button
              variant="subtle"
              leftSection={<IconEdit size={20} aria-hidden />}
              aria-label={`${t('common:edit')}: ${person.name}`}
              onClick={() => onChange(person)}
            >
              {t('common:edit')}
            </Button>
          </li>
        ))}
      </ul>
      {drawn.length < found.length && (
        <Button variant="default" onClick={() => setAll(true)}>
          {t('common:more')}
        </Button>
      )}
    </Stack>
  );
};

const PersonForm = ({
  person,
  onClose,
  onSaved,
}: {
  readonly person: Person | undefined;
  readonly onClose: () => void;
  readonly onSaved: (person: Person) => void;
}) => {
  const t = useT();
  const queries = useQueryClient();
  const sites = useSites();
  const add = useCall(routes.addPerson);
  const change = useCall(routes.changePerson);
  const saving = person ? change : add;
  const [base, setBase] = useState(person);
  const [fields, setFields] = useState<PersonFields>(() => personFields(person));
  const [tried, setTried] = useState(false);
  const faults = useMemo(() => personFaults(fields), [fields]);
  const frozen = saving.pending || saving.uncertain;
  const set = (part: Partial<PersonFields>) => setFields({ ...fields, ...part });

  const send = async () => {
    const body = personBody(fields);
    const saved = base
      ? await change.run({ params: { id: base.id }, body: { ...body, version: base.version } })
      : await add.run({ body: { ...body, id: fields.id } });
    if (!saved) return;
    void queries.invalidateQueries({ queryKey: keyOf(routes.listPeople) });
    onSaved(saved);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (faults.length === 0) void send();
    else focusFirstWrong(event.currentTarget);
  };
  const reload = async () => {
    if (!base) return;
    const present = await call(routes.readPerson, { params: { id: base.id } }).catch(() => undefined);
    if (!present) return;
    change.reset();
    setBase(present);
    setFields(personFields(present));
    void queries.invalidateQueries({ queryKey: keyOf(routes.listPeople) });
  };
  const wrong = (fault: (typeof faults)[number]) => tried && faults.includes(fault);
  const chosen = sites.data?.find((site) => site.id === fields.site);
  const findSite = (text: string) => {
    const typed = text.trim().toLowerCase();
    return (sites.data ?? [])
      .filter((site) => site.active && [site.id, site.name].some((field) => field.toLowerCase().includes(typed)))
      .slice(0, 12)
      .map((site) => ({ value: site.id, label: site.name, detail: <Text size="sm">{site.id}</Text> }));
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {base ? (
          <Text>
            {t('web-admin:id')}: <strong>{base.id}</strong>
          </Text>
        ) : (
          <TextInput
            label={t('web-admin:id')}
            description={t('web-admin:personIdHint')}
            value={fields.id}
            maxLength={36}
            data-autofocus
            required
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            disabled={frozen}
            error={wrong('id') ? t('web-admin:personIdWrong') : saving.fieldError('/id')}
            onChange={(event) => set({ id: event.currentTarget.value.trim() })}
          />
        )}
        <TextInput
          label={t('web-admin:name')}
          value={fields.name}
          maxLength={120}
          required
          autoComplete="off"
          disabled={frozen}
          error={wrong('name') ? t('web-admin:nameWrong') : saving.fieldError('/name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Checkbox.Group
          label={t('web-admin:roles')}
          withAsterisk
          value={[...fields.roles]}
          error={wrong('roles') ? t('web-admin:rolesWrong') : saving.fieldError('/roles')}
          onChange={(values) => set({ roles: roles.filter((role: Role) => values.includes(role)) })}
        >
          <div className="admin-choices">
            {roles.map((role) => (
              <Checkbox key={role} size="md" value={role} label={t(`common:role.${role}`)} disabled={frozen} />
            ))}
          </div>
        </Checkbox.Group>
        <fieldset className="admin-set">
          <legend>{t('web-admin:rights')}</legend>
          <Checkbox
            size="md"
            label={t('common:right.controlled')}
            checked={fields.rights.includes('controlled')}
            disabled={frozen}
            onChange={(event) => set({ rights: event.currentTarget.checked ? ['controlled'] : [] })}
          />
        </fieldset>
        <div>
          <SearchField
            label={t('web-admin:site')}
            busy={sites.isPending}
            disabled={frozen}
            error={wrong('site') ? t('web-admin:siteWrong') : saving.fieldError('/site')}
            find={findSite}
            onChoose={(site) => set({ site })}
          />
          {fields.site && (
            <Text mt={4} fw={600} role="status">
              {t('web-admin:chosen', { name: chosen?.name ?? '', id: fields.site })}
            </Text>
          )}
        </div>
        <LicenceInput
          value={fields.licence}
          isWrong={wrong('licence')}
          disabled={frozen}
          onChange={(licence) => set({ licence })}
        />
        <ActiveInput
          value={fields.active}
          note={t('web-admin:closePerson')}
          disabled={frozen}
          onChange={(active) => set({ active })}
        />
        {isProblem(saving.failure, 'version-changed') ? (
          <Conflict onReload={() => void reload()} />
        ) : (
          <FailureAlert failure={saving.failure} uncertain={saving.uncertain} onRetry={() => void send()} />
        )}
        {base?.active && <TemporaryPassword person={base.id} />}
        <FormButtons pending={saving.pending} disabled={saving.uncertain} onClose={onClose} />
      </Stack>
    </form>
  );
};

/** For the first sign-in and for who forgot: shown here once, kept nowhere, replaced at the next sign-in. */
const TemporaryPassword = ({ person }: { readonly person: string }) => {
  const t = useT();
  const { run, pending, answer, failure } = useCall(routes.givePassword);
  return (
    <Stack gap="xs">
      <Button
        variant="default"
        leftSection={<IconKey size={20} aria-hidden />}
        loading={pending}
        onClick={() => void run({ params: { id: person } })}
      >
        {t('web-admin:givePassword')}
      </Button>
      <div role="status">
        {answer && (
          <Text className="pack-note">
            {t('web-admin:passwordGiven')} <strong className="temporary-password">{answer.temporaryPassword}</strong>
          </Text>
        )}
      </div>
      <FailureAlert failure={failure} />
    </Stack>
  );
};
