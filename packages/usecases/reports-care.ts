/** Reports of what was prescribed and handed over: what became of it, what was passed or swapped, who looked at whom. */
import { looksOfDay, outcomes, prescriptionOf } from '@darmon/domain/care-facts';
import type { Opens, ReportSection } from '@darmon/domain/report';
import { checkOf } from '@darmon/domain/report';
import { dayAfter, daysThrough } from '@darmon/domain/stock-outlook';
import { type CareOf, loadCare, loadCareDay } from './care-facts.ts';
import {
  countOf,
  grouped,
  lateFigures,
  lateNotes,
  notesOf,
  percent,
  readFigures,
  unitsOf,
  whatIs,
  wordOf,
} from './care-lines.ts';
import { dispensingTrail } from './report-dispensing-trail.ts';
import { type ReportDeps, type ReportInput, type ReportMaker, type ReportMakers, withTotals } from './report-frame.ts';
import { outliers } from './report-outliers.ts';

type Row = ReportSection['rows'][number];

/** What narrows a report and stays when a row is opened. */
const asked = (
  { query, from, through }: ReportInput,
  more: Readonly<Record<string, string>>,
): Record<string, string> => ({
  from,
  through,
  ...Object.fromEntries(
    (['site', 'region', 'medicine', 'prescriber', 'pharmacist'] as const).flatMap((field) => {
      const value = query[field];
      return value === undefined ? [] : [[field, value]];
    }),
  ),
  ...more,
});

/** The same days and medicine, hand-over by hand-over; that report asks for a site, so no region stays. */
const trailOf = (input: ReportInput, more: Readonly<Record<string, string>>): Record<string, string> => {
  const { region: _, ...kept } = asked(input, more);
  return kept;
};

/** Every site, where what was issued anywhere may have come to the one that is asked about. */
const loadEverySite = async (deps: ReportDeps) => {
  const sites = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listSites({ cursor, limit: 100 });
    sites.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return sites;
};

const outcomeColumns = outcomes.map((name) => ({
  name: `lines-${name}`,
  kind: 'count' as const,
  total: true as const,
}));

const outcomeTable = (
  name: string,
  first: ReportSection['columns'][number],
  groups: readonly [string, CareOf[]][],
  opens: (key: string) => Opens | undefined,
): ReportSection => {
  const isLate = groups.some(([, lines]) => lines.some(({ late }) => late));
  return withTotals({
    name,
    columns: [
      first,
      { name: 'lines-issued', kind: 'count', total: true },
      ...outcomeColumns,
      { name: 'share-dispensed', kind: 'percent' },
      ...(isLate ? [{ name: 'late', kind: 'count' as const, total: true as const }] : []),
    ],
    rows: groups.map(([key, lines]): Row => {
      const issued = countOf(lines);
      const by = outcomes.map((outcome) => countOf(lines, (l) => l.outcome === outcome));
      const at = opens(key);
      return {
        cells: [
          key === '' ? null : key,
          issued,
          ...by,
          percent(by[0] ?? 0, issued),
          ...(isLate ? [countOf(lines, ({ late }) => late === true)] : []),
        ],
        ...(at && { opens: at }),
      };
    }),
    chart: { kind: 'bars', label: first.name, values: ['share-dispensed'] },
  });
};

/**
 * Issued lines by what became of them, for the lines that were issued in these days. A pharmacy's are those that it had
 * last, wherever they were issued.
 */
