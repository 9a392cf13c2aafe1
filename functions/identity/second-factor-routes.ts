/** A person's second factor: the own one is set up by oneself, a lost one is taken away by an administrator. */
import { PersonId } from '@darmon/domain/actor';
import { Reason } from '@darmon/domain/event';
import { FactorCode, FactorSecret, SecondFactor } from '@darmon/domain/second-factor';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

export const secondFactorRoutes = defineRoutes({
  readSecondFactor: {
    method: 'GET',
    path: '/api/me/second-factor',
    summary: 'Whether each sign-in of the caller asks for a second factor',
    access: 'any',
    answers: { 200: SecondFactor },
    keyed: false,
    example: { answer: { set: false } },
  },
  beginSecondFactor: {
    method: 'POST',
    path: '/api/me/second-factor',
    summary: 'Begin to set up a second factor: a secret for an authenticator app, shown once',
    access: 'any',
    answers: { 200: z.object({ secret: FactorSecret }).meta({ id: 'BegunFactor' }) },
    // nothing secret may be kept, so there is no answer to repeat: a retry gives another secret
    keyed: false,
    passesToken: true,
    example: { answer: { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' } },
  },
  finishSecondFactor: {
    method: 'POST',
    path: '/api/me/second-factor/confirm',
    summary: 'End it with six digits of the app: from then on each sign-in asks for them',
    access: 'any',
    body: z.object({ code: FactorCode }).meta({ id: 'FactorConfirmation' }),
    answers: { 200: SecondFactor },
    keyed: true,
    passesToken: true,
    example: { body: { code: '287082' }, answer: { set: true } },
  },
  removeSecondFactor: {
    method: 'POST',
    path: '/api/people/{id}/second-factor/removal',
    summary: 'Take away the second factor of somebody else, whose device is lost',
    access: { admin: 'all' },
    params: z.object({ id: PersonId }),
    body: z.object({ reason: Reason }).meta({ id: 'FactorRemoval' }),
    answers: { 200: SecondFactor },
    keyed: true,
    example: { body: { reason: 'the telephone was lost' }, answer: { set: false } },
  },
});
