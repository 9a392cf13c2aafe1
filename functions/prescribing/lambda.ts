/** The only function that may sign prescriptions. */
import { KMSClient } from '@aws-sdk/client-kms';
import { apiFunction } from '@darmon/http/function';
import { kmsSigner } from '@darmon/usecases/kms-signer';
import { liveDeps } from '@darmon/usecases/live';
import type { PrescribingDeps } from '@darmon/usecases/prescribing';
import { kmsVault } from '@darmon/usecases/vault';
import * as z from 'zod';
import { handlers } from './app.ts';
import { routes } from './routes.ts';

const env = z
  .object({
    TABLE_NAME: z.string(),
    PRESCRIPTION_KEY_ID: z.string(),
    DATA_KEY_ID: z.string(),
    SEARCH_KEY_ID: z.string(),
  })
  .parse(process.env);
const kms = new KMSClient({});
const live = liveDeps(env.TABLE_NAME);
const vault = kmsVault(kms, { data: env.DATA_KEY_ID, search: env.SEARCH_KEY_ID });

let made: Promise<PrescribingDeps> | undefined;
/** The signer asks KMS for its public key once; a failure is forgotten, so that the next request asks again. */
const deps = (): Promise<PrescribingDeps> => {
  made ??= kmsSigner(kms, env.PRESCRIPTION_KEY_ID).then(
    (signer) => ({ ...live, vault, signer }),
    (error: unknown) => {
      made = undefined;
      throw error;
    },
  );
  return made;
};

export const handler = apiFunction('prescribing', routes, handlers(deps), live.now);
