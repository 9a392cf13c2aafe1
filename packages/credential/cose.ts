/**
 * The envelope: COSE_Sign1 (RFC 9052) with ES256, untagged, in the one spelling of `cbor.ts`. It knows headers, sizes
 * and signatures, and nothing of what is signed.
 */
import { CborReader, CborWriter, type EncodingFault, readCbor, UnreadableBytes } from './cbor.ts';
import { isLowS, lowS, type Signer, type VerifyKey } from './p256.ts';

/** A code holds at most this many bytes, of which a certificate takes at most 200. */
export const maxBytes = 1400;
const maxCertificateBytes = 200;
export const maxKidBytes = 16;

// COSE header labels and the one algorithm
const alg = 1;
const es256 = -7;
const kidLabel = 4;
/** Unprotected header that carries a certificate; below -65536 is private use in IANA's registry. */
const certificateLabel = -65537;

const none = new Uint8Array(0);

/** A COSE_Sign1 taken apart. Without `kid` the key is the one in `certificate`. */
export interface Sign1 {
  /** The bytes of the protected header. */
  readonly header: Uint8Array;
  readonly kid: Uint8Array | undefined;
  readonly certificate: Uint8Array | undefined;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

const protectedHeader = (kid: Uint8Array | undefined): Uint8Array => {
  if (!kid) return new CborWriter().map(1).int(alg).int(es256).done();
  if (kid.length === 0 || kid.length > maxKidBytes) throw new RangeError('a kid has 1 to 16 bytes');
  return new CborWriter().map(2).int(alg).int(es256).int(kidLabel).bytes(kid).done();
};

const contextText = new CborWriter().text('Signature1').done();

/** The bytes that are signed: Sig_structure of RFC 9052 4.4. */
const writeToBeSigned = (header: Uint8Array, payload: Uint8Array, externalAad: Uint8Array): CborWriter =>
  new CborWriter().array(4).raw(contextText).bytes(header).bytes(externalAad).bytes(payload);

/**
 * Signs `payload` and answers the COSE_Sign1, an untagged array of four; whatever the signer answered leaves with a
 * low S. A signer without a kid is a device, whose `certificate` then goes into the unprotected header.
 * @throws RangeError where the kid is not of 1 to 16 bytes, or the signature not of 64
 */
export const sign1 = async (
  { certificate, payload }: { readonly certificate?: Uint8Array; readonly payload: Uint8Array },
  { kid, sign }: { readonly kid?: Uint8Array; readonly sign: Signer['sign'] },
  externalAad: Uint8Array = none,
): Promise<Uint8Array> => {
  const header = protectedHeader(kid);
  const signature = lowS(await sign(writeToBeSigned(header, payload, externalAad).done()));
  const writer = new CborWriter().array(4).bytes(header);
  if (certificate) writer.map(1).int(certificateLabel).bytes(certificate);
  else writer.map(0);
  return writer.bytes(payload).bytes(signature).done();
};

class WrongAlgorithm extends Error {}

const readProtected = (bytes: Uint8Array): Uint8Array | undefined => {
  const reader = new CborReader(bytes);
  let algorithm: number | undefined;
  let kid: Uint8Array | undefined;
  reader.map(2, (key) => {
    if (key === alg) algorithm = reader.int();
    else if (key === kidLabel) kid = reader.bytes(1, maxKidBytes);
    else throw new UnreadableBytes('malformed');
  });
  reader.end();
  if (algorithm === undefined) throw new UnreadableBytes('malformed');
  if (algorithm !== es256) throw new WrongAlgorithm();
  return kid;
};

const readSign1 = (reader: CborReader, limit: number): Sign1 => {
  reader.array(4);
  const header = reader.bytes(0, 64);
  const kid = readProtected(header);
  let certificate: Uint8Array | undefined;
  reader.map(1, (key) => {
    if (key !== certificateLabel) throw new UnreadableBytes('malformed');
    certificate = reader.bytes(1, maxCertificateBytes);
  });
  const payload = reader.bytes(0, limit);
  const signature = reader.bytes(64);
  return { header, kid, certificate, payload, signature };
};

/**
 * Takes a COSE_Sign1 apart, if `sign1` can have made it byte for byte: the reader leaves each of its parts one spelling,
 * so nothing is written once more and compared here. The signature is not checked.
 */
export const decodeSign1 = (bytes: Uint8Array, limit: number = maxBytes): Sign1 | EncodingFault | 'wrong-algorithm' => {
  if (bytes.length > limit) return 'malformed';
  try {
    return readCbor(bytes, (reader) => readSign1(reader, limit));
  } catch (error) {
    if (error instanceof WrongAlgorithm) return 'wrong-algorithm';
    throw error;
  }
};

/** True where the signature is ES256 with a low S by the key, over these parts and `externalAad`. */
export const verifySign1 = (
  { header, payload, signature }: Sign1,
  key: VerifyKey,
  externalAad: Uint8Array = none,
): boolean | Promise<boolean> =>
  isLowS(signature) && key(writeToBeSigned(header, payload, externalAad).view(), signature);
