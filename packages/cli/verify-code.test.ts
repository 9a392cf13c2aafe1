import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type CodeVerdict, verifyCodeLines } from './verify-code.ts';

const vectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../test/vectors/credential/${name}.json`, import.meta.url), 'utf8'));
const { keySets, vectors: valid } = vectors('valid');
const { vectors: invalid } = vectors('invalid');
const at = Date.parse(valid[0].now);

async function* from(...lines: string[]) {
  yield* lines;
}

const verdicts = async (lines: string[], keysJson: unknown, time = at): Promise<CodeVerdict[]> => {
  const all: CodeVerdict[] = [];
  for await (const verdict of verifyCodeLines(from(...lines), { keysJson: JSON.stringify(keysJson), at: time }))
    all.push(verdict);
  return all;
};

test('a sound code is valid and shows its prescription with its times as instants', async () => {
  const [verdict] = await verdicts([valid[0].code], keySets.main);
  const { issuedAt: _seconds, ...rest } = valid[0].credential;
  const times = { issuedAt: '2026-11-20T09:30:00.000Z', validUntil: valid[0].validUntil };
  expect(verdict).toEqual({ valid: true, prescription: { ...rest, ...times } });
});

test('each line has its own verdict, in order, whatever is on it', async () => {
  const forged = invalid.find((v: { reason: string }) => v.reason === 'bad-signature');
  const answers = await verdicts([forged.code, `${valid[0].code}\r`, '', '{"a":1}'], keySets.main);
  expect(answers.map(({ valid, reason }) => [valid, reason])).toEqual([
    [false, 'bad-signature'],
    [true, undefined],
    [false, 'not-a-code'],
    [false, 'not-a-code'],
  ]);
});

test('a code is judged at the time that is asked for', async () => {
  const year = 365 * 86_400_000;
  const [late] = await verdicts([valid[0].code], keySets.main, at + year);
  const [early] = await verdicts([valid[0].code], keySets.main, at - year);
  expect(late).toMatchObject({ valid: false, reason: 'expired', prescription: { id: valid[0].credential.id } });
  expect(early).toMatchObject({ valid: false, reason: 'not-yet-valid' });
});

test('a device that signed is named', async () => {
  const vector = valid.find((v: { delegated?: object }) => v.delegated);
  const [verdict] = await verdicts([vector.code], keySets.main);
  expect(verdict?.prescription?.delegated).toEqual(vector.delegated);
});

test('the answer of the key list path will do, and members that a JWK may have', async () => {
  const [key] = keySets.main.keys;
  const answer = { keys: [{ ...key, alg: 'ES256', use: 'sig' }], signed: 'a.b.c' };
  expect(await verdicts([valid[0].code], answer)).toMatchObject([{ valid: true }]);
});

test('a key file that is not JSON is wrong use', async () => {
  await expect(verifyCodeLines(from(''), { keysJson: '{', at }).next()).rejects.toThrow(SyntaxError);
});

test.each([
  ['no object', 'keys'],
  ['no keys', { keys: [] }],
  ['a key of another curve', { keys: [{ ...keySets.main.keys[0], crv: 'P-384' }] }],
  ['a point off the curve', { keys: [{ ...keySets.main.keys[0], x: 'A'.repeat(43) }] }],
  ['a kid that is not base64url', { keys: [{ ...keySets.main.keys[0], kid: '****' }] }],
])('a key file that is none is wrong use: %s', async (_, keysJson) => {
  await expect(verdicts([valid[0].code], keysJson)).rejects.toThrow();
});
