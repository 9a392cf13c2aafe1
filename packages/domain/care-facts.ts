/**
 * What was prescribed and handed over at a site, as lines that name no patient: events of a day counted by who did what
 * with which medicine, and what became of the lines that were issued on a day. Days are reckoned one by one and only
 * ever added up, so a month is the sum of its days, in whatever order they come.
 */
import * as z from 'zod';
import { PersonId, SiteId } from './actor.ts';
import type { Dispense } from './dispense.ts';
import type { Event } from './event.ts';
import { MedicineCode } from './medicine.ts';
import { countsIn, type Freeze } from './period.ts';
import { asOf, isOpen, type Prescription, type PrescriptionLine, statusAt } from './prescription.ts';
import { Day, dayStart, instant } from './time.ts';

/**
 * What is counted. `n` are lines of prescriptions, but prescriptions for `prescribed`, warnings for `overridden`, and
 * acts for claims, looks and pages. `became` is not an event: it says how issued lines stood when it was reckoned.
 */
const careWhats = [
  'prescribed',
  'issued',
  'overridden',
  'claimed',
  'released',
  'cancelled',
  'cancel-asked',
  'dispensed',
  'part',
  'not-dispensed',
  'undone',
  'substituted',
  'lot-chosen',
  'look-served',
  'look-idle',
  'look-missed',
  'history-read',
  'page-opened',
  'page-locked',
  'became',
] as const;

/**
 * What can have become of a line. Of `begun` (something was handed over) and `open` (nothing yet) more may still become;
 * of `part` nothing more.
 */
export const outcomes = ['dispensed', 'part', 'not-dispensed', 'cancelled', 'expired', 'begun', 'open'] as const;
export type Outcome = (typeof outcomes)[number];

export const CareLine = z.object({
  /** The Tashkent day of the event; of what became of lines, the day of their issue. */
  day: Day,
  what: z.enum(careWhats),
  /** Who did it: a member of staff, or `patient`. Of `became` the prescriber. */
  person: PersonId,
  prescriber: PersonId.exactOptional(),
  clinic: SiteId.exactOptional(),
  /** Of what became of a line: the pharmacy that had it last. */
  pharmacy: SiteId.exactOptional(),
  medicine: MedicineCode.exactOptional(),
  outcome: z.enum(outcomes).exactOptional(),
  /** A code, or two brands; never what somebody wrote. */
  reason: z.string().exactOptional(),
  n: z.int().positive(),
  /** Of the medicine's smallest unit: asked for by what is issued, else handed over. */
  units: z.int().nonnegative(),
  /** Of what became of a line: units that were handed over. */
  handed: z.int().nonnegative().exactOptional(),
  /** Written for a month that was closed when it was entered: it counts on the day of its entry, and is marked. */
  late: z.literal(true).exactOptional(),
});
export type CareLine = z.infer<typeof CareLine>;

/** An event with the partition that it lies with, which names its subject. */
export interface Placed {
  readonly event: Event;
  readonly subject: string;
}

/** Of a prescription nothing that says who the patient is. `patient` is compared, and never kept. */
export type PrescriptionGist = Pick<Prescription, 'id' | 'patient' | 'prescriber' | 'clinic' | 'lines' | 'overridden'>;

export interface CareDay {
  readonly day: string;
  readonly events: readonly Placed[];
  /** By id; those that events name. */
  readonly prescriptions: ReadonlyMap<string, PrescriptionGist>;
  /** By id; those that were undone on the day. */
  readonly dispenses: ReadonlyMap<string, Pick<Dispense, 'lines'>>;
  /** Which months are closed, and since when. */
  readonly freezes?: readonly Freeze[];
}

const Handed = z.object({
  id: z.string(),
  lines: z
    .array(
      z.object({
        line: z.int(),
        medicine: MedicineCode,
        quantity: z.int(),
        reason: z.string().optional(),
        substitution: z.object({ from: z.string(), to: z.string() }).optional(),
      }),
    )
    .default([]),
  notDispensed: z.array(z.object({ line: z.int(), reason: z.string() })).default([]),
});
const Issued = z.object({
  lines: z.array(z.object({ medicine: MedicineCode, quantity: z.int() })),
  warnings: z.int().optional(),
});
const Look = z.object({ by: z.string().optional(), found: z.int().optional(), patient: z.string().optional() });
const Undone = z.object({ dispense: z.string() });

