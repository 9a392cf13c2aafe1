/**
 * How long what lies in each partition is kept, and by which rule: every partition of `keys.ts` has exactly one class, and
 * a test fails for a new one without. Years are an administrator's (`domain/retention.ts`); what has none is kept for ever
 * because sums and the log rest on it, or goes by itself.
 */

/**
 * - `prescription`: its sealed fields are emptied after the years for prescriptions, or for controlled ones, and its
 *   picture after those for pictures; what was supplied, when, where and by whom stays
 * - `feedback`: its words are emptied after the years for feedback
 * - `patient`: destroyed with the patient's erasure, which comes when nothing of the patient is within its years
 * - `pointing`: names a patient by an id that nobody can open after the erasure; kept for ever
 * - `staff`: names members of staff, or is theirs; kept, since documents outlive accounts
 * - `record`: goods, documents, money and what a check found, with who signed by id; kept for ever
 * - `rules`: what a ministry or an administrator set; kept for ever
 * - `made`: reckoned of other partitions, and can be reckoned again
 * - `passing`: goes by itself after minutes or days (`ttl`), or is emptied when its work is done
 * - `index`: no item of its own lies there; an index finds items of other partitions by it
 */
export type Keeping =
  | 'prescription'
  | 'feedback'
  | 'patient'
  | 'pointing'
  | 'staff'
  | 'record'
  | 'rules'
  | 'made'
  | 'passing'
  | 'index';

const of = (keeping: Keeping, ...partitions: readonly string[]) =>
  partitions.map((partition): [string, Keeping] => [partition, keeping]);

/** By partition, with `*` for what is filled in. */
export const keeping: ReadonlyMap<string, Keeping> = new Map([
  ...of('prescription', 'PRESCRIPTION#*'),
  ...of('feedback', 'FEEDBACK#*'),
  // LOG-KEY hides a patient's events in the log, and is destroyed together with the patient's data key
  ...of('patient', 'PATIENT#*', 'PATIENT-MAC#*', 'LOG-KEY#*'),
  // a look, a page, a printed number, a telephone call, a case, a review, a right: each of a patient's id at most
  ...of('pointing', 'LOOKUPS#*', 'PAGE#*', 'NUMBER#*', 'REVOCATIONS', 'RECALL-CALLS#*', 'PRIVACY#*', 'REVIEW#*'),
  ...of('pointing', 'CASE#*', 'CASE#SILENCE#*'),
  ...of('staff', 'PERSON#*', 'DELEGATION#*', 'APPROVERS', 'TEMPLATES#*', 'SIGN-IN#*', 'CLOCK#*'),
  ...of(
    'record',
    'SITE#*',
    'SITE#*#MEDICINE#*',
    'SITE#*#LOT#*#*',
    'LOT#*#*',
    'SERIAL#*#*',
    'REGISTER#*#*',
    'SET-ASIDE#*',
  ),
  ...of('record', 'RECEIPT#*', 'EXPECTED#*', 'DOCUMENT#*', 'TRANSFER#*', 'WRITE-OFF#*', 'COUNT#*', 'REVERSAL#*'),
  ...of(
    'record',
    'PHOTO#*',
    'TEMPERATURE#*',
    'RECALL#*',
    'RECALLS',
    'SIGNAL#*#*',
    'POSTING#*',
    'PERIOD#*',
    'PERIOD#FREEZES',
  ),
  ...of('record', 'SUPPLIER#*', 'ORDER#*', 'ORDER-MESSAGE#*', 'INVOICE#*', 'REQUISITION#*', 'REQUISITION-OF#*#*'),
  ...of('record', 'BUDGET#*#*', 'REFERENCE-PRICE#*', 'PAST-IMPORT#*', 'LOG-CHECK#FINDING#*'),
  ...of('rules', 'POLICY', 'MEDICINE#*', 'GTIN#*', 'KNOWLEDGE', 'KNOWLEDGE#*', 'KNOWLEDGE#*#*', 'LIST#*'),
  ...of('made', 'FACTS#*', 'FACTS#*#*', 'CONSUMPTION#*', 'PLAN#*', 'PLAN-RUN#*', 'OVERVIEW', 'PACKED-FORMULARY'),
  ...of('made', 'LOGGED#*', 'LOG', 'RETENTION#*', 'LOG-CHECK#DAY#*', 'LOG-CHECK#MISSED'),
  ...of('made', 'LOG-CHECK#RUNS', 'LOG-CHECK#STATE', 'CASE#RUNS'),
  ...of(
    'passing',
    'DRAFT#*',
    'APPROVAL#*',
    'APPROVALS#*',
    'ATTEMPT#*',
    'IDEMPOTENCY#*#*',
    'MARKING-CHECK#*',
    'IMPORT#*',
  ),
  ...of('passing', 'CASE#FACTS#*'),
  ...of('index', 'BUDGETS#*', 'CASES#*', 'COUNTS#*', 'DELEGATIONS', 'DISCREPANCIES#*', 'DRAFTS#*', 'ERASURES', 'HOLDS'),
  ...of('index', 'HOLDS#*#*', 'LOG-FINDINGS#*', 'LOG-MISSED', 'ORDER-MESSAGES', 'ORDERS', 'ORDERS#*', 'ORDERS-OPEN#*'),
  ...of('index', 'PATIENT-MACS#*', 'PERIODS', 'PLANS', 'POSTINGS', 'PRICES#*', 'PRIVACY-OPEN', 'RECALL-LIST'),
  ...of('index', 'RECALLS-AT#*', 'RECALLS-WORKING', 'RECEIPTS#*', 'REFERENCE-PRICES', 'REQUISITIONS#*'),
  ...of('index', 'REQUISITIONS-IN#*', 'SIGN-INS', 'SIGNALS', 'SUPPLIERS', 'TRANSFERS-FROM#*', 'TRANSFERS-TO#*'),
  ...of('index', 'WRITE-OFFS', 'WRITE-OFFS#*'),
]);
