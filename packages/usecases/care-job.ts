/** Care facts as a night keeps them: a day a slice, and again for the months of which lines are still open. */
import { CareLine } from '@darmon/domain/care-facts';
import { monthOf } from '@darmon/domain/ledger';
import { monthBeside } from '@darmon/domain/ledger-view';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { reckonCareDay } from './care-facts.ts';
import { type FactJob, type FactMaker, factJob } from './facts.ts';

const careMaker: FactMaker<CareLine> = {
  kind: 'care',
  line: CareLine,
  // nobody prescribes or hands over in an office; its few looks are read when somebody asks
  isFor: (site) => site.kind !== 'office',
  since: async (deps, site) => {
    const at = await deps.table.sinceOfSite(site.id);
    return at === undefined ? undefined : monthOf(Date.parse(at));
  },
  async *make(deps, { site, month, through, asOf, freezes }, after) {
    for (let day = after === '' ? `${month}-01` : dayAfter(after, 1); day <= through; day = dayAfter(day, 1)) {
      const lines = await reckonCareDay(deps, site.id, day, { now: asOf, freezes });
      const open = lines.reduce((sum, { outcome, n }) => sum + (outcome === 'open' || outcome === 'begun' ? n : 0), 0);
      yield { lines, sums: { open }, after: day };
    }
  },
  // what became of lines goes on after the month, as it should
  said: ({ what, ...l }) =>
    what === 'became'
      ? undefined
      : [
          l.day,
          what,
          l.person,
          l.prescriber,
          l.clinic,
          l.medicine,
          l.reason,
          l.n,
          l.units,
          ...(l.late ? ['late'] : []),
        ],
};

/** Most prescriptions are over by then; of a repeat that runs on, the report says as of when it speaks. */
const monthsWatched = 3;

const base = factJob(careMaker);

/** Begins with the oldest month of the last few of which something may still become of a line. */
export const careJob: FactJob = {
  ...base,
  roll: async (deps, site, from, until, heard) => {
    if (from === undefined) return base.roll(deps, site, from, until, heard);
    const oldest = monthBeside(monthOf(deps.now()), -monthsWatched);
    const open = (await deps.table.listFacts('care', site.id)).find(
      ({ month, sums }) => month >= oldest && (sums.open ?? 0) > 0,
    );
    return base.roll(deps, site, open && open.month < from ? open.month : from, until, heard);
  },
};
