/** Reports that stand on facts of stock: the balance of a month, the register, what was used by value, antibiotics. */
import { isAntibiotic } from '@darmon/domain/antibiotics';
import { atMonthEnd, dayEnd } from '@darmon/domain/ledger';
import { monthBeside } from '@darmon/domain/ledger-view';
import { isControlled, type Medicine } from '@darmon/domain/medicine';
import { inhabitantsOf, yearOf } from '@darmon/domain/population';
import type { RegisterEntry } from '@darmon/domain/register';
import { type AntibioticUse, antibioticsReport } from '@darmon/domain/report-antibiotics';
import { balanceOf } from '@darmon/domain/report-balance';
import { classesReport, type UsedMedicine, type UsedMonth } from '@darmon/domain/report-classes';
import { type RegisterDays, registerReport } from '@darmon/domain/report-register';
import type { Site } from '@darmon/domain/standing';
import { entriesNeeded, type Flow, flowsOf, handedOver, tallyOf, worthOf } from '@darmon/domain/stock-facts';
import { daysThrough } from '@darmon/domain/stock-outlook';
import { dayStart, instant, tashkentDay } from '@darmon/domain/time';
import { type FactDeps, isSettled, knownAt } from './facts.ts';
import { inTurn, useAt } from './ledger.ts';
import { readPopulation } from './population.ts';
import type { ReportBody, ReportInput, ReportMakers } from './report-frame.ts';
import { eachStockFacts, hasShelf } from './stock-facts.ts';

/**
 * With what the next month began at these sites; undefined where it is not kept of all of them, or may have been reckoned
 * of more than this month knew.
 */
const loadNextOpening = async (
  deps: FactDeps,
  sites: readonly Site[],
  month: string,
  asOf: ReadonlyMap<string, string>,
): Promise<number | undefined> => {
  const ids = sites.filter(hasShelf).map(({ id }) => id);
  const [heads, { warehouse }] = await Promise.all([
    deps.table.loadFactsHeads('stock', ids, monthBeside(month, 1)),
    deps.table.readPolicy(),
  ]);
  let opening = 0;
  for (const [i, head] of heads.entries()) {
    const known = asOf.get(ids[i] ?? '');
    if (!head || known === undefined) return undefined;
    // made of one instant, or when nothing could be dated back into this month any more
    if (known !== head.asOf && !isSettled({ month, asOf: known }, warehouse.backdateDays)) return undefined;
    opening += head.sums.opening ?? 0;
  }
  return ids.length === 0 ? undefined : opening;
};

const makeBalance = async (deps: FactDeps, { query, sites, now, month = '' }: ReportInput): Promise<ReportBody> => {
  const { site, region, medicine } = query;
  const isCountry = site === undefined && region === undefined;
  const balance = balanceOf({ month, site, medicine, isCountry, isFirstDay: tashkentDay(now) === `${month}-01` });
  const asOf = new Map<string, string>();
  for await (const { site: one, facts } of eachStockFacts(deps, sites, month)) {
    if (!facts) {
      balance.leave();
      continue;
    }
    balance.add(facts);
    if (facts.kept) asOf.set(one.id, facts.asOf);
  }
  return balance.done(await loadNextOpening(deps, sites, month, asOf));
};

/** What was used at a site: what patients were given less what came back; of a warehouse alone what it sent, too. */
const usedOf = (flows: readonly Flow[], isSupplier: boolean): number =>
  handedOver(flows) +
  (isSupplier
    ? flows.reduce((sum, [, kind, came, went]) => (kind === 'transfer-out' ? sum + went - came : sum), 0)
    : 0);

const loadMedicines = async (deps: FactDeps): Promise<Map<string, Medicine>> =>
  new Map((await deps.table.loadFormulary()).medicines.map((medicine) => [medicine.code, medicine]));

/** How long a report of several months goes on to the next one, in milliseconds; what is kept takes far less. */
const monthsMs = 12_000;

