import { webDispense } from '@darmon/i18n/words/web-dispense';
import { addAreas, useT } from '../shared/language.ts';
import { Page } from '../shared/parts.tsx';

addAreas({ 'web-dispense': webDispense });

export const FindPage = () => {
  const t = useT();
  return <Page title={t('web-dispense:title')}>{null}</Page>;
};

export const DispensePage = () => {
  const t = useT();
  return <Page title={t('web-dispense:title')}>{null}</Page>;
};
