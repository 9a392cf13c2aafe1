/** Trails of a patient, of days, of a doctor and of a lot, read as an auditor does: first the look with its reason. */
import { Report } from '@darmon/domain/report';
import { tashkentDay } from '@darmon/domain/time';
import { expect } from 'vitest';
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
type CallAs = <T extends z.ZodType>(person: string, name: never, input: Input, shape: T) => Promise<z.output<T>>;

const Some = z.looseObject({ items: z.array(z.looseObject({})), next: z.string().optional() });
const Handed = z.looseObject({
  lines: z.array(z.looseObject({ lots: z.array(z.looseObject({ gtin: z.string(), lot: z.string() })) })),
});
const Look = z.object({ patient: z.string() });

/** `number` is a prescription's that was handed over at the site today. */
export const useTrails = async (
  call: CallAs,
  known: { number: string; passport: string; site: string; prescriber: string },
): Promise<void> => {
  const reason = 'a complaint';
  const { patient } = await call('auditor', 'lookAtPatient' as never, { body: { number: known.number, reason } }, Look);
  const byDocument = call('auditor', 'lookAtPatient' as never, { body: { passport: known.passport, reason } }, Look);
  expect((await byDocument).patient).toMatch(/^[0-7]/);
  const today = tashkentDay(Date.now());
  const days = { from: today, through: today };
  const handed = await call(
    'auditor',
    'readDaysTrail' as never,
    { query: { ...days, site: known.site, type: 'prescription-dispensed' } },
    z.looseObject({ items: z.array(z.looseObject({ changes: Handed })).min(1) }),
  );
  const lot = handed.items[0]?.changes.lines[0]?.lots[0] ?? { gtin: '', lot: '' };
  for (const [name, input] of [
    ['readPatientTrail', { params: { id: patient } }],
    ['readDaysTrail', { query: { ...days, site: known.site } }],
    ['readDaysTrail', { query: { ...days, person: 'pharmacist' } }],
    ['listPrescribed', { params: { person: known.prescriber } }],
    ['readLotTrail', { params: { gtin: lot.gtin, lot: lot.lot } }],
  ] as const) {
    const { items } = await call('auditor', name as never, input, Some);
    expect([name, items.length > 0]).toEqual([name, true]);
  }
  // reports of care read prescriptions and looks beside what is kept
  for (const report of ['dispensing-trail', 'patient-access', 'issued-to-dispensed']) {
    const query = { site: known.site };
    const made = await call('auditor', 'readReport' as never, { params: { report }, query }, Report);
    expect([report, made.checks.filter(({ holds }) => !holds)]).toEqual([report, []]);
  }
};
