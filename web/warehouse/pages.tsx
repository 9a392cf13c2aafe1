/** The warehouse's chunk: what the router loads, with its words. */
import { webWarehouse } from '@darmon/i18n/words/web-warehouse';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './warehouse.css';

export { AlertsPage } from './alerts.tsx';
export { OverviewPage } from './overview.tsx';
export { StockPage } from './stock.tsx';
export { TemperaturesPage } from './temperatures.tsx';

addAreas({ 'web-warehouse': webWarehouse });
