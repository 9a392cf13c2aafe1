/** One prescription: what it was, what became of it, and everything that happened to it. */
import { formatNumber } from '@darmon/domain/number';
import { routes } from '@darmon/function-compliance/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import { lastDayText } from '@darmon/i18n/dates';
import { quantityText } from '@darmon/i18n/dosage';
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useAll } from '../shared/all-pages.ts';
import { useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { FailureAlert, LineMark, Page, PrescriptionMark, Waiting } from '../shared/parts.tsx';
import { TimeLine } from './trail.tsx';

export const TrailPage = () => {
  const t = useT();
  const { id } = useParams({ from: '/signed-in/audit/$id' });
  const prescription = useAnswer(prescribing.readPrescription, { params: { id } });
  const trail = useAll(routes.readTrail, { params: { id } });
  return (
    <Page
      title={t('web-audit:trailTitle')}
      action={
        <Group gap="sm" className="no-print">
          <Button component={Link} to="/audit" variant="default" leftSection={<IconArrowLeft size={20} aria-hidden />}>
            {t('web-audit:back')}
          </Button>
          <Button variant="default" leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => window.print()}>
            {t('common:print')}
          </Button>
        </Group>
      }
    >
      {(prescription.isPending || trail.isPending) && <Waiting />}
      <FailureAlert failure={prescription.error} onRetry={() => void prescription.refetch()} />
      {prescription.data && <Summary prescription={prescription.data} />}
      <FailureAlert failure={trail.error} onRetry={() => void trail.refetch()} />
      {trail.data && (
        <section>
          <Title order={2}>{t('web-audit:events')}</Title>
          <Text size="sm" className="quiet" mb="sm">
            {t('web-audit:eventsCount', { count: trail.data.length })} · {t('web-audit:local')}
          </Text>
          <TimeLine
            events={trail.data}
            lineNames={new Map(prescription.data?.lines.map((line) => [line.line, line.medicine]))}
          />
        </section>
      )}
    </Page>
  );
};

type Prescription = NonNullable<ReturnType<typeof useAnswer<typeof prescribing.readPrescription>>['data']>;

const Summary = ({ prescription }: { readonly prescription: Prescription }) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const formulary = useFormulary();
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group gap="xs">
          <Text span className="number big-number">
            {formatNumber(prescription.number)}
          </Text>
          <PrescriptionMark status={prescription.status} />
        </Group>
        <Text>
          {t('web-audit:issuedBy')}: <strong>{prescription.prescriberName}</strong>, {prescription.clinicName} (
          {prescription.clinic})
          <br />
          {t('web-audit:issued')} {format.instant(prescription.issuedAt)} · {t('web-audit:validUntil')}{' '}
          {lastDayText(prescription.validUntil)}
        </Text>
        <ul className="plain-list">
          {prescription.lines.map((line) => (
            <li key={line.line} className="row-between">
              <span>
                <strong>{formulary.name(line.medicine)}</strong>
                <br />
                {t('web-audit:owedOf', {
                  quantity: quantityText(line.quantity, line.unit, language),
                  dispensed: quantityText(line.dispensed, line.unit, language),
                })}
              </span>
              <LineMark status={line.status} />
            </li>
          ))}
        </ul>
      </Stack>
    </Paper>
  );
};
