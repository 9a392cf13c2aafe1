/**
 * What is kept of a patient: who it is, by up to two documents, and what every prescriber must know. It changes by
 * versions, so that nobody writes over what a colleague learnt a moment ago.
 */
import * as z from 'zod';
import { AllergyGroup } from './knowledge.ts';
import { foldName, Passport, Patient, Pinfl } from './patient.ts';
import { parsePinfl } from './pinfl.ts';
import { Refusal, refuseAt } from './refusal.ts';
import { Day } from './time.ts';

const note = z.string().trim().min(1).max(120).exactOptional();

/** What somebody is allergic to: a substance by INN, a class by the beginning of its ATC code, or a cross-reactive group. */
export const Allergy = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('inn'),
      code: z
        .string()
        .max(100)
        .regex(/^[a-z][a-z0-9 +'’(),./-]+$/),
      note,
    }),
    z.strictObject({ kind: z.literal('atc'), code: z.string().regex(/^[A-Z]\d{2}([A-Z]([A-Z](\d{2})?)?)?$/), note }),
    z.strictObject({
      kind: z.literal('group'),
      code: AllergyGroup,
      note,
    }),
  ])
  .meta({ id: 'Allergy', examples: [{ kind: 'inn', code: 'amoxicillin' }] });
export type Allergy = z.infer<typeof Allergy>;

/** Holds through the day named, so that nobody has to remember to take it away. */
export const Pregnancy = z
  .strictObject({ state: z.enum(['pregnant', 'lactating']), until: Day })
  .meta({ id: 'Pregnancy', description: 'Through the day named' });
export type Pregnancy = z.infer<typeof Pregnancy>;

const allergies = z
  .array(Allergy)
  .max(40)
  .refine((list) => new Set(list.map(allergyKey)).size === list.length, 'no repeats');

export const PatientRecord = Patient.extend({
  id: z.string().meta({ description: 'ULID; means nothing outside Darmon' }),
  version: z.int().positive(),
  /** The Tashkent day on which the weight was taken. */
  weightOn: Day.exactOptional(),
  allergies,
  pregnancy: Pregnancy.exactOptional(),
}).meta({ id: 'PatientRecord' });
export type PatientRecord = z.infer<typeof PatientRecord>;

/**
 * What is known now: allergies and pregnancy as a whole, absent means none; a weight that is absent stays. Documents can
 * be added and a passport renewed; a name changes with a marriage.
 */
export const PatientChange = z
  .strictObject({
    version: z.int().positive(),
    allergies,
    pregnancy: Pregnancy.exactOptional(),
    weightKg: z.number().positive().max(500).exactOptional(),
    fullName: Patient.shape.fullName.exactOptional(),
    pinfl: Pinfl.exactOptional(),
    passport: Passport.exactOptional(),
  })
  .meta({ id: 'PatientChange' });
export type PatientChange = z.infer<typeof PatientChange>;

/** Two allergies with the same key are one. */
export function allergyKey({ kind, code }: Pick<Allergy, 'kind' | 'code'>): string {
  return `${kind}:${code}`;
}

/** The pregnancy that holds on a day. */
export const pregnancyOn = (patient: Pick<PatientRecord, 'pregnancy'>, day: string): Pregnancy | undefined =>
  patient.pregnancy && day <= patient.pregnancy.until ? patient.pregnancy : undefined;

const wordsOf = (name: string): string[] => {
  const folded = foldName(name);
  const whole = folded === '' ? name.normalize('NFKC').toLowerCase().trim() : folded;
  return whole.split(/\s+/);
};

/**
 * True where two spellings can be one person's name: the same words in any script and order, or at least two of them
 * with nothing that contradicts, since one document has the father's name and another does not.
 */
export const sameName = (one: string, other: string): boolean => {
  const [shorter = [], longer = []] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length);
  if (shorter.length < longer.length && shorter.length < 2) return false;
  const left = [...longer];
  return shorter.every((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
};

/** Fields that a change can touch, as an event names them; never what stands in them. */
export type PatientField = 'allergies' | 'pregnancy' | 'weightKg' | 'fullName' | 'pinfl' | 'passport';

const requirePinflOf = (patient: PatientRecord, pinfl: string, today: string): void => {
  const reading = parsePinfl(pinfl, today);
  if (reading.kind === 'refused') throw refuseAt('pinfl-invalid', '/pinfl');
  const another = patient.pinfl !== undefined && patient.pinfl !== pinfl;
  if (another || reading.birthDate !== patient.birthDate || reading.sex !== patient.sex)
    throw refuseAt('patient-mismatch', '/pinfl');
};

/**
 * The record after a change on the version that was read, and which fields are other than before. A weight that is given
 * counts as taken on `today`. A PINFL is for life: one that is known never gives way to another.
 * @throws Refusal `version-changed`, `pinfl-invalid`, `patient-mismatch`
 */
export const changePatient = (
  patient: PatientRecord,
  wanted: PatientChange,
  today: string,
): { patient: PatientRecord; changed: PatientField[] } => {
  if (wanted.version !== patient.version) throw new Refusal('version-changed');
  if (wanted.pinfl !== undefined) requirePinflOf(patient, wanted.pinfl, today);
  if (wanted.pregnancy && patient.sex !== 'female') throw refuseAt('patient-mismatch', '/pregnancy');
  const { version, pregnancy: _was, ...kept } = patient;
  const { version: _read, ...more } = wanted;
  const next: PatientRecord = {
    ...kept,
    ...more,
    version: version + 1,
    ...(wanted.weightKg !== undefined && { weightOn: today }),
  };
  const fields = ['allergies', 'pregnancy', 'weightKg', 'fullName', 'pinfl', 'passport'] as const;
  const differs = (field: PatientField): boolean => JSON.stringify(next[field]) !== JSON.stringify(patient[field]);
  const weighed = next.weightOn !== patient.weightOn;
  return { patient: next, changed: fields.filter((f) => differs(f) || (f === 'weightKg' && weighed)) };
};
