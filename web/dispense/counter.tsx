/** The prescription at the counter: who it is for, what is handed over, one button; then what was handed over. */
import { formatNumber } from '@darmon/domain/number';
import { isOpen } from '@darmon/domain/prescription';
import { routes } from '@darmon/function-dispensing/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import { lastDayText } from '@darmon/i18n/dates';
import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArchive,
  IconBan,
  IconCircleCheck,
  IconClockX,
  IconFileDescription,
  IconHandStop,
  IconId,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { keyOf, UncertainError, useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { FailureAlert, Mark, Page, PrescriptionMark, Waiting } from '../shared/parts.tsx';
import { ClaimBar } from './claim.tsx';
import { Done, History } from './done.tsx';
import { type Dispensed, openedAs, type Prescription } from './find.ts';
import { HandOver } from './hand-over.tsx';
import { ClosedLine } from './line-card.tsx';
import { PaperPicture } from './paper-picture.tsx';
import { Issues, isNotYetOpen, NotYetOpen } from './repeat.tsx';
import { OpenPageButton } from './unlock.tsx';
import { CheckMark } from './verdict.tsx';

/** While this pharmacy holds the claim, a doctor's wish to cancel has to be seen before the hand-over. */
const watchClaimMs = 10_000;

export const DispensePage = () => {
  const { id } = useParams({ from: '/signed-in/dispense/$id' });
  return <Counter key={id} id={id} />;
};

const Counter = ({ id }: { readonly id: string }) => {
  const t = useT();
  const queries = useQueryClient();
  const [watched, setWatched] = useState(false);
  const view = useAnswer(
    prescribing.readPrescription,
    { params: { id } },
    { staleTime: 5_000, ...(watched && { refetchInterval: watchClaimMs }) },
  );
  const isOwnClaim = view.data?.claim?.own === true;
  useEffect(() => setWatched(isOwnClaim), [isOwnClaim]);
  const [done, setDone] = useState<Dispensed | undefined>();
  const [event, setEvent] = useState<'undone' | 'page-opened' | undefined>();
  const refresh = useCallback(() => {
    void queries.invalidateQueries({ queryKey: keyOf(prescribing.readPrescription) });
    void queries.invalidateQueries({ queryKey: keyOf(routes.proposeLots) });
  }, [queries]);
  const leaveDone = useCallback(() => setDone(undefined), []);
  if (view.isPending) return <Waiting />;
  // A look that failed in between must not take the work of the hands away.
  if (!view.data)
    return (
      <Page title={t('web-dispense:title')}>
        <FailureAlert failure={view.error} onRetry={() => void view.refetch()} />
        <div>
          <Button component={Link} to="/dispense">
            {t('web-dispense:emptyTitle')}
          </Button>
        </div>
      </Page>
    );
  const prescription = view.data;
  if (done)
    return (
      <Done
        dispensed={done}
        prescription={prescription}
        onOpen={leaveDone}
        onUndone={() => {
          setDone(undefined);
          setEvent('undone');
          refresh();
        }}
      />
    );
  return (
    <Page title={t('common:prescription')}>
      {event && (
        <Alert role="status" color="green" variant="light" icon={<IconCircleCheck aria-hidden />}>
          {t(event === 'undone' ? 'web-dispense:undone' : 'web-dispense:pageOpened')}
        </Alert>
      )}
      <Head prescription={prescription} />
      {prescription.paper && <PaperPicture prescription={prescription} />}
      <Issues prescription={prescription} />
      <Body
        prescription={prescription}
        onChanged={refresh}
        onDispensed={(dispensed) => {
          setEvent(undefined);
          setDone(dispensed);
          refresh();
        }}
      />
      <History
        prescription={prescription}
        onUndone={() => {
          setEvent('undone');
          refresh();
        }}
      />
      <div className="no-print">
        <OpenPageButton id={prescription.id} onOpened={() => setEvent('page-opened')} />
      </div>
    </Page>
  );
};

/** Marks, the person to compare with a document, and where it comes from. */
const Head = ({ prescription }: { readonly prescription: Prescription }) => {
  const t = useT();
  const format = useFormat();
  const opened = openedAs(prescription.id);
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Text span className="number big-number">
          {formatNumber(prescription.number)}
        </Text>
        <PrescriptionMark status={prescription.status} />
        {prescription.paper && (
          <Mark color="violet" Icon={IconFileDescription}>
            {t('web-dispense:fromPaper')}
          </Mark>
        )}
        {opened && !prescription.paper && <CheckMark check={opened.check} />}
      </Group>
      <Paper withBorder p="md" className="patient-card">
        <div className="row-between">
          {opened?.patient ? (
            <div>
              <Group gap={6} className="quiet">
                <IconId size={20} aria-hidden />
                <Text size="sm">{t('web-dispense:compare')}</Text>
              </Group>
              <Text fz="1.35rem" fw={700}>
                {opened.patient.fullName}
              </Text>
              <Text fz="1.1rem">
                {t('common:birthDate')}: <strong>{format.day(opened.patient.birthDate)}</strong>
                {(opened.patient.sex === 'male' || opened.patient.sex === 'female') &&
                  ` · ${t(`common:${opened.patient.sex}`)}`}
              </Text>
            </div>
          ) : (
            <Text>{t('web-dispense:scanForPatient')}</Text>
          )}
          <Text size="sm" className="quiet">
            {prescription.clinicName}
            <br />
            {t('web-dispense:doctor')}: {prescription.prescriberName}
            <br />
            {t('web-dispense:issued')} {format.day(prescription.issuedAt)} · {t('web-dispense:validUntil')}{' '}
            {lastDayText(prescription.validUntil)}
          </Text>
        </div>
      </Paper>
    </Stack>
  );
};

