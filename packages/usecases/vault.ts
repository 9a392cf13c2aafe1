/**
 * Personal data under lock: one data key per patient, wrapped by KMS, and keyed hashes for exact search. Whoever has
 * the table alone has noise; whoever destroys a wrapped key has erased the person.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms';

export interface Vault {
  /** A new key of a patient, or of another subject: `wrapped` is stored, `key` forgotten after use. */
  readonly newKey: (id: string) => Promise<{ wrapped: string; key: Uint8Array }>;
  readonly openKey: (id: string, wrapped: string) => Promise<Uint8Array>;
  readonly mac: Mac;
}

/** A keyed hash of one value, for exact search. */
export type Mac = (kind: 'pinfl' | 'passport' | 'name' | 'page' | 'address', value: string) => Promise<string>;

/** Keys that wrap what one subject said or is; which kind of subject is part of what KMS is asked, and so of a right. */
export type Keyring = Pick<Vault, 'newKey' | 'openKey'>;

const maxCachedKeys = 1_000;
const nonceBytes = 12;
const tagBytes = 16;

/** The keyed hash on KMS. */
export const kmsMac =
  (kms: KMSClient, key: string): Mac =>
  async (kind, value) => {
    const answer = await kms.send(
      new GenerateMacCommand({
        KeyId: key,
        MacAlgorithm: 'HMAC_SHA_256',
        Message: Buffer.from(`${kind}:${value}`),
      }),
    );
    if (!answer.Mac) throw new Error('KMS gave no MAC');
    return Buffer.from(answer.Mac).toString('base64url');
  };

/** Data keys on KMS. Opened ones are kept in memory for a bounded number of subjects, never written anywhere. */
export const kmsKeyring = (kms: KMSClient, dataKey: string, subject: 'patient' | 'feedback'): Keyring => {
  const opened = new Map<string, Promise<Uint8Array>>();
  const remember = (wrapped: string, key: Promise<Uint8Array>) => {
    if (opened.size >= maxCachedKeys) opened.delete(opened.keys().next().value as string);
    opened.set(wrapped, key);
    return key;
  };
  const decrypt = async (id: string, wrapped: string): Promise<Uint8Array> => {
    const answer = await kms.send(
      new DecryptCommand({
        KeyId: dataKey,
        CiphertextBlob: Buffer.from(wrapped, 'base64'),
        EncryptionContext: { [subject]: id },
      }),
    );
    if (!answer.Plaintext) throw new Error('KMS gave no key');
    return answer.Plaintext;
  };
  return {
    async newKey(id) {
      const answer = await kms.send(
        new GenerateDataKeyCommand({ KeyId: dataKey, KeySpec: 'AES_256', EncryptionContext: { [subject]: id } }),
      );
      if (!answer.Plaintext || !answer.CiphertextBlob) throw new Error('KMS gave no key');
      const wrapped = Buffer.from(answer.CiphertextBlob).toString('base64');
      return { wrapped, key: await remember(wrapped, Promise.resolve(answer.Plaintext)) };
    },
    async openKey(id, wrapped) {
      const known = opened.get(wrapped);
      if (known) return known;
      const opening = decrypt(id, wrapped);
      opening.catch(() => opened.delete(wrapped));
      return remember(wrapped, opening);
    },
  };
};

/** The vault of patients: their keys, and the hashes that find them. */
export const kmsVault = (kms: KMSClient, keys: { data: string; search: string }): Vault => ({
  ...kmsKeyring(kms, keys.data, 'patient'),
  mac: kmsMac(kms, keys.search),
});

const boundTo = (owner: string, field: string): Buffer => Buffer.from(`${owner}/${field}`);

/** Encrypts bytes (AES-256-GCM), bound to their owner and name, so that they cannot be moved to another place. */
export const sealBytes = (
  key: Uint8Array,
  owner: string,
  field: string,
  bytes: Uint8Array,
  random: (bytes: number) => Uint8Array,
): Uint8Array => {
  const nonce = random(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(owner, field));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
};

/** @throws where they were changed, moved, or sealed under another key */
export const unsealBytes = (key: Uint8Array, owner: string, field: string, sealed: Uint8Array): Uint8Array => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes)).setAAD(boundTo(owner, field));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
};

/** Encrypts each field by itself. */
export const seal = (
  key: Uint8Array,
  owner: string,
  fields: Readonly<Record<string, string>>,
  random: (bytes: number) => Uint8Array,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      Buffer.from(sealBytes(key, owner, field, Buffer.from(value, 'utf8'), random)).toString('base64'),
    ]),
  );

/** @throws where a field was changed, moved, or sealed under another key */
export const unseal = (
  key: Uint8Array,
  owner: string,
  sealed: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(sealed).map(([field, text]) => [
      field,
      Buffer.from(unsealBytes(key, owner, field, Buffer.from(text, 'base64'))).toString('utf8'),
    ]),
  );
