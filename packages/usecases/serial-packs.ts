/** Single packs by their number: where one stands, and what quality control decides of one in quarantine. */
import type { Actor } from '@darmon/domain/actor';
import type { Once } from '@darmon/domain/once';
import { packName } from '@darmon/domain/pack-scan';
import { Refusal } from '@darmon/domain/refusal';
import { requireQuarantined, type SerialPack } from '@darmon/domain/serial-pack';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';

interface PackNamed {
  readonly gtin: string;
  readonly serial: string;
}

type DecidedPack = SerialPack & { readonly state: 'available' | 'refused' };

/** What is known of one pack. @throws Refusal `not-found` where nobody scanned it yet, so that it is as its lot is */
export const readPack = async (deps: Deps, { gtin, serial }: PackNamed): Promise<SerialPack> => {
  const [pack] = await deps.table.loadSerials([{ gtin, serial }]);
  if (!pack) throw new Refusal('not-found');
  return pack;
};

/**
 * Quality control lets a pack in quarantine go, or refuses it for good: then it can only be written off. Units are not
 * moved by it; the pack lies where it lay.
 * @throws Refusal of standing, `not-found`, `document-closed` out of quarantine, `key-reused`
 */
export const decidePack = (
  deps: Deps,
  actor: Actor,
  input: PackNamed & { decision: 'released' | 'refused'; reason: string },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const [found] = await deps.table.loadSerials([input]);
      const pack = requireQuarantined(found);
      const { decision, reason } = input;
      const state: DecidedPack['state'] = decision === 'released' ? 'available' : 'refused';
      const body: DecidedPack = { ...pack, state };
      const { gtin, serial, site } = pack;
      const type = decision === 'released' ? 'pack-released' : 'pack-refused';
      const event = eventOf(deps, actor, type, now, { gtin, serial, site }, reason);
      const change = changeOf(event, now, once, { status: 200, reference: packName(pack), answer: body });
      await deps.table.commitPackDecision(pack, state, change);
      return { status: 200, body };
    },
    asAnswered<DecidedPack>,
  );
