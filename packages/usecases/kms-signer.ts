/** Signers on KMS: the private key never leaves it. */
import { createHash, createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { derSigner, kidOf, PublicJwk, type Signer, toBase64Url } from '@darmon/credential/p256';
import type { CurrentKey } from './verification.ts';

/**
 * The public half of a P-256 signing key, with its kid. Asserts the key's kind, so that a wrong key id fails at the
 * start and not at the first patient.
 */
export const publicKeyOf = async (kms: KMSClient, keyId: string): Promise<CurrentKey> => {
  const answer = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (answer.KeySpec !== 'ECC_NIST_P256' || answer.KeyUsage !== 'SIGN_VERIFY' || !answer.PublicKey)
    throw new Error('the key is not for P-256 signatures');
  const jwk = PublicJwk.parse(
    createPublicKey({ key: Buffer.from(answer.PublicKey), format: 'der', type: 'spki' }).export({ format: 'jwk' }),
  );
  return { ...jwk, kid: toBase64Url(await kidOf(jwk)) };
};

/** Signs with a KMS key. The digest is made here, because KMS takes no long messages. */
export const kmsSigner = async (kms: KMSClient, keyId: string): Promise<Signer> => {
  const kid = await kidOf(await publicKeyOf(kms, keyId));
  return derSigner(kid, async (bytes) => {
    const answer = await kms.send(
      new SignCommand({
        KeyId: keyId,
        MessageType: 'DIGEST',
        SigningAlgorithm: 'ECDSA_SHA_256',
        Message: createHash('sha256').update(bytes).digest(),
      }),
    );
    if (!answer.Signature) throw new Error('KMS gave no signature');
    return answer.Signature;
  });
};

/** What comes before the 32 bytes of an Ed25519 key in its DER (RFC 8410). */
const ed25519DerBytes = 12;

/** The 32 bytes of an Ed25519 key in KMS. @throws where the key is of another kind */
export const ed25519Of = async (kms: KMSClient, keyId: string): Promise<Uint8Array> => {
  const answer = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (answer.KeySpec !== 'ECC_NIST_EDWARDS25519' || answer.KeyUsage !== 'SIGN_VERIFY' || !answer.PublicKey)
    throw new Error('the key is not for Ed25519 signatures');
  return answer.PublicKey.slice(ed25519DerBytes);
};

/** Signs short messages with an Ed25519 key in KMS, which sees them whole: RFC 8032 hashes twice. */
export const ed25519Signer =
  (kms: KMSClient, keyId: string) =>
  async (message: Uint8Array): Promise<Uint8Array> => {
    const answer = await kms.send(
      new SignCommand({
        KeyId: keyId,
        MessageType: 'RAW',
        SigningAlgorithm: 'ED25519_SHA_512',
        Message: message,
      }),
    );
    if (!answer.Signature) throw new Error('KMS gave no signature');
    return answer.Signature;
  };
