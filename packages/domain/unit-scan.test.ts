import { describe, expect, test } from 'vitest';
import { gtinCheckDigit } from './gs1.ts';
import { packOfScan, packsOfScans } from './pack-scan.ts';
import { Refusal } from './refusal.ts';
import { readUnit, unitOfScan } from './unit-scan.ts';

const today = '2026-06-15';
const GS = '\u001d';
const gtin = '09521234567899';
const sscc = '095212345000000018';
const keyed = (body: string) => `${body}${gtinCheckDigit(body)}`;

const refusalOf = (act: () => unknown): Refusal => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};
const unit = (raw: string) => unitOfScan(raw, today, '/scan');

describe('a unit of goods', () => {
  test.each([
    ['a pack', `]d201${gtin}1727120010L-1`, { kind: 'pack', gtin, lot: 'L-1', expiryDate: '2027-12-31' }],
    [
      'a marked pack',
      `01${gtin}21aB3-x/9Q+k7Wz${GS}91EE10${GS}92abc=`,
      { kind: 'pack', gtin, serial: 'aB3-x/9Q+k7Wz' },
    ],
    ['a bare EAN-13', '4870001234560', { kind: 'pack', gtin: '04870001234560' }],
    [
      'a case with a GTIN of its own stays what it is',
      `01${keyed('1952123456789')}10A`,
      { kind: 'pack', gtin: '19521234567896', lot: 'A' },
    ],
    ['pieces of an item sold by measure', `01${gtin}3012${GS}10A`, { kind: 'pack', gtin, lot: 'A', count: 12 }],
    ['a pallet that names nothing', `00${sscc}`, { kind: 'logistic-unit', sscc }],
    [
      'a pallet of one lot',
      `00${sscc}02${gtin}37048${GS}10L1${GS}17271231`,
      { kind: 'logistic-unit', sscc, contentGtin: gtin, count: 48, lot: 'L1', expiryDate: '2027-12-31' },
    ],
    [
      'a pallet that is an item itself holds one of it',
      `00${sscc}01${gtin}10L1`,
      { kind: 'logistic-unit', sscc, contentGtin: gtin, count: 1, lot: 'L1' },
    ],
    [
      'a pallet with an order and a destination',
      `00${sscc}400PO-7${GS}4109521234000013`,
      { kind: 'logistic-unit', sscc },
    ],
    ['an address', `https://id.gs1.org/01/${gtin}/10/A17271231`, { kind: 'pack', gtin, lot: 'A17271231' }],
  ])('%s', (_, raw, expected) => {
    expect(unit(raw)).toEqual(expected);
  });

  test.each([
    ['a prescription', 'RX1:ABC', 'prescription', 'prescription'],
    ['content without its carton', `02${gtin}3748`, 'gs1', 'gs1'],
    ['a lot without its pack', '10ABC123', 'gs1', 'gs1'],
    ['a piece of a pack', `8006${gtin}0102`, 'gs1', 'gs1'],
    ['a wrong check digit', `01${gtin.slice(0, -1)}0`, 'refused', 'bad-check-digit'],
    ['the text under the code', `(01)${gtin}`, 'refused', 'printed-brackets'],
  ])('%s is refused where goods are wanted, and the refusal says why', (_, raw, kind, reason) => {
    const refusal = refusalOf(() => unit(raw));
    expect(refusal).toMatchObject({ code: 'scan-unreadable', facts: { kind, reason } });
    expect(refusal.errors).toEqual([{ pointer: '/scan', detail: 'scan-unreadable' }]);
  });
});

