/**
 * What a code says: one prescription in numbers and codes, no prose, so that every reader shows it in its own language.
 * This file owns the schema, the numbers that stand for words, and the bytes. The numbers are part of the format:
 * they are never reordered or reused, whatever becomes of the domain's lists.
 */
import { PersonId, SiteId } from '@darmon/domain/actor';
import { Dosage, type When } from '@darmon/domain/dosage';
import { MedicineClass, MedicineCode, type Route, type Unit } from '@darmon/domain/medicine';
import { completeNumber, parseNumber } from '@darmon/domain/number';
import { maxQuantity, PrescriptionId, Quantity } from '@darmon/domain/prescription';
import { RepeatWanted } from '@darmon/domain/repeat';
import * as z from 'zod';
import { type CborReader, CborWriter, type EncodingFault, readCbor, UnreadableBytes } from './cbor.ts';

export const unitCodes: Readonly<Record<Unit, number>> = {
  tablet: 0,
  capsule: 1,
  ml: 2,
  dose: 3,
  ampoule: 4,
  vial: 5,
  suppository: 6,
  sachet: 7,
  patch: 8,
  g: 9,
  drop: 10,
  pen: 11,
  piece: 12,
};

export const routeCodes: Readonly<Record<Route, number>> = {
  oral: 0,
  sublingual: 1,
  buccal: 2,
  intramuscular: 3,
  intravenous: 4,
  subcutaneous: 5,
  rectal: 6,
  vaginal: 7,
  topical: 8,
  ophthalmic: 9,
  otic: 10,
  nasal: 11,
  inhalation: 12,
  transdermal: 13,
};

export const classCodes: Readonly<Record<MedicineClass, number>> = {
  rx: 0,
  otc: 1,
  potent: 2,
  psychotropic: 3,
  narcotic: 4,
  anaesthetic: 5,
};

/** Bits of one number, so `when` is a set: its order in a list is not kept. The everyday ones take the low bits. */
export const whenBits: Readonly<Record<When, number>> = {
  morning: 1,
  evening: 2,
  'after-meal': 4,
  'before-meal': 8,
  'with-meal': 16,
  noon: 32,
  night: 64,
};

/** Bits of a line's flags above the class. */
const classMask = 7;
const noSubstitution = 8;
const asNeeded = 16;

const invert = <K extends string>(codes: Readonly<Record<K, number>>): ReadonlyMap<number, K> =>
  new Map((Object.entries(codes) as [K, number][]).map(([word, code]) => [code, word]));

const unitOf = invert(unitCodes);
const routeOf = invert(routeCodes);
const classOf = invert(classCodes);
const whenOf = [...invert(whenBits)];

const CredentialLine = z.object({
  medicine: MedicineCode,
  dosage: Dosage,
  quantity: Quantity,
  substitutionAllowed: z.boolean(),
  class: MedicineClass,
});

/** Initials in any script, as they stand on the person's document: one to four capital letters, composed (NFC). */
const isInitials = (text: string): boolean => /^\p{Lu}{1,4}$/u.test(text) && text === text.normalize('NFC');

// The ranges of the format. The reader applies them too, head by head, and a test holds it to the schema.
const maxCredentialLines = 20;
/** Seconds since 1970: the years 2020 to 2099. */
export const issueTimes = [1_577_836_800, 4_102_444_799] as const;
const validities = [1, 366] as const;
const birthYears = [1850, 2150] as const;
const repeatIssues = [2, 12] as const;
const repeatDays = [1, 90] as const;
/** Years are counted from here, which makes them a byte shorter. */
const birthYearZero = 1900;

/** The prescription that a code carries. */
export const Credential = z
  .object({
    id: PrescriptionId,
    number: z.string().refine((text) => {
      const reading = parseNumber(text);
      return reading.kind === 'prescription-number' && reading.number === text;
    }, '13 characters with a right check character'),
    /** Seconds since 1970. */
    issuedAt: z.int().min(issueTimes[0]).max(issueTimes[1]),
    validityDays: z.int().min(validities[0]).max(validities[1]),
    clinic: SiteId,
    prescriber: PersonId,
    patient: z.object({
      initials: z.string().refine(isInitials, 'one to four capital letters'),
      birthYear: z.int().min(birthYears[0]).max(birthYears[1]),
    }),
    lines: z.array(CredentialLine).min(1).max(maxCredentialLines),
    /** Of a chronic treatment: each issue is what the lines say, and opens so many days after the one before. */
    repeat: RepeatWanted.exactOptional(),
  })
  .meta({ id: 'Credential', description: 'What the signed code of a prescription says' });
