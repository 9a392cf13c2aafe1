/** The doctor's screens, as one chunk. */
import { counterPapers } from '@darmon/i18n/words/counter-papers';
import { safety } from '@darmon/i18n/words/safety';
import { webPatientRecord } from '@darmon/i18n/words/web-patient-record';
import { webPrescribe } from '@darmon/i18n/words/web-prescribe';
import { addAreas } from '../shared/language.ts';
import './prescribe.css';
import './alerts.css';

addAreas({
  'web-prescribe': webPrescribe,
  'web-patient-record': webPatientRecord,
  safety,
  'counter-papers': counterPapers,
});

export { NewPrescriptionPage } from './new-prescription.tsx';
export { PatientPage } from './patient-page.tsx';
export { PrescriptionPage } from './prescription.tsx';
export { PrescriptionsPage } from './prescription-list.tsx';
