/** What an auditor may ask for; nothing here changes anything. */

import { SiteId } from '@darmon/domain/actor';
import { Event } from '@darmon/domain/event';
import { FeedbackView, SignalView } from '@darmon/domain/feedback';
import { listOf, PageQuery } from '@darmon/domain/list';
import { PrescriptionId } from '@darmon/domain/prescription';
import { Day } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';
import { logRoutes } from './log-routes.ts';
import { reportRoutes } from './report-routes.ts';
import { trailRoutes } from './trail-routes.ts';

export const routes = defineRoutes({
  ...reportRoutes,
  ...trailRoutes,
  ...logRoutes,
  readTrail: {
    method: 'GET',
    path: '/api/prescriptions/{id}/trail',
    summary: 'Everything that happened to a prescription, oldest first',
    access: { auditor: 'all', doctor: 'own' },
    params: z.object({ id: PrescriptionId }),
    query: PageQuery,
    answers: { 200: listOf(Event) },
    keyed: false,
    example: { answer: { items: [] } },
  },
  findPrescription: {
    method: 'GET',
    path: '/api/prescription-numbers/{number}',
    summary: 'The prescription behind a printed number, for its trail',
    access: { auditor: 'all' },
    params: z.object({ number: z.string().min(1).max(40) }),
    answers: { 200: z.object({ id: PrescriptionId }) },
    keyed: false,
    example: { answer: { id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD' } },
  },
  readSiteTrail: {
    method: 'GET',
    path: '/api/sites/{site}/trail',
    summary: 'Everything that happened at a site on a day, oldest first',
    access: { auditor: 'all' },
    params: z.object({ site: SiteId }),
    query: PageQuery.extend({ day: Day }),
    answers: { 200: listOf(Event) },
    keyed: false,
    example: { answer: { items: [] } },
  },
  listFeedback: {
    method: 'GET',
    path: '/api/feedback',
    summary: 'Feedback newest first: of a site, of a day (today unless told), or of a day at a site',
    access: { auditor: 'all' },
    query: PageQuery.extend({ site: SiteId.exactOptional(), day: Day.exactOptional() }),
    answers: { 200: listOf(FeedbackView) },
    keyed: false,
    example: { answer: { items: [] } },
  },
  listSignals: {
    method: 'GET',
    path: '/api/signals',
    summary: 'Lots that patients of several prescriptions complain about, newest first',
    access: { auditor: 'all' },
    query: PageQuery,
    answers: { 200: listOf(SignalView) },
    keyed: false,
    example: { answer: { items: [] } },
  },
});
