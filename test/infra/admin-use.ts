/** What an administrator does, on every road, so that the rights it needs are watched. */
import { Policy } from '@darmon/domain/policy';
import { FactorSecret, SecondFactor } from '@darmon/domain/second-factor';
import * as z from 'zod';
import { digitsOf } from '../support/own-factor.ts';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** With a token that may change the caller's own account. */
  readonly account?: boolean;
}
/** Calls a route as a person; throws with the code of a refusal. */
type CallAs = <T extends z.ZodType>(person: string, name: never, input: Input, shape: T) => Promise<z.output<T>>;

const Listed = <T extends z.ZodType>(item: T) => z.looseObject({ items: z.array(item) });
const Identified = z.looseObject({ id: z.string() });
const Policies = z.looseObject({ current: Policy, version: z.int() });

/** Whoever it is sets up a second factor, with a token that may change the account. */
const setUpFactor = async (
  call: <T extends z.ZodType>(who: string, name: string, input: Input, shape: T) => Promise<z.output<T>>,
  person: string,
): Promise<void> => {
  const mayChange = { account: true };
  await call(person, 'readSecondFactor', {}, SecondFactor);
  const { secret } = await call(person, 'beginSecondFactor', mayChange, z.object({ secret: FactorSecret }));
  await call(person, 'finishSecondFactor', { ...mayChange, body: { code: digitsOf(secret) } }, SecondFactor);
};

/** People, sites, rules and knowledge, each read and changed. */
export const administer = async (callAs: CallAs, clinic: string): Promise<void> => {
  const call = <T extends z.ZodType>(who: string, name: string, input: Input, shape: T) =>
    callAs(who, name as never, input, shape);
  const person = { name: 'Namuna Xodim', roles: ['doctor'], site: clinic, rights: [], active: true };
  const ofPerson = { params: { id: 'new-doctor' } };
  await call('admin', 'listPeople', {}, Listed(Identified));
  await call('admin', 'addPerson', { body: { ...person, id: 'new-doctor' } }, Identified);
  await call('admin', 'readPerson', ofPerson, Identified);
  await call('admin', 'givePassword', ofPerson, z.looseObject({ temporaryPassword: z.string() }));
  await setUpFactor(call, 'new-doctor');
  const lost = { ...ofPerson, body: { reason: 'the telephone was lost' } };
  await call('admin', 'removeSecondFactor', lost, SecondFactor);
  await call('admin', 'changePerson', { ...ofPerson, body: { ...person, roles: ['auditor'], version: 1 } }, Identified);
  await call('admin', 'changePerson', { ...ofPerson, body: { ...person, active: false, version: 2 } }, Identified);
  const { current, version } = await call('admin', 'readPolicies', {}, Policies);
  const { version: _version, from: _from, ...rules } = current;
  const next = { ...rules, version, reason: 'a test of rights' };
  await call('admin', 'savePolicy', { body: next }, z.unknown());
  await call('admin', 'readPolicyHistory', {}, Listed(z.unknown()));
  const counted = { year: 2025, source: 'a test', inhabitants: { 'UZ-TK': 3_000_000 }, version: 1 };
  await call('admin', 'savePopulation', { body: { ...counted, reason: 'a test of rights' } }, z.unknown());
  await call('auditor', 'readPopulation', {}, z.unknown());
  const csv = 'id,a,b,severity,effect,source,state\nI1,warfarin,ATC:M01A,serious,bleeding,a test,verified\n';
  const set = { name: 'Namuna', date: '2026-11-20', files: [{ kind: 'interaction', csv }] };
  const brought = await call('admin', 'importKnowledge', { body: set }, z.looseObject({ version: z.int() }));
  const ofSet = { params: { version: String(brought.version) } };
  await call('chief', 'compareKnowledge', { ...ofSet, query: { since: '0' } }, Listed(z.unknown()));
  await call('chief', 'approveKnowledge', ofSet, z.unknown());
  await call('chief', 'readKnowledge', {}, Listed(z.unknown()));
  const site = { kind: 'pharmacy', name: 'Namuna dorixona', region: 'UZ-TK', active: true };
  await call('admin', 'listSites', {}, Listed(Identified));
  await call('admin', 'addSite', { body: { ...site, id: 'PH-9999' } }, Identified);
  await call(
    'admin',
    'addSites',
    { body: { sites: [{ ...site, id: 'PH-9998' }] } },
    z.object({ added: z.array(z.string()) }),
  );
  await call('admin', 'changeSite', { params: { id: 'PH-9999' }, body: { ...site, version: 1 } }, Identified);
};
