/** One request to a supplier's address: bounded in time, followed nowhere, and nothing of its answer is read but the status. */
import type { PostOrder } from '@darmon/usecases/order-messages';

/** A system that takes longer has not taken it; what it did all the same it knows again by the id. */
const usualMs = 10_000;

const isThisMachine = (hostname: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

/** `local`: this machine is an address too. In a cloud it would be the function's own, which nobody may write to. */
export const makePostOrder =
  ({ local, attemptMs = usualMs }: { readonly local: boolean; readonly attemptMs?: number }): PostOrder =>
  async (address, body, headers) => {
    try {
      const url = new URL(address);
      if (isThisMachine(url.hostname) ? !local : url.protocol !== 'https:') return 'unreachable';
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(attemptMs),
      });
      await response.body?.cancel();
      return response.status;
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable';
    }
  };
