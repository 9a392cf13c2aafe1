/** Patients: who a prescription is for. Every value here is personal; it is stored encrypted and never logged. */
import * as z from 'zod';
import { Day } from './time.ts';

export const Sex = z.enum(['male', 'female']).meta({ id: 'Sex' });

export const Pinfl = z
  .string()
  .regex(/^\d{14}$/)
  .meta({ id: 'Pinfl', description: 'The 14-digit personal number; birth date, sex and check digit must agree' });
export const Passport = z
  .string()
  .regex(/^[A-Z0-9]{5,20}$/)
  .meta({ id: 'Passport', description: 'Series and number without spaces', examples: ['AA1234567'] });

const about = {
  fullName: z.string().trim().min(2).max(120),
  birthDate: Day,
  sex: Sex,
  weightKg: z.number().positive().max(500).exactOptional(),
};

/** A patient as a prescription names one: by PINFL, or, for a foreigner, by passport. */
export const PatientIdentity = z
  .union([z.object({ pinfl: Pinfl, ...about }), z.object({ passport: Passport, ...about })])
  .meta({ id: 'PatientIdentity' });
export type PatientIdentity = z.infer<typeof PatientIdentity>;

export const Patient = z
  .object({ pinfl: Pinfl.exactOptional(), passport: Passport.exactOptional(), ...about })
  .meta({ id: 'Patient' });
export type Patient = z.infer<typeof Patient>;

/** Search is exact: nothing that resembles another person is ever shown. */
export const PatientQuery = z
  .union([
    z.object({ pinfl: Pinfl }),
    z.object({ passport: Passport }),
    z.object({ fullName: z.string().trim().min(2).max(120), birthDate: Day }),
  ])
  .meta({ id: 'PatientQuery' });
export type PatientQuery = z.infer<typeof PatientQuery>;
