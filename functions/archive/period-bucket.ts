/** Files of closed months in the bucket whose objects nobody can change before their time; this function reads them only. */
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { FileStore } from '@darmon/usecases/period-files';

export const periodFiles = (s3: S3Client, bucket: string): Pick<FileStore, 'get'> => ({
  async get(path) {
    try {
      const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: `periods/${path}` }));
      return (await answer.Body?.transformToByteArray()) ?? new Uint8Array(0);
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
      throw error;
    }
  },
});
