/** Where the stand-ins for AWS services listen: a free port of this machine, which no other machine can reach. */
import { createServer, type RequestListener, type ServerOptions } from 'node:http';

export interface Loopback {
  readonly endpoint: string;
  /** Cuts what is under way. */
  stop(): Promise<void>;
}

/** Serves on an ephemeral loopback port. */
export async function serveLoopback(listener: RequestListener, options: ServerOptions = {}): Promise<Loopback> {
  const server = createServer(options, listener);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the server has no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
