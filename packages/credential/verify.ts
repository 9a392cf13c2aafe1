/**
 * Reading a code without a network: is it authentic, in time, not revoked, and how old is what we know. It proves that
 * a prescriber signed these words, and never that they are unused: only the online claim does that.
 */
import { isControlled } from '@darmon/domain/medicine';
import { instant, validUntil } from '@darmon/domain/time';
import { decodeBase45 } from './base45.ts';
import { type Certificate, certificateAad, openCertificate } from './certificate.ts';
import { decodeSign1, maxBytes, type Sign1, verifySign1 } from './cose.ts';
import type { KeyRing, RingKey } from './keys.ts';
import type { Revocations } from './lists.ts';
import { isLowS } from './p256.ts';
import { type Credential, decodePayload, type Payload } from './payload.ts';
import { codePrefix } from './sign.ts';

/** Why a code is refused; where several hold, the one that stands first here, line by line. */
export const invalidReasons = [
  // the text
  'too-large',
  'not-a-code',
  'not-base45',
  // its bytes
  'malformed',
  'not-canonical',
  'wrong-algorithm',
  'certificate-missing',
  'certificate-holder',
  // the certificate, where there is one
  'certificate-malformed',
  'certificate-too-long',
  'certificate-unknown-kid',
  'certificate-high-s',
  'certificate-bad-signature',
  'certificate-key-not-current',
  // the signature
  'unknown-kid',
  'high-s',
  'bad-signature',
  'key-not-current',
  // the limits of a certificate
  'certificate-not-yet-valid',
  'certificate-expired',
  'certificate-count',
  'certificate-controlled',
  'certificate-revoked',
  // time and lists
  'not-yet-valid',
  'expired',
  'revoked',
  'clock-behind',
  'lists-too-old',
  'lists-stale',
] as const;
export type InvalidReason = (typeof invalidReasons)[number];

/** How old the key and revocation lists may be, in hours. */
export interface ListAges {
  /** Up to here a list is fresh. */
  readonly fresh: number;
  /** Up to here it is stale: shown as such, and no controlled medicine. Beyond, nothing is accepted. */
  readonly usable: number;
}

const defaultListAges: ListAges = { fresh: 24, usable: 24 * 7 };

export interface VerifyContext {
  readonly keys: KeyRing;
  /** Absent where the caller looks revocation up online. */
  readonly revocations?: Revocations;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly ages?: ListAges;
}

export type Verification =
  | {
      readonly valid: true;
      readonly credential: Credential;
      /** Exclusive, an instant. */
      readonly validUntil: string;
      readonly lists: 'fresh' | 'stale';
      /** The certificate and the place under it, where a device signed. */
      readonly delegated?: { readonly certificate: string; readonly sequence: number };
    }
  | {
      readonly valid: false;
      readonly reason: InvalidReason;
      /** Present where the signature was right, so that a person can be told what expired or was revoked. */
      readonly credential?: Credential;
    };

/** A clock may run behind the issuer's by this much. */
const clockToleranceMs = 5 * 60_000;

const hourMs = 3_600_000;
const maxCodeLength = codePrefix.length + Math.ceil((maxBytes * 3) / 2);

/** Reason or nothing: whether a key of `purpose` signed the envelope, and was to sign at `seconds`. */
const signatureFault = async (
  envelope: Sign1,
  { keys }: VerifyContext,
  purpose: RingKey['purpose'],
  seconds: number,
  externalAad?: Uint8Array,
): Promise<'unknown-kid' | 'high-s' | 'bad-signature' | 'key-not-current' | undefined> => {
  let fault: 'unknown-kid' | 'high-s' | 'bad-signature' = 'unknown-kid';
  for (const key of envelope.kid ? keys.find(envelope.kid) : []) {
    // a key of another purpose does not count, as if it were not there
    if (key.purpose !== purpose) continue;
    if (!isLowS(envelope.signature)) return 'high-s';
    const outcome = verifySign1(envelope, key.verify, externalAad);
    if (typeof outcome === 'boolean' ? outcome : await outcome) {
      return key.from <= seconds && seconds < key.until ? undefined : 'key-not-current';
    }
    fault = 'bad-signature';
  }
  return fault;
};

/** The chain from a certificate key over the certificate to the device's signature, without the certificate's limits. */
const checkChain = async (
  envelope: Sign1,
  bytes: Uint8Array,
  context: VerifyContext,
): Promise<{ readonly certificate: Certificate } | InvalidReason> => {
  const opened = openCertificate(bytes);
  if (opened === 'too-long') return 'certificate-too-long';
  if (typeof opened === 'string') return 'certificate-malformed';
  const { certificate } = opened;
  const fault = await signatureFault(opened.envelope, context, 'certificate', certificate.notBefore, certificateAad);
  if (fault) return `certificate-${fault}`;
  if (!isLowS(envelope.signature)) return 'high-s';
  // openCertificate only gives keys that are points of the curve, so importing does not throw
  const device = await context.keys.importKey(certificate.deviceKey);
  return (await verifySign1(envelope, device, bytes)) ? { certificate } : 'bad-signature';
};

