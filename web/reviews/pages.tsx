/** The chunk of looks at patients: what the router loads, with its words. */
import { webAudit } from '@darmon/i18n/words/web-audit';
import { webReviews } from '@darmon/i18n/words/web-reviews';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './reviews.css';

export { ReviewsPage } from './reviews.tsx';

addAreas({ 'web-reviews': webReviews, 'web-audit': webAudit });
