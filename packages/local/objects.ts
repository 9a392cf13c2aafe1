/**
 * S3 on loopback: objects as files of a folder, with the conditional writes that an unmodified S3Client asks for, and the
 * same names of errors. It keeps one version of each object and knows nothing of who may: those are the template's policies.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type Loopback, serveLoopback } from './loopback.ts';
import { writeWhole } from './state.ts';

/** Longer than anything that is written here. */
const largestBody = 16 * 1024 * 1024;

class S3Error extends Error {
  readonly status: number;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.name = code;
  }
}

/** Bucket and key as a path below the folder. Every part is spelt out, so that none leads out of it. */
const pathOf = (folder: string, url: string): string => {
  const parts = decodeURIComponent(url.split('?', 1)[0] ?? '')
    .split('/')
    .slice(1);
  if (parts.length < 2 || parts.some((part) => !/^[\w.-]+$/.test(part) || /^\.+$/.test(part)))
    throw new S3Error(400, 'InvalidURI');
  // a name ends, so that an object and a folder never want one name
  return `${join(folder, ...parts)}.object`;
};

const readObject = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const tagOf = (bytes: Uint8Array): string => `"${createHash('md5').update(bytes).digest('hex')}"`;

/** Judged and written in one turn of this process, which is the only one that writes here. */
const putObject = (path: string, { headers }: IncomingMessage, body: Buffer): string => {
  const there = readObject(path);
  const [ifNoneMatch, ifMatch] = [headers['if-none-match'], headers['if-match']];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') throw new S3Error(501, 'NotImplemented');
  if (ifNoneMatch === '*' && there) throw new S3Error(412, 'PreconditionFailed');
  if (ifMatch !== undefined && !there) throw new S3Error(404, 'NoSuchKey');
  if (ifMatch !== undefined && there && ifMatch !== tagOf(there)) throw new S3Error(412, 'PreconditionFailed');
  writeWhole(path, body);
  return tagOf(body);
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  if (request.headers['content-encoding']?.includes('aws-chunked')) throw new S3Error(501, 'NotImplemented');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new S3Error(400, 'EntityTooLarge');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const answer = async (folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const path = pathOf(folder, request.url ?? '/');
  if (request.method === 'PUT') {
    const etag = putObject(path, request, await bodyOf(request));
    response.writeHead(200, { etag }).end();
    return;
  }
  if (request.method !== 'GET') throw new S3Error(405, 'MethodNotAllowed');
  const bytes = readObject(path);
  if (!bytes) throw new S3Error(404, 'NoSuchKey');
  response.writeHead(200, { etag: tagOf(bytes), 'content-length': bytes.length }).end(bytes);
};

/** Serves the folder, on an ephemeral loopback port, by path: `/<bucket>/<key>`. */
export const startObjects = (folder: string): Promise<Loopback> =>
  serveLoopback(
    (request, response) => {
      answer(folder, request, response).catch((error: unknown) => {
        const { status, name } = error instanceof S3Error ? error : { status: 500, name: 'InternalError' };
        response.writeHead(status, { 'content-type': 'application/xml' });
        response.end(
          `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${name}</Code><Message>${name}</Message></Error>`,
        );
      });
    },
    { keepAlive: true, keepAliveTimeout: 60_000 },
  );

/** Serves what lies under a prefix of a bucket to anybody, as the distribution does; undefined where nothing is. */
export const objectAt = (folder: string, bucket: string, url: string): Uint8Array | undefined => {
  try {
    return readObject(pathOf(folder, `/${bucket}${url}`));
  } catch (error) {
    if (error instanceof S3Error || error instanceof URIError) return undefined;
    throw error;
  }
};
