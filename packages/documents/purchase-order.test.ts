import { openOrders, type PurchaseOrder } from '@darmon/domain/purchase-order';
import { languages } from '@darmon/i18n/language';
import { expect, test } from 'vitest';
import { nodeFonts } from './fonts-node.ts';
import { type PrintedOrder, purchaseOrderPdf } from './purchase-order.ts';

const printed = (count: number): PrintedOrder => {
  const price = (gtin: string) => ({
    supplier: 'SU-1',
    gtin,
    medicine: 'AMOX500CAP',
    packUnits: 16,
    brand: 'Namuna',
    packPrice: 1_600_000,
    currency: 'UZS',
    minPacks: 1,
    multiple: 1,
    leadDays: 7,
    validFrom: '2026-01-01',
  });
  const gtins = Array.from({ length: count }, (_, i) => `0952102${String(i).padStart(7, '0')}`);
  const [order] = openOrders(
    gtins.map((gtin) => ({ gtin, packs: 3, site: 'WH-1', price: price(gtin) })),
    { site: 'WH-1', person: 'planner', at: '2026-11-20T09:30:00.000Z', today: '2026-11-20', newId: () => 'O1' },
  );
  return {
    order: order as PurchaseOrder,
    number: 'E9J7R2CD',
    supplier: { id: 'SU-1', name: 'Namuna Farm', country: 'UZ', active: true, version: 1 },
    site: { id: 'WH-1', name: 'Markaziy ombor', region: 'UZ-TK' },
    medicineOf: () => ({
      inn: 'Amoxicillin',
      innRu: 'Амоксициллин',
      innUz: 'Amoksitsillin',
      strength: '500 mg',
      unit: 'capsule',
    }),
  };
};
const latin1 = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');
const pageCount = (pdf: Uint8Array): number => (latin1(pdf).match(/\/Type \/Page\b(?!s)/g) ?? []).length;

test.each(languages)('an order in %s is one A4 page, and a long one goes over several', async (language) => {
  const short = await purchaseOrderPdf(printed(3), language, nodeFonts());
  expect(pageCount(short)).toBe(1);
  expect(latin1(short)).toMatch(/\/MediaBox \[0 0 595\.28 841\.89\]/);
  expect(pageCount(await purchaseOrderPdf(printed(70), language, nodeFonts()))).toBeGreaterThan(1);
});

test('the same order is the same file, and its properties name nobody', async () => {
  const [once, again] = [
    await purchaseOrderPdf(printed(2), 'en', nodeFonts()),
    await purchaseOrderPdf(printed(2), 'en', nodeFonts()),
  ];
  expect(Buffer.compare(once, again)).toBe(0);
  expect(latin1(once)).toContain('(Purchase order E9J7R2CD)');
  expect(latin1(once)).not.toContain('planner');
});
