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
