/** Praise and complaints: given by anybody, tied to a dispense by the code of its receipt, read by auditors alone. */
import { timingSafeEqual } from 'node:crypto';
import type { Dispense } from '@darmon/domain/dispense';
import { type Event, type EventType, patientActor } from '@darmon/domain/event';
import {
  type Feedback,
  type FeedbackGiven,
  type FeedbackLot,
  type LotSignal,
  readReceiptCode,
  withComplaint,
} from '@darmon/domain/feedback';
import { parseNumber } from '@darmon/domain/number';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { isServing, type Site } from '@darmon/domain/standing';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { changeOnce, type Deps } from './deps.ts';
import { type Keyring, type Mac, seal, unseal } from './vault.ts';

export type FeedbackDeps = Deps & { readonly mac: Mac; readonly keyring: Pick<Keyring, 'newKey'> };

/** In one hour: of one address, which can be a whole phone network, and about one site. */
const perAddress = 30;
const perSite = 60;

const sameSecret = (expected: string | undefined, given: string): boolean => {
  const [a, b] = [Buffer.from(expected ?? ''), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** The dispense whose receipt somebody holds; undefined where the code is wrong, of another site, or taken back. */
const dispenseOf = async (deps: Deps, site: string, code: string): Promise<Dispense | undefined> => {
  const read = readReceiptCode(code);
  const reading = read && parseNumber(read.number);
  if (!read || reading?.kind !== 'prescription-number') return undefined;
  const found = await deps.table.dispenseOfReceipt(reading.number, read.n);
  const fits = sameSecret(found?.receiptSecret, read.secret) && found?.site === site && found.undone === undefined;
  return fits ? found : undefined;
};

/** The lots of a line, or of the whole receipt; one that went out over two lines is named once. */
const lotsOf = (d: Dispense, line: number | undefined): FeedbackLot[] => {
  const named = d.lines
    .filter((l) => line === undefined || l.line === line)
    .flatMap((l) => l.lots.map(({ gtin, lot }) => ({ gtin, lot, medicine: l.medicine })));
  return [...new Map(named.map((l) => [`${l.gtin}#${l.lot}`, l])).values()];
};

/** True for a site that patients meet: an open, licensed pharmacy or clinic. */
const takesFeedback = (site: Site | undefined, now: number): site is Site =>
  (site?.kind === 'pharmacy' || site?.kind === 'clinic') && isServing(site, tashkentDay(now));

/**
 * What a site is called, so that people see whom they write about.
 * @throws Refusal `not-found`
 */
export const readSiteName = async (deps: Pick<Deps, 'table' | 'now'>, id: string) => {
  const [site] = await deps.table.loadSites([id]);
  if (!takesFeedback(site, deps.now())) throw new Refusal('not-found');
  return { site: site.id, name: site.name, kind: site.kind };
};

const eventAt = (deps: Deps, now: number, type: EventType, site: string, changes: Record<string, unknown>): Event => ({
  id: deps.id(),
  at: instant(now),
  type,
  actor: patientActor(site),
  changes,
});

/**
 * Takes feedback about a clinic or a pharmacy. The words are sealed under a key of their own. A complaint about a
 * medicine with a receipt names its lots, and the one that is enough for a lot raises its signal in the same stroke.
 * @throws Refusal `site-unknown`, `feedback-token-invalid`, `feedback-given`, `too-many-requests`
 */
export const giveFeedback = async (
  deps: FeedbackDeps,
  input: FeedbackGiven,
  source: string,
): Promise<{ status: number; body: { id: string } }> => {
  const attempt = { what: `FEEDBACK#${await deps.mac('address', source)}`, most: perAddress, at: deps.now() };
  const dispense = input.receipt === undefined ? undefined : await dispenseOf(deps, input.site, input.receipt);
  if (input.receipt !== undefined && !dispense) {
    // guessing codes is counted like giving feedback
    await deps.table.commitAttempt(attempt);
    throw refuseAt('feedback-token-invalid', '/receipt');
  }
  const isAboutLots = input.kind === 'complaint' && input.about === 'medicine';
  const lots = dispense && isAboutLots ? lotsOf(dispense, input.line) : [];
  return changeOnce(
    deps,
    undefined,
    async () => {
      const now = deps.now();
      const { site, signals: before, policy } = await deps.table.loadForFeedback(input.site, lots);
      if (!takesFeedback(site, now)) throw refuseAt('site-unknown', '/site');
      const id = deps.id();
      const { wrapped, key } = await deps.keyring.newKey(id);
      const at = instant(now);
      const feedback: Feedback = {
        id,
        at,
        site: site.id,
        kind: input.kind,
        about: input.about,
        ...(dispense && { dispense: dispense.id }),
        ...(lots.length > 0 && { lots }),
        wrappedKey: wrapped,
        sealed: seal(key, id, { text: input.text }, deps.random),
      };
      const signals = lots.map((lot, i) =>
        withComplaint(before[i], lot, dispense?.prescription ?? '', policy.feedbackSignal, at),
      );
      const raised = signals
        .filter((s, i) => s.raisedAt !== undefined && before[i]?.raisedAt === undefined)
        .map((signal) => ({ signal, event: signalEvent(deps, now, site.id, signal) }));
      const event = eventAt(deps, now, 'feedback-given', site.id, {
        feedback: id,
        kind: input.kind,
        about: input.about,
        ...(dispense && { dispense: dispense.id }),
        ...(lots.length > 0 && { lots }),
      });
      const attempts = [attempt, { what: `FEEDBACK#${site.id}`, most: perSite, at: now }];
      await deps.table.commitFeedback({ feedback, signals, event, raised, attempts });
      return { status: 201, body: { id } };
    },
    async () => {
      throw new Refusal('busy');
    },
  );
};

const signalEvent = (deps: Deps, now: number, site: string, { gtin, lot, prescriptions }: LotSignal): Event =>
  eventAt(deps, now, 'signal-raised', site, { gtin, lot, complaints: prescriptions.length });

export type ReadFeedbackDeps = Pick<Deps, 'table' | 'now'> & { readonly keyring: Pick<Keyring, 'openKey'> };

/** Feedback newest first: of a site, of a day (today unless told), or of a day at a site. */
export const listFeedback = async (
  deps: ReadFeedbackDeps,
  { site, day }: { site?: string; day?: string },
  request: PageRequest,
) => {
  const of = site === undefined ? { day: day ?? tashkentDay(deps.now()) } : { site, day };
  const page = await deps.table.listFeedback(of, request);
  const items = await Promise.all(
    page.items.map(async ({ wrappedKey, sealed, ...about }) => {
      if (wrappedKey === '') return { ...about, text: '', erased: true as const };
      const { text = '' } = unseal(await deps.keyring.openKey(about.id, wrappedKey), about.id, sealed);
      return { ...about, text };
    }),
  );
  return { items, ...(page.next !== undefined && { next: page.next }) };
};

/** Lots with a signal, newest first. */
export const listSignals = async (deps: Pick<Deps, 'table'>, request: PageRequest) => {
  const page = await deps.table.listSignals(request);
  const items = page.items.map(({ gtin, lot, medicine, prescriptions, raisedAt }) => ({
    gtin,
    lot,
    medicine,
    complaints: prescriptions.length,
    raisedAt: raisedAt ?? '',
  }));
  return { items, ...(page.next !== undefined && { next: page.next }) };
};
