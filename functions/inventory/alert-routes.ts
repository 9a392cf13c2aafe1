/** What needs somebody: the alerts of a site, its temperatures, and all sites together. */
import { SiteId } from '@darmon/domain/actor';
import { Alerts } from '@darmon/domain/alerts';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Storage } from '@darmon/domain/medicine';
import { SiteOverview } from '@darmon/domain/overview';
import { Zone } from '@darmon/domain/stock';
import { Celsius, TemperatureReading } from '@darmon/domain/temperature';
import { Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const params = z.object({ site: SiteId });
const overseers = { quality: 'all', planner: 'all', approver: 'all', chief: 'all', auditor: 'all' } as const;
const keepers = { warehouse: 'own', pharmacist: 'own' } as const;

const Sum = z.object({ count: z.int(), value: z.int() });
const SiteAlerts = Alerts.extend({
  site: SiteId,
  at: Instant,
  lowStockDays: z.int(),
  slowMoverDays: z.int(),
  counts: z.object({
    stockOut: z.int(),
    low: z.int(),
    expiring: z.int(),
    expired: Sum,
    slow: Sum,
    discrepancies: z.int(),
    temperature: z.int(),
  }),
  within: z.array(z.object({ days: z.int(), lots: z.int(), value: z.int(), leftValue: z.int() })),
  discrepancies: z.array(z.object({ receipt: z.string(), at: Instant, open: z.int() })),
  temperature: z.array(TemperatureReading),
}).meta({ id: 'SiteAlerts', description: 'Values are tiyin; lists name the first 300 of each, `counts` counts all' });

const reading = {
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
  site: 'PH-1001',
  zone: 'B',
  storage: 'cold' as const,
  celsius: 5.5,
  from: 2,
  to: 8,
  isOutside: false,
  at: '2026-11-20T04:00:00.000Z',
  person: 'pharmacist',
};

export const alertRoutes = defineRoutes({
  readAlerts: {
    method: 'GET',
    path: '/api/sites/{site}/alerts',
    summary: 'What needs somebody: out of stock now and soon, expiring, expired, slow, open discrepancies, temperature',
    access: { ...keepers, ...overseers },
    params,
    answers: { 200: SiteAlerts },
    keyed: false,
    example: {
      answer: {
        site: 'PH-1001',
        at: '2026-11-20T04:00:00.000Z',
        lowStockDays: 14,
        slowMoverDays: 90,
        lots: 1,
        value: 3_200_000,
        counts: {
          stockOut: 0,
          low: 1,
          expiring: 0,
          expired: { count: 0, value: 0 },
          slow: { count: 0, value: 0 },
          discrepancies: 0,
          temperature: 0,
        },
        within: [{ days: 30, lots: 0, value: 0, leftValue: 0 }],
        stockOut: [],
        low: [{ medicine: 'AMOX500CAP', used: 2_000, days: 100, usable: 160, daysLeft: 8 }],
        expiring: [],
        expired: [],
        slow: [],
        discrepancies: [],
        temperature: [],
      },
    },
  },
  recordTemperature: {
    method: 'POST',
    path: '/api/sites/{site}/temperatures',
    summary: 'Write a temperature down; outside the limits with what was done about it',
    access: { ...keepers, quality: 'own' },
    params,
    body: z
      .strictObject({
        zone: Zone.exactOptional(),
        storage: Storage,
        celsius: Celsius,
        at: Instant.exactOptional(),
        done: z.string().trim().min(3).max(300).exactOptional(),
      })
      .meta({ id: 'TemperatureRequest' }),
    answers: { 201: TemperatureReading },
    keyed: true,
    example: { body: { zone: 'B', storage: 'cold', celsius: 5.5 }, answer: reading },
  },
  listTemperatures: {
    method: 'GET',
    path: '/api/sites/{site}/temperatures',
    summary: 'Temperatures that were read, the newest first',
    access: { ...keepers, ...overseers },
    params,
    query: PageQuery,
    answers: { 200: listOf(TemperatureReading) },
    keyed: false,
    example: { answer: { items: [reading] } },
  },
  listOverview: {
    method: 'GET',
    path: '/api/overview',
    summary: 'Every site in a line, region by region, as it was last looked through',
    access: overseers,
    query: PageQuery,
    answers: { 200: listOf(SiteOverview) },
    keyed: false,
    example: {
      answer: {
        items: [
          {
            site: 'PH-1001',
            name: 'Dorixona 1',
            kind: 'pharmacy',
            region: 'UZ-TK',
            at: '2026-11-20T00:00:00.000Z',
            lots: 812,
            value: 42_000_000_00,
            stockOut: 3,
            low: 12,
            expiringValue: 1_200_000_00,
            expiredValue: 0,
            slowValue: 300_000_00,
            discrepancies: 1,
            temperature: 0,
          },
        ],
      },
    },
  },
  refreshOverview: {
    method: 'POST',
    path: '/api/overview/refresh',
    summary:
      'Look through the sites that were not looked through since an instant, for a few seconds; harmless to repeat',
    access: overseers,
    body: z.strictObject({ since: Instant }).meta({ id: 'OverviewRefresh' }),
    answers: {
      200: z
        .object({ since: Instant, done: z.int(), of: z.int() })
        .meta({ id: 'OverviewProgress', description: 'Sites looked through since, of all that keep stock' }),
    },
    keyed: false,
    example: {
      body: { since: '2026-11-20T04:00:00.000Z' },
      answer: { since: '2026-11-20T04:00:00.000Z', done: 40, of: 1_200 },
    },
  },
});