export type Credential = z.infer<typeof Credential>;

/** How many prescriptions one certificate may allow; a sequence number is below it. */
export const maxCertificateCount = 500;
const Sequence = z
  .int()
  .min(0)
  .max(maxCertificateCount - 1);

/** A payload as it stands in the code: a delegated one has a sequence number and takes its holder from the certificate. */
export type Payload =
  | { readonly credential: Credential }
  | { readonly credential: Omit<Credential, 'clinic' | 'prescriber'>; readonly sequence: number };

/** Initials of a full name in capitals, from its first three words: what `patient.initials` holds. */
export const initialsOf = (fullName: string): string =>
  Array.from(fullName.normalize('NFC').matchAll(/(?:^|[\s-])[^\p{Lu}\p{Ll}]*([\p{Lu}\p{Ll}])/gu))
    .slice(0, 3)
    .map(([, letter]) => Array.from((letter as string).toUpperCase())[0])
    .join('');

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const crockfordValues = new Uint8Array(128);
for (let i = 0; i < crockford.length; i++) crockfordValues[crockford.charCodeAt(i)] = i;

/** Base32 text as a big-endian number in `size` bytes; the caller has checked that it fits. */
const fromCrockford = (text: string, size: number): Uint8Array => {
  const bytes = new Uint8Array(size);
  let bits = 0;
  let held = 0;
  for (let i = text.length - 1, at = size - 1; at >= 0; at--) {
    for (; held < 8 && i >= 0; i--, held += 5) bits |= (crockfordValues[text.charCodeAt(i)] as number) << held;
    bytes[at] = bits & 0xff;
    bits >>= 8;
    held -= 8;
  }
  return bytes;
};

/** The low `length` base32 digits of a big-endian number. */
const toCrockford = (bytes: Uint8Array, length: number): string => {
  const codes = new Array<number>(length);
  let bits = 0;
  let held = 0;
  for (let i = length - 1, at = bytes.length - 1; i >= 0; i--) {
    if (held < 5) {
      if (at >= 0) bits |= (bytes[at--] as number) << held;
      held += 8;
    }
    codes[i] = crockford.charCodeAt(bits & 31);
    bits >>= 5;
    held -= 5;
  }
  return String.fromCharCode(...codes);
};

/** Place 0 ends a text. */
const packed = '\0-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const packedPlaces = new Uint8Array(128);
for (let i = 1; i < packed.length; i++) packedPlaces[packed.charCodeAt(i)] = i;

/** Codes of [-0-9A-Z], three characters in two bytes: their places in `packed`, in base 40. */
export const packText = (text: string): Uint8Array => {
  const rest = text.length % 3;
  const bytes = new Uint8Array(((text.length - rest) / 3) * 2 + rest);
  const place = (i: number): number => (i < text.length ? (packedPlaces[text.charCodeAt(i)] as number) : 0);
  for (let i = 0, at = 0; i < text.length; i += 3) {
    if (i + 1 === text.length) bytes[at] = place(i);
    else {
      const n = place(i) * 1600 + place(i + 1) * 40 + place(i + 2);
      bytes[at++] = n >> 8;
      bytes[at++] = n & 0xff;
    }
  }
  return bytes;
};

/** The text that `packText` packed; other bytes give a text that it packs into other bytes. */
export const unpackText = (bytes: Uint8Array): string => {
  const codes: number[] = [];
  for (let at = 0; at < bytes.length; at += 2) {
    const first = bytes[at] as number;
    const n = at + 1 === bytes.length ? first * 1600 : first * 256 + (bytes[at + 1] as number);
    for (const place of [(n / 1600) | 0, ((n / 40) | 0) % 40, n % 40]) {
      if (place > 0) codes.push(packed.charCodeAt(place));
    }
  }
  return String.fromCharCode(...codes);
};

const id = 1;
const number = 2;
const issuedAt = 3;
const validityDays = 4;
const clinic = 5;
const prescriber = 6;
const patient = 7;
const lines = 8;
const sequence = 9;
const repeat = 10;

/** Whole units as they are; anything finer as minus its thousandths, so that a whole amount takes one byte. */
const amountCode = (amount: number): number => {
  const thousandths = Math.round(amount * 1000);
  return thousandths % 1000 === 0 ? thousandths / 1000 : -thousandths;
};

