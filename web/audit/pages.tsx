import { webAudit } from '@darmon/i18n/words/web-audit';
import { addAreas, useT } from '../shared/language.ts';
import { Page } from '../shared/parts.tsx';

addAreas({ 'web-audit': webAudit });

export const AuditPage = () => {
  const t = useT();
  return <Page title={t('web-audit:title')}>{null}</Page>;
};

export const TrailPage = () => {
  const t = useT();
  return <Page title={t('web-audit:title')}>{null}</Page>;
};
