/** The chunk of recalls: what the router loads, with its words. */
import { webRecalls } from '@darmon/i18n/words/web-recalls';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './recalls.css';

addAreas({ 'web-recalls': webRecalls });

export { CallsPage } from './calls.tsx';
export { RecallsPage } from './list.tsx';
export { NewRecallPage } from './new-recall.tsx';
export { RecallPage } from './recall.tsx';
