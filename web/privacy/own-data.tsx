/** Everything that is held about a patient, to be read, printed and saved. It lies in no address and outlives no page. */
import type { routes } from '@darmon/function-privacy/routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconDeviceFloppy, IconPrinter, IconX } from '@tabler/icons-react';
import { useFormat, useT } from '../shared/language.ts';
import { saveJson } from './save-json.ts';

type Data = AnswerOf<typeof routes.exportPatient>;

export const OwnData = ({ data, onClose }: { readonly data: Data; readonly onClose: () => void }) => {
  const t = useT();
  const format = useFormat();
  const { patient, prescriptions, looks } = data;
  const { fhir: _fhir, ...own } = data;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('common:fullName'), patient.fullName],
    [t('common:birthDate'), format.day(patient.birthDate)],
    [t('common:pinfl'), patient.pinfl],
    [t('common:passport'), patient.passport],
    [t('web-privacy:weight'), patient.weightKg === undefined ? undefined : format.number(patient.weightKg)],
    [
      t('web-privacy:allergies'),
      patient.allergies.map(({ code, note }) => (note ? `${code} (${note})` : code)).join(', ') ||
        t('web-privacy:none'),
    ],
  ];
  return (
    <Stack gap="md" className="own-data" component="section" aria-labelledby="own-data">
      <Group className="no-print">
        <Button leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => window.print()}>
          {t('common:print')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDeviceFloppy size={20} aria-hidden />}
          onClick={() => saveJson(own, 'darmon-data.json')}
        >
          {t('web-privacy:saveJson')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDeviceFloppy size={20} aria-hidden />}
          onClick={() => saveJson(data.fhir, 'darmon-fhir-r4.json')}
        >
          {t('web-privacy:saveFhir')}
        </Button>
        <Button variant="subtle" leftSection={<IconX size={20} aria-hidden />} onClick={onClose}>
          {t('web-privacy:closeExport')}
        </Button>
      </Group>
      <div>
        <Title order={3} id="own-data">
          {t('web-privacy:exportTitle')}
        </Title>
        <Text size="sm" className="quiet">
          {t('web-privacy:madeAt', { at: format.instant(data.madeAt) })}
        </Text>
      </div>
      <dl>
        {facts.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name} style={{ display: 'contents' }}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <div>
        <Title order={4}>{t('web-privacy:prescriptions')}</Title>
        {prescriptions.length === 0 && <Text>{t('web-privacy:none')}</Text>}
        {prescriptions.map((p) => (
          <article key={p.id}>
            <Text fw={600}>
              {t('web-privacy:prescriptionOf', { number: p.number, day: format.day(p.issuedAt) })} ·{' '}
              {t(`medicine:prescription.${p.status}`)}
            </Text>
            <Text size="sm">
              {p.prescriber}, {p.clinic}
            </Text>
            <Text size="sm">
              {p.personal.icd10 === undefined
                ? t('web-privacy:gone')
                : `${t('web-privacy:diagnosis')}: ${p.personal.icd10}`}
            </Text>
            <ul className="privacy-kept">
              {p.lines.map((line) => (
                <li key={line.line}>
                  {line.name}: {format.number(line.dispensed)} / {format.number(line.quantity)}
                </li>
              ))}
            </ul>
            {p.dispenses.map((d) => (
              <Text key={d.at} size="sm">
                {t('web-privacy:handedOver')}: {format.instant(d.at)}, {d.site}
                {d.undone ? ` (${t('web-privacy:undone')})` : ''}
              </Text>
            ))}
          </article>
        ))}
      </div>
      <div>
        <Title order={4} id="own-looks">
          {t('web-privacy:looks')}
        </Title>
        <table aria-labelledby="own-looks">
          <thead>
            <tr>
              <th scope="col">{t('web-privacy:when')}</th>
              <th scope="col">{t('web-privacy:who')}</th>
              <th scope="col">{t('web-privacy:where')}</th>
              <th scope="col">{t('web-privacy:why')}</th>
            </tr>
          </thead>
          <tbody>
            {looks.map((look) => (
              <tr key={`${look.at}${look.type}`}>
                <td>{format.instant(look.at)}</td>
                <td>{look.role ? t(`common:role.${look.role}`) : t('web-privacy:ownPage')}</td>
                <td>{look.siteName}</td>
                <td>{[t(`web-audit:event.${look.type}`), look.reason].filter(Boolean).join(': ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Text size="sm" className="quiet">
        {t('web-privacy:notIn')}
      </Text>
    </Stack>
  );
};
