/**
 * The page of access patterns: every key of the table is made here and nowhere else.
 *
 * | question | pk | sk |
 * |---|---|---|
 * | a prescription                          | PRESCRIPTION#id          | PRESCRIPTION |
 * | its dispenses                           | PRESCRIPTION#id          | DISPENSE#n |
 * | its trail                               | PRESCRIPTION#id          | EVENT#ulid |
 * | the picture of a paper prescription     | PRESCRIPTION#id          | PICTURE |
 * | whether a patient's page is locked      | PAGE#prescription        | PAGE |
 * | who has this printed number             | NUMBER#number            | PRESCRIPTION |
 * | a patient's prescriptions               | gsi1 PATIENT#id          | issue time |
 * | a doctor's prescriptions                | gsi2 PRESCRIBER#id       | issue time |
 * | a draft, with its wrapped data key      | DRAFT#id                 | DRAFT |
 * | a doctor's drafts                       | gsi2 DRAFTS#person       | save time |
 * | a doctor's templates and favourites     | TEMPLATES#person         | TEMPLATES |
 * | a patient, with the wrapped data key    | PATIENT#id               | PATIENT |
 * | who has this PINFL or passport          | PATIENT-MAC#mac          | PATIENT |
 * | who has this name and birth date        | PATIENT-MAC#mac          | PATIENT#id |
 * | who looked a patient up                 | LOOKUPS#patient          | EVENT#ulid |
 * | whose looks found nobody                | LOOKUPS#person           | EVENT#ulid |
 * | prescriptions cancelled and in validity | REVOCATIONS              | validUntil#id |
 * | lots of a medicine at a site, FEFO      | SITE#site#MEDICINE#code  | STOCK#expiry#gtin#lot |
 * | all stock of a site                     | gsi1 STOCK#site          | medicine#expiry#gtin#lot |
 * | movements of a lot at a site            | SITE#site#LOT#gtin#lot   | MOVEMENT#ulid |
 * | a lot's one expiry and state            | LOT#gtin#lot             | LOT |
 * | a supplier's document, received once    | DOCUMENT#site            | supplier#number |
 * | a receipt, its lines where they are many | RECEIPT#id              | RECEIPT / LINES#n |
 * | how its delivery differed               | RECEIPT#id               | DISCREPANCY#n |
 * | receipts of a site; those with something open | gsi1 RECEIPTS#site / gsi2 DISCREPANCIES#site | id |
 * | an expected delivery, its lines as they stand, its cartons | EXPECTED#id | EXPECTED / LINES#revision#n / UNITS#n |
 * | deliveries that a site expects          | gsi1 EXPECTED#site       | state#id |
 * | a transfer, a write-off, a count         | TRANSFER#id, WRITE-OFF#id, COUNT#id | TRANSFER, WRITE-OFF, COUNT |
 * | write-offs of a site                   | gsi1 WRITE-OFFS#site     | id |
 * | write-offs that wait for a signature    | gsi2 WRITE-OFFS          | id |
 * | a photo: what it is, and itself         | PHOTO#id                 | PHOTO / DATA |
 * | an opening balance, its parts           | IMPORT#id                | IMPORT / PART#row |
 * | a count, its lines, why they differ      | COUNT#id                 | COUNT / LINE#gtin#lot / REASONS#n |
 * | counts of a site                         | gsi1 COUNTS#site         | id |
 * | the count that was begun last at a site  | COUNT#site               | LATEST |
 * | a transfer's lines, picks, arrivals      | TRANSFER#id              | LINES, PICKS#line, ARRIVAL#ulid |
 * | transfers that a site sends, receives   | gsi1 TRANSFERS-FROM#site, gsi2 TRANSFERS-TO#site | ulid |
 * | what took a movement back               | REVERSAL#movement        | REVERSAL |
 * | temperatures of a site                  | TEMPERATURE#site         | READING#ulid |
 * | what was seen of each site              | OVERVIEW                 | region#site |
 * | a document on its way into the ledger   | POSTING#id / gsi1 POSTINGS, while open | POSTING / id |
 * | its chunks                              | POSTING#id               | CHUNK#n |
 * | every place that ever held a lot        | gsi3 LOT#gtin#lot        | site |
 * | a medicine                              | MEDICINE#code            | MEDICINE |
 * | the medicine of a GTIN                  | GTIN#gtin                | PACK |
 * | the formulary                           | gsi1 FORMULARY           | code |
 * | all of it packed: which counts, its parts | PACKED-FORMULARY       | HEAD, PART#content#n |
 * | a member of staff, all staff            | PERSON#id / gsi1 PEOPLE  | PERSON / id |
 * | a site, all sites                       | SITE#id / gsi1 SITES     | SITE / id |
 * | lots recalled now, policies that count  | RECALLS, POLICY          | same |
 * | a policy as it was saved                | POLICY                   | VERSION#n |
 * | inhabitants by year and region          | POLICY                   | POPULATION |
 * | signed lists, newest                    | LIST#kind                | LIST |
 * | what happened at a site on a day        | gsi2 EVENT#site#day      | ulid |
 * | a request that was answered             | IDEMPOTENCY#person#hash  | REQUEST |
 * | a yes to one request, used once         | APPROVAL#id              | APPROVAL |
 * | what colleagues at a site are asked     | APPROVALS#site           | REQUEST#ulid |
 * | the register of a controlled medicine   | REGISTER#site#medicine   | PAGE / ENTRY#seq |
 * | a scanned pack and what is left in it   | SERIAL#gtin#serial       | SERIAL |
 * | packs that a site set aside             | SET-ASIDE#site           | PACK#ulid |
 * | packs to be checked when the marking service answers | MARKING-CHECK#day / gsi1 same, while open | ulid |
 * | who opened it, when it was locked       | PAGE#prescription        | EVENT#ulid |
 * | pharmacies of a region that hold a medicine | gsi2 HOLDS#region#medicine | expiry#site |
 * | feedback, of a site, of a day           | FEEDBACK#id / gsi1 FEEDBACK#site / gsi2 FEEDBACK#day | FEEDBACK / day#id / id |
 * | a dispense that feedback was given for  | FEEDBACK#dispense        | GIVEN |
 * | complaints about a lot; lots with a signal | SIGNAL#gtin#lot / gsi1 SIGNALS | SIGNAL / time |
 * | which knowledge counts, sets imported   | KNOWLEDGE                | CURRENT / SET#version |
 * | what a set knows of an INN or ATC class | KNOWLEDGE#version#subject | ROWS#n |
 * | all of a set, packed, for comparing     | KNOWLEDGE#version        | PART#n |
 * | a recall; all; those being counted      | RECALL#id / gsi1 RECALL-LIST / gsi2 RECALLS-WORKING | RECALL / id / id |
 * | how a recalled lot stands at a place; recalls of a site | RECALL#id / gsi1 RECALLS-AT#site | PLACE#site / id |
 * | dispenses that the freeze did not stop  | RECALL#id                | ESCAPED#site#dispense |
 * | whom a pharmacy told of a recall; how many were told | RECALL-CALLS#id | CALL#site#dispense, COUNTS |
 * | a supplier, all; its prices, those of a pack | SUPPLIER#id / gsi1 SUPPLIERS; gsi2 PRICES#gtin | SUPPLIER / id; PRICE#gtin#from; supplier#from |
 * | an order; orders of a supplier; all by what is to do | ORDER#id / gsi1 ORDERS#supplier / gsi2 ORDERS | ORDER / id / group#id |
 * | what a site waits for                   | gsi2 ORDERS-OPEN#site    | id (of ORDER#id, SHARE#site) |
 * | invoices for an order; a supplier's number, used once | ORDER#id; INVOICE#supplier | INVOICE#ulid; number |
 * | what is sent to a supplier's system; what waits | ORDER-MESSAGE#order / gsi1 ORDER-MESSAGES | kind / next try#order |
 * | a requisition, its lines                 | REQUISITION#id           | REQUISITION / LINES#n |
 * | which requisition the plan of a week made for a site | REQUISITION-OF#site#week | REQUISITION |
 * | requisitions of a site; those in a state that waits for somebody | gsi1 REQUISITIONS#site / gsi2 REQUISITIONS-IN#state | id / urgent first, id |
 * | a year's money of a site or region; all of a year | BUDGET#year#place / gsi1 BUDGETS#year | BUDGET / place |
 * | in whose place somebody approves; all delegations | DELEGATION#person / gsi1 DELEGATIONS | DELEGATION / person |
 * | who approves for a region                | APPROVERS                | region |
 * | the registered price of a pack; all      | REFERENCE-PRICE#gtin / gsi1 REFERENCE-PRICES | PRICE / gtin |
 * | how often somebody tried                | ATTEMPT#what             | window |
 * | what was used at a site, by medicine and month; how far that is kept | CONSUMPTION#site | USE#medicine#month / ROLLED |
 * | what was used there before Darmon, by medicine; the first day of its own ledger | CONSUMPTION#site | PAST#medicine / SINCE |
 * | an import of past use, its parts        | PAST-IMPORT#id           | IMPORT / PART#row |
 * | a site's plan, its lines in one of two places; plans of all sites | PLAN#site / gsi1 PLANS | PLAN, LINES#place#n / site |
 * | what it could give to other sites, and needs | PLAN#site                | EXCHANGE |
 * | where an event stands in the log; how far that is recorded | LOGGED#event, LOG | EVENT, LOG |
 * | under which secret events of somebody are hidden in the log | LOG-KEY#name | KEY |
 * | how far the comparison of table and log is; what each night came to; the log's entries of a day | LOG-CHECK#STATE, LOG-CHECK#RUNS, LOG-CHECK#DAY#day | STATE, RUN#run, DAY |
 * | how table and log differ; those in a state | LOG-CHECK#FINDING#id / gsi1 LOG-FINDINGS#state | FINDING / time#id |
 * | events that are not in the log; those that wait for the appender | LOG-CHECK#MISSED / gsi1 LOG-MISSED | run#event / same |
 * | a weekly run, and its sites             | PLAN-RUN#week            | RUN, SITE#site |
 * | what was reckoned of a site's month for reports, of stock or of care; its parts in one of two places; how far it is kept | FACTS#site | kind#month; FACTS#site#month: kind#place#n; kind#THROUGH |
 * | a patient's rights: what is kept whatever the rules say, an erasure; all of them; those under way | PRIVACY#patient / gsi1 HOLDS, ERASURES / gsi2 PRIVACY-OPEN | HOLD, ERASURE / time#patient / patient |
 * | every hash that finds a patient         | gsi1 PATIENT-MACS#patient | hash |
 * | how far the night is with what is over its time | RETENTION#class  | prescriber, or DAYS |
 * | a case; those in a state by score      | CASE#id / gsi1 CASES#state | CASE / score#id |
 * | until when a rule is silent on somebody | CASE#SILENCE#subject     | SILENCE |
 * | what the analysis was told of a day, packed; when it ran | CASE#FACTS#day, CASE#RUNS | PART#n, FACTS, day |
 * | what came of looking at a look          | REVIEW#event             | REVIEW |
 * | attempts nobody came in by; their refusals | SIGN-IN#person / gsi1 SIGN-INS | OPEN, EVENT#ulid |
 * | clocks of devices as a person's account told them | CLOCK#person   | CLOCKS, EVENT#ulid |
 */
