import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listOfEpcis, listOfRows } from './asn.ts';
import { readEpc } from './epc.ts';
import { isSscc } from './sheet-values.ts';

const today = '2026-11-21';
const vector = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../test/vectors/asn', `${name}.json`), 'utf8'));
const gtin = '09521020199020';
const pack = (serial: string) => `urn:epc:id:sgtin:952102.0019902.${serial}`;
const unit = (n: number) => `urn:epc:id:sscc:952102.0${String(n).padStart(10, '0')}`;
const ssccOf = (n: number): string => {
  const epc = readEpc(unit(n), today);
  return epc?.kind === 'unit' ? epc.sscc : '';
};

let hour = 0;
const at = () => new Date(Date.UTC(2026, 10, 20, 0, hour++)).toISOString();
const event = (type: string, fields: object) => ({ type, eventTime: at(), ...fields });
const made = (
  epcList: string[],
  ilmd: object = { 'cbvmda:lotNumber': 'A1', 'cbvmda:itemExpirationDate': '2028-06-30' },
) => event('ObjectEvent', { action: 'ADD', epcList, bizStep: 'commissioning', ilmd });
const put = (parentID: string, childEPCs: string[]) =>
  event('AggregationEvent', { action: 'ADD', parentID, childEPCs, bizStep: 'packing' });
const shipped = (epcList: string[], fields: object = {}) =>
  event('ObjectEvent', { action: 'OBSERVE', epcList, bizStep: 'shipping', ...fields });
const read = (...eventList: unknown[]) => listOfEpcis({ type: 'EPCISDocument', epcisBody: { eventList } }, today);
const codes = (reading: ReturnType<typeof listOfEpcis>) => reading.problems?.map(({ code }) => code);

describe('names of things', () => {
  test.each([
    [pack('S1'), { kind: 'pack', gtin, serial: 'S1' }],
    [pack('a%2Fb%25'), { kind: 'pack', gtin, serial: 'a/b%' }],
    ['urn:epc:class:lgtin:952102.0019902.L-1', { kind: 'pack', gtin, lot: 'L-1' }],
    ['urn:epc:idpat:sgtin:952102.0019902.*', { kind: 'pack', gtin }],
    [`https://id.gs1.org/01/${gtin}/10/L1/21/S1`, { kind: 'pack', gtin, serial: 'S1', lot: 'L1' }],
    [`https://example.org/some/path/01/${gtin}/21/S1?17=280630`, { kind: 'pack', gtin, serial: 'S1' }],
    ['https://id.gs1.org/00/106141412345678908', { kind: 'unit', sscc: '106141412345678908' }],
    ['urn:epc:id:sscc:0614141.1234567890', { kind: 'unit', sscc: '106141412345678908' }],
  ])('%s is read', (name, epc) => {
    expect(readEpc(name, today)).toEqual(epc);
  });

  test.each([
    'urn:epc:id:sgtin:952102.001990.S1',
    'urn:epc:id:sgtin:000000.0000000.S1',
    'urn:epc:id:sgtin:952102.0019902.',
    'urn:epc:id:sgtin:952102.0019902.S%20',
    'urn:epc:id:sgtin:952102.0019902.%E0%A4%A',
    `urn:epc:id:sgtin:952102.0019902.${'9'.repeat(21)}`,
    'urn:epc:id:sscc:952102.123',
    'urn:epc:id:grai:952102.12345.400',
    `https://id.gs1.org/01/${gtin.replace(/.$/, '1')}/21/S1`,
    'javascript:alert(1)',
    `https://id.gs1.org/01/${gtin}/21/${'9'.repeat(600)}`,
    '',
  ])('%s is none', (name) => {
    expect(readEpc(name, today)).toBeUndefined();
  });
});

