/** The chunk of the screens that take files, with its words. */
import { sheet } from '@darmon/i18n/words/sheet';
import { webImport } from '@darmon/i18n/words/web-import';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './imports.css';

export { ChooseExpected } from './choose-expected.tsx';
export { OpeningPage } from './opening.tsx';
export { SitesImportPage } from './sites-import.tsx';

addAreas({ sheet, 'web-import': webImport });
