/** A doctor's templates and favourites: lines that are prescribed again and again. Nothing of a patient stands in one. */
import * as z from 'zod';
import { IssueLine } from './issue.ts';
import { Icd10 } from './prescription-view.ts';
import { RepeatWanted } from './repeat.ts';

export const Template = z
  .strictObject({
    id: z.string().min(1).max(40),
    name: z.string().trim().min(1).max(80),
    /** A template is a whole prescription without its patient; a favourite is one medicine with its usual dosage. */
    kind: z.enum(['template', 'favourite']),
    diagnosis: z.object({ icd10: Icd10 }).exactOptional(),
    lines: z.array(IssueLine).min(1).max(20),
    repeat: RepeatWanted.exactOptional(),
  })
  .refine((one) => one.kind === 'template' || one.lines.length === 1, 'a favourite is one medicine')
  .meta({ id: 'PrescriptionTemplate', description: 'What a doctor prescribes again and again' });
export type Template = z.infer<typeof Template>;

/** All of one doctor's, saved as a whole. */
export const TemplateList = z
  .object({
    version: z.int().nonnegative(),
    items: z
      .array(Template)
      .max(100)
      .refine((items) => new Set(items.map((i) => i.id)).size === items.length, 'an id stands there twice'),
  })
  .meta({ id: 'TemplateList', description: 'Version 0 where nothing was saved yet' });
export type TemplateList = z.infer<typeof TemplateList>;
