/** A bare client of the API for many requests at once, which costs its caller as little as it can. */
import { Agent, request } from 'node:http';

export interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface Call {
  readonly token: string;
  readonly key: string;
  readonly body: unknown;
}

/** A client that keeps as many connections as it has requests under way. Rejects where no answer came in time. */
export const httpClient = (url: string, { atOnce, timeoutMs }: { atOnce: number; timeoutMs: number }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const { hostname, port } = new URL(url);
  return {
    post: (path: string, { token, key, body }: Call): Promise<Answered> =>
      new Promise((resolve, reject) => {
        const text = JSON.stringify(body);
        const headers = {
          authorization: `Bearer ${token}`,
          'idempotency-key': key,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        };
        const sent = request(
          { agent, hostname, port, path, method: 'POST', headers, timeout: timeoutMs },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () => {
              try {
                resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) });
              } catch (error) {
                reject(error);
              }
            });
          },
        );
        sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
        sent.on('error', reject);
        sent.end(text);
      }),
    close: () => agent.destroy(),
  };
};
export type HttpClient = ReturnType<typeof httpClient>;
