/** Trails beyond one prescription: of a patient who was looked at with a reason, of people, of days, of a lot. */
import { PersonId, SiteId } from '@darmon/domain/actor';
import { Event, EventType } from '@darmon/domain/event';
import { MovementKind } from '@darmon/domain/ledger';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Gtin, MedicineCode } from '@darmon/domain/medicine';
import { PrescriptionId, PrescriptionStatus } from '@darmon/domain/prescription';
import { Lot } from '@darmon/domain/stock';
import { Day, Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const access = { auditor: 'all' } as const;

const Prescribed = z
  .object({
    id: PrescriptionId,
    number: z.string(),
    issuedAt: Instant,
    clinic: SiteId,
    prescriber: PersonId,
    status: PrescriptionStatus,
  })
  .meta({ id: 'PrescribedToPatient' });

export const trailRoutes = defineRoutes({
  readPatientTrail: {
    method: 'GET',
    path: '/api/patients/{id}/trail',
    summary:
      'Who looked at a patient and why, and all that happened to the newest hundred prescriptions; for an hour after a look with a reason',
    access,
    params: z.object({ id: z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/) }),
    query: PageQuery,
    answers: {
      200: listOf(Event).extend({ prescriptions: z.array(Prescribed), older: z.literal(true).exactOptional() }),
    },
    keyed: false,
    example: { answer: { items: [], prescriptions: [] } },
  },
  readDaysTrail: {
    method: 'GET',
    path: '/api/trail',
    summary: 'What happened on up to 92 days at a site, or of a person where that person works; also of one type',
    access,
    query: PageQuery.extend({
      from: Day,
      through: Day,
      site: SiteId.exactOptional(),
      person: PersonId.exactOptional(),
      type: EventType.exactOptional(),
    }),
    answers: {
      200: listOf(Event.extend({ prescription: z.string().exactOptional() }).meta({ id: 'EventOfDays' })).extend({
        site: SiteId,
      }),
    },
    keyed: false,
    example: { answer: { site: 'PH-1001', items: [] } },
  },
  listPrescribed: {
    method: 'GET',
    path: '/api/prescribers/{person}/prescriptions',
    summary: 'What a doctor prescribed, newest first: states and figures, nothing of patients',
    access,
    params: z.object({ person: PersonId }),
    query: PageQuery,
    answers: {
      200: listOf(
        Prescribed.omit({ prescriber: true })
          .extend({
            lines: z.array(z.object({ medicine: MedicineCode, quantity: z.int(), dispensed: z.int() })),
            warnings: z.int(),
            served: z.array(SiteId),
          })
          .meta({ id: 'PrescribedBy' }),
      ),
    },
    keyed: false,
    example: { answer: { items: [] } },
  },
  readLotTrail: {
    method: 'GET',
    path: '/api/lots/{gtin}/{lot}/trail',
    summary: 'Every movement of a lot, place after place, each from its oldest on; a hand-over names its prescription',
    access,
    params: z.object({ gtin: Gtin, lot: Lot }),
    query: PageQuery,
    answers: {
      200: listOf(
        z
          .object({
            site: z.string().meta({ description: 'A site, or `TRANSFER-<id>`: on its way between two' }),
            movement: z.string(),
            at: Instant,
            kind: MovementKind,
            quantity: z.int(),
            person: z.string(),
            reference: z.string(),
            prescription: z.string().exactOptional(),
          })
          .meta({ id: 'MovementOfLot' }),
      ),
    },
    keyed: false,
    example: { answer: { items: [] } },
  },
});
