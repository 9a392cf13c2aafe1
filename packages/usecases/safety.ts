/** The check before signing: the same for whoever asks first and for the signature itself. */

import { activeLines, canCount, lookBackDays } from '@darmon/domain/active-course';
import type { Actor } from '@darmon/domain/actor';
import type { Override } from '@darmon/domain/alert-answer';
import { decideLines, requirePatient } from '@darmon/domain/issue';
import type { Medicine } from '@darmon/domain/medicine';
import type { PatientIdentity } from '@darmon/domain/patient';
import { type PatientRecord, pregnancyOn } from '@darmon/domain/patient-record';
import type { Policy } from '@darmon/domain/policy';
import type { Prescription } from '@darmon/domain/prescription';
import { Refusal, type RefusalCode, type RefusalFacts } from '@darmon/domain/refusal';
import { type ActiveMedicine, type Alert, checkSafety, subjectsOfCheck, type Unjudged } from '@darmon/domain/safety';
import { requireStanding, rightsOf } from '@darmon/domain/standing';
import { dayMs, instant, tashkentDay, validUntil } from '@darmon/domain/time';
import type { Deps } from './deps.ts';
import {
  commitChecked,
  commitMismatch,
  findKnown,
  isErased,
  openRecord,
  type PatientDeps,
  requireSame,
} from './patients.ts';
import type { IssueInput } from './prescribing.ts';

const pageSize = 50;

/** A patient's prescriptions since a day that can still matter, newest first. */
const loadRecent = async (deps: Pick<Deps, 'table' | 'now'>, patient: string): Promise<Prescription[]> => {
  const since = instant(deps.now() - lookBackDays * dayMs);
  const recent: Prescription[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listPrescriptions({ patient }, { limit: pageSize, cursor });
    recent.push(...page.items.filter((p) => p.issuedAt >= since && canCount(p, deps.now())));
    cursor = page.items.some((p) => p.issuedAt < since) ? undefined : page.next;
  } while (cursor !== undefined);
  return recent;
};

/** What the patient takes or may still collect. */
const loadActive = async (deps: Pick<Deps, 'table' | 'now'>, patient: string): Promise<ActiveMedicine[]> => {
  const recent = await loadRecent(deps, patient);
  const dispenses = await Promise.all(recent.map((p) => (p.dispenses === 0 ? [] : deps.table.loadDispenses(p.id))));
  const lines = recent.flatMap((p, i) => activeLines(p, dispenses[i] ?? [], deps.now()));
  const { medicines } = await deps.table.loadNamed({ medicines: lines.map((l) => l.medicine), sites: [] });
  return lines.flatMap(({ medicine: code, line, remainingDays }): ActiveMedicine[] => {
    const medicine = medicines.get(code);
    return medicine ? [{ medicine, route: line.dosage.route, remainingDays, courseDays: line.dosage.days }] : [];
  });
};

export interface Checked {
  readonly alerts: Alert[];
  readonly unjudged: Unjudged[];
  /** The set that the check was made with; null where none is approved. */
  readonly knowledge: { readonly version: number; readonly name: string; readonly date: string } | null;
}

/**
 * Checks lines for a patient, known or new. A medicine that is not in the formulary is left to the rules, which refuse
 * it. Cost follows the medicines that meet, not the size of what is known.
 */
export const checkLines = async (
  deps: Pick<Deps, 'table' | 'now'>,
  patient: PatientIdentity,
  record: PatientRecord | undefined,
  wanted: { readonly lines: IssueInput['lines']; readonly medicines: readonly (Medicine | undefined)[] },
): Promise<Checked> => {
  const today = tashkentDay(deps.now());
  const lines = wanted.lines.flatMap(({ dosage }, i) => {
    const medicine = wanted.medicines[i];
    return medicine ? [{ medicine, dosage }] : [];
  });
  const input = {
    patient: {
      birthDate: patient.birthDate,
      weightKg: patient.weightKg ?? record?.weightKg,
      allergies: record?.allergies ?? [],
      pregnancy: record && pregnancyOn(record, today)?.state,
    },
    today,
    lines,
    active: record ? await loadActive(deps, record.id) : [],
  };
  const { set, rows } = await deps.table.loadKnowledge(subjectsOfCheck(input));
  const { alerts, unjudged } = checkSafety(input, (subject) => rows.get(subject) ?? []);
  return { alerts, unjudged, knowledge: set && { version: set.version, name: set.name, date: set.date } };
};

