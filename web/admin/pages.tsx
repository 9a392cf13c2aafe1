import { webAdmin } from '@darmon/i18n/words/web-admin';
import { addAreas, useT } from '../shared/language.ts';
import { Page } from '../shared/parts.tsx';

addAreas({ 'web-admin': webAdmin });

export const PeoplePage = () => {
  const t = useT();
  return <Page title={t('web-admin:title')}>{null}</Page>;
};

export const SitesPage = () => {
  const t = useT();
  return <Page title={t('web-admin:title')}>{null}</Page>;
};
