/** The chunk of one's own account: what the router loads, with its words. */
import { webAccount } from '@darmon/i18n/words/web-account';
import { addAreas } from '../shared/language.ts';
import './account.css';

export { SecondFactorPage } from './second-factor.tsx';

addAreas({ 'web-account': webAccount });
