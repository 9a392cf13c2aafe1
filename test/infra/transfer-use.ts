/** A transfer as two sites carry it out, so that the rights it takes are watched too: given up, refused. */
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
const Answer = z.looseObject({ id: z.string().optional() });
/** Calls a route as a person; throws with the code of a refusal. */
type CallAs = (person: string, name: never, input: Input, shape: typeof Answer) => Promise<z.infer<typeof Answer>>;

export const useTransfers = async (
  callAs: CallAs,
  { pharmacy, warehouse, gtin }: { pharmacy: string; warehouse: string; gtin: string },
): Promise<void> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const lot = 'SENT';
  const scan = (serial: string) => `01${gtin}17310131`.concat(`10${lot}\x1d21${serial}`);
  const received = { lines: [1, 2, 3].map((n) => ({ scan: scan(`T${n}`), packs: 1 })) };
  await call('warehouse', 'receiveStock', { params: { site: warehouse }, body: received });
  const ask = async () => {
    const body = { from: warehouse, to: pharmacy, lines: [{ gtin, packs: 2 }] };
    const { id = '' } = await call('pharmacist', 'requestTransfer', { body });
    return { id };
  };
  const reason = 'as the test asks';
  const params = await ask();
  await call('warehouse', 'listTransfers', { query: { role: 'sender' } });
  await call('pharmacist', 'listTransfers', { query: { role: 'receiver' } });
  await call('warehouse', 'approveTransfer', { params, body: {} });
  await call('warehouse', 'readPickList', { params });
  for (const serial of ['T1', 'T2'])
    await call('warehouse', 'pickTransfer', { params, body: { picks: [{ scan: scan(serial) }], reason } });
  await call('warehouse', 'undoPick', { params, body: { line: 1, gtin, lot } });
  for (const serial of ['T1', 'T2'])
    await call('warehouse', 'pickTransfer', { params, body: { picks: [{ scan: scan(serial) }], reason } });
  await call('warehouse', 'shipTransfer', { params, body: {} });
  const arrival = { celsius: 5 };
  await call('pharmacist', 'receiveTransfer', {
    params,
    body: { lines: [{ scan: scan('T1') }], arrival, final: true },
  });
  const { lots } = z
    .looseObject({ lots: z.array(z.looseObject({ inTransit: z.int() })) })
    .parse(await call('auditor', 'readTransfer', { params }));
  const missing = [{ gtin, lot, quantity: lots[0]?.inTransit }];
  await call('warehouse', 'returnTransfer', { params, body: { lines: missing, reason } });

  await call('warehouse', 'refuseTransfer', { params: await ask(), body: { reason } });
  const medicine = z
    .looseObject({ lines: z.array(z.looseObject({ medicine: z.string() })) })
    .parse(await call('auditor', 'readTransfer', { params }));
  const ofMedicine = { medicine: medicine.lines[0]?.medicine, quantity: 1 };
  const sent = { from: warehouse, to: pharmacy, lines: [ofMedicine] };
  const { id = '' } = await call('warehouse', 'requestTransfer', { body: sent });
  await call('pharmacist', 'cancelTransfer', { params: { id }, body: { reason } });
  const backwards = { from: pharmacy, to: warehouse, lines: [ofMedicine], returns: params.id };
  await call('pharmacist', 'requestTransfer', { body: backwards });
};
