/** A file of prices, taken as a whole: chosen, read and judged on the device, shown row by row, then sent in one piece. */
import { tashkentDay } from '@darmon/domain/time';
import { Alert, Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { ChooseSheet, type ReadFile } from './choose-sheet.tsx';
import { type Failure, UncertainError } from './client.ts';
import { useFormulary } from './formulary.ts';
import { useFormat, useT } from './language.ts';
import { packsOf } from './open-sheet.ts';
import { FailureAlert, Waiting } from './parts.tsx';
import { problemLines, type SaidProblem } from './sheet-files.ts';
import { Preview } from './sheet-preview.tsx';

type Kind = 'prices' | 'references';
export type PriceRow<K extends Kind> = ReadFile<K>['rows']['rows'][number];

export const PriceImport = <K extends Kind>({
  kind,
  most,
  textOf,
  sending,
  send,
  ready = true,
  children,
}: {
  readonly kind: K;
  /** Rows that one request takes. */
  readonly most: number;
  readonly textOf: (row: PriceRow<K>) => string;
  readonly sending: { readonly pending: boolean; readonly uncertain: boolean; readonly failure: Failure | undefined };
  /** True where all of them were taken. */
  readonly send: (rows: readonly PriceRow<K>[]) => Promise<boolean>;
  readonly ready?: boolean;
  /** What is said of all rows together. */
  readonly children?: ReactNode;
}) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const packs = useMemo(() => packsOf(formulary.medicines), [formulary.medicines]);
  const today = useMemo(() => tashkentDay(Date.now()), []);
  const [file, setFile] = useState<ReadFile<K> | undefined>();
  const [saved, setSaved] = useState<number | undefined>();
  const rows = file?.rows.rows ?? [];
  const problems: readonly SaidProblem[] = file
    ? [
        ...problemLines(file.rows.problems, t),
        ...(rows.length > most
          ? [{ row: 0, address: '', column: '', what: t('web-import:tooMany', { most: format.number(most) }) }]
          : []),
      ]
    : [];
  if (packs.length === 0)
    return formulary.failed ? <FailureAlert failure={new UncertainError()} onRetry={formulary.retry} /> : <Waiting />;
  const run = async () => {
    if (await send(rows)) setSaved(rows.length);
  };
  return (
    <>
      <ChooseSheet
        kind={kind}
        packs={packs}
        today={today}
        disabled={sending.pending || sending.uncertain}
        onRead={(read) => {
          setFile(read);
          setSaved(undefined);
        }}
      />
      {file && saved === undefined && (
        <Preview
          key={`${file.name} ${problems.length} ${rows.length}`}
          sound={rows}
          textOf={textOf}
          problems={problems}
          fileName={file.name}
        />
      )}
      {file && saved === undefined && rows.length > 0 && problems.length === 0 && (
        <>
          {children}
          <FailureAlert failure={sending.failure} uncertain={sending.uncertain} onRetry={() => void run()} />
          <div className="act-bar">
            <Button
              className="act-main"
              loading={sending.pending}
              disabled={sending.uncertain || !ready}
              onClick={() => void run()}
            >
              {t('web-import:savePrices', { count: rows.length })}
            </Button>
          </div>
        </>
      )}
      {saved !== undefined && (
        <Alert role="status" color="green" icon={<IconCircleCheck aria-hidden />}>
          {t('web-import:pricesSaved', { count: saved })}
        </Alert>
      )}
    </>
  );
};
