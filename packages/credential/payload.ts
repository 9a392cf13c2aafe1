/**
 * What a code says: one prescription in numbers and codes, no prose, so that every reader shows it in its own language.
 * This file owns the schema, the numbers that stand for words, and the bytes. The numbers are part of the format:
 * they are never reordered or reused, whatever becomes of the domain's lists.
 */
import { PersonId, SiteId } from '@darmon/domain/actor';
import { Dosage, type When } from '@darmon/domain/dosage';
import { MedicineClass, MedicineCode, type Route, type Unit } from '@darmon/domain/medicine';
import { completeNumber, parseNumber } from '@darmon/domain/number';
import { PrescriptionId, Quantity } from '@darmon/domain/prescription';
import * as z from 'zod';
import { decodeCbor, type EncodingFault, encodeCbor, isFault } from './cose.ts';
import { sameBytes } from './p256.ts';

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

/** Initials in any script, as they stand on the person's document: one to four capital letters. */
const Initials = z
  .string()
  .regex(/^\p{Lu}{1,4}$/u)
  .refine((text) => text === text.normalize('NFC'), 'composed (NFC)');

export const maxCredentialLines = 20;

/** The prescription that a code carries. */
export const Credential = z
  .object({
    id: PrescriptionId,
    number: z.string().refine((text) => {
      const reading = parseNumber(text);
      return reading.kind === 'prescription-number' && reading.number === text;
    }, '13 characters with a right check character'),
    /** Seconds since 1970. */
    issuedAt: z.int().min(1_577_836_800).max(4_102_444_800),
    validityDays: z.int().min(1).max(366),
    clinic: SiteId,
    prescriber: PersonId,
    patient: z.object({ initials: Initials, birthYear: z.int().min(1850).max(2150) }),
    lines: z.array(CredentialLine).min(1).max(maxCredentialLines),
  })
  .meta({ id: 'Credential', description: 'What the signed code of a prescription says' });
export type Credential = z.infer<typeof Credential>;

const DelegatedCredential = Credential.omit({ clinic: true, prescriber: true });

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
  let text = '';
  let bits = 0;
  let held = 0;
  for (let at = bytes.length - 1; text.length < length; ) {
    if (held < 5) {
      bits |= (at >= 0 ? (bytes[at--] as number) : 0) << held;
      held += 8;
    }
    text = crockford.charAt(bits & 31) + text;
    bits >>= 5;
    held -= 5;
  }
  return text;
};

const packed = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Codes of [-0-9A-Z], three characters in two bytes: each is its place in `packed` + 1, in base 40. */
export const packText = (text: string): Uint8Array => {
  const rest = text.length % 3;
  const bytes = new Uint8Array(((text.length - rest) / 3) * 2 + rest);
  const value = (i: number): number => (i < text.length ? packed.indexOf(text.charAt(i)) + 1 : 0);
  for (let i = 0, at = 0; i < text.length; i += 3) {
    if (i + 1 === text.length) bytes[at] = value(i);
    else {
      const n = value(i) * 1600 + value(i + 1) * 40 + value(i + 2);
      bytes[at++] = n >> 8;
      bytes[at++] = n & 0xff;
    }
  }
  return bytes;
};

/** The text that `packText` packed, or undefined where it cannot have made these bytes. */
export const unpackText = (bytes: Uint8Array): string | undefined => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const last = at + 1 === bytes.length;
    const n = last ? (bytes[at] as number) * 1600 : (bytes[at] as number) * 256 + (bytes[at + 1] as number);
    text +=
      packed.charAt(((n / 1600) | 0) - 1) + packed.charAt((((n / 40) | 0) % 40) - 1) + packed.charAt((n % 40) - 1);
  }
  return sameBytes(packText(text), bytes) ? text : undefined;
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

const encodeLine = (line: Credential['lines'][number]): unknown[] => {
  const { dosage } = line;
  const flags =
    classCodes[line.class] + (line.substitutionAllowed ? 0 : noSubstitution) + (dosage.asNeeded ? asNeeded : 0);
  const when = (dosage.when ?? []).reduce((bits, word) => bits | whenBits[word], 0);
  return [
    packText(line.medicine),
    line.quantity,
    flags,
    Math.round(dosage.amount * 1000),
    unitCodes[dosage.unit],
    routeCodes[dosage.route],
    dosage.timesPerDay ?? -(dosage.everyHours as number),
    dosage.days,
    when,
    ...(dosage.maxPerDay === undefined ? [] : [Math.round(dosage.maxPerDay * 1000)]),
  ];
};

