/** A patient's trail: first the look, recorded with its reason, then who looked and all that happened. */
import { formatNumber, parseNumber } from '@darmon/domain/number';
import { Passport } from '@darmon/domain/patient';
import { parsePinfl } from '@darmon/domain/pinfl';
import { trailRoutes } from '@darmon/function-compliance/trail-routes';
import { lookRoutes } from '@darmon/function-oversight/look-routes';
import { Button, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconArrowLeft, IconEye } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { call, type Failure, failureOf, useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { FailureAlert, isProblem, Page, PrescriptionMark, Waiting } from '../shared/parts.tsx';
import { TimeLine } from './trail.tsx';
import { TrailFiles } from './trail-files.tsx';

const foundBy = (text: string): { number: string } | { pinfl: string } | { passport: string } | undefined => {
  const typed = text.trim();
  const number = parseNumber(typed);
  if (number.kind !== 'refused') return { number: number.number };
  if (parsePinfl(typed).kind !== 'refused') return { pinfl: typed };
  const passport = Passport.safeParse(typed.toUpperCase());
  return passport.success ? { passport: passport.data } : undefined;
};

export const PatientLookPage = () => {
  const t = useT();
  const navigate = useNavigate();
  const look = useCall(lookRoutes.lookAtPatient);
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const found = foundBy(text);
  const isSaid = reason.trim().length >= 3;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!found || !isSaid) return;
    const answer = await look.run({ body: { ...found, reason: reason.trim() } });
    if (answer) await navigate({ to: '/trails/patient/$id', params: { id: answer.patient } });
  };
  return (
    <Page title={t('web-trails:patient')} action={<ToAudit />}>
      <Paper withBorder p="md" component="form" onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <TextInput
            label={t('web-trails:found')}
            description={t('web-trails:foundHint')}
            value={text}
            autoComplete="off"
            required
            error={tried && !found ? t('web-trails:unread') : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Textarea
            label={t('web-trails:why')}
            description={t('web-trails:whyHint')}
            value={reason}
            maxLength={300}
            autosize
            minRows={2}
            required
            error={tried && !isSaid ? t('web-trails:whyShort') : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FailureAlert failure={look.failure} />
          <Button type="submit" loading={look.pending} leftSection={<IconEye size={20} aria-hidden />}>
            {t('web-trails:look')}
          </Button>
        </Stack>
      </Paper>
    </Page>
  );
};

export const ToAudit = () => {
  const t = useT();
  return (
    <Button
      component={Link}
      to="/audit"
      variant="default"
      className="no-print"
      leftSection={<IconArrowLeft size={20} aria-hidden />}
    >
      {t('web-audit:title')}
    </Button>
  );
};

const loadTrail = async (id: string) => {
  const first = await call(trailRoutes.readPatientTrail, { params: { id }, query: { limit: 100 } });
  const events = [...first.items];
  let cursor = first.next;
  while (cursor !== undefined) {
    const page = await call(trailRoutes.readPatientTrail, { params: { id }, query: { limit: 100, cursor } });
    events.push(...page.items);
    cursor = page.next;
  }
  return { ...first, events };
};

export const PatientTrailPage = () => {
  const t = useT();
  const format = useFormat();
  const { id } = useParams({ from: '/signed-in/trails/patient/$id' });
  const trail = useQuery<Awaited<ReturnType<typeof loadTrail>>, Failure>({
    queryKey: ['trail of a patient', id],
    retry: false,
    queryFn: () =>
      loadTrail(id).catch((error: unknown) => {
        throw failureOf(error);
      }),
  });
  return (
    <Page title={t('web-trails:patient')} action={<ToAudit />}>
      {trail.isPending && <Waiting />}
      <FailureAlert failure={trail.error} onRetry={() => void trail.refetch()} />
      {isProblem(trail.error, 'look-first') && (
        <Button component={Link} to="/trails/patient" leftSection={<IconEye size={20} aria-hidden />}>
          {t('web-trails:lookAgain')}
        </Button>
      )}
      {trail.data && (
        <>
          <section>
            <Title order={2}>{t('web-trails:prescriptions', { count: trail.data.prescriptions.length })}</Title>
            {trail.data.older && <Text className="quiet">{t('web-trails:older')}</Text>}
            <ul className="plain-list">
              {trail.data.prescriptions.map((p) => (
                <li key={p.id} className="row-between">
                  <span>
                    <Link to="/audit/$id" params={{ id: p.id }} className="trail-link number">
                      {formatNumber(p.number)}
                    </Link>
                    <br />
                    {format.instant(p.issuedAt)} · {p.prescriber} · {p.clinic}
                  </span>
                  <PrescriptionMark status={p.status} />
                </li>
              ))}
            </ul>
          </section>
          <section>
            <Title order={2}>{t('web-audit:events')}</Title>
            <Text size="sm" className="quiet" mb="sm" role="status">
              {t('web-audit:eventsCount', { count: trail.data.events.length })} · {t('web-audit:local')}
            </Text>
            <TrailFiles events={trail.data.events} name={`patient-${id}`} />
            <TimeLine events={trail.data.events} linked />
          </section>
        </>
      )}
    </Page>
  );
};
