import { expect, test } from 'vitest';
import { fanOf, type Product } from './fan-view.ts';

const month = (name: string, used: number, closing = 0) => ({
  month: name,
  used,
  stockOutDays: 0,
  closing,
  known: true,
});
const product = (about: Partial<Product> = {}): Product => ({
  site: 'PH-1',
  medicine: 'A',
  today: '2026-11-16',
  history: [month('2026-09', 300, 500), month('2026-10', 310, 190), month('2026-11', 150)],
  lots: [
    { gtin: '1', lot: 'A', expiryDate: '2027-01-31', onHand: 200, usable: 190 },
    { gtin: '1', lot: 'B', expiryDate: '2027-01-31', onHand: 40, usable: 0 },
  ],
  orders: [
    { gtin: '1', quantity: 100, due: '2026-11-02' },
    { gtin: '1', quantity: 500, due: '2026-12-20' },
  ],
  line: {
    outlook: {
      method: 'combination',
      months: [
        { month: '2026-11', units: 300, low: 200, high: 400 },
        { month: '2026-12', units: 400, low: 250, high: 550 },
        { month: '2027-01', units: 900, low: 250, high: 950 },
      ],
    },
  } as Product['line'],
  ...about,
});

test('what is there and what is due runs down by the forecast, from the rest of the present month on', () => {
  const months = fanOf(product());
  expect(months.map(({ month: name, stock, due }) => [name, stock, due])).toEqual([
    ['2026-09', 500, 0],
    ['2026-10', 190, 0],
    // half of November is left, and what should have come in it still may
    ['2026-11', 140, 100],
    ['2026-12', 240, 500],
    ['2027-01', 0, 0],
  ]);
  expect(months[2]).toMatchObject({ isPresent: true, used: 150, forecast: 300, low: 200, high: 400 });
  expect(months[3]).not.toHaveProperty('used');
});

test('without a forecast the past and the present month are shown, and no more than a year and a half of them', () => {
  const history = Array.from({ length: 30 }, (_, i) =>
    month(`${2024 + Math.floor((i + 5) / 12)}-${String(((i + 5) % 12) + 1).padStart(2, '0')}`, i),
  );
  const months = fanOf(product({ history, line: undefined }));
  expect([months.length, months[0]?.month, months.at(-1)?.month]).toEqual([19, '2025-05', '2026-11']);
  expect(months.at(-1)).not.toHaveProperty('forecast');
});
