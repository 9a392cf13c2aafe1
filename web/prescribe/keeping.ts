/**
 * What a draft looks like where it is kept, and how a new one begins with an earlier prescription or a template. Pure;
 * a medicine that the formulary no longer has is left out, and the writer sees that it is.
 */
import { Dosage } from '@darmon/domain/dosage';
import type { WantedLine } from '@darmon/domain/issue';
import type { Medicine } from '@darmon/domain/medicine';
import { PatientIdentity } from '@darmon/domain/patient';
import { RepeatWanted } from '@darmon/domain/repeat';
import type { Template } from '@darmon/domain/template';
import type { routes } from '@darmon/function-prescribing/routes';
import type { AnswerOf } from '@darmon/http/route';
import * as z from 'zod';
import type { Reasons } from './check.ts';
import { type Draft, type DraftLine, newLine, type Rhythm, requestOf } from './draft.ts';

type ByCode = (code: string) => Medicine | undefined;

const layout = 1;
const StoredLine = z.looseObject({ medicine: z.string(), key: z.string() });
const Stored = z.object({
  layout: z.literal(layout),
  patient: PatientIdentity.optional().catch(undefined),
  icd10: z.string().optional(),
  lines: z.array(StoredLine),
  repeat: RepeatWanted.optional().catch(undefined),
  boardDecision: z.string().optional(),
  reasons: z.record(z.string(), z.string()).catch({}),
});

export interface Begun {
  readonly draft: Draft;
  readonly reasons: Reasons;
}

/** The draft as JSON. Medicines stand in it by their codes. */
export const storedOf = ({ draft, reasons }: Begun): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify({
      ...draft,
      layout,
      lines: draft.lines.map(({ medicine, ...line }) => ({ ...line, medicine: medicine.code })),
      reasons,
    }),
  );

/** The draft as it was kept; undefined where another version of the app kept it in another layout. */
export const begunOf = (stored: unknown, byCode: ByCode): Begun | undefined => {
  const parsed = Stored.safeParse(stored);
  if (!parsed.success) return undefined;
  const { patient, icd10, repeat, boardDecision, reasons, lines } = parsed.data;
  const known = lines.flatMap(({ medicine: code, key, ...rest }) => {
    const medicine = byCode(code);
    return medicine ? [{ ...newLine(medicine, key), ...rest, key, medicine } as DraftLine] : [];
  });
  return {
    reasons,
    draft: {
      lines: known,
      ...(patient && { patient }),
      ...(icd10 && { icd10 }),
      ...(repeat && { repeat }),
      ...(boardDecision && { boardDecision }),
    },
  };
};

/** A line of the form with the dosage that was signed, or is usually signed. */
const lineOf = (wanted: WantedLine, medicine: Medicine, key: string): DraftLine => {
  const { amount, unit, timesPerDay, everyHours, days, when = [], asNeeded = false, maxPerDay, route } = wanted.dosage;
  const rhythm: Rhythm = everyHours === undefined ? `${timesPerDay ?? 1}/day` : `${everyHours}h`;
  return {
    ...newLine(medicine, key),
    amount,
    unit,
    rhythm,
    days,
    when,
    asNeeded,
    route,
    ...(maxPerDay !== undefined && { maxPerDay }),
    ...(wanted.quantity !== undefined && { quantity: wanted.quantity }),
    substitutionAllowed: wanted.substitutionAllowed ?? true,
    ...(wanted.brand !== undefined && { brand: wanted.brand }),
  };
};

const linesOf = (wanted: readonly WantedLine[], byCode: ByCode, newKey: () => string): DraftLine[] =>
  wanted.flatMap((line) => {
    const medicine = byCode(line.medicine);
    return medicine ? [lineOf(line, medicine, newKey())] : [];
  });

/** A new prescription with what stood on an earlier one, its patient included. */
export const copyOf = (from: AnswerOf<typeof routes.readPrescription>, byCode: ByCode, newKey: () => string): Draft => {
  const patient = PatientIdentity.safeParse(from.patient);
  const { issues, everyDays } = from.repeat ?? {};
  return {
    lines: linesOf(
      from.lines.map((line) => ({ ...line, dosage: Dosage.parse(line.dosage) })),
      byCode,
      newKey,
    ),
    ...(patient.success && { patient: patient.data }),
    ...(from.diagnosis && { icd10: from.diagnosis.icd10 }),
    ...(issues !== undefined && everyDays !== undefined && { repeat: { issues, everyDays } }),
  };
};

/** The draft with a template's lines after its own; what it has already is not taken twice. */
export const withTemplate = (draft: Draft, template: Template, byCode: ByCode, newKey: () => string): Draft => {
  const there = new Set(draft.lines.map((line) => line.medicine.code));
  const added = linesOf(template.lines, byCode, newKey).filter((line) => !there.has(line.medicine.code));
  const icd10 = draft.icd10 ?? template.diagnosis?.icd10;
  const repeat = draft.repeat ?? template.repeat;
  return { ...draft, lines: [...draft.lines, ...added], ...(icd10 && { icd10 }), ...(repeat && { repeat }) };
};

/** What of a draft can be prescribed again to anybody; undefined while something of it is missing. */
export const templateOf = (draft: Draft, name: string, id: string): Template | undefined => {
  const anybody = { fullName: 'X', birthDate: '2000-01-01', sex: 'male', passport: 'XX0000000' } as const;
  const request = requestOf({ ...draft, patient: anybody, icd10: draft.icd10 ?? 'Z00.0' });
  return (
    request && {
      id,
      name,
      kind: 'template',
      lines: request.lines,
      ...(draft.icd10 && { diagnosis: { icd10: draft.icd10 } }),
      ...(draft.repeat && { repeat: draft.repeat }),
    }
  );
};