const issuedToDispensed: ReportMaker = {
  span: 'days',
  takes: ['site', 'region', 'medicine', 'prescriber'],
  make: async (deps, input) => {
    const { query } = input;
    const pharmacy = query.site !== undefined && input.sites[0]?.kind === 'pharmacy' ? query.site : undefined;
    const read = await loadCare(deps, pharmacy === undefined ? input.sites : await loadEverySite(deps), input);
    const lines = read.lines.filter(
      (l) =>
        (query.medicine === undefined || l.medicine === query.medicine) &&
        (query.prescriber === undefined || (l.what === 'became' ? l.person : l.prescriber) === query.prescriber),
    );
    const stood = lines.filter((l) => l.what === 'became' && (pharmacy === undefined || l.pharmacy === pharmacy));
    const issued = countOf(stood);
    const reached = countOf(stood, (l) => l.pharmacy !== undefined);
    const begun = countOf(stood, (l) => l.outcome === 'dispensed' || l.outcome === 'part' || l.outcome === 'begun');
    const whole = countOf(stood, (l) => l.outcome === 'dispensed');
    const byOutcome = grouped(stood, (l) => `${l.outcome}|${l.reason ?? ''}`);
    const byClinic = grouped(stood, (l) => l.clinic ?? '');
    const byPharmacy = grouped(stood, (l) => l.pharmacy ?? '');
    const byMedicine = grouped(stood, (l) => l.medicine ?? '');
    const again = (more: Readonly<Record<string, string>>): Opens => ({
      report: 'issued-to-dispensed',
      query: asked(input, more),
    });
    const sumOf = (groups: readonly [string, CareOf[]][]) => groups.reduce((sum, [, own]) => sum + countOf(own), 0);
    return {
      figures: [
        { name: 'lines-issued', kind: 'count', value: issued },
        { name: 'share-dispensed', kind: 'percent', value: percent(whole, issued) },
        { name: 'share-never-presented', kind: 'percent', value: percent(issued - reached, issued) },
        ...lateFigures(stood),
        ...readFigures(read),
      ],
      sections: [
        {
          name: 'funnel',
          columns: [
            { name: 'step', kind: 'word' },
            { name: 'lines', kind: 'count' },
            { name: 'share', kind: 'percent' },
          ],
          rows: (
            [
              ['step-issued', issued],
              ['step-reached', reached],
              ['step-begun', begun],
              ['step-whole', whole],
            ] as const
          ).map(([step, n]) => ({ cells: [wordOf(step), n, percent(n, issued)] })),
          chart: { kind: 'funnel', label: 'step', values: ['lines'] },
        },
        withTotals({
          name: 'outcomes',
          columns: [
            { name: 'outcome', kind: 'word' },
            { name: 'reason', kind: 'word' },
            { name: 'lines', kind: 'count', total: true },
            { name: 'share', kind: 'percent' },
            { name: 'units-prescribed', kind: 'units' },
            { name: 'units-handed', kind: 'units' },
          ],
          rows: byOutcome.map(([key, own]) => {
            const [outcome = '', reason = ''] = key.split('|');
            return {
              cells: [
                wordOf(outcome),
                wordOf(reason === '' ? outcome : reason),
                countOf(own),
                percent(countOf(own), issued),
                unitsOf(own),
                own.reduce((sum, l) => sum + (l.handed ?? 0), 0),
              ],
            };
          }),
          chart: { kind: 'bars', label: 'reason', values: ['lines'] },
        }),
        outcomeTable('by-clinic', { name: 'clinic', kind: 'site' }, byClinic, (site) =>
          pharmacy === undefined && site !== '' ? again({ site }) : undefined,
        ),
        outcomeTable('by-pharmacy', { name: 'pharmacy', kind: 'site' }, byPharmacy, (site) =>
          site !== '' && site !== query.site ? again({ site }) : undefined,
        ),
        outcomeTable('by-medicine', { name: 'medicine', kind: 'medicine' }, byMedicine, (medicine) =>
          medicine !== query.medicine ? again({ medicine }) : undefined,
        ),
      ],
      checks: [
        // events were counted when they were read, prescriptions when they were looked at: two roads to one figure
        ...(pharmacy === undefined ? [checkOf('issued-and-outcomes', countOf(lines, whatIs('issued')), issued)] : []),
        checkOf('by-clinic', sumOf(byClinic), issued),
        checkOf('by-pharmacy', sumOf(byPharmacy), issued),
        checkOf('by-medicine', sumOf(byMedicine), issued),
      ],
      notes: notesOf(read, 'cohort', 'pharmacy-last', 'repeats', ...lateNotes(stood)),
    };
  },
};