/** The prescription that an event is about, where it is about one; a page's events lie apart. */
export const prescriptionOf = ({ event, subject }: Placed): string | undefined => {
  if (event.type === 'prescription-dispensed' || event.type === 'line-not-dispensed')
    return String(event.changes.id).split('.')[0];
  if (typeof event.changes.prescription === 'string') return event.changes.prescription;
  return subject.startsWith('PRESCRIPTION#') ? subject.slice('PRESCRIPTION#'.length) : undefined;
};

const keyOf = (l: CareLine): string =>
  [l.day, l.what, l.person, l.prescriber, l.clinic, l.pharmacy, l.medicine, l.outcome, l.reason, l.late].join('|');

/** Lines that differ in figures alone made one, in an order that does not depend on theirs. */
export const sumCare = (lines: Iterable<CareLine>): CareLine[] => {
  const sums = new Map<string, CareLine>();
  for (const line of lines) {
    const key = keyOf(line);
    const { n, units, handed, ...rest } = line;
    const was = sums.get(key);
    sums.set(key, {
      ...rest,
      n: n + (was?.n ?? 0),
      units: units + (was?.units ?? 0),
      ...(handed !== undefined && { handed: handed + (was?.handed ?? 0) }),
    });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
};

/** Which medicine a passed warning is about, and of which kind it is; its id says both. */
const warningOf = (id: string, own: readonly { medicine: string }[]) => {
  const [kind = 'other'] = id.split(':');
  const named = (id.split(':').at(-1) ?? '').split('+');
  return { reason: kind, medicine: named.find((code) => own.some((l) => l.medicine === code)) };
};

type Count = Omit<CareLine, 'day' | 'person'>;

/**
 * True of a paper of an outage that was written in a month and entered after that month was closed. Nothing else of care is
 * dated back.
 */
export const isLatePaper = ({ type, at, changes }: Event, freezes: readonly Freeze[]): boolean => {
  const written = type === 'prescription-entered' ? Day.safeParse(changes.writtenOn) : undefined;
  if (!written?.success) return false;
  return countsIn(freezes, { at: instant(dayStart(written.data)), recordedAt: at }).late;
};

const ofIssue = (event: Event, p: PrescriptionGist | undefined, freezes: readonly Freeze[]): Count[] => {
  const { lines, warnings = 0 } = Issued.parse(event.changes);
  const late = isLatePaper(event, freezes) && { late: true as const };
  const prescriber = { ...(p && { prescriber: p.prescriber, clinic: p.clinic }), ...late };
  const open = p?.overridden ?? [];
  return [
    {
      what: 'prescribed',
      ...prescriber,
      n: 1,
      units: 0,
      ...(warnings > 0 && { reason: 'warned' }),
    },
    ...lines.map((l): Count => ({ what: 'issued', ...prescriber, medicine: l.medicine, n: 1, units: l.quantity })),
    ...open.map((id): Count => {
      const { reason, medicine } = warningOf(id, lines);
      return {
        what: 'overridden',
        ...prescriber,
        reason,
        ...(medicine !== undefined && { medicine }),
        n: 1,
        units: 0,
      };
    }),
    // the other warnings would tell what the patient is allergic to, or expects
    ...(warnings > open.length
      ? [{ what: 'overridden' as const, ...prescriber, reason: 'sealed', n: warnings - open.length, units: 0 }]
      : []),
  ];
};

const ofDispense = (event: Event, p: PrescriptionGist | undefined): Count[] => {
  const { lines, notDispensed } = Handed.parse(event.changes);
  const from = p && { prescriber: p.prescriber, clinic: p.clinic };
  const asked = (line: number) => p?.lines.find((l) => l.line === line);
  return [
    ...lines.flatMap((l): Count[] => {
      const base = { ...from, medicine: l.medicine, n: 1, units: l.quantity };
      return [
        { what: l.quantity >= (asked(l.line)?.quantity ?? 0) ? 'dispensed' : 'part', ...base },
        ...(l.substitution
          ? [{ what: 'substituted' as const, ...base, reason: `${l.substitution.from} → ${l.substitution.to}` }]
          : []),
        ...(l.reason === undefined ? [] : [{ what: 'lot-chosen' as const, ...base }]),
      ];
    }),
    ...notDispensed.map(({ line, reason }): Count => {
      const medicine = asked(line)?.medicine;
      return { what: 'not-dispensed', ...from, ...(medicine !== undefined && { medicine }), reason, n: 1, units: 0 };
    }),
  ];
};

interface Work {
  readonly at: string;
  readonly prescription: string | undefined;
  readonly patient: string | undefined;
}

const workOf = (day: CareDay): Work[] =>
  day.events
    .filter(({ event }) => workTypes.includes(event.type))
    .map((placed) => {
      const prescription = prescriptionOf(placed);
      return { at: placed.event.at, prescription, patient: day.prescriptions.get(prescription ?? '')?.patient };
    });

const workTypes = ['prescription-issued', 'prescription-entered', 'prescription-dispensed', 'line-not-dispensed'];

/** Looks of a day with what each came to; for whoever reads them one by one. */
export const looksOfDay = (day: CareDay): { placed: Placed; what: CareLine['what'] }[] => {
  const work = workOf(day);
  return day.events.filter(isLook).map((placed) => ({ placed, what: ofLook(placed, work).what }));
};

const isLook = ({ event }: Placed): boolean =>
  event.type === 'prescription-looked-up' || event.type === 'patient-looked-up';

const ofLook = (placed: Placed, work: readonly Work[]): Count => {
  const { by, found, patient } = Look.parse(placed.event.changes);
  const how = by === undefined ? {} : { reason: by };
  // of several who have a name none is shown
  if (found !== undefined && found !== 1) return { what: 'look-missed', ...how, n: 1, units: 0 };
  const prescription = placed.event.type === 'prescription-looked-up' ? prescriptionOf(placed) : undefined;
  const isServed = work.some(
    (w) =>
      w.at >= placed.event.at &&
      ((prescription !== undefined && w.prescription === prescription) ||
        (patient !== undefined && w.patient === patient)),
  );
  return { what: isServed ? 'look-served' : 'look-idle', ...how, n: 1, units: 0 };
};

const ofUndo = (event: Event, p: PrescriptionGist | undefined, dispenses: CareDay['dispenses']): Count[] => {
  const lines = dispenses.get(Undone.parse(event.changes).dispense)?.lines ?? [];
  const from = p && { prescriber: p.prescriber, clinic: p.clinic };
  return lines.map((l) => ({ what: 'undone', ...from, medicine: l.medicine, n: 1, units: l.quantity }));
};

const plain: Partial<Record<Event['type'], CareLine['what']>> = {
  'prescription-claimed': 'claimed',
  'prescription-released': 'released',
  'prescription-cancelled': 'cancelled',
  'cancel-requested': 'cancel-asked',
  'patient-history-read': 'history-read',
  'page-opened': 'page-opened',
  'page-locked': 'page-locked',
};

const countsOf = (placed: Placed, day: CareDay, work: readonly Work[]): Count[] => {
  const { event } = placed;
  const id = prescriptionOf(placed);
  const p = id === undefined ? undefined : day.prescriptions.get(id);
  switch (event.type) {
    case 'prescription-issued':
    case 'prescription-entered':
      return ofIssue(event, p, day.freezes ?? []);
    case 'prescription-dispensed':
    case 'line-not-dispensed':
      return ofDispense(event, p);
    case 'dispense-undone':
      return ofUndo(event, p, day.dispenses);
    case 'prescription-looked-up':
    case 'patient-looked-up':
      return [ofLook(placed, work)];
    default: {
      const what = plain[event.type];
      return what === undefined
        ? []
        : [{ what, ...(p && { prescriber: p.prescriber, clinic: p.clinic }), n: 1, units: 0 }];
    }
  }
};

/**
 * What events of one site on one day come to. A look counts as served where the same site, later that day, handed over
 * or said why not, or issued, for the same prescription or patient.
 */
export const careOfDay = (day: CareDay): CareLine[] => {
  const work = workOf(day);
  return sumCare(
    day.events.flatMap((placed) =>
      countsOf(placed, day, work).map((count) => ({ day: day.day, person: placed.event.actor.person, ...count })),
    ),
  );
};

/** How far a prescription came that nobody handed over: a pharmacy that had it before it, if any. */
export interface Presented {
  readonly how: 'never-presented' | 'presented' | 'claimed';
  readonly site?: string;
}

/** What became of one line at `now`; of a repeat, all its issues together. */
const became = (p: Prescription, l: PrescriptionLine, i: number, now: number, presented: Presented) => {
  const issues = [...(p.repeat?.past.map((past) => past[i] ?? 0) ?? []), l.dispensed];
  const handed = issues.reduce((sum, d) => sum + d, 0);
  const status = statusAt(p, now);
  const wanted = p.repeat?.issues ?? 1;
  const isLast = issues.length === wanted;
  const said = l.notDispensed;
  const pharmacy = said?.site ?? p.served.at(-1)?.site ?? presented.site;
  const of = (outcome: Outcome, reason?: string) => ({
    outcome,
    handed,
    ...(reason !== undefined && { reason }),
    ...(pharmacy !== undefined && { pharmacy }),
  });
  if (isLast && issues.every((d) => d >= l.quantity)) return of('dispensed');
  const silence = p.dispenses > 0 ? 'presented' : presented.how;
  if (isOpen(status) && !(isLast && said?.closed))
    return handed > 0 ? of('begun', said?.reason) : of('open', said?.reason ?? silence);
  if (handed > 0) return of('part', said?.reason ?? (status === 'cancelled' ? 'cancelled' : 'lapsed'));
  if (said?.closed) return of('not-dispensed', said.reason);
  if (status === 'cancelled') return of('cancelled', said?.reason);
  return of('expired', said?.reason ?? silence);
};

/**
 * How the lines of prescriptions that were issued on `day` stand at `now` (milliseconds): every line is in exactly one
 * outcome. A reason is what a pharmacy said last; where none said anything, how far the prescription came. `late` are ids
 * of those that were entered late.
 */
export const careOfCohort = (
  day: string,
  prescriptions: readonly Prescription[],
  presented: ReadonlyMap<string, Presented>,
  now: number,
  late: ReadonlySet<string> = new Set(),
): CareLine[] =>
  sumCare(
    prescriptions.flatMap((stored) => {
      const p = asOf(stored, now);
      const seen = presented.get(p.id) ?? { how: 'never-presented' as const };
      return p.lines.map((l, i): CareLine => {
        const { handed, ...rest } = became(p, l, i, now, seen);
        return {
          day,
          what: 'became',
          person: p.prescriber,
          clinic: p.clinic,
          medicine: l.medicine,
          ...rest,
          n: 1,
          units: l.quantity * (p.repeat?.issues ?? 1),
          handed,
          ...(late.has(p.id) && { late: true as const }),
        };
      });
    }),
  );

/** True of a prescription of which nobody said anything yet: how far it came is in its events alone. */
export const isSilent = (p: Prescription): boolean => p.dispenses === 0 && p.status !== 'completed';

/** How far a prescription came, by its own events: the last pharmacy that took or opened it. */
export const presentedBy = (events: readonly Event[]): Presented => {
  const atCounter = events.filter(
    ({ type, actor }) =>
      actor.role === 'pharmacist' && (type === 'prescription-looked-up' || type === 'prescription-claimed'),
  );
  const last = atCounter.at(-1);
  if (!last) return { how: 'never-presented' };
  const isClaimed = atCounter.some(({ type }) => type === 'prescription-claimed');
  return { how: isClaimed ? 'claimed' : 'presented', site: last.actor.site };
};
