/** How a prescription is answered: only what the reader needs, computed at the moment of reading. */
import type { Actor } from '@darmon/domain/actor';
import { type Dispense, undoableUntil } from '@darmon/domain/dispense';
import { isControlled } from '@darmon/domain/medicine';
import { firstPolicy, type Policy } from '@darmon/domain/policy';
import type { Prescription } from '@darmon/domain/prescription';
import * as rules from '@darmon/domain/prescription';
import type {
  LineView,
  OwnPrescription,
  PrescriptionSummary,
  PrescriptionView,
  Transition,
} from '@darmon/domain/prescription-view';
import { repeatView } from '@darmon/domain/repeat';
import type { Site } from '@darmon/domain/standing';
import type * as z from 'zod';
import type { Deps } from './deps.ts';

export const linesOf = (stored: Prescription, now: number): z.input<typeof LineView>[] => {
  const p = rules.asOf(stored, now);
  const status = rules.statusAt(p, now);
  const lapsed = status === 'completed' && now >= Date.parse(p.validUntil);
  return p.lines.map(({ notDispensed, owed, ...l }) => ({
    ...l,
    ...(notDispensed && {
      notDispensed: { reason: notDispensed.reason, closed: notDispensed.closed, site: notDispensed.site },
    }),
    ...(owed && { owed: { site: owed.site, on: owed.on } }),
    status: rules.lineStatusAt({ ...l, ...(notDispensed && { notDispensed }), ...(owed && { owed }) }, status, lapsed),
  }));
};

/** The answer to an issue; the same again on a repeat, whatever has happened since. */
export const issuedView = (p: Prescription, code: string) => ({
  id: p.id,
  number: p.number,
  code,
  status: 'active' as const,
  issuedAt: p.issuedAt,
  validUntil: p.validUntil,
  lines: p.lines.map((l) => ({ ...l, dispensed: 0, status: 'to-dispense' as const })),
});

export const transitionView = (p: Prescription, now: number): z.input<typeof Transition> => {
  const claim = rules.liveClaim(p, now);
  return {
    id: p.id,
    status: rules.statusAt(p, now),
    cancelRequested: rules.cancelRequested(p, now),
    ...(claim && { claimedUntil: claim.until }),
  };
};

export const summaryView = (
  p: Prescription,
  now: number,
  personal: Record<string, string>,
): z.input<typeof PrescriptionSummary> => ({
  id: p.id,
  number: p.number,
  status: rules.statusAt(p, now),
  issuedAt: p.issuedAt,
  validUntil: p.validUntil,
  lines: p.lines.map(({ medicine, quantity, dispensed }) => ({ medicine, quantity, dispensed })),
  ...(personal.fullName !== undefined &&
    personal.birthDate !== undefined && { patient: { fullName: personal.fullName, birthDate: personal.birthDate } }),
});

/** A summary with what became of it, for the prescriber. */
export const ownView = (
  p: Prescription,
  now: number,
  { personal, sites }: { personal: Record<string, string>; sites: ReadonlyMap<string, Site> },
): z.input<typeof OwnPrescription> => ({
  ...summaryView(p, now, personal),
  lines: linesOf(p, now).map(({ medicine, quantity, dispensed, unit, status, notDispensed, owed }) => ({
    medicine,
    quantity,
    dispensed,
    unit,
    status,
    ...(notDispensed && { notDispensed }),
    ...(owed && { owed }),
  })),
  cancelRequested: rules.cancelRequested(p, now),
  controlled: p.lines.some((l) => isControlled(l.class)),
  ...repeatOf(p, now),
  servedAt: [...new Set(p.served.map((s) => s.site))].map((site) => ({ site, name: sites.get(site)?.name ?? site })),
});

const dispenseView = (d: Dispense, actor: Actor, policy: Policy, now: number) => {
  const until = undoableUntil(d, actor.site, policy, now);
  return {
    id: d.id,
    site: d.site,
    at: d.at,
    lines: d.lines.map(({ medicine: _, ...line }) => line),
    ...(d.notDispensed && { notDispensed: d.notDispensed }),
    ...(d.issue !== undefined && { issue: d.issue }),
    ...(d.controlled && { controlled: d.controlled }),
    undone: d.undone !== undefined,
    ...(until !== undefined && { undoableUntil: until }),
  };
};

/** Windows and what was collected in each, as of now. */
const repeatOf = (stored: Prescription, now: number) => {
  const p = rules.asOf(stored, now);
  if (!p.repeat) return {};
  const dispensed = p.lines.map((l) => l.dispensed);
  return { repeat: repeatView(p, p.repeat, dispensed), ...(p.opensAt !== undefined && { opensAt: p.opensAt }) };
};

/** The whole view. `personal` is what the reader may see of the patient; diagnosis and code only with `ofClinic`. */
export const viewOf = async (
  deps: Pick<Deps, 'table' | 'now'>,
  actor: Actor,
  p: Prescription,
  { personal = {}, ofClinic = false }: { personal?: Record<string, string>; ofClinic?: boolean },
): Promise<z.input<typeof PrescriptionView>> => {
  const now = deps.now();
  const [dispenses, issuer] = await Promise.all([
    p.dispenses === 0 ? [] : deps.table.loadDispenses(p.id),
    deps.table.loadStanding(p.prescriber, p.clinic),
  ]);
  const claim = rules.liveClaim(p, now);
  const { fullName, birthDate, sex, pinfl, passport, icd10, code } = personal;
  const { licence } = issuer.person ?? {};
  const clinicLicence = issuer.site?.licence?.number;
  return {
    id: p.id,
    number: p.number,
    status: rules.statusAt(p, now),
    issuedAt: p.issuedAt,
    validUntil: p.validUntil,
    prescriber: p.prescriber,
    prescriberName: issuer.person?.name ?? p.prescriber,
    clinic: p.clinic,
    clinicName: issuer.site?.name ?? p.clinic,
    lines: linesOf(p, now),
    ...(claim && { claim: { site: claim.site, until: claim.until, own: claim.site === actor.site } }),
    cancelRequested: rules.cancelRequested(p, now),
    ...repeatOf(p, now),
    ...(p.paper && { paper: p.paper }),
    dispenses: dispenses.map((d) => dispenseView(d, actor, issuer.policy ?? firstPolicy, now)),
    ...(ofClinic && code !== undefined && { code }),
    ...(fullName !== undefined &&
      birthDate !== undefined &&
      sex !== undefined && {
        patient: {
          fullName,
          birthDate,
          sex,
          ...(ofClinic && pinfl !== undefined && { pinfl }),
          ...(ofClinic && passport !== undefined && { passport }),
        },
      }),
    ...(ofClinic && icd10 !== undefined && { diagnosis: { icd10 } }),
    ...(ofClinic && p.boardDecision !== undefined && { boardDecision: p.boardDecision }),
    ...(ofClinic && licence && { prescriberLicence: licence }),
    ...(ofClinic && clinicLicence !== undefined && { clinicLicence }),
  };
};
