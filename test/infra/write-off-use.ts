/** Write-offs and photos on every road they take, so that the rights they need are watched too. */
import { createHash } from 'node:crypto';
import { approvedText } from '@darmon/domain/approval';
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
/** Calls a route as a person; throws with the code of a refusal. */
type CallAs = (person: string, name: never, input: Input, shape: typeof Answer) => Promise<Answer>;

const Answer = z.looseObject({
  id: z.string().optional(),
  actHash: z.string().optional(),
  items: z.array(z.looseObject({ packUnits: z.int().optional() })).optional(),
});
type Answer = z.infer<typeof Answer>;

const hashOf = (body: Record<string, unknown>): string =>
  createHash('sha256').update(approvedText(body)).digest('base64url');

/**
 * Draws up acts at a warehouse, with a photo: one is signed, one refused, one withdrawn, and one that is too long for a
 * transaction is signed and left to the job that posts documents.
 */
export const useWriteOffs = async (callAs: CallAs, site: string, gtin: string): Promise<void> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const ofSite = { site };
  const lot = 'BROKEN';
  const received = { gtin, lot, expiryDate: '2031-01-31', packs: 9 };
  await call('warehouse', 'receiveStock', { params: ofSite, body: { lines: [received] } });
  const { id: photo = '' } = await call('warehouse', 'keepPhoto', {
    body: { site, type: 'image/png', data: 'iVBORw0KGgo=' },
  });
  await call('approver', 'readPhoto', { params: { id: photo } });
  await call('warehouse', 'proposeWriteOffs', { params: ofSite });
  const stock = await call('warehouse', 'listStock', { params: ofSite, query: { gtin } });
  const packUnits = stock.items?.[0]?.packUnits ?? 1;
  const draw = async (packs: number, lots = [lot]) => {
    const lines = lots.map((name) => ({ gtin, lot: name, quantity: packs * packUnits, reason: 'damaged' }));
    const { id = '', actHash = '' } = await call('warehouse', 'requestWriteOff', {
      params: ofSite,
      body: { lines, photos: [photo] },
    });
    return { params: { id }, actHash };
  };
  const [signed, refused, withdrawn] = [await draw(1), await draw(1), await draw(1)];
  const sign = async ({ params, actHash }: Awaited<ReturnType<typeof draw>>) => {
    const asked = { subject: `/api/write-offs/${params.id}/approve`, bodyHash: hashOf({ actHash }) };
    const { id: approval } = await call('approver', 'giveApproval', { body: asked });
    await call('approver', 'approveWriteOff', { params, body: { actHash, approval } });
  };
  await call('warehouse', 'listWriteOffs', { params: ofSite });
  await call('approver', 'listOpenWriteOffs', {});
  await call('approver', 'readWriteOff', { params: signed.params });
  await sign(signed);
  await call('quality', 'refuseWriteOff', { params: refused.params, body: { reason: 'it can be sold' } });
  await call('warehouse', 'withdrawWriteOff', { params: withdrawn.params, body: { reason: 'it was found' } });

  const many = Array.from({ length: 24 }, (_, i) => `${lot}${i}`);
  for (const lots of [many.slice(0, 12), many.slice(12)])
    await call('warehouse', 'receiveStock', {
      params: ofSite,
      body: { lines: lots.map((name) => ({ ...received, lot: name })) },
    });
  await sign(await draw(1, many));
};
