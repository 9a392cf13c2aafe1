import { keeping } from '@darmon/table/keeping';
import * as keys from '@darmon/table/keys';
import { describe, expect, test } from 'vitest';

/** Stands for whatever a key is made of: any of its fields, or what any of its calls answers. */
const anything: unknown = new Proxy(() => {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => 'X' : anything),
  apply: () => anything,
});

/** Every partition that `keys.ts` can make, with `*` for what is filled in. */
const partitions = [
  ...new Set(
    Object.entries(keys)
      .filter(([name]) => /(Key|Partition)$/.test(name))
      .map(([, made]) => {
        const key: unknown =
          typeof made === 'function' ? Reflect.apply(made, undefined, Array(5).fill(anything)) : made;
        const pk = typeof key === 'string' ? key : (key as keys.Key).pk;
        return pk.replaceAll(/(?<=#)(X|NaN)(?=#|$)/g, '*');
      }),
  ),
].sort();

describe('how long things are kept', () => {
  test('is said of every partition that there is', () => {
    expect(partitions.length).toBeGreaterThan(100);
    expect(partitions.filter((partition) => !keeping.has(partition))).toEqual([]);
  });

  test('is said of no partition that is not there', () => {
    expect([...keeping.keys()].filter((partition) => !partitions.includes(partition))).toEqual([]);
  });
});
