/** The kinds of facts that are kept, in the order in which a night reckons them. */
import { careJob } from './care-job.ts';
import { type FactJob, factJob } from './facts.ts';
import { stockMaker } from './stock-facts.ts';

export const factJobs: readonly FactJob[] = [factJob(stockMaker), careJob];
