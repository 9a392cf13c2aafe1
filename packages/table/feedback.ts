/** Feedback about sites, the receipts it was given for, and the lots that patients complain about. */
import type { Dispense } from '@darmon/domain/dispense';
import type { Event } from '@darmon/domain/event';
import { Feedback, type FeedbackLot, LotSignal } from '@darmon/domain/feedback';
import type { Policy } from '@darmon/domain/policy';
import type { Site } from '@darmon/domain/standing';
import { tashkentDay } from '@darmon/domain/time';
import type { Engine } from './engine.ts';
import * as key from './keys.ts';
import { type Page, type PageRequest, pageOfIndex } from './page.ts';
import type { Attempt } from './patient-page.ts';
import { parseDispense } from './prescription-items.ts';
import { attemptAction, eventAction } from './request-items.ts';
import * as standing from './standing-items.ts';
import { type Action, absent, atVersion, put } from './transact.ts';

const attemptActions = (table: string, attempts: readonly Attempt[]): Action[] =>
  attempts.map(({ what, most, at }) => attemptAction(table, what, new Date(at).toISOString().slice(0, 13), most, at));

const signalAction = (table: string, signal: LotSignal): Action =>
  put(
    table,
    {
      ...key.signalKey(signal.gtin, signal.lot),
      ...(signal.raisedAt !== undefined && { gsi1pk: key.signalsPartition, gsi1sk: signal.raisedAt }),
      ...signal,
    },
    signal.version === 1 ? absent : atVersion(signal.version - 1),
    'changed',
  );

export const feedbackOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    /** The dispense that a receipt names by the printed number, if there is one. */
    async dispenseOfReceipt(number: string, n: number): Promise<Dispense | undefined> {
      const pointer = await engine.readOne(key.numberKey(number));
      const item = pointer && (await engine.readOne(key.dispenseKey(String(pointer.prescription), n)));
      return item && parseDispense(item);
    },
    /** The site that feedback is about, what is known of the lots, and the rules, in one request. */
    async loadForFeedback(site: string, lots: readonly FeedbackLot[]) {
      const { found, policy } = await engine.readWithCountry([
        key.siteKey(site),
        ...lots.map((l) => key.signalKey(l.gtin, l.lot)),
      ]);
      const [where, ...known] = found;
      const rules: Policy = policy;
      const about: Site | undefined = where && standing.parseSite(where);
      return { site: about, signals: known.map((i) => i && LotSignal.parse(i)), policy: rules };
    },
    /**
     * Feedback, the mark that its receipt is used, what it adds about each lot and the signals that this raises.
     * @throws Refusal `too-many-requests`, `feedback-given`
     */
    async commitFeedback(input: {
      feedback: Feedback;
      signals: readonly LotSignal[];
      event: Event;
      raised: readonly { signal: LotSignal; event: Event }[];
      attempts: readonly Attempt[];
    }): Promise<void> {
      const { feedback, event } = input;
      const day = tashkentDay(Date.parse(feedback.at));
      await engine.commit([
        ...attemptActions(table, input.attempts),
        put(
          table,
          {
            ...key.feedbackKey(feedback.id),
            gsi1pk: key.feedbackPartition(feedback.site),
            gsi1sk: `${day}#${feedback.id}`,
            gsi2pk: key.feedbackPartition(day),
            gsi2sk: feedback.id,
            ...feedback,
          },
          absent,
          'changed',
        ),
        ...(feedback.dispense === undefined
          ? []
          : [
              put(
                table,
                { ...key.feedbackGivenKey(feedback.dispense), feedback: feedback.id },
                absent,
                'feedback-given',
              ),
            ]),
        ...input.signals.map((s) => signalAction(table, s)),
        eventAction(table, key.feedbackKey(feedback.id).pk, event),
        ...input.raised.map((r) => eventAction(table, key.signalKey(r.signal.gtin, r.signal.lot).pk, r.event)),
      ]);
    },
    /** @throws Refusal `too-many-requests` */
    async commitAttempt(attempt: Attempt): Promise<void> {
      await engine.commit(attemptActions(table, [attempt]));
    },
    /** Newest first: of a site (and one day of it), or of a Tashkent day at all sites. */
    async listFeedback(
      of: { site: string; day?: string | undefined } | { day: string },
      request: PageRequest,
    ): Promise<Page<Feedback>> {
      const query =
        'site' in of
          ? {
              index: 'gsi1' as const,
              partition: key.feedbackPartition(of.site),
              ...(of.day !== undefined && { prefix: of.day }),
            }
          : { index: 'gsi2' as const, partition: key.feedbackPartition(of.day) };
      const page = await pageOfIndex(client, table, { ...query, backwards: true }, request);
      return { ...page, items: page.items.map((i) => Feedback.parse(i)) };
    },
    /** Newest first. */
    async listSignals(request: PageRequest): Promise<Page<LotSignal>> {
      const page = await pageOfIndex(
        client,
        table,
        { index: 'gsi1', partition: key.signalsPartition, backwards: true },
        request,
      );
      return { ...page, items: page.items.map((i) => LotSignal.parse(i)) };
    },
  };
};
