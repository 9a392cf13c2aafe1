/**
 * `npm run demo`: the main job from the doctor's signature to the auditor's trail, step by step, against the Darmon that
 * runs here or against one of its own. Each person of the story has what they would have at their desk: a token, the
 * paper, the list of keys. What was taken from the shelf is put back, so the story can be told again. Its files are in
 * `.local/demo/`. Exit 0 only if every step held.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { makeKeyRing } from '@darmon/credential/keys';
import { KeyListDocument } from '@darmon/credential/lists';
import { importKey } from '@darmon/credential/p256-node';
import { verifyCode } from '@darmon/credential/verify';
import { nodeFonts } from '@darmon/documents/fonts-node';
import { prescriptionPdf } from '@darmon/documents/prescription';
import { quietZone } from '@darmon/documents/qr';
import { courseQuantity, type Dosage } from '@darmon/domain/dosage';
import type { Medicine } from '@darmon/domain/medicine';
import { formatNumber } from '@darmon/domain/number';
import { routes as compliance } from '@darmon/function-compliance/routes';
import { routes as dispensing } from '@darmon/function-dispensing/routes';
import { routes as inventory } from '@darmon/function-inventory/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import { routes as verification } from '@darmon/function-verification/routes';
import { PNG } from 'pngjs';
import { toBuffer } from 'qrcode';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { tellAudit } from './demo-audit.ts';
import { tellCases } from './demo-cases.ts';
import { asker, country, type Darmon, hold, own, running, say, stateDir, step } from './demo-desk.ts';
import { tellProcurement } from './demo-procurement.ts';
import { tellWarehouse } from './demo-warehouse.ts';

const folder = join(stateDir, 'demo');
const files = {
  pdf: join(folder, 'prescription.pdf'),
  qr: join(folder, 'qr.png'),
  trail: join(folder, 'trail.json'),
};
// --- pictures --------------------------------------------------------------------------------------------------------

const drawQr = (code: string): Promise<Buffer> =>
  toBuffer([{ data: code, mode: 'alphanumeric' }], { errorCorrectionLevel: 'Q', margin: quietZone, scale: 6 });

/** What a scanner sees in the picture, by its pixels alone. */
const readQr = async (picture: Buffer): Promise<string> => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  await prepareZXingModule({
    overrides: { wasmBinary: readFileSync(wasm).buffer as ArrayBuffer },
    fireImmediately: true,
  });
  const { data, width, height } = PNG.sync.read(picture);
  const found = await readBarcodes(
    { data: new Uint8ClampedArray(data), width, height, colorSpace: 'srgb' },
    { formats: ['QRCode'] },
  );
  hold(found.length === 1 && found[0], `${found.length} codes in the picture`);
  return found[0].text;
};

/** Nothing can leave the machine, or come to it, while this runs. */
const offline = async <T>(run: () => Promise<T>): Promise<T> => {
  const { fetch } = globalThis;
  globalThis.fetch = () => Promise.reject(new Error('the network is down'));
  try {
    return await run();
  } finally {
    globalThis.fetch = fetch;
  }
};

// --- the story -------------------------------------------------------------------------------------------------------

const doctor = 'doctor';
const pharmacist = 'pharmacist';
const pharmacy = 'PH-0001';
const perDay = 3;
const maxCourseDays = 30;

interface Choice {
  readonly medicine: Medicine;
  readonly dosage: Dosage;
  readonly quantity: number;
}