const overridesAndSubstitutions: ReportMaker = {
  span: 'days',
  takes: ['site', 'region', 'medicine', 'prescriber', 'pharmacist'],
  make: async (deps, input) => {
    const { query } = input;
    const read = await loadCare(deps, input.sites, input);
    const lines = read.lines.filter(
      (l) =>
        (query.medicine === undefined || l.medicine === query.medicine) &&
        (query.prescriber === undefined || (l.prescriber ?? l.person) === query.prescriber) &&
        (query.pharmacist === undefined || l.person === query.pharmacist),
    );
    const passed = lines.filter(whatIs('overridden'));
    const handed = lines.filter(whatIs('dispensed', 'part'));
    const swapped = lines.filter(whatIs('substituted'));
    const chosen = lines.filter(whatIs('lot-chosen'));
    const passedBy = grouped(passed, (l) => l.prescriber ?? l.person);
    const passedFor = grouped(passed, (l) => l.reason ?? '');
    const swappedFor = grouped(swapped, (l) => `${l.medicine}|${l.reason}`);
    const atCounter = grouped(handed, (l) => `${l.site}|${l.person}`);
    const sumOf = (groups: readonly [string, CareOf[]][]) => groups.reduce((sum, [, own]) => sum + countOf(own), 0);
    return {
      figures: [
        { name: 'warnings-passed', kind: 'count', value: countOf(passed) },
        { name: 'lines-substituted', kind: 'count', value: countOf(swapped) },
        { name: 'share-substituted', kind: 'percent', value: percent(countOf(swapped), countOf(handed)) },
        ...lateFigures(lines.filter(whatIs('issued'))),
        ...readFigures(read),
      ],
      sections: [
        withTotals({
          name: 'by-warning',
          columns: [
            { name: 'warning', kind: 'word' },
            { name: 'warnings', kind: 'count', total: true },
            { name: 'prescribers', kind: 'count' },
          ],
          rows: passedFor.map(([reason, own]) => ({
            cells: [wordOf(`warning-${reason}`), countOf(own), new Set(own.map((l) => l.person)).size],
          })),
          chart: { kind: 'bars', label: 'warning', values: ['warnings'] },
        }),
        withTotals({
          name: 'by-prescriber',
          columns: [
            { name: 'prescriber', kind: 'person' },
            { name: 'prescriptions', kind: 'count' },
            { name: 'warned', kind: 'count' },
            { name: 'share', kind: 'percent' },
            { name: 'warnings', kind: 'count', total: true },
          ],
          rows: passedBy.map(([prescriber, own]) => {
            const written = read.lines.filter(
              (l) => l.what === 'prescribed' && (l.prescriber ?? l.person) === prescriber,
            );
            const warned = countOf(written, (l) => l.reason === 'warned');
            return {
              cells: [prescriber, countOf(written), warned, percent(warned, countOf(written)), countOf(own)],
              opens: { report: 'substitutions-overrides', query: asked(input, { prescriber }) },
            };
          }),
        }),
        withTotals({
          name: 'substitutions',
          columns: [
            { name: 'medicine', kind: 'medicine' },
            { name: 'brands', kind: 'text' },
            { name: 'lines', kind: 'count', total: true },
            { name: 'units-handed', kind: 'units' },
          ],
          rows: swappedFor.map(([key, own]) => {
            const [medicine = '', brands = ''] = key.split('|');
            return {
              cells: [medicine, brands, countOf(own), unitsOf(own)],
              opens: { report: 'substitutions-overrides', query: asked(input, { medicine }) },
            };
          }),
        }),
        withTotals({
          name: 'by-pharmacist',
          columns: [
            { name: 'pharmacy', kind: 'site' },
            { name: 'pharmacist', kind: 'person' },
            { name: 'lines-handed', kind: 'count', total: true },
            { name: 'substituted', kind: 'count', total: true },
            { name: 'share', kind: 'percent' },
            { name: 'lots-chosen', kind: 'count', total: true },
          ],
          rows: atCounter.map(([key, own]) => {
            const [site = '', person = ''] = key.split('|');
            const mine = (l: CareOf) => l.site === site && l.person === person;
            const substituted = countOf(swapped, mine);
            return {
              cells: [
                site,
                person,
                countOf(own),
                substituted,
                percent(substituted, countOf(own)),
                countOf(chosen, mine),
              ],
              opens: { report: 'dispensing-trail', query: trailOf(input, { site, pharmacist: person }) },
            };
          }),
        }),
      ],
      checks: [
        checkOf('warnings-by-person', sumOf(passedBy), sumOf(passedFor)),
        checkOf(
          'substitutions-by-person',
          atCounter.reduce((sum, [key]) => {
            const [site, person] = key.split('|');
            return sum + countOf(swapped, (l) => l.site === site && l.person === person);
          }, 0),
          sumOf(swappedFor),
        ),
      ],
      notes: notesOf(read, 'warnings-sealed', ...lateNotes(lines.filter(whatIs('issued')))),
    };
  },
};

/** So many days of looks are listed one by one; longer ones are counted only. */
const mostListedDays = 31;

