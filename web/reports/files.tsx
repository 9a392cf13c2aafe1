/** A report to take away, made on this device of all its rows. */
import type { ReportNames } from '@darmon/documents/report-text';
import type { Report, ReportKind } from '@darmon/domain/report';
import { type Language, languageNames, languages } from '@darmon/i18n/language';
import { Button, NativeSelect, Progress, Text } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useLanguage, useT } from '../shared/language.ts';
import { canPrint, download, print } from '../shared/print.ts';
import { type Asked, loadWhole } from './load.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const paperOf = async (report: Report, language: Language, names: ReportNames): Promise<Uint8Array> => {
  const [{ reportPdf }, { paperFonts }] = await Promise.all([
    import('@darmon/documents/report'),
    import('../shared/paper-fonts.ts'),
  ]);
  return (await reportPdf(report, language, await paperFonts(), names)).bytes;
};

type Kind = 'pdf' | 'xlsx' | 'csv' | 'json';
const bytesOf = async (kind: Kind, report: Report, language: Language, names: ReportNames): Promise<Uint8Array> => {
  if (kind === 'pdf') return paperOf(report, language, names);
  if (kind === 'json') return utf8(JSON.stringify(report, undefined, 2));
  const { reportCsv, reportWorkbook } = await import('@darmon/documents/report-sheet');
  return kind === 'xlsx' ? reportWorkbook(report, language, names) : utf8(reportCsv(report, language, names));
};

type State =
  | { readonly at: 'ready' | 'failed' | 'drawing' }
  | { readonly at: 'loading'; readonly done: number; readonly of: number };

export const ReportFiles = ({
  kind: report,
  query,
  namesOf,
}: {
  readonly kind: ReportKind;
  readonly query: Asked;
  readonly namesOf: (report: Report) => Promise<ReportNames>;
}) => {
  const t = useT();
  const language = useLanguage();
  const [chosen, setChosen] = useState<Language>();
  const [state, setState] = useState<State>({ at: 'ready' });
  const paperLanguage = chosen ?? language;
  const busy = state.at === 'loading' || state.at === 'drawing';
  const make = async (kind: Kind, use: (bytes: Uint8Array, name: string) => Promise<void> | void) => {
    if (busy) return;
    setState({ at: 'loading', done: 0, of: 0 });
    try {
      const whole = await loadWhole(report, query, (progress) => setState({ at: 'loading', ...progress }));
      const { reportFileName } = await import('@darmon/documents/report-sheet');
      const names = await namesOf(whole);
      setState({ at: 'drawing' });
      await use(await bytesOf(kind, whole, paperLanguage, names), reportFileName(whole, kind));
      setState({ at: 'ready' });
    } catch {
      setState({ at: 'failed' });
    }
  };
  return (
    <div className="report-files no-print">
      <NativeSelect
        label={t('web-reports:language')}
        value={paperLanguage}
        data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
        onChange={(event) => setChosen(event.currentTarget.value as Language)}
      />
      {(['pdf', 'xlsx', 'csv', 'json'] as const).map((kind) => (
        <Button
          key={kind}
          variant="default"
          disabled={busy}
          leftSection={<IconDownload size={20} aria-hidden />}
          onClick={() => void make(kind, download)}
        >
          {t(`web-reports:${kind}`)}
        </Button>
      ))}
      {canPrint() && (
        <Button
          variant="default"
          disabled={busy}
          leftSection={<IconPrinter size={20} aria-hidden />}
          onClick={() => void make('pdf', (bytes) => print(bytes))}
        >
          {t('web-reports:print')}
        </Button>
      )}
      <div className="report-progress" role="status">
        {state.at === 'loading' && (
          <>
            <Text size="sm">{t('web-reports:loading', { done: state.done, of: Math.max(state.of, state.done) })}</Text>
            <Progress value={state.of === 0 ? 0 : (100 * state.done) / state.of} aria-label={t('web-reports:files')} />
          </>
        )}
        {state.at === 'drawing' && <Text size="sm">{t('web-reports:drawing')}</Text>}
        {state.at === 'failed' && <Text className="bad">{t('web-reports:failed')}</Text>}
      </div>
    </div>
  );
};
