/** A paper prescription while it is typed in: what is still missing, and the request. Pure; it lives in memory only. */
import { PersonId } from '@darmon/domain/actor';
import { isControlled, type Medicine } from '@darmon/domain/medicine';
import { Passport, type PatientIdentity } from '@darmon/domain/patient';
import { parsePinfl } from '@darmon/domain/pinfl';
import type { routes } from '@darmon/function-dispensing/routes';
import type { BodyOf } from '@darmon/http/route';
import { type DraftLine, dosageOf, missingIn, needsQuantity } from '../prescribe/draft.ts';
import type { Shrunk } from './shrink.ts';

export type PaperRequest = BodyOf<typeof routes.enterPaper>;

export interface PaperDraft {
  readonly by: 'pinfl' | 'passport';
  readonly document: string;
  readonly fullName: string;
  readonly birthDate: string;
  readonly sex?: 'male' | 'female' | undefined;
  readonly icd10?: string | undefined;
  readonly prescriber: string;
  readonly writtenOn: string;
  readonly lines: readonly DraftLine[];
  readonly picture?: Shrunk | undefined;
}

export const emptyPaper: PaperDraft = {
  by: 'pinfl',
  document: '',
  fullName: '',
  birthDate: '',
  prescriber: '',
  writtenOn: '',
  lines: [],
};

/** The patient as the papers name one; undefined while something is missing or wrong. `today` is `YYYY-MM-DD`. */
const patientOf = (draft: PaperDraft, today: string): PatientIdentity | undefined => {
  const { by, document, birthDate, sex } = draft;
  const fullName = draft.fullName.trim();
  if (fullName.length < 2 || birthDate === '' || !sex) return undefined;
  const about = { fullName, birthDate, sex };
  if (by === 'pinfl') return parsePinfl(document, today).kind === 'pinfl' ? { pinfl: document, ...about } : undefined;
  return Passport.safeParse(document).success ? { passport: document, ...about } : undefined;
};

export type PaperPart = 'patient' | 'diagnosis' | 'prescriber' | 'written-on' | 'lines' | 'picture';

/** What still keeps the paper from being entered, from the top of the page to its end. */
export const missingParts = (draft: PaperDraft, today: string): readonly PaperPart[] => [
  ...(draft.picture ? [] : (['picture'] as const)),
  ...(draft.writtenOn === '' ? (['written-on'] as const) : []),
  ...(PersonId.safeParse(draft.prescriber).success ? [] : (['prescriber'] as const)),
  ...(patientOf(draft, today) ? [] : (['patient'] as const)),
  ...(draft.icd10 ? [] : (['diagnosis'] as const)),
  ...(draft.lines.length > 0 && draft.lines.every((line) => missingIn(line).length === 0) ? [] : (['lines'] as const)),
];

/** Why a medicine cannot be on a paper. */
export const paperBarOf = (medicine: Medicine, draft: PaperDraft): 'already-there' | 'controlled' | undefined => {
  if (draft.lines.some((line) => line.medicine.code === medicine.code)) return 'already-there';
  return isControlled(medicine.class) ? 'controlled' : undefined;
};

/** The request, or undefined while `missingParts` names anything. */
export const paperRequestOf = (draft: PaperDraft, today: string): PaperRequest | undefined => {
  const { icd10, prescriber, writtenOn, picture } = draft;
  const patient = patientOf(draft, today);
  if (!patient || !icd10 || !picture || missingParts(draft, today).length > 0) return undefined;
  const lines = draft.lines.flatMap((line) => {
    const dosage = dosageOf(line);
    if (!dosage) return [];
    const quantity = needsQuantity(line) ? line.quantity : undefined;
    const { substitutionAllowed } = line;
    return [{ medicine: line.medicine.code, dosage, substitutionAllowed, ...(quantity !== undefined && { quantity }) }];
  });
  return { patient, diagnosis: { icd10 }, prescriber, writtenOn, lines, picture };
};
