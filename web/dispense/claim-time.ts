/** How pressing the rest of a claim is, and when it is said aloud. Seconds in, words out; knows no clock and no screen. */

export type Urgency = 'calm' | 'soon' | 'now';

const soonSeconds = 300;
const nowSeconds = 60;

export const urgencyOf = (left: number): Urgency =>
  left <= nowSeconds ? 'now' : left <= soonSeconds ? 'soon' : 'calm';

/**
 * The minutes that are said aloud while `left` seconds remain: five, later one, and nothing before. It stays the same
 * between the two, so that a reader hears each once.
 */
export const announcedAt = (left: number): 5 | 1 | undefined => {
  const urgency = urgencyOf(left);
  if (left <= 0 || urgency === 'calm') return undefined;
  return urgency === 'now' ? 1 : 5;
};
