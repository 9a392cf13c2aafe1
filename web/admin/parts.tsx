/** What people and sites have in common: a licence, its mark, and being open or closed. */
import type { Licence } from '@darmon/domain/standing';
import { Checkbox, Switch, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCertificate, IconCertificateOff, IconClock, IconLock } from '@tabler/icons-react';
import { DayField } from '../shared/day-field.tsx';
import { useFormat, useT } from '../shared/language.ts';
import { Mark } from '../shared/parts.tsx';
import { type LicenceFields, licenceState } from './forms.ts';

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

export const ClosedMark = () => {
  const t = useT();
  return (
    <Mark color="gray" Icon={IconLock}>
      {t('web-admin:closed')}
    </Mark>
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
