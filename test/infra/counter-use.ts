/** The counter's less usual roads, so that the rights they take are watched too: paper, packs, controlled medicines, the job. */
import { createHash } from 'node:crypto';
import { approvedText } from '@darmon/domain/approval';
import { tashkentDay } from '@darmon/domain/time';
import { startMarkingService } from '@darmon/marking/local-service';
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly secondFactor?: boolean;
}
/** Calls a route as a person; throws with the code of a refusal. */
type CallAs = (person: string, name: never, input: Input, shape: typeof Answer) => Promise<Answer>;

const Answer = z.looseObject({
  id: z.string().optional(),
  items: z
    .array(
      z.looseObject({ gtin: z.string().optional(), lot: z.string().optional(), expiryDate: z.string().optional() }),
    )
    .optional(),
});
type Answer = z.infer<typeof Answer>;

/** One that knows every pack as of another lot, and that gives no answer until it is healed. */
export const startAbsentMarking = async () => {
  const key = 'rights';
  const service = await startMarkingService({
    key,
    now: Date.now,
    packs: () => ({ kind: 'known', status: 'in-circulation', lot: 'ANOTHER' }),
  });
  service.setFault({ kind: 'down' });
  Object.assign(process.env, { MARKING_URL: service.endpoint, MARKING_KEY: key });
  return service;
};

const hashOf = (body: Record<string, unknown>): string =>
  createHash('sha256').update(approvedText(body)).digest('base64url');

const person = { fullName: 'Namuna Mehmon', birthDate: '1990-01-01', sex: 'male' };
const tablet = { amount: 1, unit: 'tablet', timesPerDay: 1, days: 10, route: 'oral' };
const controlled = 'CLON150TAB';

/** Uses what a pharmacy can do beside an ordinary dispense, and leaves one pack waiting for the marking service. */
export const useCounter = async (callAs: CallAs, sites: { pharmacy: string; warehouse: string }): Promise<void> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const ofPharmacy = { site: sites.pharmacy };
  const day = tashkentDay(Date.now());

  const written = { prescriber: 'doctor', writtenOn: day, diagnosis: { icd10: 'J02.9' } };
  const lines = [{ medicine: 'PARA500TAB', dosage: tablet }];
  const picture = { type: 'image/png', data: 'iVBORw0KGgo=' };
  const paper = { ...written, lines, picture, patient: { ...person, passport: 'XX0000011' } };
  const { id: entered = '' } = await call('pharmacist', 'enterPaper', { body: paper });
  await call('pharmacist', 'readPicture', { params: { id: entered } });
  await call('pharmacist', 'openPage', { params: { id: entered }, body: { reason: 'passport seen' } });

  const query = { medicine: controlled };
  const stock = await call('pharmacist', 'listStock', { params: ofPharmacy, query });
  const shelf = stock.items?.at(-1);
  const { gtin = '', lot = '', expiryDate = '' } = shelf ?? {};
  const scan = (serial: string) => `01${gtin}17${expiryDate.slice(2).replaceAll('-', '')}10${lot}\u001d21${serial}`;
  await call('warehouse', 'receiveStock', {
    params: { site: sites.warehouse },
    body: { lines: [{ gtin, lot, expiryDate, packs: 1 }] },
  });
  await call('pharmacist', 'setAside', { params: ofPharmacy, body: { scan: scan('DOUBT'), note: 'torn' } });
  await call('pharmacist', 'listSetAside', { params: ofPharmacy });

  const prescription = {
    patient: { ...person, passport: 'XX0000012' },
    diagnosis: { icd10: 'I10' },
    lines: [{ medicine: controlled, dosage: tablet }],
  };
  const own = { subject: '/api/prescriptions', bodyHash: hashOf(prescription) };
  const { id: confirmed } = await call('doctor', 'giveApproval', { body: own, secondFactor: true });
  const { id = '' } = await call('doctor', 'issuePrescription', {
    body: { ...prescription, approval: confirmed },
    secondFactor: true,
  });
  const hand = async (quantity: number, identity: object) => {
    const body = { lines: [{ line: 1, quantity, scans: [scan('GIVEN')], reason: 'as scanned' }] };
    const asked = { subject: `/api/prescriptions/${id}/dispenses`, bodyHash: hashOf(body) };
    const { id: approval } = await call('pharmacist3', 'giveApproval', { body: asked });
    return call('pharmacist', 'dispensePrescription', { params: { id }, body: { ...body, approval, identity } });
  };
  await hand(4, { passport: 'XX0000012' });
  const { id: second = '' } = await hand(2, { passport: 'XX0000013', collector: 'other' });
  await call('pharmacist', 'undoDispense', { params: { id: second }, body: { reason: 'not collected' } });
  await call('pharmacist', 'listDispenses', { params: ofPharmacy, query: { day } });
  await call('auditor', 'listRegister', { params: ofPharmacy, query });

  // a pack in quarantine is read only when the database has refused it
  const blocked = { lines: [{ line: 1, quantity: 1, scans: [scan('DOUBT')], reason: 'as scanned' }] };
  const asked = { subject: `/api/prescriptions/${id}/dispenses`, bodyHash: hashOf(blocked) };
  const { id: approval } = await call('pharmacist3', 'giveApproval', { body: asked });
  const body = { ...blocked, approval, identity: { passport: 'XX0000012' } };
  const refused = await call('pharmacist', 'dispensePrescription', { params: { id }, body }).then(
    () => 'not refused',
    (error: unknown) => String(error),
  );
  if (!refused.endsWith('serial-quarantined')) throw new Error(`a pack in quarantine: ${refused}`);
  await call('quality', 'readPack', { query: { gtin, serial: 'DOUBT' } });
  const decision = { gtin, serial: 'DOUBT', decision: 'refused', reason: 'the number is another maker’s' };
  await call('quality', 'decidePack', { body: decision });
};
