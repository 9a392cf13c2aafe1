/**
 * Records that an administrator keeps, people or sites: found by typing, filtered by licence, changed in a dialog. And
 * the life of their form: faults are told at the first try, and nobody's change goes over somebody else's.
 */
import type { Licence } from '@darmon/domain/standing';
import { tashkentDay } from '@darmon/domain/time';
import type { Route } from '@darmon/http/route';
import { Alert, Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconEdit, IconRefresh, IconSearch, type IconUserPlus } from '@tabler/icons-react';
import { type UseQueryResult, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type Failure, keyOf } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { Dialog, Empty, FailureAlert, isProblem, Page, Said, Waiting } from '../shared/parts.tsx';
import { isShown, type Show, shows } from './forms.ts';
import { ClosedMark, LicenceMark } from './parts.tsx';

interface Kept {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly licence?: Licence | undefined;
}

/** How a form ends: put away, or saved as the server has it now. */
export interface FormEnds<R> {
  readonly onClose: () => void;
  readonly onSaved: (record: R) => void;
}

/** The page of one kind of record. The words are keys' texts; `form` draws the form of a record, or of a new one. */
export const RecordsPage = <R extends Kept>({
  title,
  addWord,
  changeWord,
  AddIcon,
  records,
  list,
  form,
}: {
  readonly title: string;
  readonly addWord: string;
  readonly changeWord: string;
  readonly AddIcon: typeof IconUserPlus;
  readonly records: UseQueryResult<readonly R[], Failure> & { readonly loaded: number };
  readonly list: (records: readonly R[], onChange: (record: R) => void) => ReactNode;
  readonly form: (record: R | undefined, ends: FormEnds<R>) => ReactNode;
}) => {
  const t = useT();
  const [open, setOpen] = useState<{ record: R | undefined } | undefined>();
  const [said, setSaid] = useState('');
  const close = () => setOpen(undefined);
  const onSaved = (record: R) => {
    close();
    setSaid(t('web-admin:saved', { name: record.name }));
  };
  return (
    <Page
      title={title}
      action={
        <Button leftSection={<AddIcon size={20} aria-hidden />} onClick={() => setOpen({ record: undefined })}>
          {addWord}
        </Button>
      }
    >
      <Said note={said ? { good: true, text: said } : undefined} />
      {records.isPending && (
        <Waiting label={records.loaded ? t('web-admin:loadingMore', { count: records.loaded }) : undefined} />
      )}
      <FailureAlert failure={records.error} onRetry={() => void records.refetch()} />
      {records.data && list(records.data, (record) => setOpen({ record }))}
      <Dialog
        opened={open !== undefined}
        onClose={close}
        size="lg"
        title={open?.record ? changeWord : addWord}
        closeOnClickOutside={false}
      >
        {open && form(open.record, { onClose: close, onSaved })}
      </Dialog>
    </Page>
  );
};

const firstRows = 60;

/** The records under their filter, the first of them at once. Typed text is looked for in `wordsOf`. */
export const Records = <R extends Kept>({
  label,
  records,
  needsLicence,
  wordsOf,
  about,
  onChange,
}: {
  /** Of the filter. */
  readonly label: string;
  readonly records: readonly R[];
  /** Whether a lapsed licence stops the work. */
  readonly needsLicence: (record: R) => boolean;
  readonly wordsOf: (record: R) => readonly string[];
  /** What stands beside the name. */
  readonly about: (record: R) => ReactNode;
  readonly onChange: (record: R) => void;
}) => {
  const t = useT();
  const today = tashkentDay(Date.now());
  const [text, setText] = useState('');
  const [show, setShow] = useState<Show>('all');
  const [all, setAll] = useState(false);
  const typed = text.trim().toLowerCase();
  const found = records.filter(
    (record) =>
      isShown(record, needsLicence(record), show, today) &&
      wordsOf(record).some((word) => word.toLowerCase().includes(typed)),
  );
  const drawn = all ? found : found.slice(0, firstRows);
  return (
    <Stack gap="md">
      <Filter label={label} text={text} show={show} onText={setText} onShow={setShow} />
      <Text role="status" size="sm">
        {t('web-admin:shown', { count: found.length })}
      </Text>
      {found.length === 0 && <Empty title={t('common:nothingFound')}>{t('web-admin:noMatch')}</Empty>}
      <ul className="admin-rows">
        {drawn.map((record) => (
          <li key={record.id}>
            <span>
              <strong>{record.name}</strong>
              <br />
              <span className="quiet">{record.id}</span>
            </span>
            <span>{about(record)}</span>
            <span>
              {record.active ? (
                <LicenceMark licence={record.licence} needed={needsLicence(record)} today={today} />
              ) : (
                <ClosedMark />
              )}
            </span>
            <Button
              variant="subtle"
              leftSection={<IconEdit size={20} aria-hidden />}
              aria-label={`${t('common:edit')}: ${record.name}`}
              onClick={() => onChange(record)}
            >
              {t('common:edit')}
            </Button>
          </li>
        ))}
      </ul>
      {drawn.length < found.length && (
        <Button variant="default" onClick={() => setAll(true)}>
          {t('common:more')}
        </Button>
      )}
    </Stack>
  );
};

