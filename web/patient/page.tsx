/** The opened page: state, medicines, repeats, what was handed over, pharmacies, who looked. */
import { formatNumber } from '@darmon/domain/number';
import { tashkentDay } from '@darmon/domain/time';
import { dosageSentence, quantityText } from '@darmon/i18n/dosage';
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconBell, IconPrinter, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { DayField } from '../shared/day-field.tsx';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Page, PrescriptionMark, Section } from '../shared/parts.tsx';
import { MedicineCard, medicineName, type PatientPage } from './medicine-card.tsx';
import { Pharmacies } from './pharmacies.tsx';
import { rhythmsOf } from './plan.ts';
import { calendarOf } from './reminders.ts';

const isLive = (status: PatientPage['status']): boolean =>
  status === 'active' || status === 'claimed' || status === 'partially-dispensed';

/** Hands a file to the phone, which asks what to do with it. */
const handOver = (text: string, name: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

const Summary = ({ page }: { readonly page: PatientPage }) => {
  const t = useT();
  const format = useFormat();
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <div>
          <PrescriptionMark status={page.status} />
        </div>
        <Text fw={650} fz="1.2rem">
          {t(`web-patient:state.${page.status}`)}
        </Text>
        {page.opensAt !== undefined && isLive(page.status) && Date.parse(page.opensAt) > Date.now() && (
          <Text className="note">{t('web-patient:opensOn', { day: format.day(page.opensAt) })}</Text>
        )}
        <dl className="facts">
          <div>
            <dt>{t('web-patient:number')}</dt>
            <dd className="number">{formatNumber(page.number)}</dd>
          </div>
          <div>
            <dt>{t('web-patient:issuedBy')}</dt>
            <dd>
              {page.prescriber}
              <br />
              {page.clinic}
            </dd>
          </div>
          <div>
            <dt>{t('web-patient:issuedOn')}</dt>
            <dd>{format.day(page.issuedAt)}</dd>
          </div>
          <div>
            <dt>{t('web-patient:validThrough')}</dt>
            <dd>{format.lastDay(page.validUntil)}</dd>
          </div>
        </dl>
      </Stack>
    </Paper>
  );
};

const Medicines = ({ page }: { readonly page: PatientPage }) => {
  const t = useT();
  const language = useLanguage();
  const today = tashkentDay(Date.now());
  const [begin, setBegin] = useState(today);
  const rung = page.medicines.filter((one) => rhythmsOf(one.dosage).length > 0);
  const remind = () => {
    const reminders = rung.map((one) => ({
      name: `${one.medicine}-${one.line}`,
      summary: medicineName(one, language),
      description: dosageSentence(one.dosage, language),
      rhythms: rhythmsOf(one.dosage),
    }));
    handOver(calendarOf(reminders, begin || today, Date.now()), `${t('web-patient:file-name-reminders')}.ics`);
  };
  return (
    <section aria-labelledby="medicines">
      <Stack gap="md">
        <Title order={2} id="medicines">
          {t('web-patient:medicines')}
        </Title>
        {page.medicines.map((medicine) => (
          <MedicineCard key={medicine.line} medicine={medicine} begin={begin || today} />
        ))}
        {rung.length > 0 && (
          <Paper withBorder p="md" className="no-print">
            <Stack gap="sm">
              <DayField
                label={t('web-patient:begin')}
                description={t('web-patient:beginHint')}
                value={begin}
                onChange={setBegin}
              />
              <Button size="lg" leftSection={<IconBell size={22} aria-hidden />} onClick={remind}>
                {t('web-patient:reminders')}
              </Button>
              <Text>{t('web-patient:remindersHint')}</Text>
            </Stack>
          </Paper>
        )}
        <Text className="note">{t('web-patient:doctorKnows')}</Text>
      </Stack>
    </section>
  );
};

type Repeat = NonNullable<PatientPage['repeat']>;

const Repeats = ({ repeat, page }: { readonly repeat: Repeat; readonly page: PatientPage }) => {
  const t = useT();
  const format = useFormat();
  const today = tashkentDay(Date.now());
  const became = ({ issue, from, until, dispensed }: Repeat['windows'][number]) => {
    const isWhole = dispensed.every((units, i) => units >= (page.medicines[i]?.quantity ?? 0));
    if (isWhole) return t('web-patient:repeatDone');
    if (dispensed.some((units) => units > 0)) return t('web-patient:repeatPart');
    if (until < today) return t('web-patient:repeatLapsed');
    const isNow = issue === repeat.current && from <= today && isLive(page.status);
    return t(isNow ? 'web-patient:repeatNow' : 'web-patient:repeatLater');
  };
  return (
    <Section title={t('web-patient:repeats')} id="repeats">
      <ul className="plain-list">
        {repeat.windows.map((one) => (
          <li key={one.issue}>
            <Text fw={650}>{t('web-patient:repeatOf', { issue: one.issue })}</Text>
            <Text>
              {t('web-patient:repeatDays', { from: format.day(one.from), until: format.day(one.until) })} ·{' '}
              {became(one)}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
};

const Dispenses = ({ page }: { readonly page: PatientPage }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  return (
    <Section title={t('web-patient:dispenses')} id="dispenses">
      {page.dispenses.length === 0 && <Text>{t('web-patient:noDispenses')}</Text>}
      <ul className="plain-list">
        {page.dispenses.map((one) => (
          <li key={one.at}>
            <Text fw={650}>
              {format.day(one.at)}, {one.site}
              {one.undone && ` (${t('web-patient:undone')})`}
            </Text>
            {one.lines.map(({ line, quantity, brands }) => {
              const medicine = page.medicines.find((m) => m.line === line);
              return (
                <Text key={line}>
                  {medicine ? medicineName(medicine, language) : line}
                  {brands.length > 0 && ` (${brands.join(', ')})`}:{' '}
                  {medicine ? quantityText(quantity, medicine.unit, language) : quantity}
                </Text>
              );
            })}
          </li>
        ))}
      </ul>
    </Section>
  );
};

const Looks = ({ page }: { readonly page: PatientPage }) => {
  const t = useT();
  const format = useFormat();
  return (
    <Section title={t('web-patient:looks')} id="looks">
      {page.looks.length === 0 && <Text>{t('web-patient:noLooks')}</Text>}
      <ul className="plain-list">
        {page.looks.map(({ at, role, site }) => (
          <li key={at + role}>
            <Text>
              {format.instant(at)}: {role ? `${t(`common:role.${role}`)}, ${site}` : t('web-patient:lookHere')}
            </Text>
          </li>
        ))}
      </ul>
      <Text>{t('web-patient:looksNote')}</Text>
    </Section>
  );
};

export const OpenedPage = ({ page, onClose }: { readonly page: PatientPage; readonly onClose: () => void }) => {
  const t = useT();
  return (
    <Page title={t('web-patient:title')}>
      <Summary page={page} />
      <Medicines page={page} />
      {page.repeat && <Repeats repeat={page.repeat} page={page} />}
      <Dispenses page={page} />
      {isLive(page.status) && <Pharmacies page={page} />}
      <Looks page={page} />
      <Group className="no-print">
        <Button
          variant="default"
          size="lg"
          leftSection={<IconPrinter size={22} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('common:print')}
        </Button>
        <Button variant="default" size="lg" leftSection={<IconX size={22} aria-hidden />} onClick={onClose}>
          {t('web-patient:leave')}
        </Button>
      </Group>
      <Text className="no-print">{t('web-patient:privacy')}</Text>
    </Page>
  );
};
