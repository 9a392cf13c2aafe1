/** The patient's chunk, which needs no sign-in: what the router loads, with its words. */
import { regions } from '@darmon/i18n/words/regions';
import { webPatient } from '@darmon/i18n/words/web-patient';
import { addAreas } from '../shared/language.ts';
import './patient.css';

export { PatientEntrance } from './entrance.tsx';
export { FeedbackPage } from './feedback.tsx';
export { PosterPage } from './poster.tsx';

addAreas({ regions, 'web-patient': webPatient });
