/** The chunk of closed months: what the router loads, with its words. */
import { report } from '@darmon/i18n/words/report';
import { webPeriods } from '@darmon/i18n/words/web-periods';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './periods.css';

addAreas({ report, 'web-periods': webPeriods });

export { PeriodsPage } from './list.tsx';
export { PeriodPage } from './period.tsx';
