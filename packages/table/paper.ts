/** Prescriptions entered from paper, their pictures, and the lock of a patient's page. */
import type { Prescription } from '@darmon/domain/prescription';
import * as z from 'zod';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { type PatientItem, type PatientMacs, patientActions } from './patient-items.ts';
import { issueActions } from './prescription-items.ts';
import { absent, put, update } from './transact.ts';

/** A picture under the patient's key. */
const PictureItem = z.object({ type: z.string(), sealed: z.custom<Uint8Array>((v) => v instanceof Uint8Array) });
export type PictureItem = z.infer<typeof PictureItem>;

export const paperOf = (engine: Engine) => {
  const { table } = engine;
  return {
    async commitPaper(
      p: Prescription,
      picture: PictureItem,
      patient: { item: PatientItem; macs: PatientMacs } | undefined,
      change: Change,
    ): Promise<void> {
      await engine.commit([
        ...issueActions(table, p),
        put(table, { ...key.pictureKey(p.id), ...picture }, absent, 'changed'),
        ...(patient ? patientActions(table, patient.item, patient.macs) : []),
        ...engine.changeActions(engine.subjectOf(p.id), change),
      ]);
    },
    async loadPicture(prescription: string): Promise<PictureItem | undefined> {
      const item = await engine.readOne(key.pictureKey(prescription));
      return item && PictureItem.parse(item);
    },
    /** Forgets the wrong birth dates of a patient's page. */
    async commitOpenPage(prescription: string, change: Change): Promise<void> {
      await engine.commit([
        update(
          table,
          key.pageKey(prescription),
          {
            expression: 'SET #failures = :none REMOVE #lockedAt',
            names: { '#failures': 'failures', '#lockedAt': 'lockedAt' },
            values: { ':none': 0 },
          },
          { expression: 'attribute_exists(pk) OR attribute_not_exists(pk)' },
          'changed',
        ),
        ...engine.changeActions(engine.subjectOf(prescription), change),
      ]);
    },
  };
};
