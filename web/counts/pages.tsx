/** The chunk of counts: what the router loads, with its words. */
import { webCounts } from '@darmon/i18n/words/web-counts';
import { webWarehouse } from '@darmon/i18n/words/web-warehouse';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './counts.css';

export { CountPage } from './count.tsx';
export { CountsPage } from './list.tsx';

addAreas({ 'web-counts': webCounts, 'web-warehouse': webWarehouse });