describe('an announcement', () => {
  test('of a pallet comes out as its cartons and packs, whatever the order of its events', () => {
    const { list } = listOfEpcis(vector('pallet-of-cartons'), today);
    expect(list?.number).toBe('DN-77');
    const serials = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6'];
    expect(list?.lines).toEqual([{ gtin, lot: 'A1', expiryDate: '2028-06-30', packs: 6, serials }]);
    const [pallet, ...cartons] = list?.units ?? [];
    expect(pallet).toEqual({ sscc: ssccOf(9), lines: [] });
    expect(cartons.map(({ sscc, parent, lines }) => [sscc, parent, lines[0]?.serials])).toEqual([
      [ssccOf(1), ssccOf(9), ['P1', 'P2', 'P3']],
      [ssccOf(2), ssccOf(9), ['P4', 'P5', 'P6']],
    ]);
    expect(list?.units.every(({ sscc }) => isSscc(sscc))).toBe(true);
  });

  test('by web addresses and by amounts of a lot counts packs without serial numbers, inside and beside its cartons', () => {
    const { list } = listOfEpcis(vector('digital-links-and-amounts'), today);
    expect(list?.lines).toEqual([{ gtin, lot: 'B7', expiryDate: '2028-02-29', packs: 150 }]);
    expect(list?.units.map(({ lines }) => lines[0]?.packs)).toEqual([120]);
  });

  test('leaves out what was taken out again before it was shipped', () => {
    const { list } = listOfEpcis(vector('repacked-before-shipping'), today);
    expect(list?.lines.map(({ packs, serials }) => [packs, serials])).toEqual([[1, ['P1']]]);
  });

  test('is read by the times of its events, not by their places', () => {
    const document = vector('repacked-before-shipping') as { epcisBody: { eventList: unknown[] } };
    const { list } = read(...document.epcisBody.eventList.toReversed());
    expect(list?.lines.map(({ packs, serials }) => [packs, serials])).toEqual([[1, ['P1']]]);
  });

  test('puts packs of a case without an SSCC into the pallet above it', () => {
    const box = 'urn:epc:id:sgtin:952102.1019902.C1';
    const { list } = read(
      made([pack('1'), pack('2')]),
      put(box, [pack('1'), pack('2')]),
      put(unit(1), [box]),
      shipped([unit(1)]),
    );
    expect(list?.units).toEqual([
      { sscc: ssccOf(1), lines: [{ gtin, lot: 'A1', expiryDate: '2028-06-30', packs: 2, serials: ['1', '2'] }] },
    ]);
  });

  test('told twice, observed after it was packed, or shipped in two events is there once', () => {
    const again = event('AggregationEvent', { action: 'OBSERVE', parentID: unit(1), childEPCs: [pack('1')] });
    const { list } = read(
      made([pack('1')]),
      put(unit(1), [pack('1')]),
      put(unit(1), [pack('1')]),
      again,
      shipped([unit(1)]),
      shipped([unit(1), pack('1')]),
    );
    expect(list?.lines.map(({ packs }) => packs)).toEqual([1]);
  });

  test('counts an amount once that was packed and then observed', () => {
    const amounts = { childQuantityList: [{ epcClass: 'urn:epc:class:lgtin:952102.0019902.B7', quantity: 5 }] };
    const packed = event('AggregationEvent', { action: 'ADD', parentID: unit(1), childEPCs: [unit(2)], ...amounts });
    const inner = event('AggregationEvent', { action: 'ADD', parentID: unit(2), ...amounts });
    const again = event('AggregationEvent', { action: 'OBSERVE', parentID: unit(1), childEPCs: [unit(2)], ...amounts });
    const innerAgain = event('AggregationEvent', { action: 'OBSERVE', parentID: unit(2), ...amounts });
    const { list } = read(packed, inner, again, innerAgain, shipped([unit(1)]));
    expect(list?.lines.map(({ packs }) => packs)).toEqual([10]);
  });

  test('of rows is one line a lot, and one unit an SSCC', () => {
    const row = { row: 1, gtin, lot: 'A1', packs: 2 };
    const sscc = ssccOf(1);
    expect(
      listOfRows([
        { ...row, sscc },
        { ...row, expiryDate: '2028-06-30' },
      ]),
    ).toEqual({
      lines: [{ gtin, lot: 'A1', expiryDate: '2028-06-30', packs: 4 }],
      units: [{ sscc, lines: [{ gtin, lot: 'A1', packs: 2 }] }],
    });
  });
});

