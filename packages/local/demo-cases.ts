/**
 * The second chapter of the demo, the cases that an ordinary day brings: a chronic disease, a shelf that holds too
 * little, a controlled medicine, and a doctor who cancels while the patient stands at the counter. Whatever is taken
 * from the shelf is put back.
 */
import { createHash, randomBytes } from 'node:crypto';
import { approvedText } from '@darmon/domain/approval';
import type { Dosage } from '@darmon/domain/dosage';
import { isControlled, type Medicine } from '@darmon/domain/medicine';
import { formatNumber } from '@darmon/domain/number';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { routes as dispensing } from '@darmon/function-dispensing/routes';
import { routes as identity } from '@darmon/function-identity/routes';
import { routes as inventory } from '@darmon/function-inventory/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import { routes as verification } from '@darmon/function-verification/routes';
import type { BodyOf } from '@darmon/http/route';
import { type Desk, hold, step, type Who } from './demo-desk.ts';

type IssueBody = BodyOf<typeof prescribing.issuePrescription>;

const pharmacy = 'PH-0001';
const doctor = 'doctor';
const signing: Who = { id: doctor, secondFactor: true };
const pharmacist = 'pharmacist';
const witness = 'pharmacist3';
const days = 30;

/** Somebody new each time, so that what an earlier telling prescribed does not warn. */
const newPatient = (): IssueBody['patient'] => ({
  passport: `DM${randomBytes(4).toString('hex').toUpperCase()}`,
  fullName: 'Namuna Bemor',
  birthDate: '1984-05-06',
  sex: 'male',
});

const onceADay = ({ unit }: Medicine, course: number): Dosage => ({
  amount: 1,
  unit,
  timesPerDay: 1,
  days: course,
  when: ['morning'],
  route: 'oral',
});

const hashOf = (body: object): string =>
  createHash('sha256')
    .update(approvedText({ ...body }))
    .digest('base64url');

