/**
 * Choosing a file and saying which column is which. It reads on the device and hands the rows on; what becomes of them is
 * the screen's around it.
 */
import type { AsnReading } from '@darmon/domain/asn';
import {
  type Field,
  type Mapping,
  maxSheetRows,
  missingColumns,
  type SheetKind,
  SheetRefusal,
  sheetKinds,
} from '@darmon/domain/sheet';
import type { Rows } from '@darmon/domain/sheet-rows';
import type { Facts } from '@darmon/i18n/translator';
import { sheet } from '@darmon/i18n/words/sheet';
import { webImport } from '@darmon/i18n/words/web-import';
import { Alert, Button, FileButton, Group, NativeSelect, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconFileSpreadsheet, IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { addAreas, useFormat, useT } from './language.ts';
import { type OpenFile, openSheet, type PackList } from './open-sheet.ts';
import { Section, Waiting } from './parts.tsx';
import './lists.css';
import './choose-sheet.css';
import { noteCounts, saveTemplate } from './sheet-files.ts';
import type { RowOf } from './sheet-worker.ts';

// Here and not with the pages, so that a screen of another folder that takes a file brings the words too.
addAreas({ sheet, 'web-import': webImport });

export interface ReadFile<K extends SheetKind> {
  readonly name: string;
  readonly rows: Rows<RowOf[K]>;
}

interface Props<K extends SheetKind> {
  readonly kind: K;
  readonly packs: PackList;
  readonly today: string;
  readonly disabled?: boolean;
  /** Rows as they are read now; undefined while they are not, or no longer. */
  readonly onRead: (file: ReadFile<K> | undefined) => void;
  readonly onAnnounced?: (name: string, reading: AsnReading) => void;
}

const accepted =
  '.xlsx,.xlsm,.csv,.tsv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type State<K extends SheetKind> =
  | { readonly at: 'start' }
  | { readonly at: 'reading'; readonly share: number }
  | { readonly at: 'refused'; readonly refusal: SheetRefusal }
  | { readonly at: 'open'; readonly file: OpenFile<K>; readonly name: string };

const refusalOf = (error: unknown): SheetRefusal =>
  error instanceof SheetRefusal ? error : new SheetRefusal('damaged');

export const ChooseSheet = <K extends SheetKind>({ kind, packs, today, disabled, onRead, onAnnounced }: Props<K>) => {
  const t = useT();
  const format = useFormat();
  const [state, setState] = useState<State<K>>({ at: 'start' });
  const worker = useRef<OpenFile<K> | undefined>(undefined);
  useEffect(() => () => worker.current?.close(), []);

  const choose = async (file: File | null) => {
    if (!file) return;
    worker.current?.close();
    worker.current = undefined;
    onRead(undefined);
    setState({ at: 'reading', share: 0 });
    try {
      const opened = await openSheet(file, kind, today, (share) => setState({ at: 'reading', share }));
      if ('announced' in opened) {
        setState({ at: 'start' });
        onAnnounced?.(file.name, opened.announced);
        return;
      }
      worker.current = opened;
      setState({ at: 'open', file: opened, name: file.name });
    } catch (error) {
      setState({ at: 'refused', refusal: refusalOf(error) });
    }
  };
  return (
    <Section title={t('web-import:file')} id="import-file">
      <Text size="sm">{t('web-import:fileHint', { most: format.number(maxSheetRows) })}</Text>
      <Group gap="sm">
        <FileButton
          accept={onAnnounced ? `${accepted},.json,.jsonld,application/json` : accepted}
          disabled={disabled || state.at === 'reading'}
          onChange={(file) => void choose(file)}
        >
          {(props) => (
            <Button {...props} leftSection={<IconFileSpreadsheet size={20} aria-hidden />}>
              {t(state.at === 'open' ? 'web-import:chooseAgain' : 'web-import:choose')}
            </Button>
          )}
        </FileButton>
        {(['xlsx', 'csv'] as const).map((form) => (
          <Button
            key={form}
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
            onClick={() => void saveTemplate(kind, form, t)}
          >
            {t('web-import:template', { form: form.toUpperCase() })}
          </Button>
        ))}
      </Group>
      <div role="status">
        {state.at === 'reading' && <Share label={t('web-import:reading')} share={state.share} />}
        {state.at === 'open' && <Text fw={600}>{state.name}</Text>}
      </div>
      {state.at === 'refused' && (
        <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={t('web-import:refused')}>
          {t(`sheet:refused.${state.refusal.code}`, state.refusal.facts as Facts)}
        </Alert>
      )}
      {state.at === 'open' && (
        <Columns
          key={state.name}
          kind={kind}
          file={state.file}
          packs={packs}
          today={today}
          disabled={disabled ?? false}
          onRows={(rows) => onRead(rows && { name: state.name, rows })}
          onRefused={(refusal) => setState({ at: 'refused', refusal })}
        />
      )}
    </Section>
  );
};

/** How far something is, in words and as a bar. */
export const Share = ({ label, share }: { readonly label: string; readonly share: number }) => (
  <Stack gap={4} my="xs">
    <Text>{label}</Text>
    <Progress.Root size="xl">
      <Progress.Section value={Math.round(share * 100)} aria-label={label} />
    </Progress.Root>
  </Stack>
);

const Columns = <K extends SheetKind>({
  kind,
  file,
  packs,
  today,
  disabled,
  onRows,
  onRefused,
}: {
  readonly kind: K;
  readonly file: OpenFile<K>;
  readonly packs: PackList;
  readonly today: string;
  readonly disabled: boolean;
  readonly onRows: (rows: Rows<RowOf[K]> | undefined) => void;
  readonly onRefused: (refusal: SheetRefusal) => void;
}) => {
  const t = useT();
  const format = useFormat();
  const { columns, sample, notes, count } = file.opened;
  const [mapping, setMapping] = useState<Mapping<K>>(file.opened.mapping);
  const [rows, setRows] = useState<Rows<RowOf[K]> | undefined>();
  const missing = missingColumns(kind, mapping);
  // On a phone ten columns that were all understood would stand between the file and what is wrong with it.
  const [startsOpen] = useState(() => missing.length > 0 || matchMedia('(min-width: 48em)').matches);
  const ends = useRef({ onRows, onRefused });
  ends.current = { onRows, onRefused };
  const isWhole = missing.length === 0 && count > 0;
  useEffect(() => {
    let wanted = true;
    setRows(undefined);
    ends.current.onRows(undefined);
    if (isWhole)
      file.read(mapping, { packs, today }).then(
        (read) => {
          if (!wanted) return;
          setRows(read);
          ends.current.onRows(read);
        },
        (error) => wanted && ends.current.onRefused(refusalOf(error)),
      );
    return () => {
      wanted = false;
    };
  }, [file, mapping, packs, today, isWhole]);

  const choose = (field: Field<K>, value: string) => {
    const { [field]: _, ...others } = mapping as Record<string, number>;
    setMapping((value === '' ? others : { ...others, [field]: Number(value) }) as Mapping<K>);
  };
  const sampleOf = (column: number | undefined): string | undefined =>
    column === undefined ? undefined : sample.map((cells) => cells[column]).find((text) => text);
  const shown = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? format.day(text) : text);
  const fieldNames = (either: readonly Field[]): string =>
    either.map((field) => t(`sheet:field.${field}`)).reduce((one, other) => t('web-import:or', { one, other }));
  if (count <= 0) return <Text className="wrong">{t('web-import:noRows')}</Text>;
  return (
    <>
      <details className="import-columns" open={startsOpen}>
        <summary>{t('web-import:columns')}</summary>
        <fieldset disabled={disabled} aria-label={t('web-import:columns')}>
          <Text size="sm" mb="xs">
            {t('web-import:columnsHint')}
          </Text>
          <div className="import-fields">
            {(sheetKinds[kind] as readonly Field<K>[]).map((field) => {
              const value = sampleOf(mapping[field]);
              return (
                <NativeSelect
                  key={field}
                  label={t(`sheet:field.${field}`)}
                  description={value === undefined ? undefined : t('web-import:sample', { value: shown(value) })}
                  value={mapping[field] === undefined ? '' : String(mapping[field])}
                  data={[
                    { value: '', label: t('web-import:noColumn') },
                    ...columns.map((label, column) => ({ value: String(column), label })),
                  ]}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  onChange={(event) => choose(field, event.currentTarget.value)}
                />
              );
            })}
          </div>
        </fieldset>
      </details>
      {missing.map((either) => (
        <Text key={either.join()} className="wrong" role="alert">
          {t('web-import:columnMissing', { names: fieldNames(either) })}
        </Text>
      ))}
      {isWhole && !rows && <Waiting label={t('web-import:checking')} />}
      <Notes notes={notes} rows={rows} />
    </>
  );
};

const Notes = ({
  notes,
  rows,
}: {
  readonly notes: OpenFile<SheetKind>['opened']['notes'];
  readonly rows: Rows<unknown> | undefined;
}) => {
  const t = useT();
  const counts = noteCounts(rows?.notes ?? []);
  if (notes.length + counts.length === 0) return null;
  return (
    <Alert color="blue" icon={<IconInfoCircle aria-hidden />} title={t('web-import:notes')}>
      <ul className="problem-errors">
        {notes.map(({ code, facts }) => (
          <li key={code}>{t(`sheet:note.${code}`, facts as Facts)}</li>
        ))}
        {counts.map(({ code, count, first }) => (
          <li key={code}>
            {t(`sheet:rowNote.${code}`)} ({t('web-import:noteRow', { count, first })})
          </li>
        ))}
      </ul>
    </Alert>
  );
};
