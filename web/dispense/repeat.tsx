/** A prescription that repeats: which issue this is, its days, what earlier ones handed over, and when the next opens. */
import { tashkentDay } from '@darmon/domain/time';
import { quantityText } from '@darmon/i18n/dosage';
import { Alert, Paper, Stack, Text } from '@mantine/core';
import { IconCalendarRepeat, IconCalendarTime } from '@tabler/icons-react';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Mark } from '../shared/parts.tsx';
import type { Prescription } from './find.ts';

/** True where nothing may be handed over yet. `now` is in milliseconds. */
export const isNotYetOpen = (prescription: Prescription, now: number): boolean =>
  prescription.opensAt !== undefined && now < Date.parse(prescription.opensAt);

/** Nothing is handed over before the window of the next issue: the day to come, large. */
export const NotYetOpen = ({ prescription }: { readonly prescription: Prescription }) => {
  const t = useT();
  const format = useFormat();
  const day = format.day(prescription.opensAt ?? prescription.validUntil);
  return (
    <Alert
      role="alert"
      color="violet"
      icon={<IconCalendarTime aria-hidden />}
      title={t('web-dispense:comeFrom', { day })}
    >
      <Text>{t('web-dispense:comeFromText', { day })}</Text>
    </Alert>
  );
};

export const Issues = ({ prescription }: { readonly prescription: Prescription }) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const formulary = useFormulary();
  const { repeat, lines } = prescription;
  if (!repeat) return null;
  const current = repeat.windows.find((window) => window.issue === repeat.current);
  const earlier = repeat.windows.filter((window) => window.issue < repeat.current);
  const today = tashkentDay(Date.now());
  const handed = (dispensed: readonly number[]): string => {
    const said = lines.flatMap((line, at) => {
      const units = dispensed[at] ?? 0;
      return units > 0 ? [`${formulary.name(line.medicine)}, ${quantityText(units, line.unit, language)}`] : [];
    });
    return said.length > 0 ? said.join('; ') : t('web-dispense:issueNotCollected');
  };
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <div>
          <Mark color="blue" Icon={IconCalendarRepeat}>
            {t('web-dispense:issueOf', { issue: repeat.current, issues: repeat.issues })}
          </Mark>
        </div>
        {current && (
          <Text>
            {t('web-dispense:issueWindow', { from: format.day(current.from), until: format.day(current.until) })}
          </Text>
        )}
        {earlier.length > 0 && (
          <details>
            <summary className="tap">{t('web-dispense:earlierIssues', { count: earlier.length })}</summary>
            <ul className="plain-list">
              {earlier.map((window) => (
                <li key={window.issue}>
                  <Text size="sm">
                    {window.issue}. {format.day(window.from)}
                    {'–'}
                    {format.day(window.until)}: {handed(window.dispensed)}
                  </Text>
                </li>
              ))}
            </ul>
          </details>
        )}
        {repeat.current < repeat.issues && current && today <= current.until && (
          <Text size="sm" className="quiet">
            {t('web-dispense:issueLapses')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
};
