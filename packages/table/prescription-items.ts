/** Prescriptions and their dispenses as items, and the actions that move them. */
import { Dispense } from '@darmon/domain/dispense';
import { Prescription } from '@darmon/domain/prescription';
import { instant } from '@darmon/domain/time';
import { dispenseKey, numberKey, prescriptionKey, revocationKey } from './keys.ts';
import type { Item } from './page.ts';
import { type Action, absent, type Condition, put, update } from './transact.ts';

export const prescriptionsOfPatient = (patient: string): string => `PATIENT#${patient}`;
export const prescriptionsOfPrescriber = (person: string): string => `PRESCRIBER#${person}`;

const itemOf = (p: Prescription) => ({
  ...prescriptionKey(p.id),
  gsi1pk: prescriptionsOfPatient(p.patient),
  gsi1sk: p.issuedAt,
  gsi2pk: prescriptionsOfPrescriber(p.prescriber),
  gsi2sk: p.issuedAt,
  ...p,
});

export const parsePrescription = (item: Item): Prescription => Prescription.parse(item);
export const parseDispense = (item: Item): Dispense => Dispense.parse(item);

export const issueActions = (table: string, p: Prescription): Action[] => [
  put(table, itemOf(p), absent, 'changed'),
  put(table, { ...numberKey(p.number), prescription: p.id }, absent, 'changed'),
];

// What must still hold when a change commits, beside the version that was read.

/** It is not closed, and the validity has not ended. */
export const openGuard = (now: number) =>
  ({
    expression: '#status IN (:active, :partial) AND #validUntil > :now',
    names: { '#status': 'status', '#validUntil': 'validUntil' },
    values: { ':active': 'active', ':partial': 'partially-dispensed', ':now': instant(now) },
  }) satisfies Condition;

/** It is open, and nobody else's claim lives. */
export const dispenseGuard = (site: string, now: number): Condition => {
  const open = openGuard(now);
  return {
    expression: `${open.expression} AND (attribute_not_exists(#claim) OR #claim.#site = :site OR #claim.#until <= :now)`,
    names: { ...open.names, '#claim': 'claim', '#site': 'site', '#until': 'until' },
    values: { ...open.values, ':site': site },
  };
};

/** A dispense can be taken back from a prescription in any state. */
export const anyGuard: Condition = { expression: 'attribute_exists(pk)' };

/** The prescription as it is after a change, on condition that it still is as it was read and `guard` holds. */
export const changeAction = (table: string, next: Prescription, guard: Condition): Action =>
  put(
    table,
    itemOf(next),
    {
      expression: `#version = :was AND ${guard.expression}`,
      names: { '#version': 'version', ...guard.names },
      values: { ':was': next.version - 1, ...guard.values },
    },
    'changed',
  );

export const recordDispenseAction = (table: string, d: Dispense): Action =>
  put(table, { ...dispenseKey(d.prescription, d.n), ...d }, absent, 'changed');

export const undoDispenseAction = (table: string, d: Dispense, undone: NonNullable<Dispense['undone']>): Action =>
  update(
    table,
    dispenseKey(d.prescription, d.n),
    { expression: 'SET #undone = :undone', names: { '#undone': 'undone' }, values: { ':undone': undone } },
    {
      expression: 'attribute_exists(pk) AND attribute_not_exists(#undone) AND attribute_not_exists(#returned)',
      names: { '#returned': 'returned' },
    },
    'changed',
  );

/** Units of it came back in a recall: from then on it is not taken back, and one that was taken back brings nothing. */
export const returnedDispenseAction = (table: string, d: Pick<Dispense, 'prescription' | 'n'>, units: number): Action =>
  update(
    table,
    dispenseKey(d.prescription, d.n),
    {
      expression: 'SET #returned = if_not_exists(#returned, :none) + :units',
      names: { '#returned': 'returned', '#undone': 'undone' },
      values: { ':none': 0, ':units': units },
    },
    { expression: 'attribute_exists(pk) AND attribute_not_exists(#undone)' },
    'changed',
  );

/** A cancelled prescription stands in the revocation list until it could no longer be used anyway. */
export const revokeAction = (table: string, p: Prescription): Action =>
  put(
    table,
    { ...revocationKey(p.id, p.validUntil), prescription: p.id, ttl: Math.ceil(Date.parse(p.validUntil) / 1000) },
    undefined,
    'changed',
  );
