/** One medicine as its patient needs it: how it is taken, in a sentence and as a week, what was given, what is left. */
import type { Medicine } from '@darmon/domain/medicine';
import { dayMs } from '@darmon/domain/time';
import type { routes } from '@darmon/function-patient/routes';
import type { AnswerOf } from '@darmon/http/route';
import { dosageSentence, quantityText } from '@darmon/i18n/dosage';
import type { Language } from '@darmon/i18n/language';
import { formText, innText } from '@darmon/i18n/medicine';
import { Paper, Stack, Text, Title } from '@mantine/core';
import { IconMoon, IconSun, IconSunrise, IconSunset } from '@tabler/icons-react';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { LineMark } from '../shared/parts.tsx';
import { type PartOfDay, partsOfDay, weekOf } from './plan.ts';

export type PatientPage = AnswerOf<typeof routes.openPatientPage>;
export type PageMedicine = PatientPage['medicines'][number];

type Named = Pick<Medicine, 'inn' | 'innRu' | 'innUz' | 'strength' | 'form'>;

/** "Amoxicillin 500 mg, capsule"; its code where it has left the formulary. */
export const medicineName = (medicine: PageMedicine, language: Language): string => {
  const name: Named | undefined = medicine.name;
  if (!name) return medicine.medicine;
  const text = `${innText(name, language)} ${name.strength}, ${formText(name.form, language)}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
};

const fractions: Readonly<Record<number, string>> = { 0.25: '¼', 0.5: '½', 0.75: '¾' };

/** Half a tablet is a half; what is measured stays in decimals, as on the spoon. */
const amountMark = ({ amount, unit }: PageMedicine['dosage'], decimal: string): string => {
  if (unit === 'ml' || unit === 'g' || unit === 'drop' || unit === 'dose') return decimal;
  const whole = Math.floor(amount);
  const part = fractions[amount - whole];
  return part ? `${whole > 0 ? whole : ''}${part}` : decimal;
};

const icons: Readonly<Record<PartOfDay, typeof IconSun>> = {
  morning: IconSunrise,
  noon: IconSun,
  evening: IconSunset,
  night: IconMoon,
};

const shownDays = 7;
const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() as 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** Seven days from the first one on; a cell says how much at a time, and how often where it is more than once. */
const Week = ({ medicine, begin }: { readonly medicine: PageMedicine; readonly begin: string }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const { dosage } = medicine;
  if (dosage.asNeeded) return <Text>{t('web-patient:whenNeeded')}</Text>;
  const week = weekOf(dosage, shownDays);
  const days = Array.from({ length: shownDays }, (_, i) => dayAfter(begin, i));
  const amount = amountMark(dosage, format.number(dosage.amount));
  return (
    <>
      <div className="week-frame">
        <table className="week">
          <caption>{t('web-patient:week', { name: medicineName(medicine, language) })}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">{t('web-patient:partOfDay')}</span>
              </th>
              {days.map((day) => (
                <th key={day} scope="col">
                  {t(`web-patient:day.${weekday(day)}`)}
                  <br />
                  {day.slice(8)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {partsOfDay.map((part) => {
              const Icon = icons[part];
              return (
                <tr key={part}>
                  <th scope="row">
                    <Icon size={26} stroke={1.8} aria-hidden />
                    <span className="week-part">{t(`web-patient:part.${part}`)}</span>
                  </th>
                  {days.map((day, i) => {
                    const doses = week[part][i] ?? 0;
                    return (
                      <td key={day} data-taken={doses > 0}>
                        {doses > 0 ? (
                          `${doses > 1 ? `${doses}×` : ''}${amount}`
                        ) : (
                          <>
                            <span aria-hidden>–</span>
                            <span className="unseen">{t('web-patient:noDose')}</span>
                          </>
                        )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {dosage.days > shownDays && (
        <Text>{t('web-patient:weekUntil', { day: format.day(dayAfter(begin, dosage.days - 1)) })}</Text>
      )}
    </>
  );
};

/** What the pharmacies said of it. */
const Said = ({ medicine }: { readonly medicine: PageMedicine }) => {
  const t = useT();
  const format = useFormat();
  const { owed, notDispensed } = medicine;
  return (
    <>
      {owed && <Text className="note">{t('web-patient:owed', { site: owed.site, day: format.day(owed.on) })}</Text>}
      {notDispensed && (
        <Text className="note">
          {t('web-patient:notGiven', {
            site: notDispensed.site,
            reason: t(`web-patient:reason.${notDispensed.reason}`),
          })}
        </Text>
      )}
    </>
  );
};

export const MedicineCard = ({ medicine, begin }: { readonly medicine: PageMedicine; readonly begin: string }) => {
  const t = useT();
  const language = useLanguage();
  const { line, unit, quantity, dispensed, brand, status } = medicine;
  const id = `medicine-${line}`;
  const left = Math.max(0, quantity - dispensed);
  const isOver = status === 'cancelled' || status === 'expired' || status === 'not-dispensed';
  return (
    <Paper component="article" withBorder p="md" aria-labelledby={id}>
      <Stack gap="sm">
        <Title order={3} id={id} fz="1.35rem">
          {line}. {medicineName(medicine, language)}
        </Title>
        {brand !== undefined && <Text>{t('web-patient:brand', { brand })}</Text>}
        <div>
          <LineMark status={status} />
        </div>
        <Text fw={650} fz="1.2rem" className="sentence">
          {dosageSentence(medicine.dosage, language)}
        </Text>
        <Week medicine={medicine} begin={begin} />
        <dl className="facts">
          <div>
            <dt>{t('web-patient:prescribed')}</dt>
            <dd>{quantityText(quantity, unit, language)}</dd>
          </div>
          <div>
            <dt>{t('web-patient:given')}</dt>
            <dd>{dispensed > 0 ? quantityText(dispensed, unit, language) : t('web-patient:nothing')}</dd>
          </div>
          {left > 0 && !isOver && (
            <div>
              <dt>{t('web-patient:left')}</dt>
              <dd>
                <strong>{quantityText(left, unit, language)}</strong>
              </dd>
            </div>
          )}
        </dl>
        <Said medicine={medicine} />
      </Stack>
    </Paper>
  );
};
