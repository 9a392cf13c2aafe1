/** The chunk of transfers: what the router loads, with its words. */
import { webTransfers } from '@darmon/i18n/words/web-transfers';
import { writeOff } from '@darmon/i18n/words/write-off';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './transfers.css';

export { TransfersPage } from './list.tsx';
export { PickPage } from './pick.tsx';
export { ReceiveTransferPage } from './receive.tsx';
export { NewTransferPage } from './request.tsx';
export { SlipPage } from './slip.tsx';
export { TransferPage } from './transfer.tsx';

addAreas({ 'web-transfers': webTransfers, 'write-off': writeOff });
