import type { Medicine } from '@darmon/domain/medicine';
import { packFormulary } from '@darmon/domain/packed-formulary';
import { beforeEach, expect, test, vi } from 'vitest';
import { UncertainError } from './client.ts';
import type { KeptFormulary } from './device-store.ts';
import { loadFormulary } from './formulary.ts';

const device = vi.hoisted(() => ({ kept: undefined as KeptFormulary | undefined, asked: [] as unknown[] }));
const server = vi.hoisted(() => ({ answer: (): unknown => undefined }));

// The modules read the page's language and session when they load.
vi.mock('./language.ts', () => ({ useLanguage: () => 'uz-Latn', currentLanguage: () => 'uz-Latn' }));
vi.mock('./session.ts', () => ({ currentUser: async () => null, renew: async () => undefined }));
vi.mock('./device-store.ts', () => ({
  keptFormulary: async () => device.kept,
  keepFormulary: async (formulary: KeptFormulary) => {
    device.kept = formulary;
  },
}));
vi.mock('./client.ts', async (original) => ({
  ...(await original<typeof import('./client.ts')>()),
  call: async (_: unknown, { query }: { query: unknown }) => {
    device.asked.push(query);
    return server.answer();
  },
}));

const medicine = (code: string): Medicine => ({
  code,
  inn: 'amoxicillin',
  innRu: 'амоксициллин',
  innUz: 'amoksitsillin',
  atc: 'J01CA04',
  form: 'tablet',
  strength: '500 mg',
  class: 'rx',
  reimbursed: false,
  registered: true,
  unit: 'tablet',
  routes: ['oral'],
  packs: [{ gtin: '09520000000011', units: 10, brand: 'Amoksidarm', maker: 'Demo' }],
});
const version = (name: string): KeptFormulary => ({ version: name, formulary: packFormulary([medicine(name)]) });
const load = async (): Promise<string[]> =>
  (await loadFormulary(new AbortController().signal)).medicines.map(({ code }) => code);

beforeEach(() => {
  device.kept = undefined;
  device.asked = [];
});

test('a device without a formulary gets the whole of it, and keeps it', async () => {
  server.answer = () => version('ONE');
  expect(await load()).toEqual(['ONE']);
  expect(device.asked).toEqual([{}]);
  expect(device.kept).toEqual(version('ONE'));
});

test('a device that has the formulary asks only whether it still stands', async () => {
  device.kept = version('TWO');
  server.answer = () => ({ version: 'TWO' });
  expect(await load()).toEqual(['TWO']);
  expect(device.asked).toEqual([{ known: 'TWO' }]);
});

test('another formulary takes the place of the one that is kept', async () => {
  device.kept = version('TWO');
  server.answer = () => version('THREE');
  expect(await load()).toEqual(['THREE']);
  expect(device.kept).toEqual(version('THREE'));
});

test('without an answer the one that is kept serves on, and where none is the failure is told', async () => {
  server.answer = () => {
    throw new UncertainError();
  };
  await expect(load()).rejects.toThrow(UncertainError);
  device.kept = version('FOUR');
  expect(await load()).toEqual(['FOUR']);
});

test('an unchanged version is unpacked once, so that what is made for it is made once', async () => {
  device.kept = version('FIVE');
  server.answer = () => ({ version: 'FIVE' });
  const { signal } = new AbortController();
  expect(await loadFormulary(signal)).toBe(await loadFormulary(signal));
});
