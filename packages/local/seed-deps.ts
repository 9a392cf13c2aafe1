/** What everything that writes the demo country shares: use cases with a clock of their own, people acting, keys of requests. */
import { createHash, randomBytes } from 'node:crypto';
import type { Actor, Role } from '@darmon/domain/actor';
import type { Once } from '@darmon/domain/once';
import type { Person } from '@darmon/domain/standing';
import type { Table } from '@darmon/table/table';
import type { Deps } from '@darmon/usecases/deps';
import { receiveShipment } from '@darmon/usecases/receiving';
import { ulid } from 'ulid';
import type { Country, OpeningLot } from './country/country.ts';

/** Opens the table with a clock of milliseconds since 1970. */
export type Open = (now: () => number) => Table;

export const depsWith = (open: Open, now: () => number): Deps => ({
  table: open(now),
  now,
  id: () => ulid(now()),
  random: (bytes) => randomBytes(bytes),
  pause: (ms) => new Promise((done) => setTimeout(done, ms)),
});

export const actorOf = (person: Person, role: Role, now: number): Actor => ({
  person: person.id,
  name: person.name,
  role,
  roles: person.roles,
  reach: role === 'admin' ? 'all' : 'own',
  site: person.site,
  rights: person.rights,
  authTime: Math.floor(now / 1000),
  secondFactor: false,
});

/** A request of a person that has this name. */
export const onceOf = ({ person }: Pick<Actor, 'person'>, what: string): Once => {
  const hash = createHash('sha256').update(what).digest('hex');
  return { person, keyHash: hash, bodyHash: hash };
};

/** As many as one transaction holds where each line is another controlled medicine, with a page and an entry of its own. */
export const openingLines = 19;

/** Degrees Celsius of a van and its boxes, each within its limits. */
const arrival = { cool: 12, cold: 5, frozen: -20 };

/** One receipt at a site at `deps`' time, by somebody who works there. */
export async function receiveLots(
  deps: Deps,
  { people }: Pick<Country, 'people'>,
  { site, number, lots }: { site: string; number: string; lots: readonly OpeningLot[] },
): Promise<void> {
  const receiver = people.find(
    (person) =>
      person.site === site &&
      person.active &&
      person.roles.some((role) => role === 'pharmacist' || role === 'warehouse'),
  );
  const role = receiver?.roles[0];
  if (!receiver || !role) throw new Error(`nobody at ${site} can receive`);
  await receiveShipment(
    deps,
    actorOf(receiver, role, deps.now()),
    { site, lines: lots, document: { supplier: 'OPENING', number }, arrival },
    onceOf({ person: receiver.id }, number),
  );
}

const atATime = 8;

/** A few at a time: the engine writes one after the other, and the gaps between are filled. */
export async function each<T>(items: readonly T[], write: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await write(item);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}
