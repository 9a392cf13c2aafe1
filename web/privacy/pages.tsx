/** The chunk of a person's rights: what the router loads, with its words. */
import { webAudit } from '@darmon/i18n/words/web-audit';
import { webPrivacy } from '@darmon/i18n/words/web-privacy';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './privacy.css';

export { PrivacyPage } from './privacy.tsx';

addAreas({ 'web-privacy': webPrivacy, 'web-audit': webAudit });
