/** Asking again where nobody knows whether it happened, for what takes the same once more without harm. */
import { UncertainError } from './client.ts';

const pausesMs = [1_000, 3_000, 8_000];

/** @throws what `ask` throws at last; at once where it is no lost answer */
export const patiently = async <A>(ask: () => Promise<A>, signal: AbortSignal): Promise<A> => {
  for (const pause of pausesMs) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof UncertainError) || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return ask();
};
