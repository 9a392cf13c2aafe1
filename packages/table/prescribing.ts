/** Prescriptions from issue to cancellation, found by id, number, patient and prescriber. */
import type { Approval } from '@darmon/domain/approval';
import { Draft } from '@darmon/domain/draft';
import { Medicine } from '@darmon/domain/medicine';
import type { Prescription } from '@darmon/domain/prescription';
import { parseApproval, useApprovalAction } from './approval-items.ts';
import { closeDraftAction } from './draft-items.ts';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { type Page, type PageRequest, pageOfIndex } from './page.ts';
import { type PatientItem, type PatientMacs, patientActions } from './patient-items.ts';
import * as prescriptions from './prescription-items.ts';
import * as standing from './standing-items.ts';

export const prescribingOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    async commitIssue(
      p: Prescription,
      also: {
        patient?: { item: PatientItem; macs: PatientMacs } | undefined;
        approval?: Approval | undefined;
        /** The id of the draft that it was written as. */
        draft?: string | undefined;
      },
      change: Change,
    ): Promise<void> {
      const { patient, approval, draft } = also;
      await engine.commit([
        ...prescriptions.issueActions(table, p),
        ...(patient ? patientActions(table, patient.item, patient.macs) : []),
        ...(draft === undefined ? [] : [closeDraftAction(table, draft, p.prescriber)]),
        ...(approval ? [useApprovalAction(table, approval, change.now)] : []),
        ...engine.changeActions(engine.subjectOf(p.id), change),
      ]);
    },
    /** Everything an issue decides on, in one request. Medicines come in the order of `codes`. */
    async loadForIssue(
      person: string,
      site: string,
      codes: readonly string[],
      also: { approval?: string | undefined; draft?: string | undefined } = {},
    ) {
      const { found, policy } = await engine.readWithCountry([
        key.personKey(person),
        key.siteKey(site),
        ...codes.map(key.medicineKey),
        ...(also.approval === undefined ? [] : [key.approvalKey(also.approval)]),
        ...(also.draft === undefined ? [] : [key.draftKey(also.draft)]),
      ]);
      const [who, where, ...rest] = found;
      const medicines = rest.slice(0, codes.length);
      const approved = also.approval === undefined ? undefined : rest[codes.length];
      const draft = also.draft === undefined ? undefined : rest.at(-1);
      return {
        person: who && standing.parsePerson(who),
        site: where && standing.parseSite(where),
        medicines: medicines.map((m) => m && Medicine.parse(m)),
        policy,
        approval: approved && parseApproval(approved),
        draft: draft && Draft.parse(draft),
      };
    },
    async loadPrescription(id: string): Promise<Prescription | undefined> {
      const item = await engine.readOne(key.prescriptionKey(id));
      return item && prescriptions.parsePrescription(item);
    },
    async prescriptionOfNumber(number: string): Promise<string | undefined> {
      const item = await engine.readOne(key.numberKey(number));
      return item && String(item.prescription);
    },
    async listPrescriptions(
      of: { patient: string } | { prescriber: string },
      request: PageRequest,
    ): Promise<Page<Prescription>> {
      const page = await pageOfIndex(
        client,
        table,
        'patient' in of
          ? { index: 'gsi1', partition: prescriptions.prescriptionsOfPatient(of.patient), backwards: true }
          : { index: 'gsi2', partition: prescriptions.prescriptionsOfPrescriber(of.prescriber), backwards: true },
        request,
      );
      return { ...page, items: page.items.map(prescriptions.parsePrescription) };
    },
  };
};
