/** One site in a line, for those who look at all of them. */
import * as z from 'zod';
import { SiteId } from './actor.ts';
import { type Alerts, expiringWithin } from './alerts.ts';
import { Region, type Site, SiteKind } from './standing.ts';
import { exactly } from './stock.ts';
import { Instant, instant, tashkentDay } from './time.ts';

export const SiteOverview = z
  .object({
    site: SiteId,
    name: z.string(),
    kind: SiteKind,
    region: Region,
    /** When its shelf was looked through. */
    at: Instant,
    lots: z.int(),
    /** Tiyin of all that is there. */
    value: z.int(),
    stockOut: z.int(),
    low: z.int(),
    /** Tiyin that will expire within 90 days before anybody uses it, and that have expired. */
    expiringValue: z.int(),
    expiredValue: z.int(),
    slowValue: z.int(),
    /** Open discrepancies of deliveries, and places that are too warm or too cold. */
    discrepancies: z.int(),
    temperature: z.int(),
  })
  .meta({ id: 'SiteOverview' });
export type SiteOverview = z.infer<typeof SiteOverview>;

const total = (values: readonly { readonly value: number }[]): number =>
  values.reduce((sum, { value }) => sum + value, 0);

export const overviewOf = (
  { id, name, kind, region }: Site,
  alerts: Alerts,
  open: { readonly discrepancies: number; readonly temperature: number },
  now: number,
): SiteOverview => ({
  site: id,
  name,
  kind,
  region,
  at: instant(now),
  lots: alerts.lots,
  value: exactly(alerts.value),
  stockOut: alerts.stockOut.length,
  low: alerts.low.length,
  expiringValue: exactly(expiringWithin(alerts.expiring, 90, tashkentDay(now)).leftValue),
  expiredValue: exactly(total(alerts.expired)),
  slowValue: exactly(total(alerts.slow)),
  ...open,
});
