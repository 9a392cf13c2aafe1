/**
 * Plays the demo country's past through the use cases, at the times at which it happened: whatever a rule refuses is not
 * done, as in life. Then the daily analysis looks at the last weeks as its nights would have, and an auditor begins on
 * what it found.
 */
import { createHash } from 'node:crypto';
import type { Actor, Role } from '@darmon/domain/actor';
import { approvedText } from '@darmon/domain/approval';
import type { PatientIdentity } from '@darmon/domain/patient';
import { Refusal } from '@darmon/domain/refusal';
import { dayMs } from '@darmon/domain/time';
import { analyseByClock } from '@darmon/usecases/analysis';
import { giveApproval } from '@darmon/usecases/approvals';
import { decideCase, listCases, noteCase, takeCase } from '@darmon/usecases/cases';
import type { Deps } from '@darmon/usecases/deps';
import { dispensePrescription } from '@darmon/usecases/dispense';
import { undoDispense } from '@darmon/usecases/dispenses';
import { lookUpPrescription } from '@darmon/usecases/dispensing';
import { cancelPrescription, issuePrescription, type PrescribingDeps } from '@darmon/usecases/prescribing';
import type { Country } from './country/country.ts';
import { formulary } from './country/formulary.ts';
import type { PastCare, PastLine, PastStep, PastVisit } from './country/past-care.ts';
import { otherLotOf, pastDeliveries } from './country/past-stock.ts';
import { actorOf, depsWith, type Open, onceOf, openingLines, receiveLots } from './seed-deps.ts';

export interface PastOptions {
  readonly open: Open;
  readonly keys: Pick<PrescribingDeps, 'vault' | 'signer'>;
  readonly country: Country;
  readonly past: PastCare;
  /** That the past was made from. */
  readonly seed: number;
  /** A Tashkent day. */
  readonly today: string;
}

/** A prescription that was really written. */
interface Written {
  readonly id: string;
  readonly number: string;
  /** The id of what was handed over last. */
  handedOver?: string;
}

/** One thing after another at the sites of one region, on a clock that all of them share. */
interface Lane {
  readonly deps: PrescribingDeps;
  readonly clock: { now: number };
  readonly acts: { readonly at: number; readonly run: () => Promise<void> }[];
}

const said = {
  passed: 'Foydasi xavfdan koʻproq, bemor kuzatuvda',
  otherLot: 'Bemor shu seriyani soʻradi',
  undone: 'Boshqa bemorga berilgan ekan',
  cancelled: 'Davolash rejasi oʻzgardi',
};

const hashOf = (body: Readonly<Record<string, unknown>>): string =>
  createHash('sha256').update(approvedText(body)).digest('base64url');

const byDocument = (patient: PatientIdentity) =>
  'pinfl' in patient ? { pinfl: patient.pinfl } : { passport: patient.passport };

/** Refusals are counted by their code, anything else is a fault. */
const unlessRefused = async (refused: Map<string, number>, act: () => Promise<void>): Promise<void> => {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refused.set(error.code, (refused.get(error.code) ?? 0) + 1);
  }
};

const unitOf = new Map(formulary.map(({ code, unit }) => [code, unit]));
const issueLine = ({ medicine, timesPerDay, days, brand }: PastLine) => {
  const unit = unitOf.get(medicine);
  if (!unit) throw new Error(`the formulary has no ${medicine}`);
  return {
    medicine,
    dosage: { amount: 1, unit, timesPerDay, days, route: 'oral' as const },
    ...(brand !== undefined && { brand }),
  };
};

