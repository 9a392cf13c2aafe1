import { gtinCheckDigit } from '@darmon/domain/gs1';
import { makePinfl } from '@darmon/domain/pinfl';
import { expect, test } from 'vitest';
import { wantGoods, wantPack, wantPrescription } from './meaning.ts';

const today = '2026-11-20';
const gs = '\u001d';
const pack = `01095200000000111727063010A1234${gs}21SER1`;
const pinfl = makePinfl({ birthDate: '1990-05-01', sex: 'male', region: 999, serial: 1 });

/** One PINFL in ten is also a GTIN-14; this is such a one. */
const twofold = Array.from({ length: 1_000 }, (_, serial) =>
  makePinfl({ birthDate: '1990-05-01', sex: 'male', region: 999, serial }),
).find((text) => gtinCheckDigit(text.slice(0, 13)) === Number(text[13]))!;

test('where a prescription is wanted, a pack is told to be a pack', () => {
  expect(wantPrescription(pack, today)).toEqual({ kind: 'no', word: 'web-scan:wanted.prescription.pack' });
});

test('a code, a number and a PINFL are taken for a prescription', () => {
  expect(wantPrescription('RX1:ABC', today)).toEqual({ kind: 'code', code: 'RX1:ABC' });
  expect(wantPrescription(pinfl, today)).toEqual({ kind: 'pinfl', pinfl });
});

test('digits that may be a person or a pack open no record before a person has said which', () => {
  expect(wantPrescription(twofold, today)).toEqual({ kind: 'maybe-pinfl', pinfl: twofold });
  expect(wantPack(twofold, today, () => false)).toEqual({ kind: 'no', word: 'web-scan:wanted.pack.person' });
  expect(wantPack(twofold, today, (gtin) => gtin === twofold)).toEqual({ kind: 'pack', pack: { gtin: twofold } });
});

test('fourteen digits with a wrong check digit are explained as a PINFL', () => {
  const wrong = pinfl.slice(0, 13) + ((Number(pinfl[13]) + 1) % 10);
  expect(wantPrescription(wrong, today)).toEqual({ kind: 'no', word: 'scan:pinfl-bad-check-digit' });
});

test('where a pack is wanted, its GTIN, lot, expiry and serial are read and a prescription is told to be one', () => {
  expect(wantPack(pack, today, () => true)).toEqual({
    kind: 'pack',
    pack: { gtin: '09520000000011', lot: 'A1234', expiryDate: '2027-06-30', serial: 'SER1' },
  });
  expect(wantPack('RX1:ABC', today, () => true)).toEqual({ kind: 'no', word: 'web-scan:wanted.pack.prescription' });
});

test('a passport is known by its shape, and a receipt leads to its prescription', () => {
  const today = '2026-11-20';
  expect(wantPrescription('aa 1234567', today)).toEqual({ kind: 'passport', passport: 'AA1234567' });
  const number = 'GMQRNAY232P8Y';
  expect(wantPrescription(`https://darmon.example/f#PH-1001.${number}.1.7KX2MQ`, today)).toEqual({
    kind: 'number',
    number,
  });
  expect(wantPrescription(`${number}.2.7KX2MQ`, today)).toEqual({ kind: 'number', number });
});

test('a carton is goods, and where a pack is wanted it is told to be a carton', () => {
  const carton = '0009521234500000001802095200000000113748';
  expect(wantGoods(carton, today, () => true)).toEqual({
    kind: 'carton',
    carton: { sscc: '095212345000000018', contentGtin: '09520000000011', count: 48 },
  });
  expect(wantPack(carton, today, () => true)).toEqual({ kind: 'no', word: 'web-scan:wanted.pack.carton' });
  expect(wantGoods(pack, today, () => true)).toEqual(wantPack(pack, today, () => true));
});

test('a label whose fields do not belong together, or that lost a separator, is a pack and is not taken', () => {
  expect(wantPack('0109520000000011375', today, () => true)).toEqual({
    kind: 'no',
    word: 'web-scan:wanted.pack.inconsistent',
    isPack: true,
  });
  expect(wantPack('010952000000001110LOT717270630', today, () => true)).toEqual({
    kind: 'no',
    word: 'scan:separator-lost',
    isPack: true,
  });
});

test('a code that names no goods says what is missing', () => {
  expect(wantPack('10ABC123', today, () => true)).toEqual({ kind: 'no', word: 'web-scan:wanted.pack.incomplete' });
  expect(wantGoods('10ABC123', today, () => true)).toEqual({ kind: 'no', word: 'web-scan:wanted.unit.none' });
});
