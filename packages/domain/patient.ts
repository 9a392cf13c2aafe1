/** Patients: who a prescription is for. Every value here is personal; it is stored encrypted and never logged. */
import * as z from 'zod';
import { latinOf } from './cyrillic.ts';
import { Day } from './time.ts';

const Sex = z.enum(['male', 'female']).meta({ id: 'Sex' });

export const Pinfl = z
  .string()
  .regex(/^\d{14}$/)
  .meta({ id: 'Pinfl', description: 'The 14-digit personal number; birth date, sex and check digit must agree' });
export const Passport = z
  .string()
  .regex(/^(?!\d{14}$)[A-Z0-9]{5,20}$/)
  .meta({ id: 'Passport', description: 'Series and number without spaces', examples: ['AA1234567'] });

const about = {
  fullName: z
    .string()
    .trim()
    .min(2)
    .max(120)
    .regex(/[\p{Lu}\p{Ll}]/u),
  birthDate: Day.refine((day) => day >= '1850-01-01', 'not before 1850'),
  sex: Sex,
  weightKg: z.number().positive().max(500).exactOptional(),
};

/**
 * A patient as a prescription names one: by PINFL, or, for a foreigner, by passport. The name is in Latin or Cyrillic
 * letters, as every passport has it; the code on paper carries its initials.
 */
export const PatientIdentity = z
  .union([z.strictObject({ pinfl: Pinfl, ...about }), z.strictObject({ passport: Passport, ...about })])
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

/**
 * A name for exact search, the same however it is typed: either script, any case, any apostrophe, any spacing. The
 * letter y falls away, because Cyrillic е, ё, ю, я have it inside and Latin spellings differ on when to write it.
 * Two people may share one; the birth date is matched beside it.
 */
export const foldName = (name: string): string =>
  Array.from(name.normalize('NFKD').toLowerCase().normalize('NFC'))
    .map((letter) => latinOf[letter] ?? letter)
    .join('')
    .normalize('NFKD')
    .replace(/[^a-z ]|y/g, '')
    .replace(/ +/g, ' ')
    .trim();
