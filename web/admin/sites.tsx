/** Clinics, pharmacies, warehouses and offices, and their licences. */
import { isLicensedKind, type Site, siteKinds } from '@darmon/domain/standing';
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-identity/routes';
import { regions } from '@darmon/i18n/words/regions';
import { Button, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconBuildingPlus, IconCircleCheck, IconEdit } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { keyOf, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { Empty, FailureAlert, isProblem, Page, Waiting } from '../shared/parts.tsx';
import { isShown, type Show, type SiteFields, siteBody, siteFaults, siteFields } from './forms.ts';
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

type Region = keyof typeof regions;
const regionCodes = Object.keys(regions) as Region[];
const isRegion = (code: string): code is Region => code in regions;

export const SitesPage = () => {
  const t = useT();
  const sites = useSites();
  const [form, setForm] = useState<{ site: Site | undefined } | undefined>();
  const [said, setSaid] = useState('');
  return (
    <Page
      title={t('web-admin:sites')}
      action={
        <Button leftSection={<IconBuildingPlus size={20} aria-hidden />} onClick={() => setForm({ site: undefined })}>
          {t('web-admin:addSite')}
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
      {sites.isPending && (
        <Waiting label={sites.loaded ? t('web-admin:loadingMore', { count: sites.loaded }) : undefined} />
      )}
      <FailureAlert failure={sites.error} onRetry={() => void sites.refetch()} />
      {sites.data && <Sites sites={sites.data} onChange={(site) => setForm({ site })} />}
      <Modal
        opened={form !== undefined}
        onClose={() => setForm(undefined)}
        size="lg"
        title={t(form?.site ? 'web-admin:changeSite' : 'web-admin:addSite')}
        closeButtonProps={{ 'aria-label': t('common:close'), size: 44 }}
        closeOnClickOutside={false}
        transitionProps={{ duration: 0 }}
      >
        {form && (
          <SiteForm
            site={form.site}
            onClose={() => setForm(undefined)}
            onSaved={(site) => {
              setForm(undefined);
              setSaid(t('web-admin:saved', { name: site.name }));
            }}
          />
        )}
      </Modal>
    </Page>
  );
};

const Sites = ({ sites, onChange }: { readonly sites: readonly Site[]; readonly onChange: (site: Site) => void }) => {
  const t = useT();
  const today = tashkentDay(Date.now());
  const [text, setText] = useState('');
  const [show, setShow] = useState<Show>('all');
  const [all, setAll] = useState(false);
  const regionOf = (site: Site) => (isRegion(site.region) ? t(`regions:${site.region}`) : site.region);
  const typed = text.trim().toLowerCase();
  const found = sites.filter(
    (site) =>
      isShown(site, isLicensedKind(site.kind), show, today) &&
      [site.name, site.id, t(`common:kind.${site.kind}`), regionOf(site)].some((field) =>
        field.toLowerCase().includes(typed),
      ),
  );
  const drawn = all ? found : found.slice(0, firstRows);
  return (
    <Stack gap="md">
      <Filter label={t('web-admin:filterSites')} text={text} show={show} onText={setText} onShow={setShow} />
      <Text role="status" size="sm">
        {t('web-admin:shown', { count: found.length })}
      </Text>
      {found.length === 0 && <Empty title={t('common:nothingFound')}>{t('web-admin:noMatch')}</Empty>}
      <ul className="admin-rows">
        {drawn.map((site) => (
          <li key={site.id}>
            <span>
              <strong>{site.name}</strong>
              <br />
              <span className="quiet">{site.id}</span>
            </span>
            <span>
              {t(`common:kind.${site.kind}`)}
              <br />
              <span className="quiet">{regionOf(site)}</span>
            </span>
            <span>
              {site.active ? (
                <LicenceMark licence={site.licence} needed={isLicensedKind(site.kind)} today={today} />
              ) : (
                <ClosedMark />
              )}
            </span>
            <Button
              variant="subtle"
              leftSection={<IconEdit size={20} aria-hidden />}
              aria-label={`${t('common:edit')}: ${site.name}`}
              onClick={() => onChange(site)}
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

const SiteForm = ({
  site,
  onClose,
  onSaved,
}: {
  readonly site: Site | undefined;
  readonly onClose: () => void;
  readonly onSaved: (site: Site) => void;
}) => {
  const t = useT();
  const queries = useQueryClient();
  const sites = useSites();
  const add = useCall(routes.addSite);
  const change = useCall(routes.changeSite);
  const saving = site ? change : add;
  const [base, setBase] = useState(site);
  const [fields, setFields] = useState<SiteFields>(() => siteFields(site));
  const [tried, setTried] = useState(false);
  const faults = useMemo(() => siteFaults(fields), [fields]);
  const frozen = saving.pending || saving.uncertain;
  const set = (part: Partial<SiteFields>) => setFields({ ...fields, ...part });

  const send = async () => {
    const body = siteBody(fields);
    const saved = base
      ? await change.run({ params: { id: base.id }, body: { ...body, version: base.version } })
      : await add.run({ body: { ...body, id: fields.id } });
    if (!saved) return;
    void queries.invalidateQueries({ queryKey: keyOf(routes.listSites) });
    onSaved(saved);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (faults.length === 0) void send();
    else focusFirstWrong(event.currentTarget);
  };
  const reload = async () => {
    const present = (await sites.refetch()).data?.find((one) => one.id === base?.id);
    if (!present) return;
    change.reset();
    setBase(present);
    setFields(siteFields(present));
  };
  const wrong = (fault: (typeof faults)[number]) => tried && faults.includes(fault);
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
            description={t('web-admin:siteIdHint')}
            value={fields.id}
            maxLength={16}
            data-autofocus
            required
            autoComplete="off"
            spellCheck={false}
            disabled={frozen}
            error={wrong('id') ? t('web-admin:siteIdWrong') : saving.fieldError('/id')}
            onChange={(event) => set({ id: event.currentTarget.value.trim().toUpperCase() })}
          />
        )}
        <TextInput
          label={t('web-admin:siteName')}
          value={fields.name}
          maxLength={120}
          required
          autoComplete="off"
          disabled={frozen}
          error={wrong('name') ? t('web-admin:nameWrong') : saving.fieldError('/name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <div className="two-columns">
          <NativeSelect
            label={t('web-admin:kind')}
            value={fields.kind}
            disabled={frozen}
            data={siteKinds.map((kind) => ({ value: kind, label: t(`common:kind.${kind}`) }))}
            onChange={(event) => {
              const kind = siteKinds.find((one) => one === event.currentTarget.value);
              if (kind) set({ kind });
            }}
          />
          <NativeSelect
            label={t('web-admin:region')}
            value={fields.region}
            disabled={frozen}
            data={regionCodes.map((code) => ({ value: code, label: t(`regions:${code}`) }))}
            onChange={(event) => set({ region: event.currentTarget.value })}
          />
        </div>
        <TextInput
          label={`${t('web-admin:address')} (${t('common:optional')})`}
          value={fields.address}
          maxLength={200}
          autoComplete="off"
          disabled={frozen}
          error={saving.fieldError('/address')}
          onChange={(event) => set({ address: event.currentTarget.value })}
        />
        <LicenceInput
          value={fields.licence}
          isWrong={wrong('licence')}
          disabled={frozen}
          onChange={(licence) => set({ licence })}
        />
        <ActiveInput
          value={fields.active}
          note={t('web-admin:closeSite')}
          disabled={frozen}
          onChange={(active) => set({ active })}
        />
        {isProblem(saving.failure, 'version-changed') ? (
          <Conflict onReload={() => void reload()} />
        ) : (
          <FailureAlert failure={saving.failure} uncertain={saving.uncertain} onRetry={() => void send()} />
        )}
        <FormButtons pending={saving.pending} disabled={saving.uncertain} onClose={onClose} />
      </Stack>
    </form>
  );
};
