/**
 * The third chapter of the demo, the life of one lot: announced and received, moved to a pharmacy, handed over, counted
 * while it moves, written off in part, and recalled. The lot is new each time, so the story can be told again.
 */
import { createHash, randomBytes } from 'node:crypto';
import { approvedText } from '@darmon/domain/approval';
import { listOfEpcis } from '@darmon/domain/asn';
import { gtinCheckDigit } from '@darmon/domain/gs1';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { approvePath } from '@darmon/domain/write-off';
import { routes as dispensing } from '@darmon/function-dispensing/routes';
import { routes as identity } from '@darmon/function-identity/routes';
import { routes as inventory } from '@darmon/function-inventory/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import { type Desk, hold, step } from './demo-desk.ts';

const store = 'WH-0001';
const pharmacy = 'PH-0001';
const keeper = 'warehouse';
const pharmacist = 'pharmacist';
const quality = 'quality';
const approver = 'approver';
const medicine = 'AMOX500CAP';
/** Packs that are announced, and that come. */
const [announced, came] = [10, 9] as const;
const moved = 4;
const patientGets = 21;

const hashOf = (body: Record<string, unknown>): string =>
  createHash('sha256').update(approvedText(body)).digest('base64url');

const ssccOf = (serial: string): string => {
  const digits = `3${'9521020'}${serial}`;
  return digits + gtinCheckDigit(digits);
};

/** What a supplier's system sends: packs in a case, the case on a pallet, the pallet on its way. */
const epcisOf = (lot: { gtin: string; lot: string; expiryDate: string }, now: number) => {
  const at = new Date(now).toISOString();
  const serial = String(Math.floor(now / 10) % 1_000_000_000).padStart(9, '0');
  const pallet = `https://id.gs1.org/00/${ssccOf(serial)}`;
  const content = {
    epcClass: `https://id.gs1.org/01/${lot.gtin}/10/${encodeURIComponent(lot.lot)}`,
    quantity: announced,
  };
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: at,
    epcisBody: {
      eventList: [
        {
          type: 'ObjectEvent',
          action: 'ADD',
          bizStep: 'commissioning',
          eventTime: new Date(now - 2_000).toISOString(),
          eventTimeZoneOffset: '+05:00',
          quantityList: [content],
          ilmd: { lotNumber: lot.lot, itemExpirationDate: lot.expiryDate },
        },
        {
          type: 'AggregationEvent',
          action: 'ADD',
          bizStep: 'packing',
          eventTime: new Date(now - 1_000).toISOString(),
          eventTimeZoneOffset: '+05:00',
          parentID: pallet,
          childQuantityList: [content],
        },
        {
          type: 'ObjectEvent',
          action: 'OBSERVE',
          bizStep: 'shipping',
          eventTime: at,
          eventTimeZoneOffset: '+05:00',
          epcList: [pallet],
        },
      ],
    },
  };
};

