/** The log's files in a bucket, under a prefix: what never changes is created once, the checkpoint is swapped by its tag. */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { TileStore } from '@darmon/log/store';
import { checkpointPath } from '@darmon/log/tiles';

/** Where the files lie in the bucket, and where the distribution serves them. */
export const logPrefix = 'log/';

const isNamed = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name);
/** Somebody else was quicker; or was so at the very same time, which S3 tells apart. */
const isLost = (error: unknown): boolean =>
  isNamed(error, 'PreconditionFailed', 'ConditionalRequestConflict', '412', '409');

const typeOf = (path: string): string =>
  path === checkpointPath ? 'text/plain; charset=utf-8' : 'application/octet-stream';
/** A full tile never changes; whoever has one need not ask again. A partial one only until it is full. */
const keptFor = (path: string): string =>
  path === checkpointPath ? 'no-cache' : path.includes('.p/') ? 'max-age=60' : 'public, max-age=31536000, immutable';

/** A store over a bucket. Its writes may be repeated by the client after an answer was lost: the outcome is the same. */
export const bucketStore = (s3: S3Client, bucket: string): TileStore => {
  const read = async (path: string): Promise<{ bytes: Uint8Array; tag: string | undefined } | undefined> => {
    try {
      const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: logPrefix + path }));
      return { bytes: (await answer.Body?.transformToByteArray()) ?? new Uint8Array(0), tag: answer.ETag };
    } catch (error) {
      if (isNamed(error, 'NoSuchKey')) return undefined;
      throw error;
    }
  };
  /** False where the condition did not hold. */
  const write = async (
    path: string,
    bytes: Uint8Array,
    condition: { IfNoneMatch: '*' } | { IfMatch: string | undefined },
  ): Promise<boolean> => {
    try {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: logPrefix + path,
          Body: bytes,
          ContentType: typeOf(path),
          CacheControl: keptFor(path),
          ...condition,
        }),
      );
      return true;
    } catch (error) {
      if (isLost(error)) return false;
      throw error;
    }
  };
  const same = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
    a && b ? Buffer.compare(a, b) === 0 : a === b;

  return {
    get: async (path) => (await read(path))?.bytes,
    async putImmutable(path, bytes) {
      if (await write(path, bytes, { IfNoneMatch: '*' })) return true;
      return same((await read(path))?.bytes, bytes);
    },
    async swapCheckpoint(previous, next) {
      const now = await read(checkpointPath);
      if (!same(now?.bytes, previous)) return false;
      return write(checkpointPath, next, now ? { IfMatch: now.tag } : { IfNoneMatch: '*' });
    },
  };
};
