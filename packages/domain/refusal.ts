/**
 * Why Darmon says no. One closed union of codes; each has its HTTP status here and its words in `@darmon/i18n`.
 * A refusal is a value of the domain, so rules return or throw it without knowing how it is rendered.
 */

/** Every code with the status it gets at the edge (RFC 9457). A code is never reused for another meaning. */
export const refusalStatus = {
  // who
  'not-allowed': 403,
  'licence-lapsed': 403,
  'account-closed': 403,
  'right-missing': 403,
  'second-factor-needed': 403,
  'second-factor-none': 409,
  'second-factor-not-begun': 409,
  'sign-in-stale': 403,
  'code-wrong': 422,
  'codes-locked': 409,
  'look-first': 403,
  'approval-missing': 422,
  'approval-invalid': 409,
  'approver-is-author': 409,
  // request
  'unreadable-body': 400,
  'idempotency-key-missing': 400,
  'bad-cursor': 400,
  'body-too-large': 413,
  schema: 422,
  'key-reused': 422,
  // not known here
  'not-found': 404,
  'route-unknown': 404,
  // prescribing rules
  'pinfl-invalid': 422,
  'patient-mismatch': 422,
  'medicine-unknown': 422,
  'medicine-not-allowed': 422,
  'too-many-lines': 422,
  'duplicate-medicine': 422,
  'dosage-invalid': 422,
  'quantity-contradicts-dosage': 422,
  'quantity-missing': 422,
  'quantity-invalid': 422,
  'medicine-not-registered': 422,
  'must-stand-alone': 422,
  'course-too-long': 422,
  'brand-not-allowed': 422,
  'brand-unknown': 422,
  'repeat-invalid': 422,
  'alert-contraindicated': 422,
  'alert-unanswered': 422,
  'draft-closed': 409,
  'policy-changed': 409,
  'policy-invalid': 422,
  'knowledge-invalid': 422,
  'knowledge-unverified': 409,
  // dispensing rules
  'not-yet-open': 409,
  'substitution-not-allowed': 422,
  'serial-dispensed': 409,
  'serial-quarantined': 409,
  'serial-gone': 409,
  'note-missing': 422,
  'promise-invalid': 422,
  'identity-missing': 422,
  'identity-mismatch': 409,
  'paper-not-allowed': 422,
  'paper-known': 409,
  'line-unknown': 422,
  'line-repeated': 422,
  'line-closed': 409,
  'lot-repeated': 422,
  'pack-wrong-lot': 422,
  'quantity-over-owed': 409,
  'lot-unknown': 422,
  'lot-expired': 422,
  'lot-reason-missing': 422,
  'lots-sum-mismatch': 422,
  'pack-wrong-medicine': 422,
  'scan-unreadable': 422,
  'scan-contradicts': 422,
  'scan-inconsistent': 422,
  'serial-repeated': 422,
  'code-invalid': 422,
  'number-invalid': 422,
  'lot-blocked': 409,
  'out-of-stock': 409,
  'split-dispense': 422,
  'prescription-expired': 409,
  'prescription-cancelled': 409,
  'prescription-completed': 409,
  'claimed-elsewhere': 409,
  'not-claimed': 409,
  'cancel-requested': 409,
  'already-dispensed': 409,
  'undo-too-late': 409,
  'already-undone': 409,
  'units-returned': 409,
  // stock rules
  'gtin-unknown': 422,
  'expiry-mismatch': 409,
  'expiry-missing': 422,
  'lot-missing': 422,
  'already-expired': 422,
  'packs-and-quantity': 422,
  'document-known': 409,
  'split-receipt': 422,
  'split-document': 422,
  'backdate-too-far': 422,
  'past-negative': 409,
  'serial-known': 409,
  'document-closed': 409,
  'not-author': 403,
  'signer-repeated': 409,
  'place-invalid': 422,
  'already-reversed': 409,
  'not-reversible': 422,
  'transfer-same-site': 422,
  'not-picked': 409,
  'pick-over': 422,
  'received-over': 422,
  'discrepancy-untyped': 422,
  'temperature-missing': 422,
  'photo-invalid': 422,
  'not-expired': 422,
  'not-in-transit': 422,
  'count-running': 409,
  'recount-needed': 409,
  'lines-uncounted': 409,
  'units-promised': 409,
  'count-too-large': 422,
  'reason-missing': 422,
  'lot-recalled': 409,
  'recall-incomplete': 409,
  'recall-known': 409,
  'import-invalid': 422,
  'value-missing': 422,
  'value-invalid': 422,
  'pack-ambiguous': 422,
  'lot-known-here': 409,
  // suppliers and orders
  'supplier-unknown': 422,
  'price-missing': 422,
  'price-repeated': 422,
  'order-empty': 422,
  'order-too-large': 422,
  'order-ended': 409,
  'order-not-sent': 409,
  'order-over-approval': 409,
  'currency-mismatch': 422,
  'invoice-line-repeated': 422,
  'too-many-invoices': 422,
  'invoice-paid': 409,
  'invoice-ended': 409,
  // requisitions and their money
  'requisition-empty': 422,
  'approval-limit': 403,
  'approval-region': 403,
  'delegation-missing': 403,
  'delegation-invalid': 422,
  'lines-unpriced': 409,
  'price-over-limit': 422,
  'budget-exceeded': 409,
  // closing a month
  'period-not-over': 409,
  'period-out-of-turn': 409,
  'period-state': 409,
  'period-changed': 409,
  'period-unbalanced': 409,
  'period-check-unanswered': 422,
  'period-not-packaged': 409,
  // the patient's page and feedback
  'page-not-opened': 403,
  'page-locked': 403,
  'feedback-token-invalid': 422,
  'feedback-given': 409,
  // staff and sites
  'site-unknown': 422,
  'role-not-for-site': 422,
  'site-kind-fixed': 422,
  'person-known': 409,
  'site-known': 409,
  'already-bootstrapped': 409,
  'version-changed': 409,
  // a person's rights
  'privacy-state': 409,
  // cases of the daily analysis
  'case-state': 409,
  'case-not-yours': 409,
  // races that outlast the retries
  busy: 409,
  'too-many-requests': 429,
  unavailable: 503,
} as const;

export type RefusalCode = keyof typeof refusalStatus;

/** Values that fill the placeholders of the words; never personal data, because they reach logs and answers. */
export type RefusalFacts = Readonly<Record<string, string | number>>;

/** One faulty place of the request: an RFC 6901 pointer and what is wrong there. */
export interface RefusalError {
  readonly pointer: string;
  readonly detail: string;
}

/** A typed no. Thrown by decisions and use cases, rendered once at the edge; anything else that is thrown is a fault. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly facts: RefusalFacts;
  readonly errors: readonly RefusalError[];

  constructor(code: RefusalCode, facts: RefusalFacts = {}, errors: readonly RefusalError[] = []) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.facts = facts;
    this.errors = errors;
  }

  get status(): number {
    return refusalStatus[this.code];
  }
}

/** A refusal that points at one line of the request, so that a screen can mark it. */
export const refuseAt = (code: RefusalCode, pointer: string, facts: RefusalFacts = {}): Refusal =>
  new Refusal(code, facts, [{ pointer, detail: code }]);
