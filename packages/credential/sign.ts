/** Making a code: payload, signature, base45. The key stays where it is; only its `sign` is passed in. */
import { encodeBase45 } from './base45.ts';
import { openCertificate } from './certificate.ts';
import { maxBytes, sign1 } from './cose.ts';
import type { Signer } from './p256.ts';
import { type Credential, encodePayload } from './payload.ts';

/** What every code begins with; version 1 of the format. */
export const codePrefix = 'RX1:';

const codeOf = (envelope: Uint8Array): string => {
  if (envelope.length > maxBytes) throw new RangeError(`a code holds at most ${maxBytes} bytes`);
  return codePrefix + encodeBase45(envelope);
};

/**
 * The code of a prescription, to be drawn as a QR picture in alphanumeric mode, level Q, where it is shown.
 * @throws ZodError where the credential is not of the schema, RangeError where it is too large for a code
 */
export const signCredential = async (credential: Credential, signer: Signer): Promise<string> =>
  codeOf(await sign1({ payload: encodePayload(credential) }, signer));

export interface Delegation {
  /** As `makeCertificate` gave it. */
  readonly certificate: Uint8Array;
  /** The place of this prescription among those that the certificate allows, from 0; never used twice. */
  readonly sequence: number;
  /** Signs with the device's own key. */
  readonly sign: Signer['sign'];
}

/**
 * The code of a prescription signed by a device while the network is down.
 * @throws RangeError where the certificate is of another prescriber or clinic, or allows fewer prescriptions;
 * otherwise as `signCredential`
 */
export const signDelegated = async (credential: Credential, delegation: Delegation): Promise<string> => {
  const opened = openCertificate(delegation.certificate);
  if (typeof opened === 'string') throw new RangeError('not a certificate');
  const { prescriber, clinic, count } = opened.certificate;
  if (credential.prescriber !== prescriber || credential.clinic !== clinic) throw new RangeError('of another holder');
  if (delegation.sequence >= count) throw new RangeError('the certificate allows no more');
  const payload = encodePayload(credential, delegation.sequence);
  const { certificate, sign } = delegation;
  return codeOf(await sign1({ payload, certificate }, { sign }, certificate));
};
