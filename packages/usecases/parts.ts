/** A long list as parts, each of which one transaction keeps. */

/** In order, at most so many in a part, and no name twice in one: a transaction writes an item once. */
export const partsOf = <T>(all: readonly T[], nameOf: (one: T) => string, most: number): T[][] => {
  const parts: { list: T[]; names: Set<string> }[] = [];
  for (const one of all) {
    const name = nameOf(one);
    const last = parts.at(-1);
    if (last && last.list.length < most && !last.names.has(name)) {
      last.list.push(one);
      last.names.add(name);
    } else parts.push({ list: [one], names: new Set([name]) });
  }
  return parts.map(({ list }) => list);
};
