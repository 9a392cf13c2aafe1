/** Clinics, pharmacies, warehouses and offices, and their licences. */
import { isLicensedKind, type Site, siteKinds } from '@darmon/domain/standing';
import { routes } from '@darmon/function-identity/routes';
import { regions } from '@darmon/i18n/words/regions';
import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconBuildingPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useSites } from '../shared/all-pages.ts';
import { useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { siteBody, siteFaults, siteFields } from './forms.ts';
import { ActiveInput, LicenceInput } from './parts.tsx';
import { type FormEnds, FormFoot, Records, RecordsPage, useRecordForm } from './records.tsx';

type Region = keyof typeof regions;
const regionCodes = Object.keys(regions) as Region[];
const isRegion = (code: string): code is Region => code in regions;

export const SitesPage = () => {
  const t = useT();
  const sites = useSites();
  return (
    <RecordsPage
      title={t('web-admin:sites')}
      addWord={t('web-admin:addSite')}
      changeWord={t('web-admin:changeSite')}
      AddIcon={IconBuildingPlus}
      records={sites}
      list={(all, onChange) => (
        <>
          <Link to="/admin/sites/import">{t('web-admin:importSites')}</Link>
          <Sites sites={all} onChange={onChange} />
        </>
      )}
      form={(site, ends) => <SiteForm site={site} {...ends} />}
    />
  );
};

const Sites = ({ sites, onChange }: { readonly sites: readonly Site[]; readonly onChange: (site: Site) => void }) => {
  const t = useT();
  const kindOf = (site: Site) => t(`common:kind.${site.kind}`);
  const regionOf = (site: Site) => (isRegion(site.region) ? t(`regions:${site.region}`) : site.region);
  return (
    <Records
      label={t('web-admin:filterSites')}
      records={sites}
      needsLicence={(site) => isLicensedKind(site.kind)}
      wordsOf={(site) => [site.name, site.id, kindOf(site), regionOf(site)]}
      about={(site) => (
        <>
          {kindOf(site)}
          <br />
          <span className="quiet">{regionOf(site)}</span>
        </>
      )}
      onChange={onChange}
    />
  );
};

const SiteForm = ({ site, onClose, onSaved }: { readonly site: Site | undefined } & FormEnds<Site>) => {
  const t = useT();
  const sites = useSites();
  const add = useCall(routes.addSite);
  const change = useCall(routes.changeSite);
  const saving = site ? change : add;
  const form = useRecordForm({
    record: site,
    fieldsOf: siteFields,
    faultsOf: siteFaults,
    saving,
    send: (fields, base) =>
      base
        ? change.run({ params: { id: base.id }, body: { ...siteBody(fields), version: base.version } })
        : add.run({ body: { ...siteBody(fields), id: fields.id } }),
    reread: async ({ id }) => (await sites.refetch()).data?.find((one) => one.id === id),
    list: routes.listSites,
    onSaved,
  });
  const { base, fields, set, wrong, frozen } = form;
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="md">
        {base ? (
          <Group justify="space-between">
            <Text>
              {t('web-admin:id')}: <strong>{base.id}</strong>
            </Text>
            {isLicensedKind(base.kind) && (
              <Link to="/poster" search={{ site: base.id }}>
                {t('web-shared:feedback-poster')}
              </Link>
            )}
          </Group>
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
        <FormFoot form={form} onClose={onClose} />
      </Stack>
    </form>
  );
};
