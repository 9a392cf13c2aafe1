/**
 * The events that a table says it has, to be ticked off against a log: 56 bytes an event whatever ids look like, so that
 * millions fit. Ids are kept as their hash's first 16 bytes; who could make two ids collide there could break the log.
 */
import { bytesOfBase64, hashBytes, sameBytes, sha256 } from './sha256.ts';

export interface ListedEvent {
  readonly id: string;
  /** `eventDigest`, 43 characters of base64url; absent where its key was destroyed, and the id alone is compared. */
  readonly digest?: string | undefined;
}

/** What ticking one off found; `again`: it was ticked off before. */
export type Ticked = 'found' | 'again' | 'differs' | 'unknown';

export interface EventList {
  /** False where the id was added before. @throws {RangeError} a digest of another length */
  readonly add: (event: ListedEvent) => boolean;
  readonly tick: (event: Required<ListedEvent>) => Ticked;
  readonly isTicked: (id: string) => boolean;
}

const idLength = 16;
const record = idLength + hashBytes;
const utf8 = new TextEncoder();

/** What no event has. */
const noDigest = new Uint8Array(hashBytes);

const digestBytes = (digest: string | undefined): Uint8Array => {
  if (digest === undefined) return noDigest;
  const bytes = bytesOfBase64(`${digest.replaceAll('-', '+').replaceAll('_', '/')}=`);
  if (bytes?.length !== hashBytes) throw new RangeError('a digest is 43 characters of base64url');
  return bytes;
};

export const eventList = (): EventList => {
  let [slots, records, ticked, count] = [new Int32Array(1024), new Uint8Array(512 * record), new Uint8Array(512), 0];
  const keyAt = (at: number): Uint8Array => records.subarray(at * record, at * record + idLength);
  const keyOf = (id: string): Uint8Array => sha256(utf8.encode(id)).subarray(0, idLength);

  /** The slot of a key: its record's number and one, or 0 where it is free. */
  const slotOf = (key: Uint8Array): number => {
    const start = new DataView(key.buffer, key.byteOffset).getUint32(0);
    for (let slot = start & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
      const at = slots[slot] as number;
      if (at === 0 || sameBytes(keyAt(at - 1), key)) return slot;
    }
  };
  const grown = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
    const more = new Uint8Array(bytes.length * 2);
    more.set(bytes);
    return more;
  };
  const makeRoom = (): void => {
    if (count * 2 < slots.length) return;
    [records, ticked, slots] = [grown(records), grown(ticked), new Int32Array(slots.length * 2)];
    for (let at = 0; at < count; at += 1) slots[slotOf(keyAt(at))] = at + 1;
  };
  const find = (id: string): number => (slots[slotOf(keyOf(id))] as number) - 1;

  return {
    add({ id, digest }) {
      const [key, value] = [keyOf(id), digestBytes(digest)];
      makeRoom();
      const slot = slotOf(key);
      if (slots[slot] !== 0) return false;
      records.set(key, count * record);
      records.set(value, count * record + idLength);
      count += 1;
      slots[slot] = count;
      return true;
    },
    tick({ id, digest }) {
      const at = find(id);
      if (at < 0) return 'unknown';
      if (ticked[at] === 1) return 'again';
      ticked[at] = 1;
      const kept = records.subarray(at * record + idLength, (at + 1) * record);
      return sameBytes(kept, noDigest) || sameBytes(kept, digestBytes(digest)) ? 'found' : 'differs';
    },
    isTicked(id) {
      const at = find(id);
      return at >= 0 && ticked[at] === 1;
    },
  };
};
