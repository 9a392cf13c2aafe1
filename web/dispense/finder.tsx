/** The counter's first screen, and the same field again under a finished dispense: scan, and what came of it. */
import { formatNumber } from '@darmon/domain/number';
import { lastDayText } from '@darmon/i18n/dates';
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconArrowRight, IconFileDescription, IconId, IconListCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ScanField } from '../scan/scan-field.tsx';
import { UncertainError } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { Empty, FailureAlert, Page, PrescriptionMark, Waiting } from '../shared/parts.tsx';
import { ByPerson } from './by-person.tsx';
import { warmLists } from './check.ts';
import { type Finding, type Summary, useFind } from './find.ts';
import { CheckMark, OfflineCode, RefusedCode } from './verdict.tsx';

export const FindPage = () => {
  const t = useT();
  return (
    <Page title={t('web-dispense:title')}>
      <Finder>
        <Empty title={t('web-dispense:emptyTitle')}>
          <Text>{t('web-dispense:emptyText')}</Text>
        </Empty>
      </Finder>
      <Group gap="sm">
        <Button
          component={Link}
          to="/dispense/today"
          variant="default"
          leftSection={<IconListCheck size={20} aria-hidden />}
        >
          {t('web-dispense:today')}
        </Button>
        <Button
          component={Link}
          to="/dispense/paper"
          variant="default"
          leftSection={<IconFileDescription size={20} aria-hidden />}
        >
          {t('web-dispense:enterPaper')}
        </Button>
      </Group>
    </Page>
  );
};

/** The field and its outcome; `children` stand there while nothing was scanned. */
export const Finder = ({ onOpen, children }: { readonly onOpen?: () => void; readonly children?: React.ReactNode }) => {
  const t = useT();
  const { finding, find, lookUp } = useFind(onOpen);
  // Both are wanted the moment the network goes.
  useFormulary();
  useEffect(() => void warmLists(Date.now()), []);
  return (
    <Stack gap="md">
      <ScanField
        label={t('web-dispense:field')}
        hint={t('web-dispense:fieldHint')}
        submit={t('web-scan:find')}
        pending={finding.at === 'looking'}
        error={finding.at === 'unwanted' ? t(finding.word) : undefined}
        onScan={find}
      />
      <div aria-live="polite">
        {finding.at === 'idle' || finding.at === 'unwanted' ? (
          children
        ) : (
          <Outcome
            finding={finding}
            onNumber={(number) => void lookUp({ number })}
            onPinfl={(pinfl) => void lookUp({ pinfl })}
          />
        )}
      </div>
      <ByPerson pending={finding.at === 'looking'} onFind={(query) => void lookUp(query)} />
    </Stack>
  );
};

/** What came of a scan, unless it opened a prescription. */
export const Outcome = ({
  finding,
  onNumber,
  onPinfl,
}: {
  readonly finding: Finding;
  readonly onNumber: (number: string) => void;
  readonly onPinfl: (pinfl: string) => void;
}) => {
  const t = useT();
  switch (finding.at) {
    case 'looking':
      return (
        <Stack gap="xs">
          <Waiting label={t('web-dispense:looking')} />
          {finding.check && (
            <div>
              <CheckMark check={finding.check} />
            </div>
          )}
        </Stack>
      );
    case 'refused':
      return <RefusedCode check={finding.check} />;
    case 'maybe-pinfl':
      return (
        <Paper withBorder p="md">
          <Text mb="sm">{t('web-scan:maybePinfl')}</Text>
          <Button leftSection={<IconId size={20} aria-hidden />} onClick={() => onPinfl(finding.pinfl)}>
            {t('web-dispense:isPinfl')}
          </Button>
        </Paper>
      );
    case 'failed':
      return (
        <Stack gap="md">
          <FailureAlert failure={finding.failure} onRetry={finding.again} />
          {finding.check && finding.failure instanceof UncertainError && <OfflineCode check={finding.check} />}
        </Stack>
      );
    case 'list':
      return <OpenPrescriptions items={finding.items} onOpen={onNumber} />;
    case 'unwanted':
      return <Text className="said-note said-wrong">{t(finding.word)}</Text>;
    case 'idle':
      return null;
  }
};

/** The open prescriptions of a person who brought only a document. */
const OpenPrescriptions = ({
  items,
  onOpen,
}: {
  readonly items: readonly Summary[];
  readonly onOpen: (number: string) => void;
}) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const patient = items[0]?.patient;
  if (items.length === 0) return <Empty title={t('common:nothingFound')}>{t('web-dispense:noneOpen')}</Empty>;
  return (
    <Stack gap="sm">
      <Title order={2}>{t('web-dispense:openOf')}</Title>
      {patient && (
        <Text>
          {t('web-dispense:compare')}: <strong>{patient.fullName}</strong>, {format.day(patient.birthDate)}
        </Text>
      )}
      <ul className="plain-list">
        {items.map((item) => (
          <li key={item.id}>
            <Paper withBorder p="md">
              <div className="row-between">
                <Stack gap={4}>
                  <Text fw={600}>{item.lines.map((line) => formulary.name(line.medicine)).join('; ')}</Text>
                  <Text size="sm" className="quiet">
                    <span className="number">{formatNumber(item.number)}</span> · {t('web-dispense:issued')}{' '}
                    {format.day(item.issuedAt)} · {t('web-dispense:validUntil')} {lastDayText(item.validUntil)}
                  </Text>
                  <div>
                    <PrescriptionMark status={item.status} />
                  </div>
                </Stack>
                <Button rightSection={<IconArrowRight size={20} aria-hidden />} onClick={() => onOpen(item.number)}>
                  {t('web-dispense:open')}
                </Button>
              </div>
            </Paper>
          </li>
        ))}
      </ul>
    </Stack>
  );
};
