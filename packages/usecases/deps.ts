/** What a use case is given: the table, the clock, chance. And what every change shares: retry, once, an event. */
import type { Actor } from '@darmon/domain/actor';
import type { Event, EventType } from '@darmon/domain/event';
import type { Once } from '@darmon/domain/once';
import { Refusal } from '@darmon/domain/refusal';
import { requireAccount, requireStanding } from '@darmon/domain/standing';
import { instant } from '@darmon/domain/time';
import type { AnsweredRequest } from '@darmon/table/request-items';
import type { Change, Table } from '@darmon/table/table';
import { Changed, RequestKnown } from '@darmon/table/transact';

export interface Deps {
  readonly table: Table;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A new ULID. */
  readonly id: () => string;
  readonly random: (bytes: number) => Uint8Array;
  readonly pause: (ms: number) => Promise<void>;
}

/** An answer with the status it gets at the edge, because a repeat must give the same. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

const tries = 12;

/**
 * Runs a change, and runs it again on fresh reads when somebody else was faster. Where the request was answered
 * before, `repeat` gives that answer again; the record is read only when the run did not go through, so the ordinary
 * road pays nothing for it.
 * @throws Refusal of the run; `key-reused` where the key came with another body; `busy` when others keep winning
 */
export const changeOnce = async <T>(
  deps: Deps,
  once: Once | undefined,
  run: () => Promise<Answer<T>>,
  repeat: (record: AnsweredRequest) => Promise<T>,
): Promise<Answer<T>> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (error instanceof Changed) {
        if (attempt === tries) throw new Refusal('busy');
        const spread = (deps.random(1)[0] ?? 0) / 255;
        await deps.pause(Math.round(5 * attempt * (1 + spread)));
        continue;
      }
      // who may do nothing here any more is told nothing either; a licence that lapsed since does not undo what was done
      const mayBeKnown =
        error instanceof RequestKnown ||
        (error instanceof Refusal && error.code !== 'account-closed' && error.code !== 'not-allowed');
      const record = once && mayBeKnown ? await deps.table.loadRequest(once) : undefined;
      if (record) {
        if (record.bodyHash !== once?.bodyHash) throw new Refusal('key-reused');
        return { status: record.status, body: await repeat(record) };
      }
      throw error instanceof RequestKnown ? new Refusal('busy') : error;
    }
  }
};

/** Gives back what was answered; for answers that hold nothing personal and so are kept whole. */
export const asAnswered = async <T>(record: AnsweredRequest): Promise<T> => JSON.parse(record.answer) as T;

export const eventOf = (
  deps: Deps,
  actor: Actor,
  type: EventType,
  now: number,
  changes: Record<string, unknown>,
  reason?: string,
): Event => ({
  id: deps.id(),
  at: instant(now),
  type,
  actor: { person: actor.person, role: actor.role, site: actor.site },
  ...(reason !== undefined && { reason }),
  changes,
});

/** Event and idempotency record of a change. Without `once` (a job, the command line) only the event. */
export const changeOf = (
  event: Event,
  now: number,
  once: Once | undefined,
  answered: { status: number; reference: string; answer?: object },
): Change => {
  const { status, reference, answer = {} } = answered;
  return { now, event, once, answered: { status, reference, answer: JSON.stringify(answer) } };
};

/** Refuses an actor whose account is closed, whatever the token says; a licence that lapsed keeps nobody from reading. */
export const loadAccount = async (deps: Pick<Deps, 'table'>, actor: Actor): Promise<void> => {
  const { person, site } = await deps.table.loadStanding(actor.person, actor.site);
  requireAccount(actor, person, site);
};

/** Refuses an actor whose own or whose site's standing does not hold, on what the table says now. */
export const loadStanding = async (deps: Deps, actor: Actor) => {
  const standing = await deps.table.loadStanding(actor.person, actor.site);
  requireStanding(actor, standing.person, standing.site, deps.now());
  return standing;
};

/** What a use case decided: its answer, what is recorded of it, and how it is kept. */
export interface Decided<T extends object> {
  readonly body: T;
  /** 200 where it says nothing else. */
  readonly status?: number;
  /** What it is about, as the idempotency record names it. */
  readonly reference: string;
  readonly type: EventType;
  readonly changes: Record<string, unknown>;
  readonly reason?: string | undefined;
  readonly commit: (change: Change) => Promise<void>;
}

/**
 * A change by a person, once: refused where the own or the site's standing does not hold, decided by `decide` on what
 * stands now, as often as somebody else was faster, and committed with its event. For answers that hold nothing personal.
 * @throws Refusal of standing, of `decide`, and as of `changeOnce`
 */
export const changeAs = <T extends object>(
  deps: Deps,
  actor: Actor,
  once: Once,
  decide: (now: number, standing: Awaited<ReturnType<typeof loadStanding>>) => Promise<Decided<T>>,
): Promise<Answer<T>> =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const decided = await decide(now, await loadStanding(deps, actor));
      const { body, status = 200, reference, type, changes, reason, commit } = decided;
      const event = eventOf(deps, actor, type, now, changes, reason);
      await commit(changeOf(event, now, once, { status, reference, answer: body }));
      return { status, body };
    },
    asAnswered<T>,
  );
