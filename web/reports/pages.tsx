/** The chunk of reports: what the router loads, with its words. */
import { money } from '@darmon/i18n/words/money';
import { regions } from '@darmon/i18n/words/regions';
import { webReports } from '@darmon/i18n/words/web-reports';
import { webWarehouse } from '@darmon/i18n/words/web-warehouse';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './reports.css';

export { ReportsPage } from './list.tsx';
export { ReportPage } from './report.tsx';

addAreas({ money, regions, 'web-reports': webReports, 'web-warehouse': webWarehouse });