/** The bytes of a payload that the schema allows; `when` leaves as a set, `asNeeded: false` as if it were not there. */
const bytesOf = (payload: Payload): Uint8Array => {
  const { credential } = payload;
  const map = new Map<number, unknown>([
    [id, fromCrockford(credential.id, 16)],
    [number, fromCrockford(credential.number.slice(0, 12), 8)],
    [issuedAt, credential.issuedAt],
    [validityDays, credential.validityDays],
  ]);
  if ('clinic' in credential) {
    map.set(clinic, packText(credential.clinic));
    map.set(prescriber, packText(credential.prescriber.toUpperCase()));
  }
  map.set(patient, [credential.patient.initials, credential.patient.birthYear]);
  map.set(lines, credential.lines.map(encodeLine));
  if ('sequence' in payload) map.set(sequence, payload.sequence);
  return encodeCbor(map);
};

/**
 * The payload's bytes. With a `sequence` it is a delegated one: clinic and prescriber stay out, because the certificate
 * says them.
 * @throws ZodError where the credential is not of the schema
 */
export const encodePayload = (credential: Credential, delegatedSequence?: number): Uint8Array => {
  const parsed = Credential.parse(credential);
  if (delegatedSequence === undefined) return bytesOf({ credential: parsed });
  const { clinic: _clinic, prescriber: _prescriber, ...rest } = parsed;
  return bytesOf({ credential: rest, sequence: Sequence.parse(delegatedSequence) });
};

const decodeLine = (line: unknown): unknown => {
  if (!Array.isArray(line) || line.length < 9 || line.length > 10) return undefined;
  const [medicine, quantity, flags, amount, unit, route, frequency, days, when, maxPerDay] = line as unknown[];
  if (!(medicine instanceof Uint8Array)) return undefined;
  const numbers = [quantity, flags, amount, unit, route, frequency, days, when];
  if (!numbers.every((n) => typeof n === 'number')) return undefined;
  if (maxPerDay !== undefined && typeof maxPerDay !== 'number') return undefined;
  const often = frequency as number;
  const set = whenOf.filter(([bit]) => ((when as number) & bit) !== 0).map(([, word]) => word);
  return {
    medicine: unpackText(medicine),
    dosage: {
      amount: (amount as number) / 1000,
      unit: unitOf.get(unit as number),
      ...(often < 0 ? { everyHours: -often } : { timesPerDay: often }),
      days,
      ...(set.length > 0 && { when: set }),
      ...(((flags as number) & asNeeded) !== 0 && { asNeeded: true }),
      ...(maxPerDay !== undefined && { maxPerDay: maxPerDay / 1000 }),
      route: routeOf.get(route as number),
    },
    quantity,
    substitutionAllowed: ((flags as number) & noSubstitution) === 0,
    class: classOf.get((flags as number) & classMask),
  };
};

const unpackBytes = (value: unknown): string | undefined =>
  value instanceof Uint8Array ? unpackText(value) : undefined;

/** Reads a payload, if `encodePayload` can have made it byte for byte. `not-canonical`: well-formed, spelled otherwise. */
export const decodePayload = (bytes: Uint8Array): Payload | EncodingFault | 'certificate-holder' => {
  const cbor = decodeCbor(bytes);
  if (isFault(cbor)) return cbor;
  const map = cbor.value;
  if (!(map instanceof Map)) return 'malformed';
  const idBytes = map.get(id);
  const numberBytes = map.get(number);
  const person = map.get(patient);
  const lineArrays = map.get(lines);
  if (!(idBytes instanceof Uint8Array && idBytes.length === 16)) return 'malformed';
  if (!(numberBytes instanceof Uint8Array && numberBytes.length === 8)) return 'malformed';
  if (!(Array.isArray(person) && person.length === 2 && Array.isArray(lineArrays))) return 'malformed';
  const common = {
    id: toCrockford(idBytes, 26),
    number: completeNumber(toCrockford(numberBytes, 12)),
    issuedAt: map.get(issuedAt),
    validityDays: map.get(validityDays),
    patient: { initials: person[0], birthYear: person[1] },
    lines: lineArrays.map(decodeLine),
  };
  const payload = map.has(sequence)
    ? readDelegated(common, map)
    : readDirect({ ...common, clinic: unpackBytes(map.get(clinic)), prescriber: personOf(map.get(prescriber)) });
  if (typeof payload === 'string') return payload;
  return sameBytes(bytesOf(payload), bytes) ? payload : 'not-canonical';
};

const personOf = (value: unknown): string | undefined => unpackBytes(value)?.toLowerCase();

const readDirect = (fields: object): Payload | 'malformed' => {
  const { data } = Credential.safeParse(fields);
  return data ? { credential: data } : 'malformed';
};

const readDelegated = (
  fields: object,
  map: ReadonlyMap<unknown, unknown>,
): Payload | 'malformed' | 'certificate-holder' => {
  if (map.has(clinic) || map.has(prescriber)) return 'certificate-holder';
  const credential = DelegatedCredential.safeParse(fields).data;
  const place = Sequence.safeParse(map.get(sequence)).data;
  return credential && place !== undefined ? { credential, sequence: place } : 'malformed';
};
