/** The chunk of cases: what the router loads, with its words. */
import { webCases } from '@darmon/i18n/words/web-cases';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './cases.css';

export { CasePage } from './case.tsx';
export { CasesPage } from './list.tsx';

addAreas({ 'web-cases': webCases });
