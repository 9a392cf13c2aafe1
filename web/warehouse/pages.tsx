import { webWarehouse } from '@darmon/i18n/words/web-warehouse';
import { addAreas, useT } from '../shared/language.ts';
import { Page } from '../shared/parts.tsx';

addAreas({ 'web-warehouse': webWarehouse });

export const StockPage = () => {
  const t = useT();
  return <Page title={t('web-warehouse:title')}>{null}</Page>;
};

export const ReceivePage = () => {
  const t = useT();
  return <Page title={t('web-warehouse:title')}>{null}</Page>;
};
