/** The witness's chunk: what the router loads, with its words. */
import { webApprovals } from '@darmon/i18n/words/web-approvals';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './witness.css';

addAreas({ 'web-approvals': webApprovals });

export { WitnessPage } from './witness-page.tsx';
