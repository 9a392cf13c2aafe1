/** Every hand-over of a site one by one: of which prescription, by whom, from which lots, with which reasons. */
import type { Placed } from '@darmon/domain/care-facts';
import type { Dispense } from '@darmon/domain/dispense';
import type { Prescription } from '@darmon/domain/prescription';
import { checkOf, type Report, type ReportSection } from '@darmon/domain/report';
import { loadCare } from './care-facts.ts';
import { countOf, notesOf, readFigures, unitsOf, whatIs, wordOf } from './care-lines.ts';
import { pageOfDays } from './day-pages.ts';
import type { ReportDeps, ReportInput, ReportMaker } from './report-frame.ts';

type Row = ReportSection['rows'][number];

const usualRows = 200;

const trailTypes = ['prescription-dispensed', 'line-not-dispensed', 'dispense-undone'];

const columns: ReportSection['columns'] = [
  { name: 'at', kind: 'instant' },
  { name: 'prescription', kind: 'text' },
  { name: 'prescriber', kind: 'person' },
  { name: 'clinic', kind: 'site' },
  { name: 'what', kind: 'word' },
  { name: 'medicine', kind: 'medicine' },
  { name: 'units-handed', kind: 'units' },
  { name: 'gtin', kind: 'gtin' },
  { name: 'lot', kind: 'lot' },
  { name: 'expiry', kind: 'day' },
  { name: 'pharmacist', kind: 'person' },
  { name: 'witness', kind: 'person' },
  { name: 'brands', kind: 'text' },
  { name: 'reason', kind: 'word' },
  { name: 'said-why', kind: 'text' },
  { name: 'warnings', kind: 'count' },
];

const rowsOf = ({ event }: Placed, p: Prescription, d: Dispense, { query }: ReportInput): Row[] => {
  const isUndo = event.type === 'dispense-undone';
  if (query.prescriber !== undefined && p.prescriber !== query.prescriber) return [];
  if (query.pharmacist !== undefined && event.actor.person !== query.pharmacist) return [];
  const opens = { screen: 'prescription' as const, of: { id: p.id } };
  const head = [event.at, p.number, p.prescriber, p.clinic];
  const warnings = p.overridden?.length ?? 0;
  const witness = d.controlled?.witness ?? null;
  const handed = d.lines.flatMap((l) => {
    if (query.medicine !== undefined && l.medicine !== query.medicine) return [];
    const asked = p.lines.find(({ line }) => line === l.line)?.quantity ?? 0;
    const what = isUndo ? 'undone' : l.quantity >= asked ? 'dispensed' : 'part';
    const brands = l.substitution ? `${l.substitution.from} → ${l.substitution.to}` : null;
    return l.lots
      .filter((lot) => (query.lot ?? lot.lot) === lot.lot && (query.gtin ?? lot.gtin) === lot.gtin)
      .map(
        (lot): Row => ({
          cells: [
            ...head,
            wordOf(what),
            l.medicine,
            isUndo ? -lot.quantity : lot.quantity,
            lot.gtin,
            lot.lot,
            lot.expiryDate,
            event.actor.person,
            witness,
            brands,
            null,
            (isUndo ? event.reason : l.reason) ?? null,
            warnings,
          ],
          opens,
        }),
      );
  });
  if (isUndo || query.lot !== undefined || query.gtin !== undefined) return handed;
  const refused = (d.notDispensed ?? []).flatMap(({ line, reason, note }): Row[] => {
    const medicine = p.lines.find((l) => l.line === line)?.medicine ?? null;
    if (query.medicine !== undefined && medicine !== query.medicine) return [];
    return [
      {
        cells: [
          ...head,
          wordOf('not-dispensed'),
          medicine,
          0,
          null,
          null,
          null,
          event.actor.person,
          null,
          null,
          wordOf(reason),
          note ?? null,
          warnings,
        ],
        opens,
      },
    ];
  });
  return [...handed, ...refused];
};

/** Rows of some events, in their order; dispenses and prescriptions are read as they were written. */
const readRows = async (deps: ReportDeps, placed: readonly Placed[], input: ReportInput): Promise<Row[]> => {
  const own = placed.filter(({ event }) => trailTypes.includes(event.type));
  const named = own.map(({ event }) =>
    String(event.type === 'dispense-undone' ? event.changes.dispense : event.changes.id),
  );
  const found = await deps.table.loadDispensesOf(
    named.map((id) => ({ prescription: id.split('.')[0] ?? '', n: Number(id.split('.')[1]) })),
  );
  const byId = new Map(found.map((one) => [one.dispense.id, one]));
  return own.flatMap((one, i) => {
    const of = byId.get(named[i] ?? '');
    return of ? rowsOf(one, of.prescription, of.dispense, input) : [];
  });
};

/** Asks for days of one site, and cuts its rows itself: events of a year are never held at once. */
export const dispensingTrail: ReportMaker = {
  span: 'days',
  needs: ['site'],
  takes: ['medicine', 'prescriber', 'pharmacist', 'gtin', 'lot'],
  pages: true,
  make: async (deps, input): Promise<Pick<Report, 'figures' | 'sections' | 'checks' | 'notes' | 'next'>> => {
    const { query, from, through } = input;
    const site = query.site ?? '';
    const { items: rows, next } = await pageOfDays(
      deps,
      { site, from, through },
      { cursor: query.cursor, most: query.limit ?? usualRows },
      (placed) => readRows(deps, placed, input),
    );
    const facts = await loadCare(deps, input.sites, input);
    const own = facts.lines.filter(
      (l) =>
        (query.medicine === undefined || l.medicine === query.medicine) &&
        (query.prescriber === undefined || l.prescriber === query.prescriber) &&
        (query.pharmacist === undefined || l.person === query.pharmacist),
    );
    const handed = own.filter(whatIs('dispensed', 'part'));
    const undone = own.filter(whatIs('undone'));
    const isOfLot = query.lot !== undefined || query.gtin !== undefined;
    const shown = rows.reduce((sum, { cells }) => sum + Number(cells[6] ?? 0), 0);
    return {
      // facts know medicines and not lots
      figures: isOfLot
        ? readFigures(facts)
        : [
            { name: 'lines-handed', kind: 'count', value: countOf(handed) },
            { name: 'units-handed', kind: 'units', value: unitsOf(handed) },
            { name: 'lines-undone', kind: 'count', value: countOf(undone) },
            { name: 'lines-refused', kind: 'count', value: countOf(own, whatIs('not-dispensed')) },
            ...readFigures(facts),
          ],
      sections: [{ name: 'rows', columns, rows }],
      // rows of a whole answer and the day's facts were counted apart
      checks:
        next === undefined && query.cursor === undefined && !isOfLot && facts.left === 0
          ? [checkOf('rows-and-facts', shown, unitsOf(handed) - unitsOf(undone))]
          : [],
      notes: notesOf(facts),
      ...(next !== undefined && { next }),
    };
  },
};
