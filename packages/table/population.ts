/** Inhabitants by year: one item that lies with the rules, since both are a ministry's numbers. Who reads it parses it. */
import type { Population } from '@darmon/domain/population';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import type { Item } from './page.ts';
import { absent, atVersion, put } from './transact.ts';

/** The built-in one is nobody's, and lies nowhere. */
const builtIn = 1;

export const populationOf = (engine: Engine) => ({
  async loadPopulation(): Promise<Item | undefined> {
    return (await engine.readMany([key.populationKey]))[0];
  },
  /** @throws Refusal `version-changed` where somebody else was faster */
  async commitPopulation(population: Population, change: Change): Promise<void> {
    const before = population.version - 1;
    const condition = before === builtIn ? absent : atVersion(before);
    await engine.commit([
      put(engine.table, { ...key.populationKey, ...population }, condition, 'version-changed'),
      ...engine.changeActions(key.populationKey.pk, change),
    ]);
  },
});