/** Looks of a site one by one, newest last. */
const listLooks = async (deps: ReportDeps, { query, sites, from, through }: ReportInput): Promise<Row[]> => {
  const [site] = sites;
  if (query.site === undefined || !site || daysThrough(through, from) > mostListedDays) return [];
  const rows: Row[] = [];
  for (let day = from; day <= through; day = dayAfter(day, 1)) {
    for (const { placed, what } of looksOfDay(await loadCareDay(deps, site.id, day))) {
      const { event } = placed;
      if (query.person !== undefined && event.actor.person !== query.person) continue;
      const prescription = event.type === 'prescription-looked-up' ? prescriptionOf(placed) : undefined;
      rows.push({
        cells: [
          event.at,
          event.actor.person,
          wordOf(`by-${typeof event.changes.by === 'string' ? event.changes.by : 'unknown'}`),
          wordOf(what),
          event.reason ?? null,
          typeof event.changes.patient === 'string' ? event.changes.patient : null,
        ],
        ...(prescription !== undefined && what !== 'look-missed'
          ? { opens: { screen: 'prescription' as const, of: { id: prescription } } }
          : {}),
      });
    }
  }
  return rows;
};

const patientAccess: ReportMaker = {
  span: 'days',
  takes: ['site', 'region', 'person'],
  make: async (deps, input) => {
    const { query } = input;
    const read = await loadCare(deps, input.sites, input);
    const lines = read.lines.filter((l) => query.person === undefined || l.person === query.person);
    const looks = lines.filter(whatIs('look-served', 'look-idle', 'look-missed'));
    const histories = lines.filter(whatIs('history-read'));
    const byPerson = grouped([...looks, ...histories], (l) => `${l.site}|${l.person}`);
    const byWay = grouped(looks, (l) => l.reason ?? '');
    const listed = await listLooks(deps, input);
    const kinds = ['look-served', 'look-idle', 'look-missed', 'history-read'] as const;
    return {
      figures: [
        { name: 'looks', kind: 'count', value: countOf(looks) },
        { name: 'looks-idle', kind: 'count', value: countOf(looks, whatIs('look-idle')) },
        { name: 'share-idle', kind: 'percent', value: percent(countOf(looks, whatIs('look-idle')), countOf(looks)) },
        ...readFigures(read),
      ],
      sections: [
        withTotals({
          name: 'by-person',
          columns: [
            { name: 'site', kind: 'site' },
            { name: 'person', kind: 'person' },
            ...kinds.map((name) => ({ name, kind: 'count' as const, total: true as const })),
            { name: 'share-idle', kind: 'percent' },
          ],
          rows: byPerson.map(([key, own]) => {
            const [site = '', person = ''] = key.split('|');
            const by = kinds.map((kind) => countOf(own, whatIs(kind)));
            const all = countOf(own, (l) => l.what !== 'history-read');
            return {
              cells: [site, person, ...by, percent(by[1] ?? 0, all)],
              opens: { report: 'patient-access', query: asked(input, { site, person }) },
            };
          }),
          chart: { kind: 'stacked', label: 'person', values: ['look-served', 'look-idle', 'look-missed'] },
        }),
        withTotals({
          name: 'by-way',
          columns: [
            { name: 'way', kind: 'word' },
            { name: 'looks', kind: 'count', total: true },
            { name: 'look-served', kind: 'count', total: true },
            { name: 'look-idle', kind: 'count', total: true },
            { name: 'look-missed', kind: 'count', total: true },
          ],
          rows: byWay.map(([by, own]) => ({
            cells: [
              wordOf(`by-${by === '' ? 'unknown' : by}`),
              countOf(own),
              ...(['look-served', 'look-idle', 'look-missed'] as const).map((kind) => countOf(own, whatIs(kind))),
            ],
          })),
        }),
        ...(query.site === undefined
          ? []
          : [
              {
                name: 'looks',
                columns: [
                  { name: 'at', kind: 'instant' as const },
                  { name: 'person', kind: 'person' as const },
                  { name: 'way', kind: 'word' as const },
                  { name: 'came-of-it', kind: 'word' as const },
                  { name: 'said-why', kind: 'text' as const },
                  { name: 'patient-id', kind: 'text' as const },
                ],
                rows: listed,
              },
            ]),
      ],
      checks: [
        checkOf(
          'looks-by-person',
          byPerson.reduce((sum, [, own]) => sum + countOf(own, (l) => l.what !== 'history-read'), 0),
          byWay.reduce((sum, [, own]) => sum + countOf(own), 0),
        ),
        ...(listed.length > 0 ? [checkOf('looks-listed', listed.length, countOf(looks))] : []),
      ],
      notes: notesOf(read, 'looks-same-day', ...(query.site === undefined ? ['looks-of-site'] : [])),
    };
  },
};

export const careReports = {
  'dispensing-trail': dispensingTrail,
  outliers,
  'issued-to-dispensed': issuedToDispensed,
  'substitutions-overrides': overridesAndSubstitutions,
  'patient-access': patientAccess,
} as const satisfies ReportMakers;