/** Follows the lot to its end. */
export const tellWarehouse = async ({ answer, refusal, all }: Desk): Promise<void> => {
  const formulary = await all((cursor) =>
    answer('doctor', prescribing.searchMedicines, { query: { limit: '100', ...cursor } }),
  );
  const pack = formulary.find((m) => m.code === medicine)?.packs.find((p) => p.divisibleBy === 1);
  hold(pack, `the formulary has no ${medicine} in packs that can be divided`);
  const now = Date.now();
  const lot = {
    gtin: pack.gtin,
    lot: `DEMO${randomBytes(4).toString('hex').toUpperCase()}`,
    expiryDate: tashkentDay(now + 700 * dayMs),
  };
  const named = { gtin: lot.gtin, lot: lot.lot };
  const onHand = async (who: string, site: string): Promise<number> => {
    const rows = await all((cursor) =>
      answer(who, inventory.listStock, { params: { site }, query: { gtin: lot.gtin, limit: '100', ...cursor } }),
    );
    return rows.find((r) => r.lot === lot.lot)?.onHand ?? 0;
  };

  await step('a delivery is announced by EPCIS and received by its lot, one pack short', async () => {
    const { list, problems } = { problems: [], list: undefined, ...listOfEpcis(epcisOf(lot, now), tashkentDay(now)) };
    hold(list, `the announcement is refused: ${JSON.stringify(problems)}`);
    const expected = await answer(keeper, inventory.announceExpected, {
      params: { site: store },
      body: { supplier: 'Namuna Farm', lines: [...list.lines], units: [...list.units] },
    });
    const receipt = await answer(keeper, inventory.receiveStock, {
      params: { site: store },
      body: { expected: expected.id, lines: [{ ...lot, packs: came, packPrice: 4_500_000, zone: 'A', shelf: '1' }] },
    });
    const { items } = await answer(keeper, inventory.listDiscrepancies, { params: { site: store } });
    const short = items.find((d) => d.receipt === receipt.id);
    hold(short?.kind === 'short', `the difference is ${short?.kind}`);
    await answer(keeper, inventory.resolveDiscrepancy, {
      params: { site: store, id: short.id },
      body: { resolution: 'credited', reason: 'the supplier credits one pack' },
    });
    return [`${lot.lot}, ${came} of ${announced} packs; ${short.kind}, then credited`, undefined];
  });

  await step('a pharmacy asks for it, the store picks and ships it, and nothing is lost on the way', async () => {
    const quantity = moved * pack.units;
    const { id } = await answer(pharmacist, inventory.requestTransfer, {
      body: { from: store, to: pharmacy, lines: [{ gtin: lot.gtin, quantity }] },
    });
    const at = { params: { id } };
    await answer(keeper, inventory.approveTransfer, { ...at, body: {} });
    await answer(keeper, inventory.pickTransfer, {
      ...at,
      body: { picks: [{ line: 1, ...named, quantity }], reason: 'the lot that is shown' },
    });
    await answer(keeper, inventory.shipTransfer, { ...at, body: {} });
    const one = pack.units;
    await answer(pharmacist, inventory.receiveTransfer, {
      ...at,
      body: { lines: [{ ...named, quantity: quantity - one }] },
    });
    const between = await answer(pharmacist, inventory.readTransfer, at);
    hold(between.inTransit === one, `${between.inTransit} are on their way`);
    const there = (await onHand(keeper, store)) + between.inTransit + (await onHand(pharmacist, pharmacy));
    hold(there === came * one, `the country has ${there}`);
    const twice = await refusal(pharmacist, inventory.receiveTransfer, {
      ...at,
      body: { lines: [{ ...named, quantity: 2 * one }] },
    });
    const { state } = await answer(pharmacist, inventory.receiveTransfer, {
      ...at,
      body: { lines: [{ ...named, quantity: one }], final: true },
    });
    hold(state === 'received', `it is ${state}`);
    return [
      `${quantity} units; while one pack was missing the country still had ${there}; too much: ${twice.code}`,
      id,
    ];
  });

  const dispensed = await step('a patient gets of it', async () => {
    const { id } = await answer('doctor', prescribing.issuePrescription, {
      body: {
        patient: {
          passport: `DM${randomBytes(4).toString('hex').toUpperCase()}`,
          fullName: 'Namuna Bemor',
          birthDate: '1984-05-06',
          sex: 'male',
        },
        diagnosis: { icd10: 'J02.9' },
        lines: [
          { medicine, dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: patientGets / 3, route: 'oral' } },
        ],
      },
    });
    const done = await answer(pharmacist, dispensing.dispensePrescription, {
      params: { id },
      body: {
        lines: [
          {
            line: 1,
            quantity: patientGets,
            lots: [{ ...named, quantity: patientGets }],
            reason: 'the lot that is shown',
          },
        ],
      },
    } as never);
    return [`${patientGets} of ${lot.lot}`, done];
  });

  await step('a shelf is counted while packs move, and only what is truly missing is posted', async () => {
    const { id } = await answer(pharmacist, inventory.startCount, {
      params: { site: pharmacy },
      body: { scope: { kind: 'medicines', medicines: [medicine] }, blind: true },
    });
    const at = { params: { site: pharmacy, id } };
    const frozen = await onHand(pharmacist, pharmacy);
    const { id: further } = await answer(keeper, inventory.requestTransfer, {
      body: { from: store, to: pharmacy, lines: [{ gtin: lot.gtin, quantity: pack.units }] },
    });
    const of = { params: { id: further } };
    await answer(keeper, inventory.pickTransfer, {
      ...of,
      body: { picks: [{ line: 1, ...named, quantity: pack.units }], reason: 'the lot that is shown' },
    });
    await answer(keeper, inventory.shipTransfer, { ...of, body: {} });
    await answer(pharmacist, inventory.receiveTransfer, {
      ...of,
      body: { lines: [{ ...named, quantity: pack.units }], final: true },
    });
    const found = frozen + pack.units - 1;
    const entries = [{ ...named, counted: found }];
    const [line] = (await answer(pharmacist, inventory.enterCounts, { ...at, body: { entries } })).lines;
    hold(line?.moved === pack.units, `${line?.moved} moved under it`);
    if (line.recount) await answer(pharmacist, inventory.enterCounts, { ...at, body: { entries } });
    await answer(pharmacist, inventory.postCount, {
      ...at,
      body: { reasons: [{ ...named, reason: 'lost' }], leaveUncounted: true },
    });
    const after = await onHand(pharmacist, pharmacy);
    hold(after === found, `the shelf says ${after}, counted were ${found}`);
    return [`${frozen} at the freeze, ${pack.units} came under the count, 1 was missing: ${after}`, undefined];
  });

  await step('a damaged pack is written off by an act that another person signs', async () => {
    const act = await answer(pharmacist, inventory.requestWriteOff, {
      params: { site: pharmacy },
      body: { lines: [{ ...named, quantity: pack.units, reason: 'damaged' }] },
    });
    const subject = approvePath(act.id);
    const bodyHash = hashOf({ actHash: act.actHash });
    const sign = async (who: string) => {
      const { id: approval } = await answer(who, identity.giveApproval, { body: { subject, bodyHash } });
      return { params: { id: act.id }, body: { actHash: act.actHash, approval } };
    };
    const own = await refusal(pharmacist, inventory.approveWriteOff, await sign(pharmacist));
    hold(own.code === 'approver-is-author', `the author hears ${own.code}`);
    const signed = await answer(approver, inventory.approveWriteOff, await sign(approver));
    hold(signed.state === 'approved', `it is ${signed.state}`);
    return [`${act.number}, ${pack.units} units; alone ${own.code}, then ${signed.state}`, undefined];
  });

  await step('the lot is recalled: frozen at once, and every unit of it accounted for', async () => {
    const { id } = await answer(quality, inventory.openRecall, {
      body: { ...named, class: 2, reason: 'foreign particles' },
    });
    const { id: prescription } = await answer('doctor', prescribing.issuePrescription, {
      body: {
        patient: {
          passport: `DM${randomBytes(4).toString('hex').toUpperCase()}`,
          fullName: 'Namuna Bemor',
          birthDate: '1984-05-06',
          sex: 'male',
        },
        diagnosis: { icd10: 'J02.9' },
        lines: [{ medicine, dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' } }],
      },
    });
    const at = { params: { id } };
    const until = Date.now() + 60_000;
    let recall = await answer(quality, inventory.workRecall, at);
    while (recall.state === 'working' && Date.now() < until) {
      await new Promise((done) => setTimeout(done, 500));
      recall = await answer(quality, inventory.workRecall, at);
    }
    hold(recall.state === 'complete' && recall.totals?.addsUp, `it is ${recall.state}`);
    const lots = [{ ...named, quantity: patientGets }];
    const refused = await refusal(pharmacist, dispensing.dispensePrescription, {
      params: { id: prescription },
      body: { lines: [{ line: 1, quantity: patientGets, lots, reason: 'the lot that is shown' }] },
    } as never);
    hold(refused.code === 'lot-blocked', `the counter hears ${refused.code}`);
    const { items } = await answer(pharmacist, dispensing.listRecallCalls, at);
    hold(
      items.some((call) => call.dispense === dispensed.id),
      'the patient is not on the call list',
    );
    const { terms, onHand: left, inTransit } = recall.totals;
    const sum = terms.map(({ kind, quantity }) => `${kind} ${quantity}`).join(', ');
    return [
      `${sum}: ${left} on shelves, ${inTransit} on their way; the counter hears ${refused.code}; ${items.length} to call`,
      undefined,
    ];
  });
};
