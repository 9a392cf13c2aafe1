/** The chunk of receiving: what the router loads, with its words. */

import { webReceiving } from '@darmon/i18n/words/web-receiving';
import { webScan } from '@darmon/i18n/words/web-scan';
import { webWarehouse } from '@darmon/i18n/words/web-warehouse';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './receiving.css';

export { DiscrepanciesPage } from './discrepancies.tsx';
export { ReceiptPage } from './receipt.tsx';
export { ReceiptsPage } from './receipts.tsx';
export { ReceivePage } from './receive.tsx';
export { ReleasePage } from './release.tsx';

addAreas({ 'web-scan': webScan, 'web-receiving': webReceiving, 'web-warehouse': webWarehouse });
