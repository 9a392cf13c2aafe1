/** The chunk of the log of events: what the router loads, with its words. */
import { webAudit } from '@darmon/i18n/words/web-audit';
import { webLog } from '@darmon/i18n/words/web-log';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './log.css';

addAreas({ 'web-audit': webAudit, 'web-log': webLog });

export { LogPage } from './log.tsx';
