/**
 * Personal data under lock: one data key per patient, wrapped by KMS, and keyed hashes for exact search. Whoever has
 * the table alone has noise; whoever destroys a wrapped key has erased the person.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms';

export interface Vault {
  /** A new patient's key: `wrapped` is stored, `key` forgotten after use. */
  readonly newKey: (patient: string) => Promise<{ wrapped: string; key: Uint8Array }>;
  readonly openKey: (patient: string, wrapped: string) => Promise<Uint8Array>;
  /** A keyed hash of one value, for exact search. */
  readonly mac: (kind: 'pinfl' | 'passport' | 'name' | 'page', value: string) => Promise<string>;
}

const maxCachedKeys = 1_000;
const nonceBytes = 12;
const tagBytes = 16;

/** The vault on KMS. Opened keys are kept in memory for a bounded number of patients, never written anywhere. */
export const kmsVault = (kms: KMSClient, keys: { data: string; search: string }): Vault => {
  const opened = new Map<string, Promise<Uint8Array>>();
  const remember = (wrapped: string, key: Promise<Uint8Array>) => {
    if (opened.size >= maxCachedKeys) opened.delete(opened.keys().next().value as string);
    opened.set(wrapped, key);
    return key;
  };
  const decrypt = async (patient: string, wrapped: string): Promise<Uint8Array> => {
    const answer = await kms.send(
      new DecryptCommand({
        KeyId: keys.data,
        CiphertextBlob: Buffer.from(wrapped, 'base64'),
        EncryptionContext: { patient },
      }),
    );
    if (!answer.Plaintext) throw new Error('KMS gave no key');
    return answer.Plaintext;
  };
  return {
    async newKey(patient) {
      const answer = await kms.send(
        new GenerateDataKeyCommand({ KeyId: keys.data, KeySpec: 'AES_256', EncryptionContext: { patient } }),
      );
      if (!answer.Plaintext || !answer.CiphertextBlob) throw new Error('KMS gave no key');
      const wrapped = Buffer.from(answer.CiphertextBlob).toString('base64');
      return { wrapped, key: await remember(wrapped, Promise.resolve(answer.Plaintext)) };
    },
    async openKey(patient, wrapped) {
      const known = opened.get(wrapped);
      if (known) return known;
      const opening = decrypt(patient, wrapped);
      opening.catch(() => opened.delete(wrapped));
      return remember(wrapped, opening);
    },
    async mac(kind, value) {
      const answer = await kms.send(
        new GenerateMacCommand({
          KeyId: keys.search,
          MacAlgorithm: 'HMAC_SHA_256',
          Message: Buffer.from(`${kind}:${value}`),
        }),
      );
      if (!answer.Mac) throw new Error('KMS gave no MAC');
      return Buffer.from(answer.Mac).toString('base64url');
    },
  };
};

const boundTo = (owner: string, field: string): Buffer => Buffer.from(`${owner}/${field}`);

/** Encrypts each field by itself (AES-256-GCM), bound to its owner and name, so that none can be moved to another place. */
export const seal = (
  key: Uint8Array,
  owner: string,
  fields: Readonly<Record<string, string>>,
  random: (bytes: number) => Uint8Array,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, value]) => {
      const nonce = random(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(owner, field));
      const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
      return [field, Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64')];
    }),
  );

/** @throws where a field was changed, moved, or sealed under another key */
export const unseal = (
  key: Uint8Array,
  owner: string,
  sealed: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(sealed).map(([field, text]) => {
      const bytes = Buffer.from(text, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes)).setAAD(
        boundTo(owner, field),
      );
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      return [
        field,
        decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8'),
      ];
    }),
  );
