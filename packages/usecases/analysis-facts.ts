/** What the daily analysis is told: the events of a day at every site, boiled down to what rules read. Names nobody. */
import type { Analysis } from '@darmon/domain/analysis';
import type { Fact, FactLine } from '@darmon/domain/analysis-facts';
import type { Placed } from '@darmon/domain/care-facts';
import type { EventType } from '@darmon/domain/event';
import { isControlled, type Medicine } from '@darmon/domain/medicine';
import type { Prescription } from '@darmon/domain/prescription';
import { Instant } from '@darmon/domain/time';
import * as z from 'zod';
import type { Deps } from './deps.ts';

type Reads = Pick<Deps, 'table'>;

const kindOf: Partial<Record<EventType, Fact['kind']>> = {
  'prescription-issued': 'prescribed',
  'prescription-entered': 'prescribed',
  'prescription-dispensed': 'dispensed',
  'line-not-dispensed': 'not-dispensed',
  'dispense-undone': 'undone',
  'prescription-looked-up': 'looked-up',
  'patient-looked-up': 'looked-up',
  'password-given': 'password-given',
  'sign-in-refused': 'sign-in-refused',
  'device-clock-read': 'clock-read',
};

/** What stands in the events, as far as rules want it; what another version wrote otherwise is left out. */
const Told = z.looseObject({
  id: z.string().optional().catch(undefined),
  dispense: z.string().optional().catch(undefined),
  prescription: z.string().optional().catch(undefined),
  patient: z.string().optional().catch(undefined),
  person: z.string().optional().catch(undefined),
  by: z.string().optional().catch(undefined),
  warnings: z.number().optional().catch(undefined),
  driftSeconds: z.number().optional().catch(undefined),
  device: z.string().optional().catch(undefined),
  times: z.int().positive().optional().catch(undefined),
  last: Instant.optional().catch(undefined),
  lines: z
    .array(z.looseObject({ line: z.number(), quantity: z.number() }))
    .optional()
    .catch(undefined),
});

const prescriptionPrefix = 'PRESCRIPTION#';
const prescriptionOf = ({ event, subject }: Placed): string | undefined =>
  subject.startsWith(prescriptionPrefix)
    ? subject.slice(prescriptionPrefix.length)
    : Told.parse(event.changes).prescription;

const linesOf = (
  p: Prescription,
  told: z.infer<typeof Told>,
  medicines: ReadonlyMap<string, Medicine>,
  watched: readonly string[],
): FactLine[] =>
  (told.lines ?? []).flatMap(({ line: number, quantity }) => {
    const line = p.lines.find((one) => one.line === number);
    if (!line) return [];
    const substance = medicines.get(line.medicine)?.atc ?? line.medicine;
    const isWatched = isControlled(line.class) || watched.some((beginning) => substance.startsWith(beginning));
    return [{ substance, watched: isWatched, quantity, days: line.dosage.days }];
  });

/** Whose account was tried, and when: what is written of it is written when nobody came in any more. */
const refusedOf = (bare: Fact, person: string, { times = 1, last }: z.infer<typeof Told>): Fact =>
  last === undefined ? { ...bare, person, times } : { ...bare, person, times, at: Date.parse(last), recorded: bare.at };

/**
 * Facts of these events. A look that a recall asks for is none, nor is one that found nobody; of a prescription that is
 * not there any more nothing is told.
 */
const factsOfEvents = async (deps: Reads, events: readonly Placed[], limits: Analysis): Promise<Fact[]> => {
  const wanted = events.filter(({ event }) => kindOf[event.type] !== undefined);
  const prescriptions = await deps.table.loadPrescriptions(
    wanted.flatMap((one) => {
      const id = prescriptionOf(one);
      return id === undefined ? [] : [id];
    }),
  );
  const codes = new Set([...prescriptions.values()].flatMap((p) => p.lines.map(({ medicine }) => medicine)));
  const medicines = new Map((await deps.table.loadMedicines([...codes])).map((one) => [one.code, one]));
  return wanted.flatMap((placed): Fact[] => {
    const { event } = placed;
    const kind = kindOf[event.type];
    const told = Told.parse(event.changes);
    const id = prescriptionOf(placed);
    const p = id === undefined ? undefined : prescriptions.get(id);
    const patient = p?.patient ?? told.patient;
    if (kind === undefined || told.by === 'recall') return [];
    if (kind === 'looked-up' && patient === undefined) return [];
    const bare = { id: event.id, at: Date.parse(event.at), kind, person: event.actor.person, site: event.actor.site };
    if (kind === 'password-given') return [{ ...bare, person: told.person ?? bare.person }];
    if (kind === 'sign-in-refused') return told.person === undefined ? [] : [refusedOf(bare, told.person, told)];
    if (kind === 'clock-read')
      return [
        { ...bare, driftSeconds: told.driftSeconds ?? 0, ...(told.device !== undefined && { device: told.device }) },
      ];
    if (!p) return patient === undefined || kind !== 'looked-up' ? [] : [{ ...bare, patient }];
    const lines = linesOf(p, told, medicines, limits.watchedAtc);
    const of = { ...bare, prescription: p.id, patient: p.patient };
    if (kind === 'prescribed')
      return [{ ...of, person: p.prescriber, site: p.clinic || bare.site, lines, warnings: told.warnings ?? 0 }];
    if (kind === 'looked-up') return [of];
    const dispense = kind === 'undone' ? told.dispense : told.id;
    return [{ ...of, lines, prescriber: p.prescriber, clinic: p.clinic, ...(dispense !== undefined && { dispense }) }];
  });
};

/** Every site, in the order of their ids. */
const sitesOf = async (deps: Reads): Promise<string[]> => {
  const sites: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listSites({ cursor, limit: 100 });
    sites.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== undefined);
  return sites;
};

/** What happened everywhere on a Tashkent day, as rules are told it. */
export const factsOfDay = async (deps: Reads, day: string, limits: Analysis): Promise<Fact[]> => {
  const facts: Fact[] = [];
  for (const site of await sitesOf(deps)) {
    let cursor: string | undefined;
    do {
      const page = await deps.table.listPlacedEvents(site, day, { cursor, limit: 500 });
      facts.push(...(await factsOfEvents(deps, page.items, limits)));
      cursor = page.next;
    } while (cursor !== undefined);
  }
  return facts;
};
