/**
 * Makes `test/vectors/credential/*.json`: codes that a verifier accepts, codes that it refuses and why, and the lists.
 * Most of it is assembled byte by byte, since it is what the encoder would never make.
 * `node packages/credential/vectors/make.ts` writes the files; a test holds them to what is made here.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { signCredential } from '../sign.ts';
import { certificateFaults } from './certificate.ts';
import { envelopeFaults, flippedFields, textFaults } from './envelope.ts';
import { makeLists } from './lists.ts';
import { keyNames, keySets, makeKeys, now, published, sample, type Vector } from './parts.ts';
import { payloadFaults } from './payload.ts';
import { timeFaults } from './time.ts';
import { makeValid } from './valid.ts';

const notice =
  'TEST KEYS: the private keys are published in this file and in packages/credential/vectors/test-keys.ts. Never trust them.';

/** The files by name; the same each time. */
export const makeVectors = async (): Promise<Readonly<Record<string, object>>> => {
  const keys = await makeKeys();
  const sets = keySets(keys);
  const good = await signCredential(sample, keys.prescription);
  const faults = [
    ...textFaults(good),
    ...(await envelopeFaults(keys)),
    ...(await flippedFields(keys.prescription)),
    ...(await payloadFaults(keys.prescription)),
    ...(await timeFaults(keys)),
    ...(await certificateFaults(keys)),
  ];
  const invalid: Vector[] = faults.map(([description, reason, code, more]) => ({
    description,
    code,
    keys: 'main',
    now,
    ...more,
    valid: false,
    reason,
  }));
  const testKeys = Object.fromEntries(keyNames.map((name) => [name, { ...published(keys[name]), d: keys[name].d }]));
  return {
    'keys.json': { notice, keys: testKeys },
    'valid.json': { notice, keySets: sets, vectors: await makeValid(keys) },
    'invalid.json': { notice, keySets: sets, vectors: invalid },
    'lists.json': { notice, ...(await makeLists(keys)) },
  };
};

export const vectorsFolder = new URL('../../../test/vectors/credential/', import.meta.url);

if (import.meta.main) {
  mkdirSync(vectorsFolder, { recursive: true });
  for (const [name, content] of Object.entries(await makeVectors())) {
    writeFileSync(new URL(name, vectorsFolder), `${JSON.stringify(content, null, 1)}\n`);
  }
}
