/**
 * One request of ours to somebody else's system, whose address a person typed: bounded in time and in what is read of its
 * answer, and followed nowhere. It never throws.
 */

/** Status and text of what was answered, or why nothing was. */
export type Posted = { readonly status: number; readonly text: string } | 'timeout' | 'unreachable';

export type Post = (
  address: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>>,
) => Promise<Posted>;

export interface PostOptions {
  /** This machine is an address too. In a cloud it would be the function's own, which nobody may write to. */
  readonly local: boolean;
  /** A system that takes longer has not taken it; what it did all the same it knows again by the key. Milliseconds. */
  readonly attemptMs: number;
  /** Bytes that are read of an answer; of a longer one, and unless told of any, only the status counts. */
  readonly mostAnswer?: number;
}

const isThisMachine = (hostname: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

const textOf = async (response: Response, most: number): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // leaving the loop cancels what has not arrived
    if (size > most) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** Posts to addresses of https, and to this machine where `local`; whatever else is named is `unreachable`. */
export const makePost =
  ({ local, attemptMs, mostAnswer = 0 }: PostOptions): Post =>
  async (address, body, headers) => {
    try {
      const url = new URL(address);
      if (isThisMachine(url.hostname) ? !local : url.protocol !== 'https:') return 'unreachable';
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body: typeof body === 'string' ? body : new Uint8Array(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(attemptMs),
      });
      if (mostAnswer > 0) return { status: response.status, text: await textOf(response, mostAnswer) };
      await response.body?.cancel();
      return { status: response.status, text: '' };
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable';
    }
  };
