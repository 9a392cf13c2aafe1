/** The witness's chunk: what the router loads, with its words. */
import { webApprovals } from '@darmon/i18n/words/web-approvals';
import { webWarehouse } from '@darmon/i18n/words/web-warehouse';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './witness.css';

addAreas({ 'web-approvals': webApprovals, 'web-warehouse': webWarehouse });

export { WitnessPage } from './witness-page.tsx';
