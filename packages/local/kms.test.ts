import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  KMSClient,
  SignCommand,
  VerifyCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KeySpec, type Kms, startKms } from './kms.ts';

const keys: Record<string, KeySpec> = {
  prescription: 'ECC_NIST_P256',
  log: 'ECC_NIST_EDWARDS25519',
  data: 'SYMMETRIC_DEFAULT',
  otherdata: 'SYMMETRIC_DEFAULT',
  search: 'HMAC_256',
};
const folder = mkdtempSync(join(tmpdir(), 'darmon-kms-'));
const message = Buffer.from('a prescription');
const digest = createHash('sha256').update(message).digest();
let kms: Kms;
let client: KMSClient;

const clientOf = (service: Kms) =>
  new KMSClient({
    endpoint: service.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

beforeAll(async () => {
  kms = await startKms(folder, keys);
  client = clientOf(kms);
});
afterAll(async () => {
  client.destroy();
  await kms.stop();
  rmSync(folder, { recursive: true });
});

const named = (name: string) => expect.objectContaining({ name });

describe('signing', () => {
  const p256 = { KeyId: 'prescription', SigningAlgorithm: 'ECDSA_SHA_256' } as const;

  test('a P-256 signature, over the message or over its digest, verifies with the public key alone and with the service', async () => {
    const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: 'prescription' }));
    const publicKey = createPublicKey({ key: Buffer.from(PublicKey!), format: 'der', type: 'spki' });
    for (let round = 0; round < 20; round++) {
      const raw = await client.send(new SignCommand({ ...p256, Message: message, MessageType: 'RAW' }));
      const digested = await client.send(new SignCommand({ ...p256, Message: digest, MessageType: 'DIGEST' }));
      for (const { Signature } of [raw, digested]) {
        expect(verify('sha256', message, publicKey, Signature!)).toBe(true);
        const asRaw = new VerifyCommand({ ...p256, Message: message, MessageType: 'RAW', Signature });
        const asDigest = new VerifyCommand({ ...p256, Message: digest, MessageType: 'DIGEST', Signature });
        expect((await client.send(asRaw)).SignatureValid).toBe(true);
        expect((await client.send(asDigest)).SignatureValid).toBe(true);
      }
    }
  });

  test('a signature of something else is an exception, never a quiet false', async () => {
    const { Signature } = await client.send(new SignCommand({ ...p256, Message: message }));
    const other = Buffer.from('another prescription');
    const invalid = named('KMSInvalidSignatureException');
    await expect(client.send(new VerifyCommand({ ...p256, Message: other, Signature }))).rejects.toEqual(invalid);
    const otherDigest = createHash('sha256').update(other).digest();
    await expect(
      client.send(new VerifyCommand({ ...p256, Message: otherDigest, MessageType: 'DIGEST', Signature })),
    ).rejects.toEqual(invalid);
    await expect(
      client.send(
        new VerifyCommand({ ...p256, Message: digest, MessageType: 'DIGEST', Signature: Buffer.from('junk') }),
      ),
    ).rejects.toEqual(invalid);
  });

  test('an Ed25519 key signs messages as RFC 8032 says', async () => {
    const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: 'log' }));
    const { Signature } = await client.send(
      new SignCommand({ KeyId: 'log', SigningAlgorithm: 'ED25519_SHA_512', Message: message, MessageType: 'RAW' }),
    );
    const publicKey = createPublicKey({ key: Buffer.from(PublicKey!), format: 'der', type: 'spki' });
    expect(verify(null, message, publicKey, Signature!)).toBe(true);
  });

  test('messages above 4,096 bytes, wrong digests and wrong algorithms are refused by name', async () => {
    const send = (input: object) => client.send(new SignCommand({ ...p256, Message: message, ...input }));
    await expect(send({ Message: Buffer.alloc(4097) })).rejects.toEqual(named('ValidationException'));
    await expect(send({ MessageType: 'DIGEST' })).rejects.toEqual(named('ValidationException'));
    await expect(send({ KeyId: 'log' })).rejects.toEqual(named('InvalidKeyUsageException'));
    await expect(send({ KeyId: 'data' })).rejects.toEqual(named('InvalidKeyUsageException'));
    await expect(send({ KeyId: 'unheard-of' })).rejects.toEqual(named('NotFoundException'));
  });
});

