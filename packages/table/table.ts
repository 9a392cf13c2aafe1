/**
 * The table as the use cases see it: loads for a decision, and commits of a change with its event and its idempotency
 * record in one transaction. No caller sees a key, an expression or an engine's error. Each section owns one subject.
 */
import { approvalsOf } from './approvals.ts';
import { budgetsOf } from './budgets.ts';
import { careOf } from './care.ts';
import { casesOf } from './cases.ts';
import { consumptionOf } from './consumption.ts';
import { counterOf } from './counter.ts';
import { countsOf } from './counts.ts';
import { draftsOf } from './drafts.ts';
import { openEngine, type TableOptions } from './engine.ts';
import { eventLogOf } from './event-log.ts';
import { factsOf } from './facts.ts';
import { feedbackOf } from './feedback.ts';
import { formularyOf } from './formulary.ts';
import { importsOf } from './imports.ts';
import { knowledgeOf } from './knowledge.ts';
import { knowledgeArchiveOf } from './knowledge-archive.ts';
import { ledgerViewsOf } from './ledger-views.ts';
import { logCheckOf } from './log-check.ts';
import { orderMessagesOf } from './order-messages.ts';
import { ordersOf } from './orders.ts';
import { packsOf } from './packs.ts';
import { paperOf } from './paper.ts';
import { pastUseOf } from './past-use.ts';
import { patientPageOf } from './patient-page.ts';
import { patientsOf } from './patients.ts';
import { peopleOf } from './people.ts';
import { periodsOf } from './periods.ts';
import { photosOf } from './photos.ts';
import { plansOf } from './plans.ts';
import { populationOf } from './population.ts';
import { postingsOf } from './postings.ts';
import { prescribingOf } from './prescribing.ts';
import { privacyOf } from './privacy.ts';
import { recallsOf } from './recalls.ts';
import { receivingOf } from './receiving.ts';
import { registersOf } from './registers.ts';
import { requisitionsOf } from './requisitions.ts';
import { reviewsOf } from './reviews.ts';
import { stockOf } from './stock.ts';
import { suppliersOf } from './suppliers.ts';
import { trailsOf } from './trails.ts';
import { transfersOf } from './transfers.ts';

import { watchOf } from './watch.ts';
import { watchesOf } from './watches.ts';
import { writeOffsOf } from './write-offs.ts';

export type { Change, TableOptions } from './engine.ts';

export type Table = ReturnType<typeof openTable>;

/** Opens the table for use. Reads are strong except the index part of lists, which may lag by a moment. */
export const openTable = (options: TableOptions) => {
  const engine = openEngine(options);
  return {
    ...counterOf(engine),
    ...prescribingOf(engine),
    ...draftsOf(engine),
    ...patientsOf(engine),
    ...stockOf(engine),
    ...postingsOf(engine),
    ...importsOf(engine),
    ...countsOf(engine),
    ...receivingOf(engine),
    ...photosOf(engine),
    ...writeOffsOf(engine),
    ...packsOf(engine),
    ...registersOf(engine),
    ...recallsOf(engine),
    ...paperOf(engine),
    ...patientPageOf(engine),
    ...feedbackOf(engine),
    ...peopleOf(engine),
    ...populationOf(engine),
    ...formularyOf(engine),
    ...approvalsOf(engine),
    ...knowledgeOf(engine),
    ...knowledgeArchiveOf(engine),
    ...trailsOf(engine),
    ...eventLogOf(engine),
    ...logCheckOf(engine),
    ...factsOf(engine),
    ...careOf(engine),
    ...casesOf(engine),
    ...privacyOf(engine),
    ...reviewsOf(engine),
    ...ledgerViewsOf(engine),
    ...watchOf(engine),
    ...watchesOf(engine),
    ...consumptionOf(engine),
    ...pastUseOf(engine),
    ...periodsOf(engine),
    ...plansOf(engine),
    ...transfersOf(engine),
    ...requisitionsOf(engine),
    ...budgetsOf(engine),
    ...suppliersOf(engine),
    ...ordersOf(engine),
    ...orderMessagesOf(engine),
  };
};