describe('identifiers that must stand together', () => {
  const pack = `01${gtin}`;
  const pallet = `00${sscc}`;
  // Behind a pallet that names no item, and behind a pack: what each of them lacks.
  test.each([
    ['content without a count', `${pallet}02${gtin}`, '02', '37'],
    ['a count without content', `${pallet}3748`, '37', '02'],
    ['a lot of no item', `${pallet}10A`, '10', '01'],
    ['an expiry of no item', `${pallet}17271231`, '17', '01'],
    ['a production date of no item', `${pallet}11271231`, '11', '01'],
    ['a packing date of no item', `${pallet}13271231`, '13', '01'],
    ['a best-before of no item', `${pallet}15271231`, '15', '01'],
    ['a sell-by of no item', `${pallet}16271231`, '16', '01'],
    ['a variant of no item', `${pallet}2042`, '20', '01'],
    ['a serial of no item', `${pallet}21S1`, '21', '01'],
    ['a serial of what is in a carton', `${pallet}02${gtin}372${GS}21S1`, '21', '01'],
    ['a consumer variant of what is in a carton', `${pallet}02${gtin}372${GS}22S1`, '22', '01'],
    ['an additional number of no item', `${pallet}240A`, '240', '01'],
    ['a customer number of no item', `${pallet}241A`, '241', '01'],
    ['a secondary serial without the serial', `${pack}250S2`, '250', '21'],
    ['a reference to the source of no item', `${pallet}251R`, '251', '01'],
    ['pieces of no item', `${pallet}305`, '30', '01'],
    ['a weight of no item', `${pallet}3103001250`, '3103', '01'],
    ['a volume of no item', `${pallet}3150001250`, '3150', '01'],
    ['an origin of no item', `${pallet}422860`, '422', '01'],
    ['a national number of no item', `${pallet}710A`, '710', '01'],
    ['a national number of what is in a carton', `${pallet}02${gtin}372${GS}716A`, '716', '01'],
    ['an expiry to the hour of no item', `${pallet}70032712310830`, '7003', '01'],
    ['a price of no item', `${pallet}8005001250`, '8005', '01'],
    ['a production to the hour of no item', `${pallet}800827123108`, '8008', '01'],
  ])('%s is refused', (_, raw, ai, other) => {
    expect(readUnit(raw, today)).toEqual({ kind: 'doubt', code: 'identifier-missing', ai, other });
    expect(refusalOf(() => unit(raw))).toMatchObject({ code: 'scan-inconsistent', facts: { ai, other } });
  });

  test.each([
    ['an item and a content', `${pallet}${pack}02${gtin}372`, '01', '02'],
    ['a pack and a count of trade items', `${pack}372`, '01', '37'],
    ['a pack and its piece', `${pack}8006${gtin}0102`, '8006', '01'],
    ['two weights', `${pack}31020001253103001250`, '3102', '3103'],
    ['a postcode with and without its country', `${pallet}420100000${GS}421860100000`, '420', '421'],
  ])('%s exclude each other', (_, raw, ai, other) => {
    expect(readUnit(raw, today)).toEqual({ kind: 'doubt', code: 'identifiers-exclude', ai, other });
    expect(refusalOf(() => unit(raw)).code).toBe('scan-inconsistent');
  });

  test.each([
    [
      'everything that goes with a pack',
      `${pack}1127010113270101152701011627010117271231204210L${GS}21S${GS}22V${GS}240A${GS}241B${GS}250C${GS}251D${GS}305${GS}3103001250422860${GS}710N${GS}70032712310830${GS}8005001250${GS}800827010108${GS}91X`,
    ],
    ['two measures of different kinds', `${pack}31030012503110000100`],
    [
      'places and orders with a pallet',
      `${pallet}400PO${GS}4019521AB${GS}41095212340000134119521234000013412952123400001341395212340000134149521234000013416952123400001341795212340000134218601${GS}99X`,
    ],
  ])('%s is taken', (_, raw) => {
    expect(['pack', 'logistic-unit']).toContain(readUnit(raw, today).kind);
  });
});

describe('a separator that was lost', () => {
  test.each([
    ['an expiry in the lot', `01${gtin}10LOT7A17271231`, '17'],
    ['an expiry and a serial in the lot', `01${gtin}10L7172712312199`, '17'],
    ['an expiry and a lot in the serial', `01${gtin}21S001727123110L7`, '17'],
    ['a serial in the lot', `01${gtin}1727123110LOT7A21SN00427`, '21'],
  ])('%s is doubted, not taken for one value', (_, raw, other) => {
    expect(readUnit(raw, today)).toMatchObject({ kind: 'doubt', code: 'separator-lost', other });
    expect(refusalOf(() => unit(raw))).toMatchObject({ code: 'scan-unreadable', facts: { reason: 'separator-lost' } });
  });
  test.each([
    ['a long lot beside its serial', `01${gtin}10LOT7A21SN00427${GS}21S`],
    ['a lot with an expiry in it, beside the expiry', `01${gtin}1727123110L717280101`],
    ['a lot with 17 and no day behind it', `01${gtin}10L717991331`],
    ['a short lot with 21 in it', `01${gtin}1727123110A2105B`],
    ['a serial of digits', `01${gtin}172712312121000021000021`],
  ])('%s is what it says', (_, raw) => {
    expect(readUnit(raw, today).kind).toBe('pack');
  });
});

describe('packs that goods are moved by', () => {
  const doubtful = `01${gtin}372`;
  test('a doubtful label moves nothing, and can still be named to be set aside', () => {
    const scans = [{ raw: doubtful, pointer: '/lines/0/scans/0' }];
    const refusal = refusalOf(() => packsOfScans(scans, today));
    expect(refusal).toMatchObject({ code: 'scan-inconsistent', errors: [{ pointer: '/lines/0/scans/0' }] });
    expect(packOfScan(doubtful, today, '/scan')).toMatchObject({ gtin });
  });
  test('a carton is no pack', () => {
    const refusal = refusalOf(() => packsOfScans([{ raw: `00${sscc}`, pointer: '/a' }], today));
    expect(refusal).toMatchObject({ code: 'scan-unreadable', facts: { kind: 'logistic-unit' } });
  });
  test('the same serial number twice is one pack twice', () => {
    const raw = `01${gtin}21S1`;
    const refusal = refusalOf(() =>
      packsOfScans(
        [raw, `]d2${raw}`].map((r, i) => ({ raw: r, pointer: `/${i}` })),
        today,
      ),
    );
    expect(refusal).toMatchObject({ code: 'serial-repeated', errors: [{ pointer: '/1' }] });
  });
});