const limitFault = (
  { credential, sequence }: Extract<Payload, { readonly sequence: number }>,
  certificate: Certificate,
  revocations: Revocations | undefined,
): InvalidReason | undefined => {
  if (credential.issuedAt < certificate.notBefore) return 'certificate-not-yet-valid';
  if (credential.issuedAt >= certificate.notBefore + certificate.hours * 3600) return 'certificate-expired';
  if (sequence >= certificate.count) return 'certificate-count';
  if (credential.lines.some((line) => isControlled(line.class))) return 'certificate-controlled';
  return revocations?.hasCertificate(certificate.id) ? 'certificate-revoked' : undefined;
};

/** Fresh, stale, or why the lists cannot be relied on. Lists that the caller vouches for are fresh. */
const listsAt = ({ keys, revocations, now, ages = defaultListAges }: VerifyContext) => {
  const oldest = Math.min(keys.madeAt ?? now, revocations?.madeAt ?? now);
  const newest = Math.max(keys.madeAt ?? now, revocations?.madeAt ?? now);
  if (newest > now + clockToleranceMs) return 'clock-behind';
  if (now - oldest > ages.usable * hourMs) return 'lists-too-old';
  return now - oldest > ages.fresh * hourMs ? 'stale' : 'fresh';
};

/** What holds for every authentic code: its time, the revocation list, and the age of what we know. */
const judge = (credential: Credential, context: VerifyContext): Verification => {
  const { now, revocations } = context;
  const refuse = (reason: InvalidReason): Verification => ({ valid: false, reason, credential });
  const issued = credential.issuedAt * 1000;
  const until = validUntil(issued, credential.validityDays);
  if (issued > now + clockToleranceMs) return refuse('not-yet-valid');
  if (now >= until) return refuse('expired');
  if (revocations?.hasPrescription(credential.id)) return refuse('revoked');
  const lists = listsAt(context);
  if (lists === 'clock-behind' || lists === 'lists-too-old') return refuse(lists);
  if (lists === 'stale' && credential.lines.some((line) => isControlled(line.class))) return refuse('lists-stale');
  return { valid: true, credential, validUntil: instant(until), lists };
};

const verifyDelegated = async (
  payload: Extract<Payload, { readonly sequence: number }>,
  envelope: Sign1,
  bytes: Uint8Array,
  context: VerifyContext,
): Promise<Verification> => {
  const chain = await checkChain(envelope, bytes, context);
  if (typeof chain === 'string') return { valid: false, reason: chain };
  const { id, prescriber, clinic } = chain.certificate;
  const credential = { ...payload.credential, clinic, prescriber };
  const fault = limitFault(payload, chain.certificate, context.revocations);
  if (fault) return { valid: false, reason: fault, credential };
  const verdict = judge(credential, context);
  return verdict.valid ? { ...verdict, delegated: { certificate: id, sequence: payload.sequence } } : verdict;
};

/**
 * Verifies one code as it was scanned. Never throws, whatever the text; takes time in proportion to its length, which
 * is bounded. A code that is accepted is byte for byte what `signCredential` or `signDelegated` made.
 */
export const verifyCode = async (code: string, context: VerifyContext): Promise<Verification> => {
  const refuse = (reason: InvalidReason): Verification => ({ valid: false, reason });
  if (code.length > maxCodeLength) return refuse('too-large');
  if (!code.startsWith(codePrefix)) return refuse('not-a-code');
  const bytes = decodeBase45(code, codePrefix.length);
  if (!bytes) return refuse('not-base45');
  const envelope = decodeSign1(bytes);
  if (typeof envelope === 'string') return refuse(envelope);
  const payload = decodePayload(envelope.payload);
  if (typeof payload === 'string') return refuse(payload);
  if ('sequence' in payload) {
    if (!envelope.certificate) return refuse('certificate-missing');
    return envelope.kid ? refuse('malformed') : verifyDelegated(payload, envelope, envelope.certificate, context);
  }
  if (envelope.certificate) return refuse('certificate-holder');
  if (!envelope.kid) return refuse('malformed');
  const fault = await signatureFault(envelope, context, 'prescription', payload.credential.issuedAt);
  return fault ? refuse(fault) : judge(payload.credential, context);
};
