/** A closed month on its way to the authority: one package, sent until a receipt for this very package comes back. */
import { mostTries, pauseAfter } from '@darmon/domain/order-message';
import { type Period, type Receipt, received, type Submission, tried } from '@darmon/domain/period';
import { AuthorityReceipt } from '@darmon/domain/period-package';
import { instant } from '@darmon/domain/time';
import * as z from 'zod';
import { payloadSignedBy, signDetached } from './jws.ts';
import { packageFiles } from './period-files.ts';
import { type PeriodDeps, periodEvent } from './period-run.ts';
import { zipOf } from './zip.ts';

/** A request to the authority: status and text of what it said, or why it said nothing. It never throws. */
export type Post = (
  address: string,
  body: Uint8Array,
  headers: Readonly<Record<string, string>>,
) => Promise<{ readonly status: number; readonly text: string } | 'timeout' | 'unreachable'>;

const Answer = z.object({ receipt: z.string().max(20_000) });

/** What came back, if it is the authority's word for this very package; else why it does not count. */
const receiptIn = (
  text: string,
  key: NonNullable<PeriodDeps['authority']>['key'],
  period: Period,
): Receipt | 'no-receipt' | 'other-digest' => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return 'no-receipt';
  }
  const answer = Answer.safeParse(body);
  const told = answer.success ? AuthorityReceipt.safeParse(payloadSignedBy(key, answer.data.receipt)) : undefined;
  if (!answer.success || !told?.success) return 'no-receipt';
  const { digest, month, version, number, at, status, reason } = told.data;
  if (digest !== period.package?.digest || month !== period.month || version !== period.version) return 'other-digest';
  return { number, at, status, ...(reason !== undefined && { reason }), signed: answer.data.receipt };
};

/**
 * One try, where it is due. It is counted, and put off, before anything is sent: a run that dies in between, or a second
 * one, sends nothing at the same time, and what is sent again has the same key. Whatever the authority's status says,
 * only a receipt that it signed for this very package ends the sending.
 * @throws Changed where another run has it
 */
export const sendPeriod = async (deps: PeriodDeps, period: Period): Promise<Period> => {
  const { submission, package: made } = period;
  const began = deps.now();
  if (!submission || !made || submission.failed || Date.parse(submission.nextAt) > began) return period;
  const tries = submission.tries + 1;
  const begun: Submission = {
    ...submission,
    tries,
    nextAt: instant(began + pauseAfter(tries, (deps.random(1)[0] ?? 0) / 256)),
    lastAt: instant(began),
  };
  let now = tried(period, begun);
  await deps.table.commitPeriod(now);
  const { last, receipt } = await asked(deps, now);
  const ended: Submission = { ...begun, last };
  const at = deps.now();
  const told = { period: now, site: submission.site, now: at };
  if (receipt) {
    now = received(now, ended, receipt);
    const type = receipt.status === 'accepted' ? 'period-acknowledged' : 'period-refused';
    await deps.table.commitPeriod(now, periodEvent(deps, type, told, { number: receipt.number, tries }));
    return now;
  }
  const failed = last === 'no-address' || tries >= mostTries;
  now = tried(now, { ...ended, ...(failed && { failed }) });
  await deps.table.commitPeriod(
    now,
    failed ? periodEvent(deps, 'period-undelivered', told, { tries, last }) : undefined,
  );
  return now;
};

const asked = async (
  deps: PeriodDeps,
  period: Period,
): Promise<{ last: NonNullable<Submission['last']>; receipt?: Receipt }> => {
  if (!deps.authority) return { last: 'no-address' };
  const body = zipOf(await packageFiles(deps, period));
  const answer = await deps.post(deps.authority.url, body, {
    'content-type': 'application/zip',
    'idempotency-key': `${period.month}.v${period.version}.${period.package?.digest}`,
    'darmon-signature': await signDetached(deps.signer, body, deps.now()),
  });
  if (typeof answer === 'string') return { last: answer };
  const receipt = receiptIn(answer.text, deps.authority.key, period);
  if (typeof receipt !== 'string') return { last: answer.status, receipt };
  const isGood = answer.status >= 200 && answer.status < 300;
  return { last: receipt === 'other-digest' || isGood ? receipt : answer.status };
};
