import './prescribe.css';

export { NewPrescriptionPage } from './new-prescription.tsx';
export { PrescriptionPage } from './prescription.tsx';
export { PrescriptionsPage } from './prescription-list.tsx';
