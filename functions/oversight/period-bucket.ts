/** Files of closed months in the bucket whose objects nobody can change before their time, under a prefix of their own. */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { FileStore } from '@darmon/usecases/period-files';

/** Not what the distribution serves: these are for auditors. */
const periodPrefix = 'periods/';

const isNamed = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name);

/** An object; undefined where it is not. */
export const bucketFile = async (s3: S3Client, bucket: string, key: string): Promise<Uint8Array | undefined> => {
  try {
    const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await answer.Body?.transformToByteArray()) ?? new Uint8Array(0);
  } catch (error) {
    if (isNamed(error, 'NoSuchKey')) return undefined;
    throw error;
  }
};

/** A file lies there once. Its name has its hash, so whoever was quicker wrote the same. */
export const periodBucket = (s3: S3Client, bucket: string): FileStore => ({
  get: (path) => bucketFile(s3, bucket, periodPrefix + path),
  async put(path, bytes) {
    try {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: periodPrefix + path, Body: bytes, IfNoneMatch: '*' }));
    } catch (error) {
      if (!isNamed(error, 'PreconditionFailed', 'ConditionalRequestConflict', '412', '409')) throw error;
    }
  },
});
