/** Events as a time line: when, what, who and where, what changed, why. Oldest first, as it happened. */
import { type Event, type EventType, patientActor } from '@darmon/domain/event';
import { lineStatuses, prescriptionStatuses } from '@darmon/domain/prescription';
import { siteKinds } from '@darmon/domain/standing';
import { lotStates } from '@darmon/domain/stock';
import { lastDayText } from '@darmon/i18n/dates';
import { Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconBuilding,
  IconCircleCheck,
  IconClipboardText,
  IconEye,
  IconHandGrab,
  IconHandOff,
  IconKey,
  IconLock,
  IconMessage,
  IconPackageExport,
  IconPackageImport,
  IconRotate2,
  IconSettings,
  IconSignature,
  IconUser,
  IconUserPlus,
  IconUserSearch,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import * as z from 'zod';
import { useSites } from '../shared/all-pages.ts';
import { useFormulary } from '../shared/formulary.ts';
import { type T, useFormat, useT } from '../shared/language.ts';

const icons: Readonly<Record<EventType, typeof IconBan>> = {
  'prescription-issued': IconSignature,
  'prescription-claimed': IconHandGrab,
  'prescription-released': IconHandOff,
  'prescription-cancelled': IconBan,
  'cancel-requested': IconBan,
  'prescription-dispensed': IconPackageExport,
  'dispense-undone': IconRotate2,
  'prescription-looked-up': IconEye,
  'patient-looked-up': IconUserSearch,
  'patient-registered': IconUserPlus,
  'stock-received': IconPackageImport,
  'lot-state-changed': IconLock,
  'password-given': IconKey,
  'second-factor-begun': IconKey,
  'second-factor-set': IconKey,
  'second-factor-removed': IconBan,
  'person-saved': IconUser,
  'site-saved': IconBuilding,
  'system-bootstrapped': IconSettings,
  'formulary-imported': IconClipboardText,
  'prescription-entered': IconClipboardText,
  'line-not-dispensed': IconBan,
  'page-opened': IconEye,
  'page-locked': IconLock,
  'page-unlocked': IconKey,
  'feedback-given': IconMessage,
  'signal-raised': IconAlertTriangle,
  'patient-changed': IconUser,
  'patient-history-read': IconEye,
  'draft-saved': IconClipboardText,
  'draft-discarded': IconBan,
  'templates-saved': IconClipboardText,
  'approval-asked': IconHandGrab,
  'approval-given': IconSignature,
  'approval-declined': IconBan,
  'pack-set-aside': IconLock,
  'pack-released': IconCircleCheck,
  'pack-refused': IconBan,
  'marking-checked': IconCircleCheck,
  'policy-saved': IconSettings,
  'population-saved': IconSettings,
  'knowledge-imported': IconClipboardText,
  'knowledge-approved': IconCircleCheck,
  'import-opened': IconClipboardText,
  'import-posted': IconPackageImport,
  'stock-posted': IconClipboardText,
  'stock-reversed': IconRotate2,
  'stock-placed': IconPackageImport,
  'expected-announced': IconClipboardText,
  'discrepancy-resolved': IconCircleCheck,
  'lot-released': IconCircleCheck,
  'lot-blocked': IconLock,
  'transfer-requested': IconHandGrab,
  'transfer-approved': IconCircleCheck,
  'transfer-refused': IconBan,
  'transfer-picked': IconPackageExport,
  'transfer-shipped': IconPackageExport,
  'transfer-received': IconPackageImport,
  'transfer-cancelled': IconBan,
  'write-off-requested': IconClipboardText,
  'write-off-signed': IconSignature,
  'write-off-approved': IconCircleCheck,
  'write-off-refused': IconBan,
  'write-off-withdrawn': IconRotate2,
  'count-opened': IconClipboardText,
  'count-entered': IconClipboardText,
  'count-posted': IconCircleCheck,
  'count-cancelled': IconBan,
  'requisition-drafted': IconClipboardText,
  'requisition-changed': IconClipboardText,
  'requisition-submitted': IconClipboardText,
  'requisition-authorised': IconCircleCheck,
  'requisition-signed': IconSignature,
  'requisition-approved': IconSignature,
  'requisition-rejected': IconBan,
  'requisition-skipped': IconBan,
  'requisition-reopened': IconRotate2,
  'requisition-released': IconPackageExport,
  'requisition-settled': IconSettings,
  'requisition-raised': IconClipboardText,
  'delegation-saved': IconHandGrab,
  'past-use-opened': IconClipboardText,
  'past-use-posted': IconPackageImport,
  'past-use-kept': IconPackageImport,
  'budget-set': IconSettings,
  'reference-prices-saved': IconSettings,
  'recall-opened': IconAlertTriangle,
  'recall-worked': IconClipboardText,
  'recall-found': IconCircleCheck,
  'recall-notified': IconMessage,
  'recall-closed': IconCircleCheck,
  'temperature-read': IconClipboardText,
  'supplier-saved': IconClipboardText,
  'prices-saved': IconClipboardText,
  'order-opened': IconClipboardText,
  'order-sent': IconClipboardText,
  'order-delivered': IconCircleCheck,
  'order-undelivered': IconClipboardText,
  'order-acknowledged': IconCircleCheck,
  'order-cancelled': IconClipboardText,
  'period-frozen': IconLock,
  'period-computed': IconClipboardText,
  'period-reviewed': IconEye,
  'period-signed': IconSignature,
  'period-packaged': IconLock,
  'period-submitted': IconPackageExport,
  'period-acknowledged': IconCircleCheck,
  'period-refused': IconBan,
  'period-undelivered': IconAlertTriangle,
  'period-corrected': IconRotate2,
  'order-closed': IconCircleCheck,
  'order-kept': IconClipboardText,
  'invoice-entered': IconClipboardText,
  'invoice-corrected': IconClipboardText,
  'invoice-cancelled': IconBan,
  'invoice-paid': IconCircleCheck,
  'invoice-payment-reversed': IconRotate2,
  'photo-kept': IconEye,
  'data-exported': IconClipboardText,
  'erasure-asked': IconUser,
  'erasure-confirmed': IconCircleCheck,
  'erasure-refused': IconBan,
  'patient-erased': IconBan,
  'content-removed': IconBan,
  'hold-set': IconLock,
  'hold-lifted': IconKey,
  'look-reviewed': IconEye,
  'case-opened': IconAlertTriangle,
  'case-extended': IconAlertTriangle,
  'case-taken': IconUser,
  'case-noted': IconClipboardText,
  'case-decided': IconCircleCheck,
  'case-reopened': IconRotate2,
  'sign-in-refused': IconLock,
  'log-finding-acknowledged': IconCircleCheck,
  'device-clock-read': IconAlertTriangle,
};

const Lot = z.object({ lot: z.string(), quantity: z.number().optional(), expiryDate: z.string().optional() });
const Lines = z.array(
  z.object({
    line: z.number().optional(),
    medicine: z.string().optional(),
    quantity: z.number().optional(),
    lot: z.string().optional(),
    expiryDate: z.string().optional(),
    lots: z.array(Lot).optional(),
  }),
);

const named = [
  'by',
  'found',
  'status',
  'until',
  'from',
  'to',
  'dispense',
  'receipt',
  'document',
  'number',
  'prescription',
  'validUntil',
  'policy',
  'id',
  'site',
  'gtin',
  'lot',
  'name',
  'kind',
  'version',
  'person',
  'times',
  'first',
  'last',
  'device',
  'driftSeconds',
  'limitSeconds',
  'case',
] as const;
const isNamed = (key: string): key is (typeof named)[number] => named.some((one) => one === key);
const ways = ['code', 'number', 'pinfl', 'passport', 'name'] as const;

const among = <V extends string>(values: readonly V[], value: unknown): V | undefined =>
  values.find((one) => one === value);

/** A recorded value in words where it is one of the domain's, else as it stands. */
const valueText = (key: string, value: unknown, t: T, instant: (at: string) => string): string => {
  const status = among(prescriptionStatuses, value);
  if (key === 'status' && status) return t(`medicine:prescription.${status}`);
  const lineStatus = among(lineStatuses, value);
  if (key === 'status' && lineStatus) return t(`medicine:line.${lineStatus}`);
  const state = among(lotStates, value);
  if ((key === 'from' || key === 'to') && state) return t(`medicine:lot.${state}`);
  if (key === 'validUntil' && typeof value === 'string') return lastDayText(value);
  const kind = among(siteKinds, value);
  if (key === 'kind' && kind) return t(`common:kind.${kind}`);
  const way = among(ways, value);
  if (key === 'by' && way) return t(`web-audit:by.${way}`);
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? instant(value) : value;
  if (typeof value === 'object' && value !== null)
    return Object.values(value)
      .filter((one) => typeof one !== 'object')
      .join(' · ');
  return String(value);
};

/** The medicine of each line, where the screen knows the prescription. */
export type LineNames = ReadonlyMap<number, string>;

const Changes = ({ event, lineNames }: { readonly event: Event; readonly lineNames: LineNames | undefined }) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const { lines, ...rest } = event.changes;
  const read = Lines.safeParse(lines);
  const pairs = Object.entries(rest).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return (
    <>
      {read.success && read.data.length > 0 && (
        <ul className="trail-lines">
          {read.data.map((line, at) => {
            const medicine = line.medicine ?? (line.line === undefined ? undefined : lineNames?.get(line.line));
            const name = medicine === undefined ? '' : formulary.name(medicine);
            const lots = line.lots ?? (line.lot === undefined ? [] : [{ ...line, lot: line.lot }]);
            const head =
              line.line === undefined
                ? name
                : [t('web-audit:change.line', { line: line.line, quantity: format.number(line.quantity ?? 0) }), name]
                    .filter(Boolean)
                    .join(' · ');
            return (
              <li key={`${line.line ?? at}${line.lot ?? ''}`}>
                {head}
                {lots.map((lot) => (
                  <Text key={lot.lot} size="sm" className="quiet">
                    {t('web-audit:change.ofLot', {
                      lot: lot.lot,
                      date: lot.expiryDate ? format.day(lot.expiryDate) : '—',
                      quantity: format.number(lot.quantity ?? 0),
                    })}
                  </Text>
                ))}
              </li>
            );
          })}
        </ul>
      )}
      {pairs.length > 0 && (
        <dl className="trail-pairs">
          {pairs.map(([key, value]) => (
            <div key={key}>
              <dt>{isNamed(key) ? t(`web-audit:change.${key}`) : key}</dt>
              <dd>{valueText(key, value, t, format.instant)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
};

const prescriptionOf = (event: Event): string | undefined => {
  const { dispense, id, prescription } = event.changes;
  const found = [prescription, id, dispense].find((one) => typeof one === 'string' && /^[0-7][0-9A-Z]{25}/.test(one));
  return typeof found === 'string' ? found.slice(0, 26) : undefined;
};

/** Of whom no role is known: a patient at the public page, or Darmon itself. */
const roleOf = ({ person, role }: Event['actor']) => {
  if (role) return `common:role.${role}` as const;
  return person === patientActor('').person ? 'common:patient' : 'web-audit:system';
};

export const TimeLine = ({
  events,
  lineNames,
  linked = false,
}: {
  readonly events: readonly Event[];
  readonly lineNames?: LineNames;
  /** Offers the way to the prescription of an event. */
  readonly linked?: boolean;
}) => {
  const t = useT();
  const format = useFormat();
  const sites = useSites();
  const siteName = (id: string) => {
    const site = sites.data?.find((one) => one.id === id);
    return site ? `${site.name} (${id})` : id;
  };
  return (
    <ol className="trail">
      {events.map((event) => {
        const Icon = icons[event.type] ?? IconCircleCheck;
        const prescription = linked ? prescriptionOf(event) : undefined;
        return (
          <li key={event.id} className="trail-event">
            <span className="trail-icon">
              <Icon size={22} aria-hidden />
            </span>
            <div>
              <Text fw={650}>{t(`web-audit:event.${event.type}`)}</Text>
              <Text size="sm" className="quiet">
                <time dateTime={event.at} className="number">
                  {format.instant(event.at)}
                </time>{' '}
                ·{' '}
                {t('web-audit:by', {
                  person: event.actor.person,
                  role: t(roleOf(event.actor)),
                  site: siteName(event.actor.site),
                })}
              </Text>
              {event.reason && (
                <Text>
                  {t('web-audit:reason')}: <strong>{event.reason}</strong>
                </Text>
              )}
              <Changes event={event} lineNames={lineNames} />
              {prescription && (
                <Link to="/audit/$id" params={{ id: prescription }} className="trail-link no-print">
                  {t('web-audit:trailTitle')}
                </Link>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
};
