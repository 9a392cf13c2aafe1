/** How a code was judged, in a mark and in words, and what may be read from it while there is no network. */
import { formatNumber } from '@darmon/domain/number';
import { lastDayText } from '@darmon/i18n/dates';
import { dosageSentence, quantityText } from '@darmon/i18n/dosage';
import { Alert, Paper, Stack, Text, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconClockExclamation,
  IconClockX,
  IconQuestionMark,
  IconShieldCheck,
  IconShieldX,
  IconWifiOff,
} from '@tabler/icons-react';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Mark } from '../shared/parts.tsx';
import type { Check } from './judge.ts';

/** One mark: authentic, authentic by an old list, or not, and why. */
export const CheckMark = ({ check }: { readonly check: Check | undefined }) => {
  const t = useT();
  const format = useFormat();
  if (!check)
    return (
      <Mark color="gray" Icon={IconQuestionMark}>
        {t('web-dispense:check.none')}
      </Mark>
    );
  if (check.kind === 'unknown')
    return (
      <Mark color="orange" Icon={IconQuestionMark}>
        {t('web-dispense:check.unknown')}
      </Mark>
    );
  if (check.kind === 'authentic')
    return check.verification.lists === 'stale' ? (
      <Mark color="orange" Icon={IconClockExclamation}>
        {t('web-dispense:check.stale', { at: format.instant(check.listsAt) })}
      </Mark>
    ) : (
      <Mark color="green" Icon={IconShieldCheck}>
        {t('web-dispense:check.authentic')}
      </Mark>
    );
  if (check.reason === 'expired')
    return (
      <Mark color="red" Icon={IconClockX}>
        {t('web-dispense:check.expired')}
      </Mark>
    );
  return (
    <Mark color="red" Icon={IconShieldX}>
      {t(
        check.reason === 'revoked'
          ? 'web-dispense:check.revoked'
          : check.reason === 'not-yet-valid'
            ? 'web-dispense:check.early'
            : 'web-dispense:check.false',
      )}
    </Mark>
  );
};

/** A code that opens nothing: why, and what to do. */
export const RefusedCode = ({ check }: { readonly check: Extract<Check, { kind: 'refused' }> }) => {
  const t = useT();
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={t('credential:notValid')}>
      <Text>{t(`credential:invalid.${check.reason}`)}</Text>
    </Alert>
  );
};

/** What the code itself says, while nobody can ask whether it was used. */
export const OfflineCode = ({ check }: { readonly check: Check }) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  if (check.kind === 'unknown') return <CheckMark check={check} />;
  const { verification } = check;
  const credential = verification.credential;
  if (!credential) return null;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2}>{t('web-dispense:offlineTitle')}</Title>
        <CheckMark check={check} />
        <Alert color="orange" icon={<IconWifiOff aria-hidden />}>
          <Text>
            {check.kind === 'refused' ? t(`credential:invalid.${check.reason}`) : t('web-dispense:offlineText')}
          </Text>
        </Alert>
        <Text>
          <Text span className="number" fw={700}>
            {formatNumber(credential.number)}
          </Text>
          {verification.valid && ` · ${t('web-dispense:validUntil')} ${lastDayText(verification.validUntil)}`}
        </Text>
        <Text>
          {t('common:patient')}: <strong>{credential.patient.initials}</strong>,{' '}
          {t('web-dispense:year', { year: credential.patient.birthYear })}
        </Text>
        <ul className="plain-list">
          {credential.lines.map((line) => {
            const unit = formulary.byCode(line.medicine)?.unit ?? line.dosage.unit;
            return (
              <li key={line.medicine}>
                <Text fw={600}>{formulary.name(line.medicine)}</Text>
                <Text>{dosageSentence(line.dosage, language)}</Text>
                <Text>{quantityText(line.quantity, unit, language)}</Text>
              </li>
            );
          })}
        </ul>
      </Stack>
    </Paper>
  );
};
