/**
 * What one core reads of scans: packs as they come to a door and to a counter, each code another one. Prescriptions are
 * left out, since the cost of theirs is in the signature, and `verify/bare` has it.
 */
import { gtinCheckDigit } from '@darmon/domain/gs1';
import { parseScan } from '@darmon/domain/scan';
import { median, type Row } from './measure.ts';

type Report = (row: Row) => void;

const GS = '\u001d';
const codes = 10_000;
const rounds = 9;
const today = '2026-06-15';

// American keys and what they type in the Russian layout: a hand scanner at a machine that was left in it
const american = '-=qwertyuiop[]asdfghjklzxcvbnm<>/QWERTYUIOPASDFGHJKLZXCVBNM';
const russian = '-=йцукенгшщзхъфывапролдячсмитьБЮ.ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ';
const inRussian = (text: string): string =>
  text.replace(/./gsu, (key) => russian[american.indexOf(key)] ?? (key === '_' ? '_' : key));

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789';
/** Letters and digits that look like chance and are the same in every run. */
const signs = (n: number, length: number): string => {
  let state = n * 2_654_435_761 + 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return letters[(state >>> 16) % letters.length];
  }).join('');
};
const digits = (n: number, length: number): string => String(n).padStart(length, '0');
const keyed = (body: string): string => `${body}${gtinCheckDigit(body)}`;

const gtin = (n: number): string => keyed(`0952${digits(n % 900, 9)}`);
const expiry = (n: number): string => `${27 + (n % 4)}${digits(1 + (n % 12), 2)}${digits(n % 28, 2)}`;
const lot = (n: number): string => signs(n, 6).toUpperCase();
const marked = (n: number): string => `01${gtin(n)}21${signs(n, 13)}${GS}91${signs(n, 4)}${GS}92${signs(n + 7, 43)}=`;
const imported = (n: number): string => `01${gtin(n)}17${expiry(n)}10${lot(n)}${GS}21${signs(n, 12)}`;
const sscc = (n: number): string => `00${keyed(`0952${digits(n, 13)}`)}`;

/** Twenty scans of an ordinary morning. */
const morning: readonly ((n: number) => string)[] = [
  marked,
  marked,
  marked,
  (n) => `]d2${marked(n)}`,
  (n) => `]d2${marked(n)}`,
  (n) => marked(n).replaceAll(GS, '<GS>'),
  imported,
  imported,
  (n) => `]d2${imported(n)}`,
  (n) => `\u00e8${imported(n)}`,
  (n) => `01${gtin(n)}17${expiry(n)}10${lot(n)}`,
  (n) => `01${gtin(n)}10${lot(n)}${GS}17${expiry(n)}\r\n`,
  (n) => `]C1${sscc(n)}`,
  (n) => `${sscc(n)}02${gtin(n)}37${1 + (n % 99)}${GS}10${lot(n)}${GS}17${expiry(n)}`,
  (n) => gtin(n).slice(1),
  (n) => `]E0${gtin(n).slice(1)}`,
  (n) => `https://id.gs1.org/01/${gtin(n)}/10/${lot(n)}/21/${signs(n, 12)}?17=${expiry(n)}`,
  (n) => inRussian(marked(n)),
  (n) => inRussian(`]d2${imported(n)}`),
  // and one that was caught badly
  (n) => marked(n).slice(0, 12),
];

/** `scan/parse`: codes a second, by processor time of one thread. */
export const scanRows = (report: Report): void => {
  const scans = Array.from({ length: codes }, (_, n) => (morning[n % morning.length] as (n: number) => string)(n));
  const read = (): number => {
    let taken = 0;
    const before = process.cpuUsage();
    for (const raw of scans) if (parseScan(raw, { today }).kind !== 'refused') taken += 1;
    const { user, system } = process.cpuUsage(before);
    if (taken !== (codes / morning.length) * (morning.length - 1)) throw new Error(`${taken} of ${codes} were taken`);
    return codes / ((user + system) / 1e6);
  };
  for (let warm = 0; warm < rounds; warm += 1) read();
  report({
    name: 'scan/parse',
    value: median(Array.from({ length: rounds }, read)),
    unit: '1/s',
    limit: '>=200000',
    of: `${codes} codes, a mix of marked packs, imported packs, cartons, addresses and a keyboard left in Russian`,
  });
};
