/** Choosing a medicine and a diagnosis by typing, and asking before what is written is lost. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { nameOf, useFormulary } from '../shared/formulary.ts';
import { useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Dialog } from '../shared/parts.tsx';
import { type Found, SearchField } from '../shared/search-field.tsx';
import { diagnosisTitle, findDiagnoses } from './diagnosis.ts';
import { barOf, type Draft } from './draft.ts';

const resultsShown = 12;

export const MedicineSearch = ({
  draft,
  onChoose,
  fieldRef,
}: {
  readonly draft: Draft;
  readonly onChoose: (code: string) => void;
  readonly fieldRef: React.Ref<HTMLInputElement>;
}) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  const me = useMe();
  const find = (text: string): readonly Found[] =>
    formulary.search(text, resultsShown).map((medicine) => {
      const bar = barOf(medicine, draft, me.data?.rights);
      const brands = [...new Set(medicine.packs.map((pack) => pack.brand))].join(', ');
      return {
        value: medicine.code,
        label: nameOf(medicine, language),
        disabled: bar !== undefined,
        detail: (
          <Text size="sm" className={bar ? 'bad' : 'quiet'}>
            {bar ? t(`web-prescribe:${bar}`) : `${t(`medicine:class.${medicine.class}`)} · ${brands}`}
          </Text>
        ),
      };
    });
  if (formulary.failed)
    return (
      <Group>
        <Text role="alert">{t('web-prescribe:formulary-missing')}</Text>
        <Button variant="default" onClick={formulary.retry}>
          {t('common:retry')}
        </Button>
      </Group>
    );
  return (
    <SearchField
      inputRef={fieldRef}
      label={t('web-prescribe:medicine-search')}
      description={t('web-prescribe:medicine-search-hint')}
      placeholder={t('web-prescribe:medicine-example')}
      busy={formulary.isPending}
      find={find}
      resembles={formulary.resembles}
      onChoose={onChoose}
    />
  );
};

export const DiagnosisSection = ({
  icd10,
  onChoose,
  fieldRef,
}: {
  readonly icd10: string | undefined;
  readonly onChoose: (icd10: string | undefined) => void;
  readonly fieldRef: React.Ref<HTMLInputElement>;
}) => {
  const t = useT();
  const language = useLanguage();
  if (icd10)
    return (
      <Group justify="space-between" gap="sm">
        <Text fz="lg">
          <strong>{icd10}</strong> {diagnosisTitle(icd10, language)}
        </Text>
        <Button variant="default" onClick={() => onChoose(undefined)}>
          {t('web-prescribe:diagnosis-other')}
        </Button>
      </Group>
    );
  return (
    <SearchField
      inputRef={fieldRef}
      label={t('web-prescribe:diagnosis-search')}
      placeholder={t('web-prescribe:diagnosis-example')}
      find={(text) =>
        findDiagnoses(text, resultsShown).map((code) => ({
          value: code,
          label: `${code} ${diagnosisTitle(code, language) ?? t('web-prescribe:diagnosis-by-code')}`,
        }))
      }
      onChoose={onChoose}
    />
  );
};

/** Asks before a draft is thrown away, and more urgently where it may already be signed. */
export const LeaveGuard = ({ dirty, uncertain }: { readonly dirty: boolean; readonly uncertain: boolean }) => {
  const t = useT();
  const blocker = useBlocker({ shouldBlockFn: () => dirty, enableBeforeUnload: () => dirty, withResolver: true });
  return (
    <Dialog
      opened={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={t('web-prescribe:leave-title')}
      centered
    >
      <Stack>
        <Text>{t(uncertain ? 'web-prescribe:leave-uncertain' : 'web-prescribe:leave-detail')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {t('web-prescribe:leave')}
          </Button>
          <Button data-autofocus onClick={() => blocker.reset?.()}>
            {t('web-prescribe:stay')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};
