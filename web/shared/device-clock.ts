/**
 * How far this device's clock is off, measured for nothing by the time that every answer of the API carries; and what the
 * server is told of it. A device has an id made of chance, which says nothing of whose it is.
 */
import { firstAnalysis } from '@darmon/domain/analysis';
import { tashkentDay } from '@darmon/domain/time';

/** What was told last, and by which limit the server judged it. */
export interface ToldClock {
  readonly device: string;
  /** Tashkent's, by the server's clock. */
  readonly day: string;
  readonly driftSeconds: number;
  readonly limitSeconds: number;
  readonly isOff: boolean;
}

const kept = 'darmon.clock';
/** An answer that took longer says too little. */
const mostRoundTripMs = 10_000;
/** The time of an answer is in whole seconds: what is less is not told from nothing. */
const leastSeconds = 20;
/** What moved by less is the same. */
const sameSeconds = 60;

let drift: number | undefined;
const listeners = new Set<() => void>();

/** How far ahead of the server this device is, in seconds, as last measured; undefined before the first answer. */
export const measuredDrift = (): number | undefined => drift;

export const watchDrift = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/**
 * Seconds that a device is ahead, by an answer with this `Date` header that was asked for at `sentAt` and came at
 * `cameAt`, in milliseconds of the device; undefined where it says too little.
 */
export const driftBy = (date: string | null, sentAt: number, cameAt: number): number | undefined => {
  const server = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(server) || cameAt < sentAt || cameAt - sentAt > mostRoundTripMs) return undefined;
  // half a second, since the header was cut to whole ones
  return Math.round(((sentAt + cameAt) / 2 - (server + 500)) / 1000);
};

/** Measures by an answer of the API; one that lay in a cache on its way has the time of when it was made. */
export const noteAnswer = (answer: Response, sentAt: number): void => {
  if (answer.headers.has('age')) return;
  const measured = driftBy(answer.headers.get('date'), sentAt, Date.now());
  if (measured === undefined || (drift !== undefined && Math.abs(measured - drift) < 2)) return;
  drift = measured;
  for (const listener of listeners) listener();
};

/** What this device told last; a device that refuses storage never told anything. */
export const toldClock = (): Partial<ToldClock> => {
  try {
    const told: unknown = JSON.parse(localStorage.getItem(kept) ?? '{}');
    return typeof told === 'object' && told !== null ? told : {};
  } catch {
    return {};
  }
};

export const keepTold = (told: ToldClock): void => {
  try {
    localStorage.setItem(kept, JSON.stringify(told));
  } catch {
    return;
  }
};

/** This device's id: the one it told before, or a new one. */
export const deviceId = ({ device }: Partial<ToldClock>): string =>
  device !== undefined && /^[0-9a-f]{16}$/.test(device)
    ? device
    : [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The server's day, as far as the device can tell. */
export const serverDay = (seconds: number, now: number): string => tashkentDay(now - seconds * 1_000);

/** Whether the server is to be told: of what is off once a day, of a change, and of being right again. */
export const isWorthTelling = (seconds: number, told: Partial<ToldClock>, day: string): boolean => {
  const { isOff = false, driftSeconds = 0 } = told;
  if (Math.abs(seconds) < leastSeconds && !isOff) return false;
  return told.day !== day || Math.abs(seconds - driftSeconds) > sameSeconds;
};

/** Whether people should put the clock right: by the limit that the server judged by last, or else the first policy's. */
export const isClockOff = (seconds: number, { limitSeconds }: Partial<ToldClock>): boolean =>
  Math.abs(seconds) > (limitSeconds ?? firstAnalysis.driftSeconds);
