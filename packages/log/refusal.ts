/** What speaks against a log, a note or a proof, as a closed list of codes; in the order in which they are looked for. */
const codes = [
  'checkpoint-missing',
  'checkpoint-malformed',
  'checkpoint-origin',
  'checkpoint-unsigned',
  'checkpoint-signature',
  'not-cosigned',
  'cosignature-malformed',
  'cosignature-signature',
  'known-malformed',
  'rolled-back',
  'forked',
  'inconsistent',
  'tile-missing',
  'tile-malformed',
  'tile-differs',
  'bundle-missing',
  'bundle-malformed',
  'entry-not-canonical',
  'leaf-differs',
  'root-differs',
  'event-differs',
  'event-twice',
  'event-not-in-table',
  'event-not-in-log',
  'no-such-entry',
  'proof-malformed',
  'proof-invalid',
  'reveal-differs',
  'key-malformed',
  'too-large',
  'already-written',
  'index-ahead',
  'not-moving',
  'signer-failed',
] as const;
export type LogCode = (typeof codes)[number];

/** A log that cannot be believed, or that would stop being one. `detail` is for people and names nobody. */
export class LogRefusal extends Error {
  readonly code: LogCode;
  constructor(code: LogCode, detail?: string) {
    super(detail === undefined ? code : `${code}: ${detail}`);
    this.name = 'LogRefusal';
    this.code = code;
  }
}
