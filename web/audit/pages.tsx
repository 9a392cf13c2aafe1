/** The auditor's chunk: what the router loads, with its words. */
import { credential } from '@darmon/i18n/words/credential';
import { webAudit } from '@darmon/i18n/words/web-audit';
import { webPatient } from '@darmon/i18n/words/web-patient';
import { webTrails } from '@darmon/i18n/words/web-trails';
import { webWarehouse } from '@darmon/i18n/words/web-warehouse';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './audit.css';

export { AuditPage } from './audit.tsx';
export { FeedbackPage } from './feedback.tsx';
export { DaysTrailPage, LotTrailPage, PrescriberPage } from './more-trails.tsx';
export { PatientLookPage, PatientTrailPage } from './patient-trail.tsx';
export { TrailPage } from './trail-page.tsx';

addAreas({
  credential,
  'web-audit': webAudit,
  'web-patient': webPatient,
  'web-trails': webTrails,
  'web-warehouse': webWarehouse,
});
