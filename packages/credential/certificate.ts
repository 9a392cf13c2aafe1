/**
 * Delegated keys, for when the network is down: a short-lived certificate lets one device sign in the name of one
 * prescriber at one clinic. This file owns the certificate's bytes and limits; `verify.ts` walks the chain.
 */
import { PersonId, SiteId } from '@darmon/domain/actor';
import * as z from 'zod';
import { CborWriter, type EncodingFault, readCbor } from './cbor.ts';
import { decodeSign1, type Sign1, sign1 } from './cose.ts';
import { compressKey, decompressKey, PublicJwk, type Signer } from './p256.ts';
import { issueTimes, maxCertificateCount, packText, unpackText } from './payload.ts';

/** A certificate lives at most three days: what is stolen with a device is worth little. */
const maxCertificateHours = 72;

/** Says what is signed, so that a certificate's signature is never one over a prescription or a list. */
export const certificateAad = new TextEncoder().encode('darmon:certificate:1');

export const certificateIdBytes = 6;

export const CertificateId = z
  .string()
  .regex(/^[0-9a-f]{12}$/)
  .meta({
    id: 'CertificateId',
    description: 'Six random bytes in hexadecimal; whoever issues it sees to it that none comes twice',
    examples: ['5f0e8d1c2b3a'],
  });

/** What a certificate allows: `count` prescriptions, none of them with a controlled medicine. */
export const Certificate = z
  .object({
    id: CertificateId,
    deviceKey: PublicJwk,
    prescriber: PersonId,
    clinic: SiteId,
    /** Seconds since 1970; valid until `hours` later, exclusive. */
    notBefore: z.int().min(issueTimes[0]).max(issueTimes[1]),
    hours: z.int().min(1).max(maxCertificateHours),
    count: z.int().min(1).max(maxCertificateCount),
  })
  .meta({ id: 'Certificate', description: 'Lets one device sign for one prescriber while the network is down' });
export type Certificate = z.infer<typeof Certificate>;

export const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));

export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');

const write = (certificate: Certificate): CborWriter =>
  new CborWriter()
    .array(7)
    .bytes(fromHex(certificate.id))
    .bytes(compressKey(certificate.deviceKey))
    .bytes(packText(certificate.prescriber.toUpperCase()))
    .bytes(packText(certificate.clinic))
    .int(certificate.notBefore)
    .int(certificate.hours)
    .int(certificate.count);

/**
 * A certificate as the device keeps it and as every code it signs carries it.
 * `signer` is a key of purpose `certificate`.
 * @throws ZodError where the certificate is not of the schema
 */
export const makeCertificate = async (certificate: Certificate, signer: Signer): Promise<Uint8Array> =>
  sign1({ payload: write(Certificate.parse(certificate)).done() }, signer, certificateAad);

/** Reads a certificate, if `makeCertificate` can have made it byte for byte. Its signature is not checked here. */
export const openCertificate = (
  bytes: Uint8Array,
): { readonly certificate: Certificate; readonly envelope: Sign1 } | EncodingFault | 'wrong-algorithm' | 'too-long' => {
  const envelope = decodeSign1(bytes);
  if (typeof envelope === 'string') return envelope;
  if (envelope.kid === undefined || envelope.certificate !== undefined) return 'malformed';
  const fields = readCbor(envelope.payload, (reader) => {
    reader.array(7);
    return {
      id: toHex(reader.bytes(certificateIdBytes)),
      deviceKey: decompressKey(reader.bytes(33)),
      prescriber: unpackText(reader.bytes(2, 24)).toLowerCase(),
      clinic: unpackText(reader.bytes(2, 11)),
      notBefore: reader.uint(...issueTimes),
      hours: reader.uint(1, 0xffffffff),
      count: reader.uint(1, maxCertificateCount),
    };
  });
  if (typeof fields === 'string') return fields;
  if (fields.hours > maxCertificateHours) return 'too-long';
  const { data } = Certificate.safeParse(fields);
  if (!data) return 'malformed';
  if (!write(data).matches(envelope.payload)) return 'not-canonical';
  return { certificate: data, envelope };
};
