/** Cognito's calls of the user pool's triggers, in the order and the shapes in which it makes them. */
import type { Invoke } from './functions.ts';
import type { SignIns } from './identity.ts';
import type { CloudTemplate, PoolMoment } from './template.ts';

const userPoolId = 'local_Pool1';

const eventAt = (moment: PoolMoment, userName: string, request: object) => ({
  version: '1',
  region: 'local',
  userPoolId,
  userName,
  callerContext: { awsSdkVersion: 'local', clientId: 'local' },
  triggerSource: `${moment}_Authentication`,
  request: { userAttributes: {}, ...request },
  response: {},
});

/** Calls the functions that the template names; a moment that has none is passed over, as the pool does. */
export const poolTriggers = (triggers: CloudTemplate['triggers'], functions: ReadonlyMap<string, Invoke>): SignIns => {
  const call = async (moment: PoolMoment, person: string, request: object): Promise<void> => {
    const id = triggers[moment];
    if (id === undefined) return;
    const invoke = functions.get(id);
    if (!invoke) throw new Error(`${id} was not loaded`);
    await invoke(eventAt(moment, person, request));
  };
  return {
    began: (person) => call('PreAuthentication', person, { userNotFound: false }),
    cameIn: (person) => call('PostAuthentication', person, { newDeviceUsed: false }),
  };
};