describe('a hostile announcement is refused', () => {
  test.each<[string, () => ReturnType<typeof listOfEpcis>, string]>([
    ['that is something else', () => listOfEpcis([1, 2], today), 'not-epcis'],
    ['whose events are no objects', () => read('x', shipped([pack('1')])), 'not-epcis'],
    ['that ships nothing', () => read(made([pack('1')])), 'no-shipping'],
    [
      'with a thing in two boxes',
      () => read(made([pack('1')]), put(unit(1), [pack('1')]), put(unit(2), [pack('1')]), shipped([unit(1), unit(2)])),
      'two-parents',
    ],
    ['with a box in itself', () => read(put(unit(1), [unit(1)]), shipped([unit(1)])), 'cycle'],
    [
      'with boxes in a circle',
      () => read(put(unit(1), [unit(2)]), put(unit(2), [unit(3)]), put(unit(3), [unit(1)]), shipped([unit(1)])),
      'cycle',
    ],
    [
      'nested without end',
      () =>
        read(
          made([pack('1')]),
          ...Array.from({ length: 200 }, (_, i) => put(unit(i), [unit(i + 1)])),
          put(unit(200), [pack('1')]),
          shipped([unit(0)]),
        ),
      'too-deep',
    ],
    ['with an empty box', () => read(shipped([unit(1)])), 'empty-unit'],
    ['with a pack of no lot', () => read(shipped([pack('1')])), 'lot-missing'],
    [
      'with two expiry dates of a pack',
      () =>
        read(
          made([pack('1')]),
          made([pack('1')], { lotNumber: 'A1', itemExpirationDate: '2028-07-31' }),
          shipped([pack('1')]),
        ),
      'expiry-differs',
    ],
    [
      'with two expiry dates of a lot',
      () =>
        read(
          made([pack('1')]),
          made([pack('2')], { lotNumber: 'A1', itemExpirationDate: '2028-07-31' }),
          shipped([pack('1'), pack('2')]),
        ),
      'expiry-differs',
    ],
    [
      'with a date that is none',
      () => read(made([pack('1')], { lotNumber: 'A1', itemExpirationDate: '2028-02-30' }), shipped([pack('1')])),
      'bad-date',
    ],
    [
      'with half a pack',
      () => read(shipped([], { quantityList: [{ epcClass: 'urn:epc:class:lgtin:952102.0019902.A1', quantity: 0.5 }] })),
      'bad-quantity',
    ],
    [
      'with endless packs',
      () =>
        read(shipped([], { quantityList: [{ epcClass: 'urn:epc:class:lgtin:952102.0019902.A1', quantity: 1e30 }] })),
      'bad-quantity',
    ],
    [
      'by weight',
      () =>
        read(
          shipped([], {
            quantityList: [{ epcClass: 'urn:epc:class:lgtin:952102.0019902.A1', quantity: 2, uom: 'KGM' }],
          }),
        ),
      'not-counted',
    ],
    ['with a name that is none', () => read(shipped(['__proto__'])), 'bad-epc'],
    [
      'with more names than may be',
      () => read(made(Array.from({ length: 200_001 }, (_, i) => pack(`${i}`))), shipped([pack('1')])),
      'too-many',
    ],
    ['with more events than may be', () => read(...Array.from({ length: 10_001 }, () => null)), 'too-many'],
    [
      'with one pack in two lots of names',
      () => read(shipped([`https://id.gs1.org/01/${gtin}/10/L1/21/S1`, `https://id.gs1.org/01/${gtin}/10/L2/21/S1`])),
      'repeated',
    ],
  ])('%s', (_, of, code) => {
    const reading = of();
    expect(codes(reading)).toContain(code);
    expect(reading.list).toBeUndefined();
  });

  test('with a hundred problems at most, however many it has', () => {
    expect(read(shipped(Array.from({ length: 5_000 }, (_, i) => `x${i}`))).problems?.length).toBe(100);
  });
});