const Filter = ({
  label,
  text,
  show,
  onText,
  onShow,
}: {
  readonly label: string;
  readonly text: string;
  readonly show: Show;
  readonly onText: (text: string) => void;
  readonly onShow: (show: Show) => void;
}) => {
  const t = useT();
  return (
    <div className="admin-filter">
      <TextInput
        label={label}
        value={text}
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        leftSection={<IconSearch size={20} aria-hidden />}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <SegmentedControl
        size="md"
        fullWidth
        className="segments"
        aria-label={t('common:status')}
        value={show}
        data={shows.map((one) => ({ value: one, label: t(`web-admin:show.${one}`) }))}
        onChange={(value) => onShow(shows.find((one) => one === value) ?? 'all')}
      />
    </div>
  );
};

/** What `useCall` tells of the change under way. */
interface Saving {
  readonly pending: boolean;
  readonly uncertain: boolean;
  readonly failure: Failure | undefined;
  reset(): void;
}

/**
 * The state of one form. `base` is the record that is changed, as it was last read, or undefined for a new one; `send`
 * answers the record as saved, or undefined where that failed.
 */
export const useRecordForm = <R, F extends object, Fault extends string>({
  record,
  fieldsOf,
  faultsOf,
  saving,
  send,
  reread,
  list,
  onSaved,
}: {
  readonly record: R | undefined;
  readonly fieldsOf: (record: R | undefined) => F;
  readonly faultsOf: (fields: F) => readonly Fault[];
  readonly saving: Saving;
  readonly send: (fields: F, base: R | undefined) => Promise<R | undefined>;
  /** The record as it stands now, after somebody else changed it. */
  readonly reread: (base: R) => Promise<R | undefined>;
  /** What is out of date after a change. */
  readonly list: Route;
  readonly onSaved: (record: R) => void;
}) => {
  const queries = useQueryClient();
  const [base, setBase] = useState(record);
  const [fields, setFields] = useState(() => fieldsOf(record));
  const [tried, setTried] = useState(false);
  const faults = faultsOf(fields);
  const forgetList = () => void queries.invalidateQueries({ queryKey: keyOf(list) });
  const save = async () => {
    const saved = await send(fields, base);
    if (!saved) return;
    forgetList();
    onSaved(saved);
  };
  return {
    base,
    fields,
    set: (part: Partial<F>) => setFields({ ...fields, ...part }),
    /** True once a try has met this fault. */
    wrong: (fault: Fault): boolean => tried && faults.includes(fault),
    frozen: saving.pending || saving.uncertain,
    saving,
    save,
    onSubmit: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      setTried(true);
      if (faults.length === 0) void save();
      else focusFirstWrong(event.currentTarget);
    },
    reload: async () => {
      const present = base && (await reread(base));
      if (!present) return;
      saving.reset();
      setBase(present);
      setFields(fieldsOf(present));
      forgetList();
    },
  };
};

/** Puts the cursor where a form is wrong, once its faults are drawn. */
const focusFirstWrong = (form: HTMLFormElement): void => {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
};

/** The foot of a form: what became of the last try, `children`, and the two ways out. */
export const FormFoot = ({
  form: { saving, save, reload },
  onClose,
  children,
}: {
  readonly form: Pick<ReturnType<typeof useRecordForm>, 'saving' | 'save' | 'reload'>;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}) => {
  const t = useT();
  return (
    <>
      {isProblem(saving.failure, 'version-changed') ? (
        <Alert
          role="alert"
          color="orange"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('web-admin:conflictTitle')}
        >
          <Text mb="sm">{t('web-admin:conflictText')}</Text>
          <Button variant="default" leftSection={<IconRefresh size={20} aria-hidden />} onClick={() => void reload()}>
            {t('web-admin:reload')}
          </Button>
        </Alert>
      ) : (
        <FailureAlert failure={saving.failure} uncertain={saving.uncertain} onRetry={() => void save()} />
      )}
      {children}
      <Group justify="flex-end">
        <Button variant="default" disabled={saving.pending} onClick={onClose}>
          {t('common:close')}
        </Button>
        <Button type="submit" loading={saving.pending} disabled={saving.uncertain}>
          {t('common:save')}
        </Button>
      </Group>
    </>
  );
};