/** Adds what was used of a medicine to what was used of it before. */
const addUse = (used: Map<string, UsedMedicine>, use: UsedMedicine & { readonly late: number }): void => {
  const before = used.get(use.medicine);
  used.set(use.medicine, {
    ...use,
    units: use.units + (before?.units ?? 0),
    value: use.value + (before?.value ?? 0),
    late: use.late + (before?.late ?? 0),
  });
};

/** What was used in one month, by medicine; of sites for which no time is left nothing, and they are counted. */
const loadUsed = async (deps: FactDeps, { query, sites }: ReportInput, month: string) => {
  const used = new Map<string, UsedMedicine>();
  let through: string | undefined;
  let left = 0;
  for await (const { site, facts } of eachStockFacts(deps, sites, month)) {
    if (!facts) left += 1;
    if (facts && (through === undefined || facts.through < through)) through = facts.through;
    const isSupplier = query.site !== undefined && useAt(site) === 'patients-and-sites';
    for (const fact of facts?.lines ?? []) {
      const units = fact.place === undefined ? usedOf(flowsOf(fact), isSupplier) : 0;
      const late = fact.place === undefined ? usedOf(fact.late ?? [], isSupplier) : 0;
      if (units === 0 && late === 0) continue;
      addUse(used, { medicine: fact.medicine, month, units, value: worthOf(units, fact) ?? 0, late });
    }
  }
  return { used, through, left };
};

const makeClasses = async (deps: FactDeps, input: ReportInput): Promise<ReportBody> => {
  const { query, month = '' } = input;
  const many = query.months ?? 1;
  const until = deps.now() + monthsMs;
  const used = new Map<string, UsedMedicine>();
  const months: UsedMonth[] = [];
  let through: string | undefined;
  let left = 0;
  for (let back = many - 1; back >= 0; back -= 1) {
    const one = monthBeside(month, -back);
    if (months.length > 0 && deps.now() >= until) {
      left += 1;
      continue;
    }
    const read = await loadUsed(deps, input, one);
    through = read.through ?? through;
    left += read.left;
    let value = 0;
    for (const use of read.used.values()) {
      value += use.value;
      addUse(used, { ...use, late: use.late ?? 0 });
    }
    months.push({ month: one, medicines: read.used.size, value });
  }
  const [policy, medicines] = await Promise.all([deps.table.readPolicy(), loadMedicines(deps)]);
  const report = classesReport([...used.values()], {
    rules: policy.procurement,
    atcOf: (code) => medicines.get(code)?.atc,
    month,
    months,
    site: query.site,
    region: query.region,
  });
  return {
    ...report,
    ...(many > 1 && { from: `${monthBeside(month, 1 - many)}-01` }),
    ...(through !== undefined && { through }),
    notes: [...report.notes, ...(left > 0 ? ['balance-sites-left'] : [])],
  };
};

const makeAntibiotics = async (deps: FactDeps, { query, sites, month = '' }: ReportInput): Promise<ReportBody> => {
  const [medicines, population] = await Promise.all([loadMedicines(deps), readPopulation(deps)]);
  const counted = yearOf(population, month);
  const inhabitants = query.site === undefined ? inhabitantsOf(counted, query.region) : undefined;
  const used: AntibioticUse[] = [];
  let through: string | undefined;
  let left = 0;
  for await (const { site, facts } of eachStockFacts(deps, sites, month)) {
    if (!facts) left += 1;
    if (facts && (through === undefined || facts.through < through)) through = facts.through;
    const byMedicine = new Map<string, { units: number; late: number }>();
    for (const fact of facts?.lines ?? []) {
      const medicine = medicines.get(fact.medicine);
      if (!medicine || !isAntibiotic(medicine) || fact.place !== undefined) continue;
      const before = byMedicine.get(fact.medicine) ?? { units: 0, late: 0 };
      byMedicine.set(fact.medicine, {
        units: before.units + handedOver(flowsOf(fact)),
        late: before.late + handedOver(fact.late ?? []),
      });
    }
    for (const [medicine, sum] of byMedicine)
      if (sum.units !== 0 || sum.late !== 0) used.push({ site: site.id, medicine, ...sum });
  }
  const report = antibioticsReport(used, medicines, {
    days: through === undefined ? 0 : daysThrough(through, `${month}-01`),
    population: inhabitants === undefined ? undefined : { inhabitants, year: counted.year, source: counted.source },
    opens: (of) => ({
      report: 'material-balance',
      query: { month, ...(query.site !== undefined && { site: query.site }), ...of },
    }),
  });
  return {
    ...report,
    ...(through !== undefined && { through }),
    notes: [...report.notes, ...(left > 0 ? ['balance-sites-left'] : [])],
  };
};

