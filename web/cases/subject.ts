/** Whom a case is about, in words: people of the staff by name, a machine by the beginning of its id, a patient by nothing. */
import type { Case } from '@darmon/domain/case';
import { useT } from '../shared/language.ts';
import { useNames } from '../shared/names.ts';

type Subject = Case['subject'];

const peopleOf = ({ kind, id }: Subject): string[] =>
  kind === 'patient' || kind === 'device' ? [] : kind === 'pair' ? id.split('+') : [id];

/** A function from subjects to words; `others` are people who are named beside them. */
export const useSubjects = (subjects: readonly Subject[], others: readonly (string | undefined)[] = []) => {
  const t = useT();
  const nameOf = useNames([...subjects.flatMap(peopleOf), ...others]);
  const subjectOf = (subject: Subject): string => {
    const [doctor = '', pharmacist = ''] = peopleOf(subject).map(nameOf);
    if (subject.kind === 'patient') return t('web-cases:aPatient');
    if (subject.kind === 'device') return t('web-cases:aDevice', { device: subject.id.slice(0, 4) });
    return subject.kind === 'pair' ? t('web-cases:aPair', { doctor, pharmacist }) : doctor;
  };
  return { subjectOf, nameOf };
};
