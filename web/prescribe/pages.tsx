/** The doctor's screens, as one chunk. */
import { webPrescribe } from '@darmon/i18n/words/web-prescribe';
import { addAreas } from '../shared/language.ts';
import './prescribe.css';

addAreas({ 'web-prescribe': webPrescribe });

export { NewPrescriptionPage } from './new-prescription.tsx';
export { PrescriptionPage } from './prescription.tsx';
export { PrescriptionsPage } from './prescription-list.tsx';
