/** Requisitions: drafts of plans and of people, their lines, their way to approval with the money it takes. */
import type { Budget } from '@darmon/domain/budget';
import { Refusal } from '@darmon/domain/refusal';
import type { Requisition, RequisitionLine } from '@darmon/domain/requisition';
import { type MovedMoney, moneyAction, parseApprovers, parseBudget, parseDelegation } from './budget-items.ts';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { type Page, type PageRequest, pageOfIndex } from './page.ts';
import * as items from './requisition-items.ts';
import * as standing from './standing-items.ts';
import { Changed } from './transact.ts';

export interface LoadedRequisition {
  readonly head: items.StoredRequisition;
  readonly lines: readonly RequisitionLine[];
}

/** Somebody who writes the lines each time they are read would have to be very quick. */
const reads = 5;

export const requisitionsOf = (engine: Engine) => {
  const { client, table } = engine;
  const subjectOf = (id: string) => key.requisitionKey(id).pk;
  const changeActions = ({ id, site }: Requisition, change: Change) =>
    engine.changeActions(subjectOf(id), change, site);

  /** Head and lines of the same moment. @throws Changed where somebody writes them just now */
  const linesOf = async (head: items.StoredRequisition): Promise<RequisitionLine[]> => {
    const parts = await engine.readMany(
      Array.from({ length: head.parts }, (_, n) => key.requisitionLinesKey(head.id, n)),
    );
    return parts.flatMap((part) => {
      const lines = items.parseRequisitionLines(part, head);
      if (!lines) throw new Changed();
      return lines;
    });
  };

  const headOf = async (id: string): Promise<items.StoredRequisition | undefined> => {
    const item = await engine.readOne(key.requisitionKey(id));
    return item && items.parseRequisition(item);
  };

  return {
    loadRequisitionHead: headOf,
    /** Those that there are, strongly read. */
    async loadRequisitionHeads(ids: readonly string[]): Promise<items.StoredRequisition[]> {
      const found = await engine.readMany(ids.map(key.requisitionKey));
      return found.flatMap((item) => (item ? [items.parseRequisition(item)] : []));
    },
    /** All of it, strongly read. @throws Refusal `busy` */
    async loadRequisition(id: string): Promise<LoadedRequisition | undefined> {
      for (let attempt = 1; ; attempt += 1) {
        const head = await headOf(id);
        if (!head) return undefined;
        try {
          return { head, lines: await linesOf(head) };
        } catch (error) {
          if (!(error instanceof Changed)) throw error;
          if (attempt === reads) throw new Refusal('busy');
        }
      }
    },
    async loadRequisitionOfPlan(site: string, week: string): Promise<string | undefined> {
      const item = await engine.readOne(key.planRequisitionKey(site, week));
      return item && String(item.id);
    },
    /** What an approval is judged by: who approves, in whose place, for which region, with which money of that year. */
    async loadForApproval(
      head: Pick<Requisition, 'site' | 'region'>,
      by: { person: string; site: string; instead?: string | undefined },
      year: number,
    ) {
      const { found, policy } = await engine.readWithCountry([
        key.personKey(by.person),
        key.siteKey(by.site),
        key.approversKey(head.region),
        key.budgetKey(year, head.site),
        key.budgetKey(year, head.region),
        ...(by.instead === undefined ? [] : [key.delegationKey(by.instead), key.personKey(by.instead)]),
      ]);
      const [person, site, approvers, own, regional, delegation, absent] = found;
      return {
        policy,
        person: person && standing.parsePerson(person),
        site: site && standing.parseSite(site),
        named: approvers ? parseApprovers(approvers).persons : [],
        budgets: [own, regional].flatMap((item) => (item ? [parseBudget(item)] : [])),
        delegation: delegation && parseDelegation(delegation),
        absent: absent && standing.parsePerson(absent),
      };
    },
    /** A new one with its lines; of a plan only if the week has none yet for this site. */
    async commitNewRequisition(head: Requisition, lines: readonly RequisitionLine[], change: Change): Promise<void> {
      await engine.commit([
        ...items.requisitionWithLinesActions(table, head, lines),
        ...(head.week === undefined ? [] : [items.planRequisitionAction(table, head.site, head.week, head.id)]),
        ...changeActions(head, change),
      ]);
    },
    async commitRequisitionLines(head: Requisition, lines: readonly RequisitionLine[], change: Change): Promise<void> {
      await engine.commit([...items.requisitionWithLinesActions(table, head, lines), ...changeActions(head, change)]);
    },
    /** A step, with what it moves of the year's money, in whichever budget that is. */
    async commitRequisitionStep(
      head: items.StoredRequisition,
      money: (MovedMoney & Pick<Budget, 'year' | 'place'>) | undefined,
      change: Change,
    ): Promise<void> {
      await engine.commit([
        items.requisitionAction(table, head),
        ...(money ? [moneyAction(table, money, money)] : []),
        ...changeActions(head, change),
      ]);
    },
    /** Of one site all, the newest first; or those of every site in a state that waits, the urgent first. */
    async listRequisitions(
      of: { site: string } | { state: Requisition['state'] },
      request: PageRequest,
    ): Promise<Page<items.StoredRequisition>> {
      const query =
        'site' in of
          ? { index: 'gsi1' as const, partition: key.requisitionsPartition(of.site), backwards: true }
          : { index: 'gsi2' as const, partition: key.requisitionsInPartition(of.state) };
      const page = await pageOfIndex(client, table, query, request);
      return { ...page, items: page.items.map(items.parseRequisition) };
    },
  };
};
