/** Every route table of the house, so that what walks all routes cannot forget one. */
import { readdirSync } from 'node:fs';
import type { Route, Routes } from '@darmon/http/route';

const folder = new URL('../../functions/', import.meta.url);

export interface NamedRoute {
  readonly name: string;
  readonly route: Route;
}

export const allRoutes: readonly NamedRoute[] = (
  await Promise.all(
    readdirSync(folder)
      .sort()
      .map(async (name) => ((await import(new URL(`${name}/routes.ts`, folder).href)) as { routes: Routes }).routes),
  )
).flatMap((table) => Object.entries(table).map(([name, route]) => ({ name, route })));