describe('sealing', () => {
  const EncryptionContext = { patient: '1', use: 'name' };

  test('a data key comes back only under the context it was made with, in any order of its entries', async () => {
    const made = await client.send(
      new GenerateDataKeyCommand({ KeyId: 'data', KeySpec: 'AES_256', EncryptionContext }),
    );
    expect(made.Plaintext).toHaveLength(32);
    const CiphertextBlob = made.CiphertextBlob!;
    const opened = await client.send(
      new DecryptCommand({ CiphertextBlob, EncryptionContext: { use: 'name', patient: '1' } }),
    );
    expect(opened.Plaintext).toEqual(made.Plaintext);
    for (const context of [{ patient: '2', use: 'name' }, {}])
      await expect(client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }))).rejects.toEqual(
        named('InvalidCiphertextException'),
      );
  });

  test('a changed, cut or foreign ciphertext is an InvalidCiphertextException, another key of ours an IncorrectKeyException', async () => {
    const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: 'data', Plaintext: message }));
    const sealed = Buffer.from(CiphertextBlob!);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      await expect(client.send(new DecryptCommand({ CiphertextBlob: changed }))).rejects.toEqual(
        named('InvalidCiphertextException'),
      );
    }
    await expect(client.send(new DecryptCommand({ CiphertextBlob: sealed.subarray(0, 20) }))).rejects.toEqual(
      named('InvalidCiphertextException'),
    );
    await expect(client.send(new DecryptCommand({ CiphertextBlob: sealed, KeyId: 'otherdata' }))).rejects.toEqual(
      named('IncorrectKeyException'),
    );
    expect((await client.send(new DecryptCommand({ CiphertextBlob: sealed, KeyId: 'data' }))).Plaintext).toHaveLength(
      message.length,
    );
  });
});

test('a MAC is the same each time, verifies, and does not verify for another message', async () => {
  const input = { KeyId: 'search', MacAlgorithm: 'HMAC_SHA_256', Message: message } as const;
  const { Mac } = await client.send(new GenerateMacCommand(input));
  expect((await client.send(new GenerateMacCommand(input))).Mac).toEqual(Mac);
  expect((await client.send(new VerifyMacCommand({ ...input, Mac }))).MacValid).toBe(true);
  await expect(client.send(new VerifyMacCommand({ ...input, Message: digest, Mac }))).rejects.toEqual(
    named('KMSInvalidMacException'),
  );
});

test('keys outlive a restart, are readable by their owner only, and never change their spec', async () => {
  const { Mac } = await client.send(
    new GenerateMacCommand({ KeyId: 'search', MacAlgorithm: 'HMAC_SHA_256', Message: message }),
  );
  const again = await startKms(folder, keys);
  const other = clientOf(again);
  const repeated = await other.send(
    new GenerateMacCommand({ KeyId: 'search', MacAlgorithm: 'HMAC_SHA_256', Message: message }),
  );
  other.destroy();
  await again.stop();
  expect(repeated.Mac).toEqual(Mac);
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  await expect(startKms(folder, { search: 'ECC_NIST_P256' })).rejects.toThrow('HMAC_256');
});

test('a key is described as the cloud describes it', async () => {
  const { KeyMetadata } = await client.send(
    new DescribeKeyCommand({ KeyId: 'arn:aws:kms:local:000000000000:key/prescription' }),
  );
  expect(KeyMetadata).toMatchObject({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', Enabled: true });
  expect(KeyMetadata?.CreationDate).toBeInstanceOf(Date);
});
