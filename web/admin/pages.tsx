/** The administrator's chunk: what the router loads, with its words. */
import { regions } from '@darmon/i18n/words/regions';
import { webAccount } from '@darmon/i18n/words/web-account';
import { webAdmin } from '@darmon/i18n/words/web-admin';
import { webKnowledge } from '@darmon/i18n/words/web-knowledge';
import { webPolicy } from '@darmon/i18n/words/web-policy';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './admin.css';
import './policy.css';

export { KnowledgePage } from './knowledge.tsx';
export { PeoplePage } from './people.tsx';
export { PolicyPage } from './policy.tsx';
export { SitesPage } from './sites.tsx';

addAreas({
  regions,
  'web-account': webAccount,
  'web-admin': webAdmin,
  'web-policy': webPolicy,
  'web-knowledge': webKnowledge,
});
