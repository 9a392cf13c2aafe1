/** The auditor's verbs. They read, and change nothing. */
import type { Actor } from '@darmon/domain/actor';
import { parseNumber } from '@darmon/domain/number';
import { Refusal } from '@darmon/domain/refusal';
import type { PageRequest } from '@darmon/table/page';
import type { Deps } from './deps.ts';

/**
 * Everything that happened to a prescription, oldest first.
 * @throws Refusal `not-found`, also for a doctor of another clinic
 */
export const readTrail = async (deps: Pick<Deps, 'table'>, actor: Actor, id: string, request: PageRequest) => {
  const p = await deps.table.loadPrescription(id);
  if (!p || (actor.reach === 'own' && p.clinic !== actor.site)) throw new Refusal('not-found');
  return deps.table.listTrail(id, request);
};

/** @throws Refusal `number-invalid`, `not-found` */
export const findPrescription = async (deps: Pick<Deps, 'table'>, text: string): Promise<{ id: string }> => {
  const reading = parseNumber(text);
  if (reading.kind === 'refused') throw new Refusal('number-invalid');
  const id = await deps.table.prescriptionOfNumber(reading.number);
  if (id === undefined) throw new Refusal('not-found');
  return { id };
};

/** Everything that happened at a site on a Tashkent day, oldest first. */
export const readSiteTrail = (deps: Pick<Deps, 'table'>, input: { site: string; day: string }, request: PageRequest) =>
  deps.table.listSiteTrail(input.site, input.day, request);
