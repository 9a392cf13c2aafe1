/** `/privacy`: what a patient or a member of staff asks for, erasures under way, and legal holds. */

import { useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Page } from '../shared/parts.tsx';
import { Erasures } from './erasures.tsx';
import { Holds } from './holds.tsx';
import { PatientRequest } from './request.tsx';
import { StaffRequest } from './staff.tsx';

export const PrivacyPage = () => {
  const t = useT();
  const { data: me } = useMe();
  const isAdmin = me?.roles.includes('admin') ?? false;
  return (
    <Page title={t('web-privacy:title')}>
      {isAdmin && <PatientRequest />}
      <Erasures />
      <Holds />
      {isAdmin && <StaffRequest />}
    </Page>
  );
};
