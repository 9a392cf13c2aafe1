/** What the patient takes along: the code on the screen, and the same on an A5 paper. */
import { formatNumber } from '@darmon/domain/number';
import type { routes } from '@darmon/function-prescribing/routes';
import type { AnswerOf } from '@darmon/http/route';
import type { Language } from '@darmon/i18n/language';
import { Paper as Card, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLanguage, useT } from '../shared/language.ts';

type Prescription = AnswerOf<typeof routes.readPrescription>;

export const Paper = ({
  prescription,
  code,
  usable,
}: {
  readonly prescription: Prescription;
  readonly code: string;
  readonly usable: boolean;
}) => {
  const t = useT();
  const language = useLanguage();
  const [_paperLanguage, _setPaperLanguage] = useState<Language>(language);
  const [picture, setPicture] = useState<string>();
  const [_state, _setState] = useState<'ready' | 'making' | 'failed'>('ready');
  useEffect(() => {
    let gone = false;
    void import('qrcode').then(async ({ default: QR }) => {
      const svg = await QR.toString(code, { type: 'svg', errorCorrectionLevel: 'Q', margin: 4 });
      if (!gone) setPicture(`data:image/svg+xml,${encodeURIComponent(svg)}`);
    });
    return () => {
      gone = true;
    };
  }, [code]);
  return (
    <Card withBorder p="md">
      <Stack gap="sm">
        {picture && <img className="code-picture" data-usable={usable} src={picture} alt={t('web-prescribe:qr-alt')} />}
        <Text ta="center" fz="1.5rem" fw={700} className="number">
          {formatNumber(prescription.number)}
        </Text>
      </Stack>
    </Card>
  );
};
