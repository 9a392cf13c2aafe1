/** One patient: who it is, what is known, and the history. Found anew each time; nothing personal outlives the page. */
import type { PatientIdentity } from '@darmon/domain/patient';
import type { PatientRecord } from '@darmon/domain/patient-record';
import { useRef, useState } from 'react';
import { useT } from '../shared/language.ts';
import { Page, Section } from '../shared/parts.tsx';
import { History } from './history.tsx';
import { PatientSection } from './patient-section.tsx';

/** `/prescribe/patient`. */
export const PatientPage = () => {
  const t = useT();
  const [patient, setPatient] = useState<PatientIdentity>();
  const [record, setRecord] = useState<PatientRecord | null>();
  const field = useRef<HTMLInputElement>(null);
  return (
    <Page title={t('web-patient-record:patient-page')}>
      <Section title={t('common:patient')} id="patient">
        <PatientSection
          patient={patient}
          onChoose={(next) => {
            setPatient(next);
            if (!next) setTimeout(() => field.current?.focus());
          }}
          onRecord={setRecord}
          fieldRef={field}
        />
      </Section>
      {patient && record && (
        <Section title={t('web-patient-record:history')} id="history">
          <History patient={record.id} />
        </Section>
      )}
    </Page>
  );
};