/** Plays one visit's prescription and its steps. */
const playing = ({ country, seed, today }: PastOptions, refused: Map<string, number>) => {
  const people = new Map(country.people.map((person) => [person.id, person]));
  const actorAt = (id: string, role: Role, now: number, secondFactor = false): Actor => {
    const person = people.get(id);
    if (!person) throw new Error(`nobody has the id ${id}`);
    return { ...actorOf(person, role, now), secondFactor };
  };
  const approve = async (
    deps: Deps,
    by: Actor,
    subject: string,
    body: Readonly<Record<string, unknown>>,
    what: string,
  ) => {
    const bodyHash = hashOf(body);
    const { body: given } = await giveApproval(deps, by, { subject, bodyHash }, onceOf(by, what));
    return { approval: given.id, approvable: { subject, bodyHash } };
  };

  const write = async (deps: PrescribingDeps, visit: PastVisit): Promise<Written> => {
    const actor = actorAt(visit.doctor, 'doctor', deps.now(), visit.isControlled);
    const subject = '/api/prescriptions';
    const issue = async (overrides: readonly { alert: string; reason: string }[]): Promise<Written> => {
      const body = {
        patient: visit.patient as PatientIdentity,
        diagnosis: { icd10: visit.icd10 },
        lines: visit.lines.map(issueLine),
        ...(visit.repeat && { repeat: visit.repeat }),
        ...(overrides.length > 0 && { overrides }),
      };
      const what = `past ${visit.n} issue ${overrides.length}`;
      const { approval, approvable } = visit.isControlled
        ? await approve(deps, actor, subject, body, `${what} confirmed`)
        : { approval: undefined, approvable: { subject, bodyHash: hashOf(body) } };
      const { body: issued } = await issuePrescription(
        deps,
        actor,
        { ...body, ...(approval !== undefined && { approval }) },
        { once: onceOf(actor, what), approvable },
      );
      return { id: issued.id, number: issued.number };
    };
    try {
      return await issue([]);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'alert-unanswered' || !visit.passesWarnings) throw error;
      const alerts = String(error.facts.alerts).split(' ');
      return issue(alerts.map((alert) => ({ alert, reason: said.passed })));
    }
  };

  const handOver = async (
    deps: PrescribingDeps,
    visit: PastVisit,
    of: Written,
    step: Extract<PastStep, { kind: 'hand-over' }>,
    what: string,
  ): Promise<void> => {
    const actor = actorAt(step.person, 'pharmacist', deps.now());
    const subject = `/api/prescriptions/${of.id}/dispenses`;
    const give = async (isOtherTaken: boolean): Promise<void> => {
      const lines = step.lines.map((outcome) => {
        if ('notDispensed' in outcome) return outcome;
        const { otherLot, ...rest } = outcome;
        const code = visit.lines[outcome.line - 1]?.medicine ?? '';
        if (!otherLot || !isOtherTaken) return rest;
        const lots = [{ ...otherLotOf(seed, today, code), quantity: outcome.quantity }];
        return { ...rest, lots, reason: said.otherLot };
      });
      const body = { lines };
      const { approval, approvable } = visit.isControlled
        ? await approve(deps, actorAt(step.witness, 'pharmacist', deps.now()), subject, body, `${what} witnessed`)
        : { approval: undefined, approvable: { subject, bodyHash: hashOf(body) } };
      const { body: given } = await dispensePrescription(
        deps,
        actor,
        {
          id: of.id,
          lines,
          ...(approval !== undefined && { approval, identity: byDocument(visit.patient as PatientIdentity) }),
        },
        { once: onceOf(actor, `${what} ${isOtherTaken}`), approvable },
      );
      of.handedOver = given.id;
    };
    const hasOther = step.lines.some((outcome) => 'otherLot' in outcome);
    try {
      await give(hasOther);
    } catch (error) {
      // there is not enough of it: then the first to expire
      if (!hasOther || !(error instanceof Refusal)) throw error;
      await give(false);
    }
  };

  const look = async (
    deps: PrescribingDeps,
    by: { person: string },
    query: { number: string } | ReturnType<typeof byDocument>,
  ) => {
    // nothing is scanned, so nothing is verified
    const verifyContext = () => Promise.reject(new Error('the past scans no codes'));
    await lookUpPrescription({ ...deps, verifyContext }, actorAt(by.person, 'pharmacist', deps.now()), query);
  };

  const take = async (deps: PrescribingDeps, visit: PastVisit, of: Written, step: PastStep, what: string) => {
    switch (step.kind) {
      case 'look':
        await look(
          deps,
          step,
          step.by === 'number' ? { number: of.number } : byDocument(visit.patient as PatientIdentity),
        );
        return;
      case 'hand-over':
        return handOver(deps, visit, of, step, what);
      case 'undo': {
        const actor = actorAt(step.person, 'pharmacist', deps.now());
        if (of.handedOver !== undefined)
          await undoDispense(deps, actor, { id: of.handedOver, reason: said.undone }, onceOf(actor, what));
        return;
      }
      case 'cancel': {
        const actor = actorAt(step.person, 'doctor', deps.now());
        await cancelPrescription(deps, actor, { id: of.id, reason: said.cancelled }, onceOf(actor, what));
      }
    }
  };

  return { write, take, look, refused };
};

