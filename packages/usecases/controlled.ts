/** Handing over a controlled medicine: who may, who witnesses it, whose document was read. */
import type { Actor } from '@darmon/domain/actor';
import { type Approvable, type Approval, requireWitness } from '@darmon/domain/approval';
import type { ControlledProof, IdentityChecked } from '@darmon/domain/dispense';
import { parsePinfl } from '@darmon/domain/pinfl';
import type { Prescription } from '@darmon/domain/prescription';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { eventOf } from './deps.ts';
import { commitLook, isErased, type PatientDeps } from './patients.ts';
import { seal } from './vault.ts';

export interface ControlledInput {
  readonly approval?: string;
  readonly identity?: IdentityChecked;
}

/** A line of the request that hands over a controlled medicine. */
export interface ControlledLine {
  readonly medicine: string;
  readonly pointer: string;
}

/**
 * The right of who hands over, and the yes of a colleague beside.
 * @throws Refusal `right-missing`, `approval-missing`, `approval-invalid`, `approver-is-author`
 */
export const requireControlled = (
  actor: Actor,
  lines: readonly ControlledLine[],
  given: {
    rights: readonly string[];
    input: ControlledInput;
    approval: Approval | undefined;
    approvable: Approvable;
  },
  now: number,
): Approval => {
  const [first] = lines;
  if (first && !given.rights.includes('controlled'))
    throw refuseAt('right-missing', first.pointer, { medicine: first.medicine });
  return requireWitness({ wanted: given.input.approval, found: given.approval }, actor, given.approvable, now);
};

/** What is recorded of the document: its kind; the number only where it is not the patient's own, and sealed. */
export interface Checked {
  readonly proof: ControlledProof;
  readonly sealed?: Record<string, string>;
}

/**
 * The document of who collects: the patient's own leads to the patient of the prescription, another's is kept under the
 * patient's key.
 * @throws Refusal `identity-missing`, `identity-mismatch`, `pinfl-invalid`, `too-many-requests`
 */
export const checkIdentity = async (
  deps: PatientDeps,
  actor: Actor,
  p: Prescription,
  dispense: string,
  { identity, witness }: { identity: IdentityChecked | undefined; witness: string },
): Promise<Checked> => {
  if (!identity) throw refuseAt('identity-missing', '/identity');
  const { collector = 'patient' } = identity;
  const [document, value] =
    'pinfl' in identity ? ['pinfl' as const, identity.pinfl] : ['passport' as const, identity.passport];
  if (document === 'pinfl' && parsePinfl(value).kind === 'refused') throw refuseAt('pinfl-invalid', '/identity/pinfl');
  const proof = { witness, document, collector };
  if (collector === 'patient') {
    const found = await deps.table.patientOfDocument(await deps.vault.mac(document, value));
    if (found?.id === p.patient) return { proof };
    // numbers are not to be tried out here either: a miss is recorded, and counts like any look that found nobody
    const trace = { prescription: p.id, by: document, found: 0 };
    await commitLook(deps, actor, undefined, eventOf(deps, actor, 'patient-looked-up', deps.now(), trace));
    throw refuseAt('identity-mismatch', '/identity');
  }
  const patient = (await deps.table.loadPatients([p.patient])).get(p.patient);
  if (!patient || isErased(patient)) throw new Refusal('not-found');
  const key = await deps.vault.openKey(patient.id, patient.wrappedKey);
  return { proof, sealed: seal(key, dispense, { [document]: value }, deps.random) };
};
