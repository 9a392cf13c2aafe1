/** Whose document was read at the counter before a controlled medicine is handed over. */
import type { IdentityChecked } from '@darmon/domain/dispense';
import { Passport } from '@darmon/domain/patient';
import { parsePinfl } from '@darmon/domain/pinfl';
import { parseScan } from '@darmon/domain/scan';
import { tashkentDay } from '@darmon/domain/time';
import { scan } from '@darmon/i18n/words/scan';
import { webApprovals } from '@darmon/i18n/words/web-approvals';
import { webScan } from '@darmon/i18n/words/web-scan';
import { Button, Group, Paper, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { type Ref, useId, useState } from 'react';
import { CameraDialog } from '../scan/camera-dialog.tsx';
import { addAreas, useT } from '../shared/language.ts';

addAreas({ scan, 'web-scan': webScan, 'web-approvals': webApprovals });

type DocumentKind = 'pinfl' | 'passport';
type Collector = 'patient' | 'other';

interface Typed {
  readonly collector: Collector;
  readonly document: DocumentKind;
  readonly number: string;
}

const cleaned = (document: DocumentKind, text: string): string =>
  document === 'pinfl'
    ? text.replace(/\D/g, '').slice(0, 14)
    : text
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, '')
        .slice(0, 20);

const identityOf = ({ collector, document, number }: Typed): IdentityChecked | undefined => {
  if (document === 'pinfl')
    return parsePinfl(number, tashkentDay(Date.now())).kind === 'pinfl' ? { pinfl: number, collector } : undefined;
  return Passport.safeParse(number).success ? { passport: number, collector } : undefined;
};

/**
 * The document of whoever collects a controlled medicine, typed, scanned by hand scanner into the field, or read with the
 * camera. Gives the identity once it can be one, and undefined while it cannot; nothing of it is kept on the device.
 */
export const CollectorFields = ({
  onChange,
  disabled = false,
  error,
  fieldRef,
}: {
  readonly onChange: (identity: IdentityChecked | undefined) => void;
  readonly disabled?: boolean;
  /** What the server said of it, such as that it is not this patient's. */
  readonly error?: string;
  readonly fieldRef?: Ref<HTMLInputElement>;
}) => {
  const t = useT();
  const headingId = useId();
  const [typed, setTyped] = useState<Typed>({ collector: 'patient', document: 'pinfl', number: '' });
  const [left, setLeft] = useState(false);
  const [foreign, setForeign] = useState(false);
  const [camera, setCamera] = useState(false);
  const change = (more: Partial<Typed>) => {
    const next = { ...typed, ...more };
    setTyped(next);
    setForeign(false);
    onChange(identityOf(next));
  };
  const take = (raw: string) => {
    const read = parseScan(raw, { today: tashkentDay(Date.now()) });
    const pinfl =
      read.kind === 'pinfl' ? read.pinfl : parsePinfl(raw, tashkentDay(Date.now())).kind === 'pinfl' && raw.trim();
    if (pinfl) change({ document: 'pinfl', number: pinfl });
    else setForeign(true);
  };
  const reading = parsePinfl(typed.number, tashkentDay(Date.now()));
  const isPinfl = typed.document === 'pinfl';
  const isJudged = left || (isPinfl && typed.number.length === 14);
  const wrong = (): string | undefined => {
    if (foreign) return t('web-approvals:notADocument');
    if (typed.number === '' || !isJudged || identityOf(typed)) return undefined;
    return isPinfl && reading.kind === 'refused' ? t(`scan:${reading.code}`) : t('web-approvals:passportWrong');
  };
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={headingId} className="no-print">
      <Stack gap="sm">
        <Title order={2} id={headingId}>
          {t('web-approvals:collector')}
        </Title>
        <Text>{t('web-approvals:collectorHint')}</Text>
        <Radio.Group
          aria-labelledby={headingId}
          value={typed.collector}
          onChange={(collector) => change({ collector: collector as Collector })}
        >
          <div className="choices">
            {(['patient', 'other'] as const).map((one) => (
              <Radio
                key={one}
                value={one}
                label={t(`web-approvals:collector.${one}`)}
                disabled={disabled}
                className="tap"
              />
            ))}
          </div>
        </Radio.Group>
        <Radio.Group
          label={t('web-approvals:document')}
          value={typed.document}
          onChange={(document) => change({ document: document as DocumentKind, number: '' })}
        >
          <div className="choices">
            {(['pinfl', 'passport'] as const).map((one) => (
              <Radio key={one} value={one} label={t(`common:${one}`)} disabled={disabled} className="tap" />
            ))}
          </div>
        </Radio.Group>
        <Group gap="sm" align="flex-end">
          <TextInput
            ref={fieldRef}
            className="grow"
            maw={420}
            label={t(`common:${typed.document}`)}
            description={isPinfl ? undefined : t('web-approvals:passportHint')}
            value={typed.number}
            inputMode={isPinfl ? 'numeric' : 'text'}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            disabled={disabled}
            error={error ?? wrong()}
            onFocus={() => setLeft(false)}
            onBlur={() => setLeft(true)}
            onChange={(event) => change({ number: cleaned(typed.document, event.currentTarget.value) })}
          />
          <Button
            variant="default"
            disabled={disabled}
            leftSection={<IconCamera size={20} aria-hidden />}
            onClick={() => setCamera(true)}
          >
            {t('web-approvals:camera')}
          </Button>
        </Group>
      </Stack>
      <CameraDialog opened={camera} onClose={() => setCamera(false)} onCode={take} stayOpen={false} />
    </Paper>
  );
};
