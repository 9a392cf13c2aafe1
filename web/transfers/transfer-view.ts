/** What a screen makes of transfers: whose turn it is, which list one stands in, and how what came differs. */
import type { TransferState } from '@darmon/domain/transfer';
import type { transferRoutes } from '@darmon/function-inventory/transfer-routes';
import type { AnswerOf } from '@darmon/http/route';

export type TransferSummary = AnswerOf<typeof transferRoutes.listTransfers>['items'][number];
export type TransferDetail = AnswerOf<typeof transferRoutes.readTransfer>;
export type TransferLot = TransferDetail['lots'][number];
export type PickListItem = AnswerOf<typeof transferRoutes.readPickList>['items'][number];
export type Side = 'sender' | 'receiver';

export const steps = [
  'approve',
  'pick',
  'receive',
  'find',
  'wait-approve',
  'wait-ship',
  'wait-receive',
  'posting',
  'cancel',
  'done',
] as const;
export type Step = (typeof steps)[number];

const stepsOf: Readonly<Record<TransferState, Readonly<Record<Side, Step>>>> = {
  requested: { sender: 'approve', receiver: 'wait-approve' },
  approved: { sender: 'pick', receiver: 'wait-ship' },
  picking: { sender: 'pick', receiver: 'wait-ship' },
  posting: { sender: 'posting', receiver: 'posting' },
  shipped: { sender: 'wait-receive', receiver: 'receive' },
  short: { sender: 'find', receiver: 'find' },
  cancelling: { sender: 'cancel', receiver: 'cancel' },
  received: { sender: 'done', receiver: 'done' },
  'written-off': { sender: 'done', receiver: 'done' },
  refused: { sender: 'done', receiver: 'done' },
  cancelled: { sender: 'done', receiver: 'done' },
};

/** What happens next, as one side of it sees that. */
export const stepOf = (state: TransferState, side: Side): Step => stepsOf[state][side];

/** True where nothing happens before somebody of this side does something. */
export const isTurnOf = (state: TransferState, side: Side): boolean => {
  const step = stepOf(state, side);
  return step !== 'done' && step !== 'posting' && !step.startsWith('wait');
};

/** Open ones with those that wait for this side first, each part the newest first. */
export const openOf = (transfers: readonly TransferSummary[], side: Side): readonly TransferSummary[] => {
  const open = transfers.filter((t) => stepOf(t.state, side) !== 'done');
  return [...open.filter((t) => isTurnOf(t.state, side)), ...open.filter((t) => !isTurnOf(t.state, side))];
};

/** Both sides' finished ones, the newest first; one that a site sends to itself there is none of. */
export const doneOf = (
  sent: readonly TransferSummary[],
  received: readonly TransferSummary[],
): readonly TransferSummary[] =>
  [...sent, ...received].filter((t) => stepOf(t.state, 'sender') === 'done').sort((a, b) => (a.id < b.id ? 1 : -1));

/** The transfer that a scanned text names: its address as the slip's code says it, its id, its number, or its SSCC. */
export const transferOfScan = (raw: string, known: readonly TransferSummary[]): { readonly id: string } | undefined => {
  const text = raw.trim();
  const [, id] = /(?:^|\/transfers\/)([0-7][0-9A-HJKMNP-TV-Z]{25})$/.exec(text) ?? [];
  if (id !== undefined) return { id };
  const sscc = /(?:^(?:\][A-Za-z]\d)?(?:\(00\)|00)?|\/00\/)(\d{18})$/.exec(text)?.[1];
  return known.find((t) => (sscc !== undefined && t.shipment?.sscc === sscc) || t.number === text.toUpperCase());
};

export type Difference = 'same' | 'none' | 'short' | 'over';

/** How what came of a lot compares with what is on its way; undefined is what nobody counted yet. */
export const differenceOf = (expected: number, came: number | undefined): Difference => {
  if (came === undefined) return 'none';
  if (came === expected) return 'same';
  return came < expected ? 'short' : 'over';
};

/** Whole packs where they come out even, with the rest as single units. */
export const inPacks = (units: number, packUnits: number): { packs: number; rest: number } => ({
  packs: Math.floor(units / packUnits),
  rest: units % packUnits,
});
