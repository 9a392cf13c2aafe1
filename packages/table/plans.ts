/**
 * Plans of sites, and the weekly run that makes them: a list of work that many may take from at once. A plan is written
 * whole beside the one before it and then takes its place, so nobody reads half of one.
 */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ExchangeLine } from '@darmon/domain/exchange';
import { Plan, PlanLine } from '@darmon/domain/plan';
import { PlanRun, PlanWork, type WorkState } from '@darmon/domain/plan-run';
import { Refusal } from '@darmon/domain/refusal';
import * as z from 'zod';
import type { Engine } from './engine.ts';
import * as key from './keys.ts';
import { packedLines, unpackedLines } from './packed-lines.ts';
import { allOf, type Page, type PageRequest, pageOfIndex } from './page.ts';
import { absent, Changed, put, update } from './transact.ts';

/** Lines with all their arithmetic come to some three kilobytes, packed to a tenth. */
const linesOfPart = 200;

/** Plans of a site lie in one of two places by turns; `parts` is how many of its lines' there are. */
const Stored = Plan.extend({ place: z.enum(['a', 'b']), parts: z.int() });
const Part = z.object({ plan: z.string() });

export const plansOf = (engine: Engine) => {
  const { client, table } = engine;
  const keep = (Item: object) => client.send(new PutCommand({ TableName: table, Item: { ...Item } }));
  const readStored = async (site: string) => {
    const item = await engine.readOne(key.planKey(site));
    return item && Stored.parse(item);
  };
  return {
    async loadPlan(site: string): Promise<Plan | undefined> {
      const stored = await readStored(site);
      return stored && Plan.parse(stored);
    },
    /** @throws Refusal `busy` where another plan takes its place meanwhile */
    async loadPlanLines(site: string): Promise<{ plan: Plan; lines: PlanLine[] } | undefined> {
      const stored = await readStored(site);
      if (!stored) return undefined;
      const { id, place, parts } = stored;
      const found = await engine.readMany(Array.from({ length: parts }, (_, n) => key.planLinesKey(site, place, n)));
      const lines = found.flatMap((item) => {
        if (!item || Part.parse(item).plan !== id) throw new Refusal('busy');
        return unpackedLines(PlanLine, item);
      });
      return { plan: Plan.parse(stored), lines };
    },
    /** `exchange` is what other sites have to do with it. */
    async keepPlan(plan: Plan, lines: readonly PlanLine[], exchange: readonly ExchangeLine[]): Promise<void> {
      const before = await readStored(plan.site);
      const place = before?.place === 'a' ? 'b' : 'a';
      const parts = Math.ceil(lines.length / linesOfPart);
      for (let n = 0; n < parts; n += 1) {
        const own = lines.slice(n * linesOfPart, (n + 1) * linesOfPart);
        await keep({ ...key.planLinesKey(plan.site, place, n), plan: plan.id, ...packedLines(own) });
      }
      await keep({ ...key.planExchangeKey(plan.site), ...packedLines(exchange) });
      await keep({ ...key.planKey(plan.site), ...plan, place, parts, gsi1pk: key.plansPartition, gsi1sk: plan.site });
    },
    /** What sites could give and need, as they were last planned. */
    async loadExchange(sites: readonly string[]): Promise<{ site: string; lines: ExchangeLine[] }[]> {
      const items = await engine.readMany(sites.map(key.planExchangeKey));
      return items.map((item, i) => ({
        site: sites[i] ?? '',
        lines: item ? unpackedLines(ExchangeLine, item) : [],
      }));
    },
    /** Sites in the order of their ids. */
    async listPlans(request: PageRequest): Promise<Page<Plan>> {
      const page = await pageOfIndex(client, table, { index: 'gsi1', partition: key.plansPartition }, request);
      return { ...page, items: page.items.map((item) => Plan.parse(item)) };
    },
    /** Every site of a run, in the order of their ids. */
    async loadPlanRun(week: string): Promise<PlanWork[]> {
      const items = await allOf(client, table, { pk: key.planRunPartition(week), skPrefix: key.planSitesPrefix });
      return items.map((item) => PlanWork.parse(item));
    },
    /** The run as a whole, opened where nobody did yet: whoever asks, it is one run a week. */
    async openPlanRun(run: PlanRun): Promise<PlanRun> {
      const item = key.planRunKey(run.week);
      if (await ifUnchanged(() => engine.commit([put(table, { ...item, ...run }, absent, 'changed')]))) return run;
      const [known] = await allOf(client, table, { pk: item.pk, skPrefix: item.sk });
      return PlanRun.parse(known);
    },
    /** False where somebody closed it before. */
    async closePlanRun(week: string, closed: string): Promise<boolean> {
      const change = {
        expression: 'SET #closed = :closed',
        names: { '#closed': 'closed' },
        values: { ':closed': closed },
      };
      const open = { expression: 'attribute_exists(pk) AND attribute_not_exists(#closed)' };
      return ifUnchanged(() => engine.commit([update(table, key.planRunKey(week), change, open, 'changed')]));
    },
    /** Puts a site on the list where it is not yet. */
    async queuePlan(work: PlanWork): Promise<void> {
      await ifUnchanged(() => engine.commit([put(table, { ...key.planWorkKey(work), ...work }, absent, 'changed')]));
    },
    /** Sets work that stands as it was read to what it is now; false where somebody else was faster. */
    async changePlanWork(
      was: PlanWork,
      now: { state: WorkState; attempts: number; until: string } & Partial<PlanWork>,
    ) {
      const { week: _w, site: _s, ...changed } = { ...was, ...now };
      const fields = Object.entries(changed);
      const change = {
        expression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        names: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
        values: Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
      };
      const unchanged = {
        expression: '#state = :wasState AND #attempts = :wasAttempts AND #until = :wasUntil',
        values: { ':wasState': was.state, ':wasAttempts': was.attempts, ':wasUntil': was.until },
      };
      return ifUnchanged(() => engine.commit([update(table, key.planWorkKey(was), change, unchanged, 'changed')]));
    },
  };
};

const ifUnchanged = async (run: () => Promise<unknown>): Promise<boolean> => {
  try {
    await run();
    return true;
  } catch (error) {
    if (error instanceof Changed) return false;
    throw error;
  }
};
