/** What people and sites have in common: a licence, its mark, and being open or closed. */
import type { Licence } from '@darmon/domain/standing';
import { Alert, Button, Checkbox, Group, SegmentedControl, Switch, Text, TextInput } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCertificate,
  IconCertificateOff,
  IconClock,
  IconLock,
  IconRefresh,
  IconSearch,
} from '@tabler/icons-react';
import { DayField } from '../shared/day-field.tsx';
import { useFormat, useT } from '../shared/language.ts';
import { Mark } from '../shared/parts.tsx';
import { type LicenceFields, licenceState, type Show, shows } from './forms.ts';

export const LicenceMark = ({
  licence,
  needed,
  today,
}: {
  readonly licence: Licence | undefined;
  readonly needed: boolean;
  readonly today: string;
}) => {
  const t = useT();
  const format = useFormat();
  const state = licenceState(licence, today);
  if (!licence)
    return needed ? (
      <Mark color="red" Icon={IconCertificateOff}>
        {t('web-admin:licence.none')}
      </Mark>
    ) : null;
  if (state === 'over')
    return (
      <Mark color="red" Icon={IconCertificateOff}>
        {t('web-admin:licence.over', { until: format.day(licence.until) })}
      </Mark>
    );
  if (state === 'later')
    return (
      <Mark color="orange" Icon={IconClock}>
        {t('web-admin:licence.later', { from: format.day(licence.from) })}
      </Mark>
    );
  if (state === 'soon')
    return (
      <Mark color="orange" Icon={IconAlertTriangle}>
        {t('web-admin:licence.soon', { until: format.day(licence.until) })}
      </Mark>
    );
  return (
    <Mark color="green" Icon={IconCertificate}>
      {t('web-admin:licence.good', { until: format.day(licence.until) })}
    </Mark>
  );
};

/** Puts the cursor where a form is wrong, once its faults are drawn. */
export const focusFirstWrong = (form: HTMLFormElement): void => {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
};

export const ClosedMark = () => {
  const t = useT();
  return (
    <Mark color="gray" Icon={IconLock}>
      {t('web-admin:closed')}
    </Mark>
  );
};

/** The filter above a list. */
export const Filter = ({
  label,
  text,
  show,
  onText,
  onShow,
}: {
  readonly label: string;
  readonly text: string;
  readonly show: Show;
  readonly onText: (text: string) => void;
  readonly onShow: (show: Show) => void;
}) => {
  const t = useT();
  return (
    <div className="admin-filter">
      <TextInput
        label={label}
        value={text}
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        leftSection={<IconSearch size={20} aria-hidden />}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <SegmentedControl
        size="md"
        fullWidth
        className="segments"
        aria-label={t('common:status')}
        value={show}
        data={shows.map((one) => ({ value: one, label: t(`web-admin:show.${one}`) }))}
        onChange={(value) => onShow(shows.find((one) => one === value) ?? 'all')}
      />
    </div>
  );
};

export const LicenceInput = ({
  value,
  isWrong,
  disabled,
  onChange,
}: {
  readonly value: LicenceFields;
  readonly isWrong: boolean;
  readonly disabled: boolean;
  readonly onChange: (value: LicenceFields) => void;
}) => {
  const t = useT();
  return (
    <fieldset className="admin-set">
      <legend>{t('web-admin:licence')}</legend>
      <Text size="sm" className="quiet" mb="xs">
        {t('web-admin:licenceNote')}
      </Text>
      <Checkbox
        size="md"
        label={t('web-admin:hasLicence')}
        checked={value.has}
        disabled={disabled}
        onChange={(event) => onChange({ ...value, has: event.currentTarget.checked })}
      />
      {value.has && (
        <div className="admin-licence">
          <TextInput
            label={t('web-admin:licenceNumber')}
            value={value.number}
            maxLength={40}
            disabled={disabled}
            onChange={(event) => onChange({ ...value, number: event.currentTarget.value })}
          />
          <DayField
            label={t('web-admin:from')}
            value={value.from}
            disabled={disabled}
            onChange={(from) => onChange({ ...value, from })}
          />
          <DayField
            label={t('web-admin:until')}
            value={value.until}
            disabled={disabled}
            onChange={(until) => onChange({ ...value, until })}
          />
        </div>
      )}
      {isWrong && <Text className="wrong">{t('web-admin:licenceWrong')}</Text>}
    </fieldset>
  );
};

export const ActiveInput = ({
  value,
  note,
  disabled,
  onChange,
}: {
  readonly value: boolean;
  readonly note: string;
  readonly disabled: boolean;
  readonly onChange: (value: boolean) => void;
}) => {
  const t = useT();
  return (
    <Switch
      size="md"
      label={t('web-admin:active')}
      description={note}
      checked={value}
      disabled={disabled}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
};

/** Somebody else was faster: nothing was overwritten, and this is the way on. */
export const Conflict = ({ onReload }: { readonly onReload: () => void }) => {
  const t = useT();
  return (
    <Alert role="alert" color="orange" icon={<IconAlertTriangle aria-hidden />} title={t('web-admin:conflictTitle')}>
      <Text mb="sm">{t('web-admin:conflictText')}</Text>
      <Button variant="default" leftSection={<IconRefresh size={20} aria-hidden />} onClick={onReload}>
        {t('web-admin:reload')}
      </Button>
    </Alert>
  );
};

export const FormButtons = ({
  pending,
  disabled,
  onClose,
}: {
  readonly pending: boolean;
  readonly disabled: boolean;
  readonly onClose: () => void;
}) => {
  const t = useT();
  return (
    <Group justify="flex-end">
      <Button variant="default" disabled={pending} onClick={onClose}>
        {t('common:close')}
      </Button>
      <Button type="submit" loading={pending} disabled={disabled}>
        {t('common:save')}
      </Button>
    </Group>
  );
};
