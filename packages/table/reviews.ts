/** Reviews of looks at patients, and the events of a site's day with what they lie with. */
import type { Case } from '@darmon/domain/case';
import type { Event } from '@darmon/domain/event';
import { Review } from '@darmon/domain/look-review';
import { caseActions } from './cases.ts';
import type { Change, Engine } from './engine.ts';
import type { PlacedEvent } from './event-log.ts';
import * as key from './keys.ts';
import { pageOfIndex } from './page.ts';
import { eventsOfSite, parseEvent } from './request-items.ts';
import { absent, atVersion, put } from './transact.ts';

export const reviewsOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    /** All of a Tashkent day at a site, oldest first. */
    async loadPlacedDay(site: string, day: string): Promise<PlacedEvent[]> {
      const found: PlacedEvent[] = [];
      let cursor: string | undefined;
      do {
        const query = { index: 'gsi2' as const, partition: eventsOfSite(site, day) };
        const page = await pageOfIndex(client, table, query, { cursor, limit: 500 });
        found.push(...page.items.map((item) => ({ event: parseEvent(item), subject: String(item.pk) })));
        cursor = page.next;
      } while (cursor !== undefined);
      return found;
    },
    /** A look by what it was at, where there is one. */
    async loadLook(
      subject: { readonly patient: string } | { readonly prescription: string },
      id: string,
    ): Promise<PlacedEvent | undefined> {
      const pk =
        'patient' in subject ? key.lookUpsPartition(subject.patient) : key.prescriptionKey(subject.prescription).pk;
      const item = await engine.readOne({ pk, sk: `EVENT#${id}` });
      return item && { event: parseEvent(item), subject: pk };
    },
    async loadReviews(looks: readonly string[]): Promise<ReadonlyMap<string, Review>> {
      const items = await engine.readMany(looks.map(key.reviewKey));
      const reviews = items.flatMap((item) => (item ? [Review.parse(item)] : []));
      return new Map(reviews.map((review) => [review.look, review]));
    },
    /** A review, and the case that it opens, each with its event. @throws Changed where a colleague was faster */
    async commitReview(review: Review, change: Change, opened?: { one: Case; event: Event }): Promise<void> {
      const at = key.reviewKey(review.look);
      const condition = review.version === 1 ? absent : atVersion(review.version - 1);
      await engine.commit([
        put(table, { ...at, ...review }, condition, 'changed'),
        ...engine.changeActions(at.pk, change),
        ...(opened ? caseActions(table, opened.one) : []),
        ...(opened
          ? engine.changeActions(key.caseKey(opened.one.id).pk, { now: change.now, event: opened.event })
          : []),
      ]);
    },
  };
};