/** Tells the four cases, each to its end. */
export const tellCases = async ({ answer, refusal, all }: Desk): Promise<void> => {
  const shelf = await all((cursor) =>
    answer(pharmacist, inventory.listStock, { params: { site: pharmacy }, query: { limit: '100', ...cursor } }),
  );
  const formulary = await all((cursor) =>
    answer(doctor, prescribing.searchMedicines, { query: { limit: '100', ...cursor } }),
  );
  /** A medicine of the shelf, swallowed and in parts, with enough for one course and no warning by itself. */
  const choose = (fits: (m: Medicine) => boolean): Medicine => {
    const held = (m: Medicine): number =>
      shelf.filter((r) => r.medicine === m.code && r.state === 'available').reduce((sum, r) => sum + r.onHand, 0);
    const chosen = formulary.find(
      (m) =>
        fits(m) &&
        m.routes.includes('oral') &&
        (m.unit === 'tablet' || m.unit === 'capsule') &&
        m.packs.every((p) => days % (p.divisibleBy ?? p.units) === 0 && 10 % (p.divisibleBy ?? p.units) === 0) &&
        held(m) >= days,
    );
    hold(chosen, `${pharmacy} holds too little; npm start -- --fresh fills the shelves again`);
    return chosen;
  };
  const bodyOf = (medicine: Medicine, course: number, about: Partial<IssueBody> = {}): IssueBody => ({
    patient: newPatient(),
    diagnosis: { icd10: 'I10' },
    lines: [{ medicine: medicine.code, dosage: onceADay(medicine, course) }],
    ...about,
  });
  const issue = async (body: IssueBody, who: Who = doctor) => answer(who, prescribing.issuePrescription, { body });
  const handOver = (id: string, line: object) => ({ params: { id }, body: { lines: [{ line: 1, ...line }] } }) as never;
  const putBack = (id: string) =>
    answer(pharmacist, dispensing.undoDispense, { params: { id }, body: { reason: 'demonstration' } });

  const plain = choose((m) => m.class === 'rx' && m.atc.startsWith('C'));

  await step('a chronic patient gets three issues, a month apart', async () => {
    const { id, number } = await issue(bodyOf(plain, days, { repeat: { issues: 3, everyDays: days } }));
    const done = await answer(pharmacist, dispensing.dispensePrescription, handOver(id, { quantity: days }));
    hold(done.status === 'partially-dispensed', `it is ${done.status}`);
    const early = await refusal(pharmacist, dispensing.dispensePrescription, handOver(id, { quantity: days }));
    hold(early.code === 'not-yet-open', `the second issue hears ${early.code}`);
    const { repeat } = await answer(doctor, prescribing.readPrescription, { params: { id } });
    hold(repeat?.windows.length === 3, 'the windows are not shown');
    await putBack(done.id);
    return [`${formatNumber(number)}, the second from ${repeat.windows[1]?.from}; before it ${early.code}`, undefined];
  });

  await step('a shelf with too little hands over a part and promises the rest', async () => {
    const { id, number } = await issue(bodyOf(plain, days));
    const owedOn = tashkentDay(Date.now() + 3 * dayMs);
    const part = await answer(pharmacist, dispensing.dispensePrescription, handOver(id, { quantity: 10, owedOn }));
    const { lines } = await answer(doctor, prescribing.readPrescription, { params: { id } });
    hold(lines[0]?.status === 'owed', `the line is ${lines[0]?.status}`);
    const rest = await answer(pharmacist, dispensing.dispensePrescription, handOver(id, { quantity: days - 10 }));
    hold(rest.status === 'completed', `it is ${rest.status}`);
    for (const done of [rest, part]) await putBack(done.id);
    return [`${formatNumber(number)}: 10 now, ${days - 10} owed for ${owedOn}, then completed`, undefined];
  });

  await step('a controlled medicine is signed with a second factor and its own confirmation', async () => {
    const medicine = choose((m) => isControlled(m.class) && m.class !== 'narcotic');
    const body = bodyOf(medicine, 10, { diagnosis: { icd10: 'G40.9' } });
    const alone = await refusal(doctor, prescribing.issuePrescription, { body });
    hold(alone.code === 'second-factor-needed', `without one the doctor hears ${alone.code}`);
    const confirm = { subject: '/api/prescriptions', bodyHash: hashOf(body) };
    const { id: approval } = await answer(signing, identity.giveApproval, { body: confirm });
    const { id } = await issue({ ...body, approval }, signing);
    const bare = handOver(id, { quantity: 10 });
    const unwitnessed = await refusal(pharmacist, dispensing.dispensePrescription, bare);
    hold(unwitnessed.code === 'approval-missing', `without a witness the counter hears ${unwitnessed.code}`);
    const question = { subject: `/api/prescriptions/${id}/dispenses`, body: { lines: [{ line: 1, quantity: 10 }] } };
    const asked = await answer(pharmacist, identity.askApproval, { body: question });
    const yes = { subject: question.subject, bodyHash: asked.bodyHash, request: asked.id };
    const given = await answer(witness, identity.giveApproval, { body: yes });
    const { passport } = body.patient as { passport: string };
    const done = await answer(pharmacist, dispensing.dispensePrescription, {
      params: { id },
      body: { ...question.body, approval: given.id, identity: { passport } },
    });
    await putBack(done.id);
    return [
      `${medicine.code}; alone ${alone.code}, without a witness ${unwitnessed.code}, then ${done.status}`,
      undefined,
    ];
  });

  await step('a doctor who cancels while the counter serves is heard before the hand-over', async () => {
    const { id, code } = await issue(bodyOf(plain, days));
    await answer(pharmacist, dispensing.claimPrescription, { params: { id } });
    const asked = await answer(doctor, prescribing.cancelPrescription, {
      params: { id },
      body: { reason: 'wrong patient' },
    });
    hold(asked.cancelRequested, 'it is no request');
    const refused = await refusal(pharmacist, dispensing.dispensePrescription, handOver(id, { quantity: days }));
    hold(refused.code === 'cancel-requested', `the counter hears ${refused.code}`);
    const released = await answer(pharmacist, dispensing.releasePrescription, { params: { id } });
    hold(released.status === 'cancelled', `it is ${released.status}`);
    const verdict = await answer(pharmacist, verification.verifyCode, { body: { code } });
    hold(!verdict.valid, 'its code is still good');
    return [`${refused.code}, then ${released.status}; the code is ${verdict.reason ?? 'not valid'}`, undefined];
  });
};
