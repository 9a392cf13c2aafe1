/** The pharmacist's chunk: what the router loads, with its words. */
import { counterPapers } from '@darmon/i18n/words/counter-papers';
import { credential } from '@darmon/i18n/words/credential';
import { webDispense } from '@darmon/i18n/words/web-dispense';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './dispense.css';

export { DispensePage } from './counter.tsx';
export { FindPage } from './finder.tsx';
export { TodayPage } from './today.tsx';

addAreas({ 'counter-papers': counterPapers, credential, 'web-dispense': webDispense });
