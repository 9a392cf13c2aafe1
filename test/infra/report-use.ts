/** Every report that can be made, of one site and of all, so that what each of them reads is watched. */
import { Report } from '@darmon/domain/report';
import { ReportOffer } from '@darmon/domain/report-query';
import { expect } from 'vitest';
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}
const Offers = z.object({ items: z.array(ReportOffer) });
type CallAs = <T extends z.ZodType>(person: string, name: never, input: Input, shape: T) => Promise<z.output<T>>;

/** `known` holds an example for each question that a report may need. */
export const useReports = async (call: CallAs, known: Readonly<Record<string, string>>): Promise<void> => {
  const { items } = await call('auditor', 'listReports' as never, {}, Offers);
  expect(items.length).toBeGreaterThan(0);
  for (const { report, needs, takes } of items) {
    const needed = Object.fromEntries(needs.map((field) => [field, known[field] ?? '']));
    const site = known.site === undefined ? {} : { site: known.site };
    for (const query of [needed, ...(takes.includes('site') ? [{ ...needed, ...site }] : [])]) {
      const made = await call('auditor', 'readReport' as never, { params: { report }, query }, Report);
      expect([report, made.checks.filter(({ holds }) => !holds)]).toEqual([report, []]);
    }
  }
};
