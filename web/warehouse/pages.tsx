/** The warehouse's chunk: what the router loads, with its words. */
import { money } from '@darmon/i18n/words/money';
import { regions } from '@darmon/i18n/words/regions';
import { webStockViews } from '@darmon/i18n/words/web-stock-views';
import { webWarehouse } from '@darmon/i18n/words/web-warehouse';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './views.css';
import './warehouse.css';

export { AlertsPage } from './alerts.tsx';
export { OverviewPage } from './overview.tsx';
export { StockPage } from './stock.tsx';
export { TemperaturesPage } from './temperatures.tsx';

addAreas({ money, regions, 'web-warehouse': webWarehouse, 'web-stock-views': webStockViews });
