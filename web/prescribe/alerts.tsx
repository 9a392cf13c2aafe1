/** Warnings before signing: few words, most severe first. What is contraindicated stops; the others ask why one goes on. */
import type { Alert as SafetyAlert } from '@darmon/domain/safety';
import { alertText } from '@darmon/i18n/safety';
import { Alert, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconHandStop, IconInfoCircle, IconScale } from '@tabler/icons-react';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Mark } from '../shared/parts.tsx';
import type { Check, Reasons } from './check.ts';
import { standingAlerts } from './check.ts';
import { UsualReasons } from './usual-reasons.tsx';

const marks: Readonly<Record<SafetyAlert['severity'], { color: string; Icon: typeof IconHandStop }>> = {
  contraindicated: { color: 'red', Icon: IconHandStop },
  serious: { color: 'orange', Icon: IconAlertTriangle },
  moderate: { color: 'blue', Icon: IconInfoCircle },
};

const usual = ['benefit', 'watched', 'tolerated'] as const;

const Why = ({
  reason,
  onReason,
  about,
}: {
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly about: string;
}) => {
  const t = useT();
  return (
    <Stack gap={6}>
      <UsualReasons
        label={`${t('web-patient-record:usual-reasons')}: ${about}`}
        usual={usual.map((one) => t(`web-patient-record:reason.${one}`))}
        reason={reason}
        onReason={onReason}
      />
      <Textarea
        label={t('web-patient-record:why-go-on')}
        description={t('web-patient-record:why-hint')}
        value={reason}
        onChange={(event) => onReason(event.currentTarget.value)}
        maxLength={300}
        autosize
        minRows={1}
      />
    </Stack>
  );
};

const One = ({
  alert,
  reason,
  answered,
  onReason,
}: {
  readonly alert: SafetyAlert;
  readonly reason: string;
  readonly answered: boolean;
  readonly onReason: (reason: string) => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  const names = alert.medicines.map((code) => formulary.name(code)).join(' + ');
  return (
    <li className="alert-one" data-severity={alert.severity}>
      <Stack gap={6}>
        <Group gap="xs">
          <Mark {...marks[alert.severity]}>{t(`safety:severity.${alert.severity}`)}</Mark>
          <Text fw={650}>{t(`safety:kind.${alert.kind}`)}</Text>
          {answered && (
            <Mark color="green" Icon={IconCircleCheck}>
              {t('web-patient-record:answered')}
            </Mark>
          )}
        </Group>
        <Text fw={600}>{names}</Text>
        <Text>{alertText(alert, language)}</Text>
        {alert.severity === 'contraindicated' ? (
          <Text fw={650} className="bad">
            {t('web-patient-record:stop')}
          </Text>
        ) : (
          <Why reason={reason} onReason={onReason} about={names} />
        )}
        {alert.source && (
          <Text size="sm" className="quiet">
            {t('web-patient-record:source', { source: alert.source })}
          </Text>
        )}
      </Stack>
    </li>
  );
};

/** What the check said; `check` is undefined while there is nothing to judge. */
export const Alerts = ({
  check,
  pending,
  failed,
  reasons,
  onReason,
}: {
  readonly check: Check | undefined;
  readonly pending: boolean;
  readonly failed: boolean;
  readonly reasons: Reasons;
  readonly onReason: (alert: string, reason: string) => void;
}) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  if (!check && failed)
    return (
      <Text role="status" className="note">
        {t('web-patient-record:check-failed')}
      </Text>
    );
  if (!check)
    return <div role="status">{pending && <Text className="quiet">{t('web-patient-record:checking')}</Text>}</div>;
  const { alerts, unjudged, knowledge } = check;
  const set = knowledge && { set: knowledge.name, day: format.day(knowledge.date) };
  const standing = new Set(standingAlerts(alerts, reasons).map(({ id }) => id));
  return (
    <Stack gap="sm" aria-busy={pending}>
      <div role="status">
        {!knowledge && (
          <Group gap="xs" wrap="nowrap">
            <IconAlertTriangle size={20} aria-hidden className="warn" />
            <Text>{t('web-patient-record:no-knowledge')}</Text>
          </Group>
        )}
        {set && (
          <Group gap="xs" wrap="nowrap">
            {alerts.length === 0 && <IconCircleCheck size={20} aria-hidden className="good" />}
            <Text className={alerts.length === 0 ? undefined : 'quiet'}>
              {t(alerts.length === 0 ? 'web-patient-record:all-well' : 'web-patient-record:checked-by', set)}
            </Text>
          </Group>
        )}
      </div>
      {alerts.length > 0 && (
        <Stack component="ul" gap="sm" className="rows">
          {alerts.map((alert) => (
            <One
              key={alert.id}
              alert={alert}
              reason={reasons[alert.id] ?? ''}
              answered={!standing.has(alert.id)}
              onReason={(reason) => onReason(alert.id, reason)}
            />
          ))}
        </Stack>
      )}
      {unjudged.map(({ medicine, why }) => (
        <Alert key={medicine} color="gray" variant="light" icon={<IconScale aria-hidden />}>
          <Text>
            {formulary.name(medicine)}: {t(`safety:unjudged.${why}`)}
          </Text>
        </Alert>
      ))}
    </Stack>
  );
};