const tell = async (darmon: Darmon): Promise<void> => {
  const { answer, refusal, all } = asker(darmon);
  const shelf = () =>
    all((cursor) =>
      answer(pharmacist, inventory.listStock, { params: { site: pharmacy }, query: { limit: '100', ...cursor } }),
    );
  const onHand = async (medicine: string): Promise<number> =>
    (await shelf()).filter((row) => row.medicine === medicine).reduce((sum, row) => sum + row.onHand, 0);

  const choice = await step('a medicine that lies in two lots', async () => {
    const rows = await shelf();
    const medicines = await all((cursor) =>
      answer(doctor, prescribing.searchMedicines, { query: { limit: '100', ...cursor } }),
    );
    const fits = medicines.flatMap((medicine): Choice[] => {
      const { unit, packs, routes } = medicine;
      const lots = rows
        .filter((row) => row.medicine === medicine.code && row.state === 'available' && row.onHand > 0)
        .sort((a, b) => (a.expiryDate < b.expiryDate ? -1 : 1));
      const [first, second] = lots;
      const plain = medicine.class === 'rx' && routes.includes('oral') && (unit === 'tablet' || unit === 'capsule');
      if (!plain || !first || !second) return [];
      // whole days, whole parts of every pack, and more than the first lot holds
      const parts = packs.map((pack) => pack.divisibleBy ?? pack.units);
      const isWhole = (of: number): boolean => of > first.onHand && parts.every((part) => of % part === 0);
      const days = Array.from({ length: maxCourseDays }, (_, i) => i + 1).find((n) => isWhole(perDay * n));
      if (days === undefined) return [];
      const dosage: Dosage = { amount: 1, unit, timesPerDay: perDay, days, when: ['after-meal'], route: 'oral' };
      return [{ medicine, dosage, quantity: courseQuantity(dosage, unit) as number }];
    });
    // Three times a day for a sore throat is a penicillin's dosage; any other will do where none is left.
    const rank = ({ medicine, quantity }: Choice): number => (medicine.atc.startsWith('J01CA') ? 0 : 1_000) + quantity;
    const [chosen] = fits.sort((a, b) => rank(a) - rank(b));
    hold(chosen, `${pharmacy} holds no plain medicine in two lots; npm start -- --fresh fills the shelves again`);
    return [
      `${chosen.medicine.code}, ${chosen.quantity} ${chosen.medicine.unit}s, more than its first lot holds`,
      chosen,
    ];
  });
  const before = await onHand(choice.medicine.code);

  const [resident] = country.patients;
  hold(resident?.pinfl !== undefined, 'the first patient of the demo country has no PINFL');
  const patient = { ...resident, pinfl: resident.pinfl };
  const body = {
    patient,
    diagnosis: { icd10: 'J02.9' },
    lines: [{ medicine: choice.medicine.code, dosage: choice.dosage, quantity: choice.quantity }],
  };
  const overrides = await step('the prescription is checked against what is known of its medicines', async () => {
    const { alerts, knowledge } = await answer(doctor, prescribing.checkPrescription, { body });
    // a demo that runs again prescribes the same to the same patient
    const reasons = alerts.map(({ id }) => ({ alert: id, reason: 'the demo runs once more' }));
    return [`${knowledge?.name ?? 'no set is approved'}: ${alerts.length} warnings`, reasons];
  });
  const issued = await step('the doctor signs and issues', async () => {
    const done = await answer(doctor, prescribing.issuePrescription, { body: { ...body, overrides } });
    hold(done.status === 'active', `it is ${done.status}`);
    return [`${formatNumber(done.number)}, ${done.code.length} characters of code`, done];
  });
  const { id } = issued;
  const at = { params: { id } };

  await step('the paper is printed', async () => {
    const view = await answer(doctor, prescribing.readPrescription, at);
    hold(view.patient && view.diagnosis && view.code, 'the clinic does not see its own prescription whole');
    const licence = country.sites.find((site) => site.id === view.clinic)?.licence?.number;
    const pdf = await prescriptionPdf(
      {
        number: view.number,
        code: view.code,
        issuedAt: view.issuedAt,
        validUntil: view.validUntil,
        clinic: { name: view.clinicName, ...(licence && { licence }) },
        prescriber: { name: view.prescriberName },
        patient: view.patient,
        diagnosis: view.diagnosis,
        lines: view.lines.map((line) => ({ ...line, ...choice.medicine, unit: line.unit })),
        host: new URL(darmon.url).host,
      },
      'uz-Latn',
      nodeFonts(),
    );
    hold(Buffer.from(pdf.subarray(0, 5)).toString() === '%PDF-', 'it is no PDF');
    writeFileSync(files.pdf, pdf);
    writeFileSync(files.qr, await drawQr(view.code));
    return [`A5, ${Math.round(pdf.length / 1000)} kB, and the code as a picture`, undefined];
  });

  const scanned = await step('the code is read from the picture', async () => {
    const text = await readQr(readFileSync(files.qr));
    hold(text === issued.code, 'the picture says something else than the doctor signed');
    return [`${text.slice(0, 12)}…`, text];
  });

  const cached = await step('the pharmacy has the list of keys', async () => {
    const list = KeyListDocument.parse(await answer(pharmacist, verification.readKeys));
    return [`${list.keys.length} key${list.keys.length === 1 ? '' : 's'}`, JSON.stringify(list)];
  });

  await step('it verifies with the network down', () =>
    offline(async () => {
      const keys = await makeKeyRing(KeyListDocument.parse(JSON.parse(cached)).keys, importKey);
      const verdict = await verifyCode(scanned, { keys, now: Date.now() });
      hold(verdict.valid, `it is refused: ${verdict.valid ? '' : verdict.reason}`);
      hold(verdict.credential.id === id, 'it is another prescription');
      const last = scanned.endsWith('0') ? '1' : '0';
      const forged = await verifyCode(scanned.slice(0, -1) + last, { keys, now: Date.now() });
      hold(!forged.valid, 'a code with one other character is accepted');
      return [
        `authentic until ${verdict.validUntil.slice(0, 10)}; one other character and it is ${forged.reason}`,
        undefined,
      ];
    }),
  );

  await step('the pharmacist finds it by its code', async () => {
    const { prescription } = await answer(pharmacist, dispensing.lookUpPrescription, { body: { code: scanned } });
    hold(prescription?.id === id, 'it is not found');
    hold(prescription.patient?.fullName === patient.fullName, 'the patient cannot be compared with the document');
    return [`${prescription.status}, patient to compare with the document`, undefined];
  });

  await step('the pharmacy claims it', async () => {
    const claimed = await answer(pharmacist, dispensing.claimPrescription, at);
    hold(claimed.status === 'claimed' && claimed.claimedUntil, `it is ${claimed.status}`);
    const other = await refusal('pharmacist2', dispensing.claimPrescription, at);
    hold(other.code === 'claimed-elsewhere', `another pharmacy hears ${other.code}`);
    return [
      `until ${claimed.claimedUntil.slice(11, 16)} UTC; another pharmacy hears ${other.status} ${other.code}`,
      undefined,
    ];
  });

  const handOver = { ...at, body: { lines: [{ line: 1, quantity: choice.quantity }] } };
  const dispensed = await step('it is dispensed over two lots', async () => {
    const done = await answer(pharmacist, dispensing.dispensePrescription, handOver);
    const lots = done.lines.flatMap((line) => line.lots);
    hold(done.status === 'completed', `it is ${done.status}`);
    hold(lots.length >= 2, 'all came from one lot');
    hold(lots.reduce((sum, lot) => sum + lot.quantity, 0) === choice.quantity, 'the lots are not what was owed');
    const dates = lots.map((lot) => lot.expiryDate);
    hold([...dates].sort().join() === dates.join(), 'a later expiry went first');
    hold((await onHand(choice.medicine.code)) === before - choice.quantity, 'the shelf does not show it');
    return [lots.map((lot) => `${lot.quantity} of ${lot.lot} (expires ${lot.expiryDate})`).join(', '), done];
  });

  await step('a second dispense is refused', async () => {
    const again = await refusal(pharmacist, dispensing.dispensePrescription, handOver);
    hold(again.status === 409 && again.code === 'prescription-completed', `it hears ${again.status} ${again.code}`);
    const copy = await refusal('pharmacist2', dispensing.dispensePrescription, handOver);
    hold(copy.status === 409, `a copy of the code elsewhere hears ${copy.status} ${copy.code}`);
    hold((await onHand(choice.medicine.code)) === before - choice.quantity, 'stock moved all the same');
    return [`${again.status} ${again.code}, here and at another pharmacy`, undefined];
  });

  await step('the dispense is undone', async () => {
    const undo = { params: { id: dispensed.id }, body: { reason: 'demonstration' } };
    const undone = await answer(pharmacist, dispensing.undoDispense, undo);
    hold(undone.status === 'active', `it is ${undone.status}`);
    hold((await onHand(choice.medicine.code)) === before, 'the shelf is not as before');
    return [`${choice.quantity} back in the same lots, ${before} on hand as before`, undefined];
  });

  await step('the auditor reads the trail', async () => {
    const events = await all((cursor) => answer('auditor', compliance.readTrail, { ...at, query: cursor }));
    const types = events.map((event) => event.type).join(' ');
    const order = [
      'prescription-issued',
      'prescription-looked-up',
      'prescription-claimed',
      'prescription-dispensed',
      'dispense-undone',
    ];
    hold(new RegExp(order.join('.*')).test(types), `it tells ${types}`);
    const text = JSON.stringify(events, null, 2);
    hold(!text.includes(patient.fullName) && !text.includes(patient.pinfl), 'it names the patient');
    writeFileSync(files.trail, `${text}\n`);
    return [`${events.length} events, none names the patient`, undefined];
  });
};

mkdirSync(folder, { recursive: true, mode: 0o700 });
let darmon: Darmon | undefined;
try {
  darmon = await running();
  say(darmon ? `with the Darmon at ${darmon.url}` : 'nothing runs here: starting a Darmon for the demo');
  darmon ??= await own();
  await tell(darmon);
  await tellCases(asker(darmon));
  await tellWarehouse(asker(darmon));
  await tellProcurement(asker(darmon), folder);
  await tellAudit(darmon, asker(darmon), folder);
  const names = 'prescription.pdf, qr.png, trail.json, order.pdf, order.xml, period.zip, period-key.json';
  say(`the files are in ${relative(process.cwd(), folder) || '.'}: ${names}`);
} catch (error) {
  process.stderr.write(`the story did not hold: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await darmon?.stop();
}