/** Puts everything that happened into lanes, each in the order of its time. */
const lanesOf = (options: PastOptions, refused: Map<string, number>): Lane[] => {
  const { open, keys, country, past, seed, today } = options;
  const regionOf = new Map(country.sites.map(({ id, region }) => [id, region]));
  const lanes = new Map<string, Lane>();
  const laneOf = (site: string): Lane => {
    const region = regionOf.get(site) ?? '';
    const known = lanes.get(region);
    if (known) return known;
    const clock = { now: past.foundedAt };
    const lane = { clock, deps: { ...depsWith(open, () => clock.now), ...keys }, acts: [] };
    lanes.set(region, lane);
    return lane;
  };
  const { write, take, look } = playing(options, refused);
  for (const delivery of pastDeliveries(seed, today, past, openingLines)) {
    const { acts, deps } = laneOf(delivery.site);
    acts.push({ at: delivery.at, run: () => receiveLots(deps, country, delivery) });
  }
  for (const visit of past.visits) {
    const { acts, deps } = laneOf(visit.steps.find(({ kind }) => kind !== 'cancel')?.site ?? visit.clinic);
    let written: Written | undefined;
    const run = async () => {
      written = await write(deps, visit);
    };
    acts.push({ at: visit.at, run });
    for (const [n, step] of visit.steps.entries())
      acts.push({
        at: step.at,
        run: async () => {
          if (written) await take(deps, visit, written, step, `past ${visit.n} step ${n}`);
        },
      });
  }
  for (const { site, patient, ...by } of past.looks) {
    const { acts, deps } = laneOf(site);
    acts.push({ at: by.at, run: () => look(deps, by, byDocument(patient as PatientIdentity)) });
  }
  for (const { acts } of lanes.values()) acts.sort((a, b) => a.at - b.at);
  return [...lanes.values()];
};

/**
 * Plays the past into a table in which its sites and people stand. Answers how often which rule said no.
 * @throws whatever is not a refusal
 */
export async function playPast(options: PastOptions): Promise<ReadonlyMap<string, number>> {
  const refused = new Map<string, number>();
  await Promise.all(
    lanesOf(options, refused).map(async ({ clock, acts }) => {
      for (const { at, run } of acts) {
        clock.now = at;
        await unlessRefused(refused, run);
      }
    }),
  );
  return refused;
}

/** Weeks of which the nights are made up for; each run takes the seven days before it. */
const analysedWeeks = 2;

/** As the nights of the last weeks would have found it; and two cases that an auditor has begun on. */
export async function analysePast(open: Open, { people }: Country, now: number): Promise<void> {
  for (let ago = analysedWeeks - 1; ago >= 0; ago -= 1)
    await analyseByClock(depsWith(open, () => now - ago * 7 * dayMs));
  const auditor = people.find((one) => one.active && one.roles.includes('auditor'));
  if (!auditor) throw new Error('the demo country has no auditor');
  const deps = depsWith(open, () => now);
  const actor: Actor = { ...actorOf(auditor, 'auditor', now), reach: 'all' };
  const { items } = await listCases(deps, actor, { state: 'open' }, { limit: 10 });
  const [taken, decided] = [items.at(-1), items.at(-2)];
  for (const one of [taken, decided])
    if (one) await takeCase(deps, actor, { id: one.id }, onceOf(actor, `take ${one.id}`));
  if (taken)
    await noteCase(deps, actor, { id: taken.id, text: 'Klinikadan tushuntirish soʻraldi' }, onceOf(actor, 'past note'));
  if (decided)
    await decideCase(
      deps,
      actor,
      { id: decided.id, outcome: 'not-founded', reason: 'Navbatchilik jadvali bilan izohlanadi' },
      onceOf(actor, 'past decision'),
    );
}
