/**
 * The distribution in front of the web app: files of a build with the headers that CloudFront sends, and the app itself
 * for every path that names no file. Everything is read once, so a later build does not change what is being served.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

interface WebFile {
  readonly body: Buffer;
  readonly headers: OutgoingHttpHeaders;
}

export type WebFiles = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * @param folder a build; undefined serves nothing but the extra files
 * @param extra files that a deployment adds, by path, as JSON
 * @param headers sent with every answer
 */
export function makeWebFiles(
  folder: string | undefined,
  extra: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>>,
): WebFiles {
  const files = new Map<string, WebFile>();
  const add = (path: string, body: Buffer): void => {
    files.set(path, {
      body,
      headers: {
        'content-type': contentTypes[extname(path)] ?? 'application/octet-stream',
        'content-length': body.length,
        etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
        // Names under assets/ carry a hash of their content; everything else is asked for again.
        'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        ...headers,
      },
    });
  };
  for (const entry of folder ? readdirSync(folder, { withFileTypes: true, recursive: true }) : [])
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name);
      add(path.slice(folder?.length), readFileSync(path));
    }
  for (const [path, content] of Object.entries(extra)) add(path, Buffer.from(JSON.stringify(content)));

  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...headers, allow: 'GET, HEAD' }).end();
      return;
    }
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const isPage = !path.slice(path.lastIndexOf('/')).includes('.');
    const file = files.get(isPage ? '/index.html' : decoded(path));
    if (!file) {
      response.writeHead(404, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end('Not Found');
      return;
    }
    if (request.headers['if-none-match'] === file.headers.etag) {
      const { 'content-length': _, 'content-type': __, ...kept } = file.headers;
      response.writeHead(304, kept).end();
      return;
    }
    response.writeHead(200, file.headers).end(request.method === 'HEAD' ? undefined : file.body);
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};