/** What issuing would refuse, as far as one look can tell. */
export interface Objection {
  readonly code: RefusalCode;
  readonly pointer?: string;
  readonly facts: RefusalFacts;
}

const objectionsTo = (judge: () => void, move: (pointer: string) => string = (p) => p): Objection[] => {
  try {
    judge();
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [first] = error.errors;
    return [{ code: error.code, facts: error.facts, ...(first && { pointer: move(first.pointer) }) }];
  }
};

/** The rules for all lines together, and for each by itself, so that one mistake does not hide the next. */
const objectionsToLines = (
  input: CheckInput,
  medicines: readonly (Medicine | undefined)[],
  policy: Policy,
  rights: readonly string[],
): Objection[] => {
  const together = objectionsTo(() => decideLines(input, medicines, policy, rights));
  const single = input.lines.flatMap((line, i) =>
    objectionsTo(
      () => decideLines({ ...input, lines: [line] }, [medicines[i]], policy, rights),
      (pointer) => pointer.replace(/^\/lines\/0/, `/lines/${i}`),
    ),
  );
  const nameOf = ({ code, pointer }: Objection): string => `${code} ${pointer}`;
  return [...new Map([...together, ...single].map((o) => [nameOf(o), o])).values()];
};

export type CheckInput = Omit<IssueInput, 'diagnosis' | 'overrides'> & { readonly overrides?: readonly Override[] };

/**
 * What would become of a prescription if it were signed now: every refusal that one look can find, the warnings, and what
 * is computed of it. It changes nothing; that somebody looked at a known patient, or named one wrong, is recorded.
 * Standing is refused as everywhere.
 * @throws Refusal of standing, `too-many-requests`
 */
export const checkPrescription = async (deps: PatientDeps, actor: Actor, input: CheckInput) => {
  const now = deps.now();
  const [{ person, site, medicines, policy }, item] = await Promise.all([
    deps.table.loadForIssue(
      actor.person,
      actor.site,
      input.lines.map((l) => l.medicine),
    ),
    findKnown(deps, input.patient),
  ]);
  requireStanding(actor, person, site, now);
  const erased = item !== undefined && isErased(item);
  const known = item && !erased ? await openRecord(deps, item) : undefined;
  const ofPatient = [
    ...objectionsTo(() => requirePatient(input.patient, tashkentDay(now))),
    ...(known ? objectionsTo(() => requireSame(known, input.patient)) : []),
    ...(erased ? [{ code: 'patient-mismatch' as const, pointer: '/patient', facts: {} }] : []),
  ];
  const differs = known !== undefined && objectionsTo(() => requireSame(known, input.patient)).length > 0;
  if (differs) await commitMismatch(deps, actor, input.patient);
  // what is known of somebody else is nobody's to learn by a slip of the hand
  const record = ofPatient.length === 0 ? known : undefined;
  const [checked] = await Promise.all([
    checkLines(deps, input.patient, record, { lines: input.lines, medicines }),
    record && commitChecked(deps, actor, record.id, input.patient),
  ]);
  const rights = rightsOf(actor, person);
  const ofLines = objectionsToLines(input, medicines, policy, rights);
  const decided = ofLines.length === 0 ? decideLines(input, medicines, policy, rights) : undefined;
  return {
    ...checked,
    refusals: [
      ...(input.policy !== undefined && input.policy !== policy.version
        ? [{ code: 'policy-changed' as const, facts: {} }]
        : []),
      ...ofPatient,
      ...ofLines,
    ],
    policy: policy.version,
    quantities: (decided?.lines ?? []).map(({ line, quantity }) => ({ line, quantity })),
    ...(decided && { validUntil: instant(validUntil(now, decided.validityDays)) }),
  };
};
