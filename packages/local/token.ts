/**
 * `npm run --silent token -- <person>`: prints a bearer token of a person for the running cloud, or for the last one if
 * none runs. `--auth-age` (seconds since the sign-in), `--lifetime` (seconds, one hour unless told), `--second-factor`
 * (as after a sign-in with the six digits).
 */
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Person } from '@darmon/domain/standing';
import { tashkentDay } from '@darmon/domain/time';
import { openTable } from '@darmon/table/table';
import { accessToken, issuerKeys } from './access-token.ts';
import { demoPeople, makeCountry } from './country/country.ts';
import { factorsIn } from './factors.ts';
import { peopleOf } from './people.ts';
import { readRun, stateFolder } from './state.ts';

const usage = `npm run --silent token -- <person> [--second-factor] [--auth-age seconds] [--lifetime seconds]\npeople: ${demoPeople.join(', ')}\n`;

const wrongUse = (message: string): never => {
  process.stderr.write(`${message}\n${usage}`);
  process.exit(2);
};

function asked() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        'auth-age': { type: 'string', default: '0' },
        lifetime: { type: 'string', default: '3600' },
        'second-factor': { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return wrongUse(error instanceof Error ? error.message : 'not understood');
  }
}

const { positionals, values } = asked();
const [id] = positionals;
const authAgeSeconds = Number(values['auth-age']);
const lifetimeSeconds = Number(values.lifetime);
if (id === undefined || positionals.length > 1) wrongUse('whose token?');
if (!Number.isInteger(authAgeSeconds) || !Number.isInteger(lifetimeSeconds)) wrongUse('seconds are whole numbers');

const stateDir = stateFolder();
const run = readRun(stateDir);
if (!run) {
  process.stderr.write(`nothing has run here yet (${stateDir}): npm start\n`);
  process.exit(1);
}

/** The person as the table has them now; without a running cloud, as the demo country does. */
async function personNow(person: string): Promise<Person | undefined> {
  const client = new DynamoDBClient({
    endpoint: run?.engineEndpoint ?? '',
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  try {
    return await peopleOf(openTable({ client, table: run?.table ?? '', now: Date.now })).find(person);
  } catch {
    return makeCountry(1, tashkentDay(Date.now())).people.find((one) => one.id === person);
  } finally {
    client.destroy();
  }
}

const person = (await personNow(id ?? '')) ?? wrongUse(`nobody here is called ${id}`);
const secondFactor = values['second-factor'];
if (secondFactor && !factorsIn(stateDir, Date.now).of(person)) wrongUse(`${person.id} has no second factor`);
const token = await accessToken(issuerKeys(stateDir), person, {
  issuer: run.issuer,
  now: Date.now(),
  authAgeSeconds,
  lifetimeSeconds,
  secondFactor,
});
process.stdout.write(`${token}\n`);
