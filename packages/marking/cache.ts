/** A bounded memory: each entry until its own end, and where there is no room the one that was used longest ago goes. */

export interface Cache<Value> {
  get(key: string): Value | undefined;
  /** @param forMs how long it holds, milliseconds from now */
  set(key: string, value: Value, forMs: number): void;
}

/** @param size entries at most */
export function makeCache<Value>(size: number, now: () => number): Cache<Value> {
  // A Map keeps the order in which keys were set, and each use sets its key anew: the first is the one to go.
  const entries = new Map<string, { value: Value; until: number }>();
  return {
    get: (key) => {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      if (entry.until <= now()) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    set: (key, value, forMs) => {
      entries.delete(key);
      entries.set(key, { value, until: now() + forMs });
      const oldest = entries.keys().next();
      if (entries.size > size && !oldest.done) entries.delete(oldest.value);
    },
  };
}
