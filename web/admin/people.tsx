/** Staff: who they are, what they may do, where, and until when their licence holds. */
import { type Role, roles } from '@darmon/domain/actor';
import { isLicensedRole, type Person } from '@darmon/domain/standing';
import { routes } from '@darmon/function-identity/routes';
import { Button, Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { IconKey, IconUserPlus } from '@tabler/icons-react';
import { findSites, useAll, useSites } from '../shared/all-pages.ts';
import { call, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { FailureAlert } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import { personBody, personFaults, personFields } from './forms.ts';
import { LostDevice } from './lost-device.tsx';
import { ActiveInput, LicenceInput } from './parts.tsx';
import { type FormEnds, FormFoot, Records, RecordsPage, useRecordForm } from './records.tsx';

export const PeoplePage = () => {
  const t = useT();
  const people = useAll(routes.listPeople, {});
  return (
    <RecordsPage
      title={t('web-admin:people')}
      addWord={t('web-admin:addPerson')}
      changeWord={t('web-admin:changePerson')}
      AddIcon={IconUserPlus}
      records={people}
      list={(all, onChange) => <People people={all} onChange={onChange} />}
      form={(person, ends) => <PersonForm person={person} {...ends} />}
    />
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
  const siteName = (id: string) => sites.data?.find((site) => site.id === id)?.name ?? id;
  const rolesOf = (person: Person) => person.roles.map((role) => t(`common:role.${role}`)).join(', ');
  return (
    <Records
      label={t('web-admin:filterPeople')}
      records={people}
      needsLicence={(person) => person.roles.some(isLicensedRole)}
      wordsOf={(person) => [person.name, person.id, person.site, siteName(person.site), rolesOf(person)]}
      about={(person) => (
        <>
          {rolesOf(person)}
          <br />
          <span className="quiet">
            {siteName(person.site)} ({person.site})
          </span>
        </>
      )}
      onChange={onChange}
    />
  );
};

const PersonForm = ({ person, onClose, onSaved }: { readonly person: Person | undefined } & FormEnds<Person>) => {
  const t = useT();
  const sites = useSites();
  const add = useCall(routes.addPerson);
  const change = useCall(routes.changePerson);
  const saving = person ? change : add;
  const me = useMe();
  const form = useRecordForm({
    record: person,
    fieldsOf: personFields,
    faultsOf: personFaults,
    saving,
    send: (fields, base) =>
      base
        ? change.run({ params: { id: base.id }, body: { ...personBody(fields), version: base.version } })
        : add.run({ body: { ...personBody(fields), id: fields.id } }),
    reread: ({ id }) => call(routes.readPerson, { params: { id } }).catch(() => undefined),
    list: routes.listPeople,
    onSaved,
  });
  const { base, fields, set, wrong, frozen } = form;
  const chosen = sites.data?.find((site) => site.id === fields.site);
  const open = sites.data?.filter((site) => site.active);
  const findSite = (text: string) =>
    findSites(open, text).map((site) => ({
      value: site.id,
      label: site.name,
      detail: <Text size="sm">{site.id}</Text>,
    }));
  return (
    <form onSubmit={form.onSubmit} noValidate>
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
        <FormFoot form={form} onClose={onClose}>
          {base?.active && <TemporaryPassword person={base.id} />}
          {base?.active && me.data && me.data.person !== base.id && <LostDevice person={base.id} />}
        </FormFoot>
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
          <Text className="said-note">
            {t('web-admin:passwordGiven')} <strong className="temporary-password">{answer.temporaryPassword}</strong>
          </Text>
        )}
      </div>
      <FailureAlert failure={failure} />
    </Stack>
  );
};
