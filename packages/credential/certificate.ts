/**
 * Delegated keys, for when the network is down: a short-lived certificate lets one device sign in the name of one
 * prescriber at one clinic. This file owns the certificate's bytes and limits; `verify.ts` walks the chain.
 */
import { PersonId, SiteId } from '@darmon/domain/actor';
import * as z from 'zod';
import { decodeCbor, decodeSign1, type EncodingFault, encodeCbor, isFault, type Sign1, sign1 } from './cose.ts';
import { compressKey, decompressKey, PublicJwk, type Signer, sameBytes } from './p256.ts';
import { maxCertificateCount, packText, unpackText } from './payload.ts';

/** A certificate lives at most three days: what is stolen with a device is worth little. */
export const maxCertificateHours = 72;

/** Says what is signed, so that a certificate's signature is never one over a prescription or a list. */
export const certificateAad = new TextEncoder().encode('darmon:certificate:1');

export const CertificateId = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .meta({ id: 'CertificateId', description: 'Eight random bytes in hexadecimal', examples: ['5f0e8d1c2b3a4958'] });

/** What a certificate allows: `count` prescriptions, none of them with a controlled medicine. */
export const Certificate = z
  .object({
    id: CertificateId,
    deviceKey: PublicJwk,
    prescriber: PersonId,
    clinic: SiteId,
    /** Seconds since 1970; valid until `hours` later, exclusive. */
    notBefore: z.int().min(1_577_836_800).max(4_102_444_800),
    hours: z.int().min(1).max(maxCertificateHours),
    count: z.int().min(1).max(maxCertificateCount),
  })
  .meta({ id: 'Certificate', description: 'Lets one device sign for one prescriber while the network is down' });
export type Certificate = z.infer<typeof Certificate>;

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));

export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');

const bytesOf = (certificate: Certificate): Uint8Array =>
  encodeCbor([
    fromHex(certificate.id),
    compressKey(certificate.deviceKey),
    packText(certificate.prescriber.toUpperCase()),
    packText(certificate.clinic),
    certificate.notBefore,
    certificate.hours,
    certificate.count,
  ]);

/**
 * A certificate as the device keeps it and as every code it signs carries it.
 * `signer` is a key of purpose `certificate`.
 * @throws ZodError where the certificate is not of the schema
 */
export const makeCertificate = async (certificate: Certificate, signer: Signer): Promise<Uint8Array> =>
  sign1({ payload: bytesOf(Certificate.parse(certificate)) }, signer, certificateAad);

/** Reads a certificate, if `makeCertificate` can have made it byte for byte. Its signature is not checked here. */
export const openCertificate = (
  bytes: Uint8Array,
):
  | { readonly certificate: Certificate; readonly envelope: Sign1 & { readonly kid: Uint8Array } }
  | EncodingFault
  | 'wrong-algorithm'
  | 'too-long' => {
  const envelope = decodeSign1(bytes);
  if (typeof envelope === 'string') return envelope;
  if (envelope.kid === undefined || envelope.certificate !== undefined) return 'malformed';
  const cbor = decodeCbor(envelope.payload);
  if (isFault(cbor)) return cbor;
  if (!Array.isArray(cbor.value) || cbor.value.length !== 7) return 'malformed';
  const [id, key, prescriber, clinic, notBefore, hours, count] = cbor.value as unknown[];
  if (![id, key, prescriber, clinic].every((part) => part instanceof Uint8Array)) return 'malformed';
  if (typeof hours === 'number' && hours > maxCertificateHours) return 'too-long';
  const { data } = Certificate.safeParse({
    id: toHex(id as Uint8Array),
    deviceKey: decompressKey(key as Uint8Array),
    prescriber: unpackText(prescriber as Uint8Array)?.toLowerCase(),
    clinic: unpackText(clinic as Uint8Array),
    notBefore,
    hours,
    count,
  });
  if (!data) return 'malformed';
  if (!sameBytes(bytesOf(data), envelope.payload)) return 'not-canonical';
  return { certificate: data, envelope: { ...envelope, kid: envelope.kid } };
};