const writeLine = (writer: CborWriter, line: Credential['lines'][number]): void => {
  const { dosage } = line;
  const flags =
    classCodes[line.class] + (line.substitutionAllowed ? 0 : noSubstitution) + (dosage.asNeeded ? asNeeded : 0);
  let when = 0;
  for (const word of dosage.when ?? []) when |= whenBits[word];
  writer
    .array(dosage.maxPerDay === undefined ? 9 : 10)
    .bytes(packText(line.medicine))
    .int(line.quantity)
    .int(flags)
    .int(amountCode(dosage.amount))
    .int(unitCodes[dosage.unit])
    .int(routeCodes[dosage.route])
    .int(dosage.timesPerDay ?? -(dosage.everyHours as number))
    .int(dosage.days)
    .int(when);
  if (dosage.maxPerDay !== undefined) writer.int(amountCode(dosage.maxPerDay));
};

/** Writes a payload that the schema allows; `when` leaves as a set, `asNeeded: false` as if it were not there. */
const write = (payload: Payload): CborWriter => {
  const { credential } = payload;
  const idBytes = fromCrockford(credential.id, 16);
  const numberBytes = fromCrockford(credential.number.slice(0, 12), 8);
  const writer = new CborWriter().map(('sequence' in payload ? 7 : 8) + (credential.repeat ? 1 : 0));
  writer.int(id).bytes(idBytes).int(number).bytes(numberBytes);
  writer.int(issuedAt).int(credential.issuedAt).int(validityDays).int(credential.validityDays);
  if ('clinic' in credential) {
    writer.int(clinic).bytes(packText(credential.clinic));
    writer.int(prescriber).bytes(packText(credential.prescriber.toUpperCase()));
  }
  writer
    .int(patient)
    .array(2)
    .text(credential.patient.initials)
    .int(credential.patient.birthYear - birthYearZero);
  writer.int(lines).array(credential.lines.length);
  for (const line of credential.lines) writeLine(writer, line);
  if ('sequence' in payload) writer.int(sequence).int(payload.sequence);
  if (credential.repeat) writer.int(repeat).array(2).int(credential.repeat.issues).int(credential.repeat.everyDays);
  return writer;
};

/**
 * The payload's bytes. With a `sequence` it is a delegated one: clinic and prescriber stay out, because the certificate
 * says them.
 * @throws ZodError where the credential is not of the schema
 */
export const encodePayload = (credential: Credential, delegatedSequence?: number): Uint8Array => {
  const parsed = Credential.parse(credential);
  if (delegatedSequence === undefined) return write({ credential: parsed }).done();
  const { clinic: _clinic, prescriber: _prescriber, ...rest } = parsed;
  return write({ credential: rest, sequence: Sequence.parse(delegatedSequence) }).done();
};

/** The word that `codes` has for the next integer. */
const readCode = <K>(reader: CborReader, words: ReadonlyMap<number, K>): K => known(words.get(reader.int()));

const missing = (): never => {
  throw new UnreadableBytes('malformed');
};

const known = <T>(value: T | undefined): T => value ?? missing();

const demand = (holds: boolean): void => {
  if (!holds) missing();
};

/** At most `most` units, in thousandths where they are not whole. */
const readAmount = (reader: CborReader, most: number): number => {
  const code = reader.int();
  demand(code !== 0 && code <= most && code > -1000 * most);
  return code < 0 ? -code / 1000 : code;
};

/** A code of [-0-9A-Z] that does not begin with a hyphen. */
const readText = (reader: CborReader, least: number, most: number): string => {
  const text = unpackText(reader.bytes(2, Math.ceil((most * 2) / 3)));
  demand(text.length >= least && text.length <= most && !text.startsWith('-'));
  return text;
};

