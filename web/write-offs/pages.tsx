/** The chunk of write-offs: what the router loads, with its words. */
import { webScan } from '@darmon/i18n/words/web-scan';
import { webWriteOffs } from '@darmon/i18n/words/web-write-offs';
import { writeOff } from '@darmon/i18n/words/write-off';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './write-offs.css';

addAreas({ 'web-write-offs': webWriteOffs, 'write-off': writeOff, 'web-scan': webScan });

export { ActPage } from './act.tsx';
export { WriteOffsPage } from './list.tsx';
export { NewActPage } from './new-act.tsx';
