/** What a receipt of very many lines costs: the document through use case and posting, beside its bare transactions. */
import type { Actor } from '@darmon/domain/actor';
import { advancePosting } from '@darmon/usecases/posting';
import { receiveShipment } from '@darmon/usecases/receiving';
import { gtins, type House, makeHouse } from '../support/house.ts';
import { newOnce } from './counter.ts';
import { ulid } from './fixtures.ts';
import { type Job, median, type Row, rate } from './measure.ts';
import { again, sentBy } from './wire.ts';

const lines = 10_000;
/** A document takes seconds and half a thousand transactions, so three of each, in turn, say enough. */
const rounds = 3;

let delivery = 0;
/** A delivery of lots that nobody has; every name is as long as every other. */
const freshLines = () => {
  delivery += 1;
  const name = `R${String(delivery).padStart(3, '0')}N`;
  const made = Array.from({ length: lines }, (_, i) => ({
    gtin: gtins.amoxicillin,
    lot: `${name}${String(i).padStart(5, '0')}`,
    expiryDate: '2028-06-30',
    packs: 2,
    packPrice: 1_250_000,
  }));
  return { name, lines: made };
};

const receive = async ({ deps }: House, actor: Actor, of: ReturnType<typeof freshLines>): Promise<void> => {
  const { body } = await receiveShipment(deps, actor, { site: actor.site, lines: of.lines }, newOnce(actor.person));
  const { finishedAt, problems } = await advancePosting(deps, body.id, Number.POSITIVE_INFINITY);
  if (!finishedAt || problems.length > 0) throw new Error(`${problems.length} lines were not posted`);
};

interface Write {
  readonly Put?: { readonly Item: { readonly sk?: { readonly S?: string } } };
}
/** Of what the document will need, stored ahead: chunks, and the lines that a receipt shows. */
const isStoredAhead = ({ Put }: Write): boolean => /^(CHUNK|LINES)#/.test(Put?.Item.sk?.S ?? '');

/** The transactions of one document without what was stored ahead; each time for another document and lots of another name. */
const bareOf = async (house: House, actor: Actor): Promise<() => Job[]> => {
  const first = freshLines();
  const sent = await sentBy(house.client, () => receive(house, actor, first));
  const bodies = sent
    .filter((s) => s.operation === 'TransactWriteItems')
    .map((s) => s.body)
    .filter((body) => !(JSON.parse(body) as { TransactItems: Write[] }).TransactItems.every(isStoredAhead));
  const text = bodies.join('\n');
  const [, receipt = ''] = /RECEIPT#([0-9A-Z]{26})/.exec(text) ?? [];
  const [, key = ''] = /IDEMPOTENCY#[^#"]+#([\w-]+)/.exec(text) ?? [];
  if (!receipt || !key) throw new Error('the receipt was not recognised');
  return () => {
    const { name } = freshLines();
    const instead: readonly [string, string][] = [
      [first.name, name],
      [receipt, ulid()],
      [key, newOnce('').keyHash],
    ];
    return bodies.map((body) =>
      again(
        house.client,
        'TransactWriteItems',
        instead.reduce((other, [from, to]) => other.replaceAll(from, to), body),
      ),
    );
  };
};

/** `receive/10k`: lines a second, against the same transactions (rows, movements, lots, events, progress) sent by the bare client. */
export const receiveRow = async (report: (row: Row) => void, note: (text: string) => void): Promise<void> => {
  const house = await makeHouse('bench receiving');
  try {
    const actor = house.actor('warehouse', 'own');
    const bare = await bareOf(house, actor);
    const posted = async () => {
      const of = freshLines();
      return lines * (await rate([() => receive(house, actor, of)], 1));
    };
    const written = async () => {
      const jobs = bare();
      return (await rate(jobs, 1)) * (lines / jobs.length);
    };
    const pairs: { a: number; b: number }[] = [];
    for (let n = 0; n < rounds; n += 1) {
      const before = n % 2 === 0 ? undefined : await written();
      const a = await posted();
      pairs.push({ a, b: before ?? (await written()) });
    }
    const ratios = pairs.map(({ a, b }) => a / b);
    note(
      `receive/10k: ${Math.round(median(pairs.map(({ a }) => a)))} lines a second against ${Math.round(median(pairs.map(({ b }) => b)))} bare; rounds ${ratios.map((r) => r.toFixed(2)).join(', ')}`,
    );
    report({
      name: 'receive/10k',
      value: median(ratios),
      unit: 'times',
      limit: '>=0.7',
      of: 'one document of 10,000 lines, judged, stored, posted in chunks and resumable, against the same transactions with the bare SDK, one after the other, without what is stored ahead',
    });
  } finally {
    await house.stop();
  }
};
