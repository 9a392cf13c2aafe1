/** One request to the authority: bounded in time and in what is read of its answer, followed nowhere. */
import type { Post } from '@darmon/usecases/period-send';

/** A package may be large, and a system that takes longer has not taken it; it knows it again by the key. */
const usualMs = 60_000;
/** A receipt is some hundred bytes. */
const mostAnswer = 64_000;

const isThisMachine = (hostname: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

const textOf = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > mostAnswer) {
      await response.body?.cancel().catch(() => undefined);
      return '';
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** `local`: this machine is an address too. In a cloud it would be the function's own, which nobody may write to. */
export const makePostPackage =
  ({ local, attemptMs = usualMs }: { readonly local: boolean; readonly attemptMs?: number }): Post =>
  async (address, body, headers) => {
    try {
      const url = new URL(address);
      if (isThisMachine(url.hostname) ? !local : url.protocol !== 'https:') return 'unreachable';
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body: new Uint8Array(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(attemptMs),
      });
      return { status: response.status, text: await textOf(response) };
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable';
    }
  };