const readLine = (reader: CborReader): Credential['lines'][number] => {
  const items = reader.array(9, 10);
  const medicine = readText(reader, 2, 16);
  const quantity = reader.uint(1, maxQuantity);
  const flags = reader.uint(0, classMask + noSubstitution + asNeeded);
  const amount = readAmount(reader, 10_000);
  const unit = readCode(reader, unitOf);
  const route = readCode(reader, routeOf);
  const frequency = reader.int();
  demand(frequency !== 0 && frequency <= 24 && frequency >= -168);
  const days = reader.uint(1, 365);
  const bits = reader.uint(0, 127);
  const isAsNeeded = (flags & asNeeded) !== 0;
  demand(items === 10 || !isAsNeeded);
  const dosage: Dosage = { amount, unit, days, route };
  if (frequency < 0) dosage.everyHours = -frequency;
  else dosage.timesPerDay = frequency;
  if (bits > 0) dosage.when = readWhen(bits);
  if (isAsNeeded) dosage.asNeeded = true;
  if (items === 10) dosage.maxPerDay = readAmount(reader, 100_000);
  const medicineClass = known(classOf.get(flags & classMask));
  return { medicine, dosage, quantity, substitutionAllowed: (flags & noSubstitution) === 0, class: medicineClass };
};

const readWhen = (bits: number): When[] => {
  const when: When[] = [];
  for (const [bit, word] of whenOf) if ((bits & bit) !== 0) when.push(word);
  demand(when.length <= 4);
  return when;
};

const readNumber = (reader: CborReader): string => {
  const text = toCrockford(reader.bytes(8), 12);
  demand(text >= 'A');
  return completeNumber(text);
};

const readPatient = (reader: CborReader): Credential['patient'] => {
  reader.array(2);
  const initials = reader.text(16);
  demand(isInitials(initials));
  const birthYear = reader.int() + birthYearZero;
  demand(birthYear >= birthYears[0] && birthYear <= birthYears[1]);
  return { initials, birthYear };
};

const readLines = (reader: CborReader): Credential['lines'] => {
  const read: Credential['lines'] = [];
  for (let owed = reader.array(1, maxCredentialLines); owed > 0; owed--) read.push(readLine(reader));
  return read;
};

const readRepeat = (reader: CborReader): RepeatWanted => {
  reader.array(2);
  return { issues: reader.uint(...repeatIssues), everyDays: reader.uint(...repeatDays) };
};

type Fields = { -readonly [K in keyof Credential]?: Credential[K] } & { sequence?: number };

const readFields = (reader: CborReader): Fields => {
  const fields: Fields = {};
  reader.map(10, (key) => {
    if (key === id) fields.id = toCrockford(reader.bytes(16), 26);
    else if (key === number) fields.number = readNumber(reader);
    else if (key === issuedAt) fields.issuedAt = reader.uint(...issueTimes);
    else if (key === validityDays) fields.validityDays = reader.uint(...validities);
    else if (key === clinic) fields.clinic = readText(reader, 3, 16);
    else if (key === prescriber) fields.prescriber = readText(reader, 2, 36).toLowerCase();
    else if (key === patient) fields.patient = readPatient(reader);
    else if (key === lines) fields.lines = readLines(reader);
    else if (key === sequence) fields.sequence = reader.uint(0, maxCertificateCount - 1);
    else if (key === repeat) fields.repeat = readRepeat(reader);
    else throw new UnreadableBytes('malformed');
  });
  return fields;
};

const payloadOf = (fields: Fields): Payload => {
  const { id, number, issuedAt, validityDays, clinic, prescriber, patient, lines, sequence, repeat } = fields;
  if (id === undefined || number === undefined || issuedAt === undefined || validityDays === undefined)
    return missing();
  if (patient === undefined || lines === undefined) return missing();
  // objects of one shape, without a copy: a code without repeats, which most are, costs what it did
  if (sequence !== undefined) {
    const delegated = { id, number, issuedAt, validityDays, patient, lines };
    return { credential: repeat ? { ...delegated, repeat } : delegated, sequence };
  }
  if (clinic === undefined || prescriber === undefined) return missing();
  const direct = { id, number, issuedAt, validityDays, clinic, prescriber, patient, lines };
  return { credential: repeat ? { ...direct, repeat } : direct };
};

/**
 * Reads a payload, if `encodePayload` can have made it byte for byte.
 * `certificate-holder`: a delegated payload that names a clinic or prescriber of its own.
 */
export const decodePayload = (bytes: Uint8Array): Payload | EncodingFault | 'certificate-holder' => {
  let namesHolder = false;
  const payload = readCbor(bytes, (reader) => {
    const fields = readFields(reader);
    namesHolder = fields.sequence !== undefined && (fields.clinic ?? fields.prescriber) !== undefined;
    return payloadOf(fields);
  });
  if (namesHolder) return 'certificate-holder';
  if (typeof payload === 'string') return payload;
  return write(payload).matches(bytes) ? payload : 'not-canonical';
};
