/**
 * What is kept of a patient as FHIR R4 resources (hl7.org/fhir/R4), as far as they say the same thing: Patient,
 * AllergyIntolerance, MedicationRequest, MedicationDispense. What FHIR has no honest place for is left to Darmon's own
 * form, which travels beside it.
 */
import type { Dispense } from './dispense.ts';
import type { Dosage } from './dosage.ts';
import type { Medicine } from './medicine.ts';
import type { PatientRecord } from './patient-record.ts';
import { type Prescription, type PrescriptionStatus, statusAt } from './prescription.ts';

export type FhirResource = Readonly<Record<string, unknown>> & { readonly resourceType: string };

/** R4 knows no prescription that ran out; one that may not be used any more is stopped. */
const requestStatus: Readonly<Record<PrescriptionStatus, string>> = {
  draft: 'draft',
  active: 'active',
  claimed: 'active',
  'partially-dispensed': 'active',
  completed: 'completed',
  cancelled: 'cancelled',
  expired: 'stopped',
};

const atcSystem = 'http://www.whocc.no/atc';
const icdSystem = 'http://hl7.org/fhir/sid/icd-10';

const medicineOf = (code: string, medicine: Medicine | undefined) => ({
  coding: [
    ...(medicine ? [{ system: atcSystem, code: medicine.atc, display: medicine.inn }] : []),
    { system: 'urn:darmon:medicine', code },
  ],
  ...(medicine && { text: `${medicine.inn} ${medicine.strength}` }),
});

const dosageOf = ({ amount, unit, timesPerDay, everyHours, days, asNeeded, maxPerDay, route }: Dosage) => ({
  timing: {
    repeat: {
      boundsDuration: { value: days, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' },
      ...(timesPerDay !== undefined && { frequency: timesPerDay, period: 1, periodUnit: 'd' }),
      ...(everyHours !== undefined && { frequency: 1, period: everyHours, periodUnit: 'h' }),
    },
  },
  ...(asNeeded !== undefined && { asNeededBoolean: asNeeded }),
  route: { text: route },
  doseAndRate: [{ doseQuantity: { value: amount, unit } }],
  ...(maxPerDay !== undefined && {
    maxDosePerPeriod: { numerator: { value: maxPerDay, unit }, denominator: { value: 1, unit: 'd' } },
  }),
});

const patientResource = (record: PatientRecord): FhirResource => ({
  resourceType: 'Patient',
  id: record.id,
  identifier: [
    ...(record.pinfl === undefined ? [] : [{ system: 'urn:darmon:pinfl', value: record.pinfl }]),
    ...(record.passport === undefined ? [] : [{ system: 'urn:darmon:passport', value: record.passport }]),
  ],
  name: [{ text: record.fullName }],
  gender: record.sex,
  birthDate: record.birthDate,
});

export interface FhirInput {
  readonly record: PatientRecord;
  readonly prescriptions: readonly {
    readonly prescription: Prescription;
    readonly icd10: string | undefined;
    readonly dispenses: readonly Dispense[];
  }[];
  readonly medicines: ReadonlyMap<string, Medicine>;
  /** What sites and prescribers are called, by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** A Bundle of the kind `collection`. `now` in milliseconds decides what a prescription's status means. */
export const fhirBundle = ({ record, prescriptions, medicines, names }: FhirInput, now: number): FhirResource => {
  const subject = { reference: `Patient/${record.id}` };
  const nameOf = (id: string) => names.get(id) ?? id;
  const requests = prescriptions.flatMap(({ prescription: p, icd10 }) =>
    p.lines.map(
      (line): FhirResource => ({
        resourceType: 'MedicationRequest',
        id: `${p.id}-${line.line}`,
        identifier: [{ system: 'urn:darmon:prescription-number', value: p.number }],
        groupIdentifier: { system: 'urn:darmon:prescription', value: p.id },
        status: requestStatus[statusAt(p, now)],
        intent: 'order',
        medicationCodeableConcept: medicineOf(line.medicine, medicines.get(line.medicine)),
        subject,
        authoredOn: p.issuedAt,
        requester: { display: nameOf(p.prescriber) },
        ...(icd10 !== undefined && { reasonCode: [{ coding: [{ system: icdSystem, code: icd10 }] }] }),
        dosageInstruction: [dosageOf(line.dosage)],
        dispenseRequest: {
          validityPeriod: { start: p.issuedAt, end: p.validUntil },
          quantity: { value: line.quantity, unit: line.unit },
        },
        substitution: { allowedBoolean: line.substitutionAllowed },
      }),
    ),
  );
  const dispenses = prescriptions.flatMap(({ prescription: p, dispenses: all }) =>
    all.flatMap((d) =>
      d.lines.map(
        (line): FhirResource => ({
          resourceType: 'MedicationDispense',
          id: `${d.prescription}-${d.n}-${line.line}`,
          status: d.undone ? 'entered-in-error' : 'completed',
          medicationCodeableConcept: medicineOf(line.medicine, medicines.get(line.medicine)),
          subject,
          performer: [{ actor: { display: nameOf(d.site) } }],
          authorizingPrescription: [{ reference: `MedicationRequest/${p.id}-${line.line}` }],
          quantity: { value: line.quantity },
          whenHandedOver: d.at,
        }),
      ),
    ),
  );
  const allergies = record.allergies.map(
    (allergy, n): FhirResource => ({
      resourceType: 'AllergyIntolerance',
      id: `${record.id}-${n + 1}`,
      patient: subject,
      code: {
        ...(allergy.kind === 'atc' && { coding: [{ system: atcSystem, code: allergy.code }] }),
        text: allergy.code,
      },
      ...(allergy.note !== undefined && { note: [{ text: allergy.note }] }),
    }),
  );
  const resources = [patientResource(record), ...allergies, ...requests, ...dispenses];
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
};