import { ulidTime } from '@darmon/domain/ledger';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export const prescriptionKey = (id: string): Key => ({ pk: `PRESCRIPTION#${id}`, sk: 'PRESCRIPTION' });
export const dispenseKey = (prescription: string, n: number): Key => ({
  pk: `PRESCRIPTION#${prescription}`,
  sk: `DISPENSE#${String(n).padStart(4, '0')}`,
});
export const pictureKey = (prescription: string): Key => ({ pk: `PRESCRIPTION#${prescription}`, sk: 'PICTURE' });
export const pageKey = (prescription: string): Key => ({ pk: `PAGE#${prescription}`, sk: 'PAGE' });
export const numberKey = (number: string): Key => ({ pk: `NUMBER#${number}`, sk: 'PRESCRIPTION' });
export const draftKey = (id: string): Key => ({ pk: `DRAFT#${id}`, sk: 'DRAFT' });
export const draftsPartition = (person: string): string => `DRAFTS#${person}`;
export const templatesKey = (person: string): Key => ({ pk: `TEMPLATES#${person}`, sk: 'TEMPLATES' });
export const patientKey = (id: string): Key => ({ pk: `PATIENT#${id}`, sk: 'PATIENT' });
export const patientMacKey = (mac: string): Key => ({ pk: `PATIENT-MAC#${mac}`, sk: 'PATIENT' });
export const patientNameKey = (mac: string, id: string): Key => ({ pk: `PATIENT-MAC#${mac}`, sk: `PATIENT#${id}` });
/** Apart from the patient and the person, so that whoever records a look may not change either. */
export const lookUpsPartition = (id: string): string => `LOOKUPS#${id}`;
export const revocationPartition = 'REVOCATIONS';
export const revocationKey = (id: string, validUntil: string): Key => ({
  pk: revocationPartition,
  sk: `${validUntil}#${id}`,
});
export const stockPartition = (site: string, medicine: string): string => `SITE#${site}#MEDICINE#${medicine}`;
export const stockKey = (row: {
  site: string;
  medicine: string;
  expiryDate: string;
  gtin: string;
  lot: string;
}): Key => ({
  pk: stockPartition(row.site, row.medicine),
  sk: `STOCK#${row.expiryDate}#${row.gtin}#${row.lot}`,
});
export const movementPartition = (site: string, gtin: string, lot: string): string => `SITE#${site}#LOT#${gtin}#${lot}`;
export const movementKey = (m: { site: string; gtin: string; lot: string; id: string }): Key => ({
  pk: movementPartition(m.site, m.gtin, m.lot),
  sk: `MOVEMENT#${m.id}`,
});
/** Where movements that count after an instant begin; none is of the very next millisecond before it. */
export const movementsAfter = (ms: number): string => `MOVEMENT#${ulidTime(ms + 1)}`;
export const transferKey = (id: string): Key => ({ pk: `TRANSFER#${id}`, sk: 'TRANSFER' });
export const transferLinesKey = (id: string): Key => ({ pk: `TRANSFER#${id}`, sk: 'LINES' });
export const transferPicksPrefix = 'PICKS#';
export const transferPicksKey = (id: string, line: number): Key => ({
  pk: `TRANSFER#${id}`,
  sk: `${transferPicksPrefix}${String(line).padStart(4, '0')}`,
});
export const transferArrivalPrefix = 'ARRIVAL#';
export const transferArrivalKey = (id: string, arrival: string): Key => ({
  pk: `TRANSFER#${id}`,
  sk: `${transferArrivalPrefix}${arrival}`,
});
export const transfersFromPartition = (site: string): string => `TRANSFERS-FROM#${site}`;
export const transfersToPartition = (site: string): string => `TRANSFERS-TO#${site}`;
export const writeOffKey = (id: string): Key => ({ pk: `WRITE-OFF#${id}`, sk: 'WRITE-OFF' });
export const writeOffsPartition = (site: string): string => `WRITE-OFFS#${site}`;
/** In gsi2, only while an act is requested. */
export const openWriteOffsPartition = 'WRITE-OFFS';
export const photoKey = (id: string): Key => ({ pk: `PHOTO#${id}`, sk: 'PHOTO' });
export const photoDataKey = (id: string): Key => ({ pk: `PHOTO#${id}`, sk: 'DATA' });
export const countKey = (id: string): Key => ({ pk: `COUNT#${id}`, sk: 'COUNT' });
/** A movement is taken back once. */
export const reversalKey = (movement: string): Key => ({ pk: `REVERSAL#${movement}`, sk: 'REVERSAL' });
export const temperaturePartition = (site: string): string => `TEMPERATURE#${site}`;
export const temperaturePrefix = 'READING#';
export const temperatureKey = (site: string, id: string): Key => ({
  pk: temperaturePartition(site),
  sk: `${temperaturePrefix}${id}`,
});
export const overviewPartition = 'OVERVIEW';
export const overviewKey = (region: string, site: string): Key => ({ pk: overviewPartition, sk: `${region}#${site}` });
export const importKey = (id: string): Key => ({ pk: `IMPORT#${id}`, sk: 'IMPORT' });
export const importPartPrefix = 'PART#';
export const importPartKey = (id: string, from: number): Key => ({
  pk: `IMPORT#${id}`,
  sk: `${importPartPrefix}${String(from).padStart(6, '0')}`,
});
export const countsPartition = (site: string): string => `COUNTS#${site}`;
/** No count has an id of the form of a site. */
export const latestCountKey = (site: string): Key => ({ pk: `COUNT#${site}`, sk: 'LATEST' });
export const countLinePrefix = 'LINE#';
export const countLineKey = (id: string, line: { gtin: string; lot: string }): Key => ({
  pk: `COUNT#${id}`,
  sk: `${countLinePrefix}${line.gtin}#${line.lot}`,
});
export const countReasonsPrefix = 'REASONS#';
export const countReasonsKey = (id: string, n: number): Key => ({
  pk: `COUNT#${id}`,
  sk: `${countReasonsPrefix}${String(n).padStart(2, '0')}`,
});
export const postingKey = (id: string): Key => ({ pk: `POSTING#${id}`, sk: 'POSTING' });
export const postingsPartition = 'POSTINGS';
export const postingChunkKey = (id: string, n: number): Key => ({
  pk: `POSTING#${id}`,
  sk: `CHUNK#${String(n).padStart(6, '0')}`,
});
export const lotKey = (gtin: string, lot: string): Key => ({ pk: `LOT#${gtin}#${lot}`, sk: 'LOT' });
/** Without regard to case, and apart from each other whatever they contain. */
export const documentKey = (site: string, supplier: string, number: string): Key => ({
  pk: `DOCUMENT#${site}`,
  sk: [supplier, number].map((part) => encodeURIComponent(part.toUpperCase())).join('#'),
});
/** A supplier's announcement of it; no document has this form. */
export const announcementKey = (site: string, supplier: string, number: string): Key => {
  const { pk, sk } = documentKey(site, supplier, number);
  return { pk, sk: `announced#${sk}` };
};
export const receiptKey = (id: string): Key => ({ pk: `RECEIPT#${id}`, sk: 'RECEIPT' });
export const receiptLinesKey = (id: string, n: number): Key => ({
  pk: `RECEIPT#${id}`,
  sk: `LINES#${String(n).padStart(4, '0')}`,
});
export const discrepancyPrefix = 'DISCREPANCY#';
export const discrepancyKey = (receipt: string, n: number): Key => ({
  pk: `RECEIPT#${receipt}`,
  sk: `${discrepancyPrefix}${String(n).padStart(5, '0')}`,
});
export const receiptsPartition = (site: string): string => `RECEIPTS#${site}`;
export const discrepanciesPartition = (site: string): string => `DISCREPANCIES#${site}`;
export const expectedKey = (id: string): Key => ({ pk: `EXPECTED#${id}`, sk: 'EXPECTED' });
/** A revision is whole: what a delivery leaves is written beside it, and then takes its place. */
export const expectedLinesKey = (id: string, revision: number, n: number): Key => ({
  pk: `EXPECTED#${id}`,
  sk: `LINES#${String(revision).padStart(4, '0')}#${String(n).padStart(4, '0')}`,
});
export const expectedUnitsKey = (id: string, n: number): Key => ({
  pk: `EXPECTED#${id}`,
  sk: `UNITS#${String(n).padStart(4, '0')}`,
});
export const expectedPartition = (site: string): string => `EXPECTED#${site}`;
export const medicineKey = (code: string): Key => ({ pk: `MEDICINE#${code}`, sk: 'MEDICINE' });
export const gtinKey = (gtin: string): Key => ({ pk: `GTIN#${gtin}`, sk: 'PACK' });
export const packedFormulary = 'PACKED-FORMULARY';
export const formularyHeadKey: Key = { pk: packedFormulary, sk: 'HEAD' };
export const formularyPartPrefix = (content: string): string => `PART#${content}#`;
export const formularyPartKey = (content: string, n: number): Key => ({
  pk: packedFormulary,
  sk: `${formularyPartPrefix(content)}${String(n).padStart(2, '0')}`,
});
export const personKey = (id: string): Key => ({ pk: `PERSON#${id}`, sk: 'PERSON' });
export const siteKey = (id: string): Key => ({ pk: `SITE#${id}`, sk: 'SITE' });
export const recallsKey: Key = { pk: 'RECALLS', sk: 'RECALLS' };
export const policyKey: Key = { pk: 'POLICY', sk: 'POLICY' };
export const policyVersionKey = (version: number): Key => ({
  pk: 'POLICY',
  sk: `VERSION#${String(version).padStart(6, '0')}`,
});
export const populationKey: Key = { pk: 'POLICY', sk: 'POPULATION' };
export const listKey = (kind: 'keys' | 'revocations'): Key => ({ pk: `LIST#${kind}`, sk: 'LIST' });
export const approvalKey = (id: string): Key => ({ pk: `APPROVAL#${id}`, sk: 'APPROVAL' });
export const approvalsPartition = (site: string): string => `APPROVALS#${site}`;
export const approvalRequestKey = (site: string, id: string): Key => ({
  pk: approvalsPartition(site),
  sk: `REQUEST#${id}`,
});
export const registerPageKey = (site: string, medicine: string): Key => ({
  pk: `REGISTER#${site}#${medicine}`,
  sk: 'PAGE',
});
export const registerEntryPrefix = 'ENTRY#';
export const registerEntryKey = (site: string, medicine: string, seq: number): Key => ({
  pk: `REGISTER#${site}#${medicine}`,
  sk: `${registerEntryPrefix}${String(seq).padStart(10, '0')}`,
});
export const serialKey = (gtin: string, serial: string): Key => ({
  pk: `SERIAL#${gtin}#${encodeURIComponent(serial)}`,
  sk: 'SERIAL',
});
export const setAsidePartition = (site: string): string => `SET-ASIDE#${site}`;
export const setAsidePrefix = 'PACK#';
export const setAsideKey = (site: string, id: string): Key => ({
  pk: setAsidePartition(site),
  sk: `${setAsidePrefix}${id}`,
});
/** `day` is a Tashkent day. */
export const markingCheckPartition = (day: string): string => `MARKING-CHECK#${day}`;
export const markingCheckKey = (day: string, id: string): Key => ({ pk: markingCheckPartition(day), sk: id });
export const requestKey = (person: string, keyHash: string): Key => ({
  pk: `IDEMPOTENCY#${person}#${keyHash}`,
  sk: 'REQUEST',
});
export const holdsPartition = (region: string, medicine: string): string => `HOLDS#${region}#${medicine}`;
export const feedbackKey = (id: string): Key => ({ pk: `FEEDBACK#${id}`, sk: 'FEEDBACK' });
export const feedbackGivenKey = (dispense: string): Key => ({ pk: `FEEDBACK#${dispense}`, sk: 'GIVEN' });
/** In gsi1 by site and in gsi2 by day; no site has the form of a day. */
export const feedbackPartition = (of: string): string => `FEEDBACK#${of}`;
export const signalKey = (gtin: string, lot: string): Key => ({ pk: `SIGNAL#${gtin}#${lot}`, sk: 'SIGNAL' });
export const signalsPartition = 'SIGNALS';
export const attemptKey = (what: string, window: string): Key => ({ pk: `ATTEMPT#${what}`, sk: window });
export const knowledgePartition = 'KNOWLEDGE';
export const knowledgeCurrentKey: Key = { pk: knowledgePartition, sk: 'CURRENT' };
export const knowledgeSetPrefix = 'SET#';
export const knowledgeSetKey = (version: number): Key => ({
  pk: knowledgePartition,
  sk: `${knowledgeSetPrefix}${String(version).padStart(6, '0')}`,
});
export const knowledgeArchivePartition = (version: number): string => `KNOWLEDGE#${version}`;
export const knowledgeArchiveKey = (version: number, n: number): Key => ({
  pk: knowledgeArchivePartition(version),
  sk: `PART#${String(n).padStart(2, '0')}`,
});
export const knowledgeRowsKey = (version: number, subject: string, n: number): Key => ({
  pk: `KNOWLEDGE#${version}#${subject}`,
  sk: `ROWS#${String(n).padStart(2, '0')}`,
});
export const recallKey = (id: string): Key => ({ pk: `RECALL#${id}`, sk: 'RECALL' });
export const recallPlacePrefix = 'PLACE#';
export const recallPlaceKey = (id: string, place: string): Key => ({
  pk: recallKey(id).pk,
  sk: `${recallPlacePrefix}${place}`,
});
export const escapedPrefix = 'ESCAPED#';
export const escapedKey = (id: string, place: string, dispense: string): Key => ({
  pk: recallKey(id).pk,
  sk: `${escapedPrefix}${place}#${dispense}`,
});
export const recallsPartition = 'RECALL-LIST';
export const recallsWorkingPartition = 'RECALLS-WORKING';
export const recallsAtPartition = (site: string): string => `RECALLS-AT#${site}`;
/** Apart from the recall, so that whoever may note a call may change no recall. */
export const recallCallKey = (id: string, site: string, dispense: string): Key => ({
  pk: `RECALL-CALLS#${id}`,
  sk: `CALL#${site}#${dispense}`,
});
export const recallCallCountsKey = (id: string): Key => ({ pk: `RECALL-CALLS#${id}`, sk: 'COUNTS' });
export const consumptionPartition = (site: string): string => `CONSUMPTION#${site}`;
export const consumptionPrefix = (medicine: string): string => `USE#${medicine}#`;
export const consumptionKey = (month: { site: string; medicine: string; month: string }): Key => ({
  pk: consumptionPartition(month.site),
  sk: `${consumptionPrefix(month.medicine)}${month.month}`,
});
export const rolledKey = (site: string): Key => ({ pk: consumptionPartition(site), sk: 'ROLLED' });
export const pastUsePrefix = 'PAST#';
/** Apart from the months that are reckoned, so that no reckoning can touch what was brought. */
export const pastUseKey = (use: { site: string; medicine: string }): Key => ({
  pk: consumptionPartition(use.site),
  sk: `${pastUsePrefix}${use.medicine}`,
});
export const ledgerStartKey = (site: string): Key => ({ pk: consumptionPartition(site), sk: 'SINCE' });
export const pastImportKey = (id: string): Key => ({ pk: `PAST-IMPORT#${id}`, sk: 'IMPORT' });
export const pastImportPartPrefix = 'PART#';
export const pastImportPartKey = (id: string, from: number): Key => ({
  pk: `PAST-IMPORT#${id}`,
  sk: `${pastImportPartPrefix}${String(from).padStart(6, '0')}`,
});
export const supplierKey = (id: string): Key => ({ pk: `SUPPLIER#${id}`, sk: 'SUPPLIER' });
export const suppliersPartition = 'SUPPLIERS';
export const supplierPricePrefix = 'PRICE#';
export const supplierPriceKey = (price: { supplier: string; gtin: string; validFrom: string }): Key => ({
  pk: supplierKey(price.supplier).pk,
  sk: `${supplierPricePrefix}${price.gtin}#${price.validFrom}`,
});
export const pricesPartition = (gtin: string): string => `PRICES#${gtin}`;
export const orderKey = (id: string): Key => ({ pk: `ORDER#${id}`, sk: 'ORDER' });
export const ordersPartition = (supplier: string): string => `ORDERS#${supplier}`;
/** In gsi2, each by what is to do with it. */
export const allOrdersPartition = 'ORDERS';
export const orderShareKey = (id: string, site: string): Key => ({ pk: orderKey(id).pk, sk: `SHARE#${site}` });
/** In gsi2, until the order has ended. */
export const openOrdersPartition = (site: string): string => `ORDERS-OPEN#${site}`;
export const invoicePrefix = 'INVOICE#';
export const invoiceKey = (order: string, id: string): Key => ({
  pk: orderKey(order).pk,
  sk: `${invoicePrefix}${id}`,
});
export const invoiceNumberKey = (supplier: string, number: string): Key => ({
  pk: `INVOICE#${supplier}`,
  sk: encodeURIComponent(number.toUpperCase()),
});
/** Apart from the order, so that what sends may change no order. */
export const orderMessageKey = (order: string, kind: string): Key => ({ pk: `ORDER-MESSAGE#${order}`, sk: kind });
/** In gsi1, while one waits to be sent. */
export const orderMessagesPartition = 'ORDER-MESSAGES';
export const requisitionKey = (id: string): Key => ({ pk: `REQUISITION#${id}`, sk: 'REQUISITION' });
export const requisitionLinesKey = (id: string, n: number): Key => ({
  pk: requisitionKey(id).pk,
  sk: `LINES#${String(n).padStart(2, '0')}`,
});
export const planRequisitionKey = (site: string, week: string): Key => ({
  pk: `REQUISITION-OF#${site}#${week}`,
  sk: 'REQUISITION',
});
export const requisitionsPartition = (site: string): string => `REQUISITIONS#${site}`;
export const requisitionsInPartition = (state: string): string => `REQUISITIONS-IN#${state}`;
export const budgetKey = (year: number, place: string): Key => ({ pk: `BUDGET#${year}#${place}`, sk: 'BUDGET' });
export const budgetsPartition = (year: number): string => `BUDGETS#${year}`;
export const delegationKey = (person: string): Key => ({ pk: `DELEGATION#${person}`, sk: 'DELEGATION' });
export const delegationsPartition = 'DELEGATIONS';
export const approversPartition = 'APPROVERS';
export const approversKey = (region: string): Key => ({ pk: approversPartition, sk: region });
export const referencePriceKey = (gtin: string): Key => ({ pk: `REFERENCE-PRICE#${gtin}`, sk: 'PRICE' });
export const referencePricesPartition = 'REFERENCE-PRICES';
export const planKey = (site: string): Key => ({ pk: `PLAN#${site}`, sk: 'PLAN' });
export const planExchangeKey = (site: string): Key => ({ pk: `PLAN#${site}`, sk: 'EXCHANGE' });
export const planLinesKey = (site: string, place: string, n: number): Key => ({
  pk: `PLAN#${site}`,
  sk: `LINES#${place}#${String(n).padStart(4, '0')}`,
});
export const plansPartition = 'PLANS';
export const planRunPartition = (week: string): string => `PLAN-RUN#${week}`;
export const planRunKey = (week: string): Key => ({ pk: planRunPartition(week), sk: 'RUN' });
/** Before every site of the run. */
export const planSitesPrefix = 'SITE#';
export const planWorkKey = (work: { week: string; site: string }): Key => ({
  pk: planRunPartition(work.week),
  sk: `${planSitesPrefix}${work.site}`,
});
export const loggedKey = (event: string): Key => ({ pk: `LOGGED#${event}`, sk: 'EVENT' });
export const loggedSizeKey: Key = { pk: 'LOG', sk: 'LOG' };
export const logSecretKey = (name: string): Key => ({ pk: `LOG-KEY#${name}`, sk: 'KEY' });
export const logCheckKey: Key = { pk: 'LOG-CHECK#STATE', sk: 'STATE' };
export const logRunsPartition = 'LOG-CHECK#RUNS';
export const logRunPrefix = 'RUN#';
export const logRunKey = (run: string): Key => ({ pk: logRunsPartition, sk: `${logRunPrefix}${run}` });
export const logDayKey = (day: string): Key => ({ pk: `LOG-CHECK#DAY#${day}`, sk: 'DAY' });
export const logFindingKey = (id: string): Key => ({ pk: `LOG-CHECK#FINDING#${id}`, sk: 'FINDING' });
export const logFindingsPartition = (state: string): string => `LOG-FINDINGS#${state}`;
/** `event` is the first of those that one item names. */
export const logMissedKey = (run: string, event: string): Key => ({ pk: 'LOG-CHECK#MISSED', sk: `${run}#${event}` });
/** In gsi1, until the appender has taken them. */
export const logMissedPartition = 'LOG-MISSED';
export const factsKey = (site: string, kind: string, month: string): Key => ({
  pk: `FACTS#${site}`,
  sk: `${kind}#${month}`,
});
/** In a partition of their own, so that a list of months does not read them. */
export const factsPartKey = (site: string, kind: string, month: string, place: string, n: number): Key => ({
  pk: `FACTS#${site}#${month}`,
  sk: `${kind}#${place}#${String(n).padStart(4, '0')}`,
});
export const factsThroughKey = (site: string, kind: string): Key => ({ pk: `FACTS#${site}`, sk: `${kind}#THROUGH` });
/** In gsi1: every hash that finds a patient, so that none is left when the patient is erased. */
export const macsPartition = (patient: string): string => `PATIENT-MACS#${patient}`;
export const holdKey = (patient: string): Key => ({ pk: `PRIVACY#${patient}`, sk: 'HOLD' });
export const erasureKey = (patient: string): Key => ({ pk: `PRIVACY#${patient}`, sk: 'ERASURE' });
export const holdsOfAllPartition = 'HOLDS';
export const erasuresPartition = 'ERASURES';
/** In gsi2, while somebody or something has to go on with it. */
export const openPrivacyPartition = 'PRIVACY-OPEN';
/** `of` is a prescriber, or `DAYS`. */
export const retentionKey = (kind: string, of: string): Key => ({ pk: `RETENTION#${kind}`, sk: of });
export const caseKey = (id: string): Key => ({ pk: `CASE#${id}`, sk: 'CASE' });
export const casesPartition = (state: string): string => `CASES#${state}`;
export const caseSilenceKey = (subject: string): Key => ({ pk: `CASE#SILENCE#${subject}`, sk: 'SILENCE' });
export const dayFactsKey = (day: string): Key => ({ pk: `CASE#FACTS#${day}`, sk: 'FACTS' });
export const dayFactsPartKey = (day: string, made: string, n: number): Key => ({
  pk: dayFactsKey(day).pk,
  sk: `PART#${made}#${String(n).padStart(4, '0')}`,
});
export const analysisRunsPartition = 'CASE#RUNS';
export const analysisRunKey = (day: string): Key => ({ pk: analysisRunsPartition, sk: `DAY#${day}` });
/** Attempts on an account that nobody came in by yet; what was refused lies beside, as events. */
export const signInKey = (person: string): Key => ({ pk: `SIGN-IN#${person}`, sk: 'OPEN' });
/** In gsi1, while there are any. */
export const signInsPartition = 'SIGN-INS';
export const clocksKey = (person: string): Key => ({ pk: `CLOCK#${person}`, sk: 'CLOCKS' });
export const reviewKey = (event: string): Key => ({ pk: `REVIEW#${event}`, sk: 'REVIEW' });
/** All of them in one item, which everybody may read who has to know in which month an entry counts. */
export const freezesKey: Key = { pk: 'PERIOD#FREEZES', sk: 'FREEZES' };
export const periodVersionPrefix = 'VERSION#';
export const periodKey = (month: string, version: number): Key => ({
  pk: `PERIOD#${month}`,
  sk: `${periodVersionPrefix}${String(version).padStart(4, '0')}`,
});
export const periodReportPrefix = (version: number): string => `REPORT#${String(version).padStart(4, '0')}#`;
export const periodReportKey = (month: string, version: number, report: string): Key => ({
  pk: periodKey(month, version).pk,
  sk: `${periodReportPrefix(version)}${report}`,
});
export const periodsPartition = 'PERIODS';
