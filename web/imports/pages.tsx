/** The chunk of the screens that take files. */
export { ChooseExpected } from './choose-expected.tsx';
export { OpeningPage } from './opening.tsx';
export { SitesImportPage } from './sites-import.tsx';
