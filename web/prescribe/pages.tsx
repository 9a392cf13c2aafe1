import { webPrescribe } from '@darmon/i18n/words/web-prescribe';
import { addAreas, useT } from '../shared/language.ts';
import { Page } from '../shared/parts.tsx';

addAreas({ 'web-prescribe': webPrescribe });

export const PrescriptionsPage = () => {
  const t = useT();
  return <Page title={t('web-prescribe:title')}>{null}</Page>;
};

export const NewPrescriptionPage = () => {
  const t = useT();
  return <Page title={t('web-prescribe:title')}>{null}</Page>;
};

export const PrescriptionPage = () => {
  const t = useT();
  return <Page title={t('web-prescribe:title')}>{null}</Page>;
};
