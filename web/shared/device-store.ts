/**
 * What this device keeps so that codes can be read without a network: the formulary and the signed lists of keys and
 * revocations. All of it is public; nothing of a patient is ever stored on a device.
 */
import type { PackedFormulary } from '@darmon/domain/packed-formulary';
import { routes as verification } from '@darmon/function-verification/routes';
import type { AnswerOf } from '@darmon/http/route';
import Dexie, { type Table } from 'dexie';
import { call } from './client.ts';

export interface SignedLists {
  readonly keys: AnswerOf<typeof verification.readKeys>;
  readonly revocations: AnswerOf<typeof verification.readRevocations>;
  /** The public keys under which lists count, as the deployment ships them beside the app; none where it ships none. */
  readonly roots: readonly unknown[];
  /** When this device fetched them, in milliseconds; how old the lists are stands inside them, signed. */
  readonly fetchedAt: number;
}

export interface KeptFormulary {
  readonly version: string;
  readonly formulary: PackedFormulary;
}

class DeviceStore extends Dexie {
  declare kept: Table<{ name: string; value: unknown }, string>;
  constructor() {
    super('darmon');
    this.version(1).stores({ kept: 'name' });
  }
}

const store = new DeviceStore();

/** A device that refuses storage (a private window) works on without it. */
const read = async <V>(name: string): Promise<V | undefined> => {
  try {
    return (await store.kept.get(name))?.value as V | undefined;
  } catch {
    return undefined;
  }
};

const write = async (name: string, value: unknown): Promise<void> => {
  try {
    await store.kept.put({ name, value });
  } catch {
    return;
  }
};

/** Work that was begun and not sent yet, such as what was scanned of a delivery; never anything of a patient. */
export const keepWork = (name: string, value: unknown): Promise<void> => write(`work/${name}`, value);
export const keptWork = <V>(name: string): Promise<V | undefined> => read<V>(`work/${name}`);

/** Undefined too where another version of the app kept it in another layout. */
export const keptFormulary = async (): Promise<KeptFormulary | undefined> => {
  const kept = await read<Partial<KeptFormulary>>('formulary');
  const { version, formulary } = kept ?? {};
  return version !== undefined && formulary?.layout === 1 ? { version, formulary } : undefined;
};
export const keepFormulary = (formulary: KeptFormulary): Promise<void> => write('formulary', formulary);

/** The lists as this device last got them, or undefined on a device that never had a network. */
export const keptLists = (): Promise<SignedLists | undefined> => read<SignedLists>('lists');

const rootsShipped = async (): Promise<readonly unknown[]> => {
  const settings: { lists?: { roots?: unknown } } = await fetch('/settings.json').then((answer) => answer.json());
  return Array.isArray(settings.lists?.roots) ? settings.lists.roots : [];
};

/** Fetches both lists and keeps them. Whether they may be trusted is for `@darmon/credential` to say at each use. */
export const refreshLists = async (): Promise<SignedLists> => {
  const [keys, revocations, roots] = await Promise.all([
    call(verification.readKeys, {}),
    call(verification.readRevocations, {}),
    rootsShipped(),
  ]);
  const lists: SignedLists = { keys, revocations, roots, fetchedAt: Date.now() };
  await write('lists', lists);
  return lists;
};
