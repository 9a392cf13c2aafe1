/** The list that a supplier sent ahead, from a file: what the receiving screen ticks off. */
import { type AsnReading, type ExpectedList, listOfRows } from '@darmon/domain/asn';
import { tashkentDay } from '@darmon/domain/time';
import type { Facts } from '@darmon/i18n/translator';
import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { ChooseSheet, type ReadFile } from '../shared/choose-sheet.tsx';
import { UncertainError } from '../shared/client.ts';
import { nameOf, useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { packsOf } from '../shared/open-sheet.ts';
import { FailureAlert, Waiting } from '../shared/parts.tsx';
import { problemLines } from '../shared/sheet-files.ts';
import { Preview } from '../shared/sheet-preview.tsx';

interface Announced {
  readonly name: string;
  readonly reading: AsnReading;
}

/**
 * Lets a person choose a list, shows what is wrong with it, and hands it on when it is sound and meant. `disabled` while
 * the screen around it sends it.
 */
export const ChooseExpected = ({
  onExpected,
  disabled = false,
}: {
  readonly onExpected: (list: ExpectedList, fileName: string) => void;
  readonly disabled?: boolean;
}) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const formulary = useFormulary();
  const packs = useMemo(() => packsOf(formulary.medicines), [formulary.medicines]);
  const today = useMemo(() => tashkentDay(Date.now()), []);
  const [file, setFile] = useState<ReadFile<'expected'> | undefined>();
  const [announced, setAnnounced] = useState<Announced | undefined>();
  const problems = useMemo(() => problemLines(file?.rows.problems ?? [], t), [file, t]);
  if (formulary.medicines.length === 0)
    return formulary.failed ? <FailureAlert failure={new UncertainError()} onRetry={formulary.retry} /> : <Waiting />;

  const isSound = file !== undefined && file.rows.problems.length === 0 && file.rows.rows.length > 0;
  const list = announced?.reading.list ?? (isSound ? listOfRows(file.rows.rows) : undefined);
  const name = announced?.name ?? file?.name ?? '';
  return (
    <Stack gap="md">
      <Text>{t('web-import:expectedText')}</Text>
      <ChooseSheet
        kind="expected"
        packs={packs}
        today={today}
        disabled={disabled}
        onRead={(read) => {
          setAnnounced(undefined);
          setFile(read);
        }}
        onAnnounced={(of, reading) => {
          setFile(undefined);
          setAnnounced({ name: of, reading });
        }}
      />
      {announced?.reading.problems && (
        <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={t('web-import:refused')}>
          <ul className="problem-errors">
            {announced.reading.problems.slice(0, 20).map(({ code, facts }, i) => (
              <li key={i}>{t(`sheet:asn.${code}`, facts as Facts)}</li>
            ))}
          </ul>
        </Alert>
      )}
      {file && (
        <Preview
          key={`${file.name} ${file.rows.rows.length} ${file.rows.problems.length}`}
          fileName={file.name}
          problems={problems}
          sound={file.rows.rows}
          textOf={({ gtin, lot, expiryDate, packs: count }) => {
            const medicine = formulary.byGtin(gtin);
            const date = expiryDate === undefined ? '' : ` · ${format.day(expiryDate)}`;
            return `${medicine ? nameOf(medicine, language) : gtin} · ${lot}${date} · ${t('sheet:field.packs')}: ${count}`;
          }}
        />
      )}
      {list && (
        <div className="act-bar">
          <Text role="status">
            {name}: {t('web-import:listed', { lines: list.lines.length, units: list.units.length })}
          </Text>
          <Button className="act-main" disabled={disabled} onClick={() => onExpected(list, name)}>
            {t('web-import:useList')}
          </Button>
        </div>
      )}
    </Stack>
  );
};