/** Entries of a page on some days, and the last one before them; read from the newest back. */
const loadRegisterDays = async (
  deps: FactDeps,
  of: { site: string; medicine: string },
  { from, until }: { from: string; until: string },
): Promise<{ before: RegisterEntry | undefined; entries: RegisterEntry[] }> => {
  const entries: RegisterEntry[] = [];
  let before: RegisterEntry | undefined;
  let cursor: string | undefined;
  do {
    const page = await deps.table.listRegister(of.site, of.medicine, { cursor, limit: 1000 });
    for (const entry of page.items) {
      if (entry.at > until) continue;
      if (entry.at >= from) entries.push(entry);
      else before ??= entry;
    }
    cursor = before ? undefined : page.next;
  } while (cursor !== undefined);
  return { before, entries: entries.reverse() };
};

/** What the movements of a medicine's lots at a site that were known at an instant add up to. */
const knownOnHand = async (
  deps: FactDeps,
  { site, medicine }: { site: string; medicine: string },
  asOf: number,
  through: string,
): Promise<number> => {
  const month = through.slice(0, 7);
  const span = { month, through, asOf, freezes: [] };
  const needed = entriesNeeded(span, { wasBackdated: true });
  const rows = await deps.table.loadPastRows(site, medicine);
  const lots = await inTurn(
    rows.map(({ row, sums }) => async () => {
      const tally = tallyOf(atMonthEnd(sums, monthBeside(needed.first, -1)), span);
      if (Object.keys(sums.net).some((one) => one >= needed.first && one <= month))
        await deps.table.eachMovement(row, needed, tally.add);
      return tally.done().closing;
    }),
  );
  return lots.reduce((sum, n) => sum + n, 0);
};

const makeRegister = async (deps: FactDeps, { query, sites, from, through, now }: ReportInput): Promise<ReportBody> => {
  const medicines = [...(await loadMedicines(deps)).values()]
    .filter((medicine) => isControlled(medicine.class))
    .map(({ code }) => code)
    .filter((code) => query.medicine === undefined || code === query.medicine)
    .sort();
  const asOf = Math.min(dayEnd(through), knownAt(now));
  const span = { from: instant(dayStart(from)), until: instant(asOf) };
  const freezes = await deps.table.loadFreezes();
  const pages: RegisterDays[] = [];
  for (const { id } of sites.filter(hasShelf)) {
    const known = await deps.table.loadRegister(id, medicines);
    pages.push(
      ...(await inTurn(
        [...known.keys()].sort().map((medicine) => async () => {
          const of = { site: id, medicine };
          const read = await loadRegisterDays(deps, of, span);
          return { ...of, ...read, ledger: await knownOnHand(deps, of, asOf, through) };
        }),
      )),
    );
  }
  return registerReport(pages, {
    from,
    through,
    freezes,
    isOne: query.site !== undefined && query.medicine !== undefined,
  });
};

export const stockReports: ReportMakers = {
  'material-balance': { span: 'month', takes: ['site', 'region', 'medicine'], keepers: true, make: makeBalance },
  'controlled-register': { span: 'days', takes: ['site', 'region', 'medicine'], keepers: true, make: makeRegister },
  'consumption-classes': { span: 'month', takes: ['site', 'region', 'months'], keepers: true, make: makeClasses },
  'antibiotic-use': { span: 'month', takes: ['site', 'region'], keepers: true, make: makeAntibiotics },
};
