import type { Table } from '@darmon/table/table';
import type { Deps } from '@darmon/usecases/deps';
import { beforeEach, expect, test } from 'vitest';
import { signInWatch } from './watch-sign-ins.ts';

const asked: string[] = [];
const said: unknown[] = [];
beforeEach(() => {
  asked.length = 0;
  said.length = 0;
});
const table: Pick<Table, 'addAttempt' | 'clearAttempt'> = {
  addAttempt: async (person) => {
    asked.push(`began ${person}`);
    return true;
  },
  clearAttempt: async (person) => {
    asked.push(`came in ${person}`);
    return true;
  },
};
const deps = { table, now: () => 0 } as unknown as Deps;
const never = () => new Promise<void>(() => {});
const watch = signInWatch(deps, { error: (...all: unknown[]) => void said.push(all) }, never);
const at = (triggerSource: string, userName: string, request: object = {}) => ({ triggerSource, userName, request });

test('a password that is asked for begins, and whatever the pool tells after a right one ends it, a first password too', async () => {
  await watch(at('PreAuthentication_Authentication', 'doctor', { userNotFound: false }));
  await watch(at('PostAuthentication_Authentication', 'doctor', { newDeviceUsed: false }));
  await watch(at('TokenGeneration_NewPasswordChallenge', 'doctor'));
  expect(asked).toEqual(['began doctor', 'came in doctor', 'came in doctor']);
});

test('a name that nobody has, or that could be nobody’s, is not asked about and not told', async () => {
  await watch(at('PreAuthentication_Authentication', 'nobody', { userNotFound: true }));
  await watch(at('PreAuthentication_Authentication', 'SIGN-IN#doctor', { userNotFound: false }));
  await watch(at('PreAuthentication_Authentication', '', {}));
  expect([asked, said]).toEqual([[], []]);
});

test('a table that fails is told without the name that was typed, and keeps nobody out', async () => {
  const failing = { ...deps, table: { addAttempt: () => Promise.reject(new Error('of doctor')) } } as unknown as Deps;
  await signInWatch(
    failing,
    { error: (...all: unknown[]) => void said.push(all) },
    never,
  )(at('PreAuthentication_Authentication', 'doctor'));
  expect(said).toEqual([['sign-in not watched', { fault: 'Error' }]]);
});
