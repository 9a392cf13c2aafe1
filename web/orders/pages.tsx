/** The chunk of orders and suppliers: what the router loads, with its words. */
import { money } from '@darmon/i18n/words/money';
import { purchaseOrder } from '@darmon/i18n/words/purchase-order';
import { webOrders } from '@darmon/i18n/words/web-orders';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './orders.css';

addAreas({ money, 'purchase-order': purchaseOrder, 'web-orders': webOrders });

export { SuppliersPage } from '../suppliers/list.tsx';
export { PriceListPage } from '../suppliers/price-list.tsx';
export { QuotesPage } from '../suppliers/quotes.tsx';
export { SupplierPage } from '../suppliers/supplier.tsx';
export { OrdersPage } from './list.tsx';
export { NewOrderPage } from './new-order.tsx';
export { OrderPage } from './order.tsx';
