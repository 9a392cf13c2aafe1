import { useT } from '../shared/language.ts';
import { Page, Waiting } from '../shared/parts.tsx';

export const OverviewPage = () => {
  const t = useT();
  return (
    <Page title={t('web-shared:nav-overview')}>
      <Waiting />
    </Page>
  );
};