const Body = ({
  prescription,
  onChanged,
  onDispensed,
}: {
  readonly prescription: Prescription;
  readonly onChanged: () => void;
  readonly onDispensed: (dispensed: Dispensed) => void;
}) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const { status, claim, cancelRequested } = prescription;
  const isElsewhere = claim !== undefined && !claim.own;
  const isEarly = isNotYetOpen(prescription, Date.now());
  const { id } = prescription;
  const proposal = useAnswer(
    routes.proposeLots,
    { params: { id } },
    { enabled: isOpen(status) && !isElsewhere && !cancelRequested && !isEarly, staleTime: 5_000 },
  );
  const closedLines = prescription.lines.map((line) => <ClosedLine key={line.line} line={line} />);
  if (!isOpen(status)) {
    const Icon = { completed: IconArchive, cancelled: IconBan, expired: IconClockX, draft: IconAlertTriangle }[status];
    return (
      <>
        <Alert
          role="alert"
          color={status === 'completed' ? 'gray' : 'red'}
          icon={<Icon aria-hidden />}
          title={t(`web-dispense:closed.${status}`)}
        >
          <Text>{t(`web-dispense:closed.${status}.text`, { date: lastDayText(prescription.validUntil) })}</Text>
          <Button component={Link} to="/dispense" mt="sm">
            {t('web-dispense:emptyTitle')}
          </Button>
        </Alert>
        {closedLines}
      </>
    );
  }
  if (isElsewhere) {
    const time = format.time(claim.until);
    return (
      <>
        <Alert
          role="alert"
          color="violet"
          icon={<IconHandStop aria-hidden />}
          title={t('web-dispense:claimedElsewhere', { time })}
        >
          <Text>{t('web-dispense:claimedElsewhereText', { time })}</Text>
          <Button component={Link} to="/dispense" mt="sm">
            {t('web-dispense:emptyTitle')}
          </Button>
        </Alert>
        {closedLines}
      </>
    );
  }
  if (cancelRequested)
    return (
      <>
        <Alert
          role="alert"
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('web-dispense:cancelRequested')}
        >
          <Text mb="sm">{t('web-dispense:cancelRequestedText')}</Text>
          <ClaimBar prescription={prescription} disabled={false} onChanged={onChanged} />
        </Alert>
        {closedLines}
      </>
    );
  if (isEarly)
    return (
      <>
        <NotYetOpen prescription={prescription} />
        {closedLines}
      </>
    );
  // Packs, their sizes and what may be rounded stand in the formulary; without it a plan would be a guess.
  if (formulary.failed) return <FailureAlert failure={new UncertainError()} onRetry={formulary.retry} />;
  if (proposal.isPending || formulary.isPending) return <Waiting label={t('web-dispense:lotsLoading')} />;
  if (proposal.error) return <FailureAlert failure={proposal.error} onRetry={() => void proposal.refetch()} />;
  return (
    <HandOver
      prescription={prescription}
      proposed={proposal.data.lines}
      onChanged={onChanged}
      onDispensed={onDispensed}
    />
  );
};
