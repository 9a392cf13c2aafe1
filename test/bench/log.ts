/**
 * How fast events get into the log on disk, how long a stranger takes to check a million of them, and what one proof
 * costs. The entries are made up; the files are real ones.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAppender, type Sealed } from '@darmon/log/append';
import { directoryStore } from '@darmon/log/directory-store';
import { madeUpEntry, madeUpEvent, madeUpKey } from '@darmon/log/made-up';
import { memoryIndex } from '@darmon/log/memory-store';
import { checkProof, proveEntry, readCheckpoint } from '@darmon/log/proof';
import { verifyLog } from '@darmon/log/verify';
import { median, type Row } from './measure.ts';

const whole = 1_000_000;
const batch = 1_000;
/** As many as are timed; the others only make the log as large as it has to be. */
const timed = 100_000;
const proofs = 200;

const entries = (from: number, count: number): Sealed[] =>
  Array.from({ length: count }, (_, n) => madeUpEntry(from + n));

/** The same entry for other events: what only makes the log large need not be sealed one by one. */
const copies = (from: number, count: number): Sealed[] => {
  const { id: known, bytes: sample } = madeUpEntry(0);
  const at = Buffer.from(sample).indexOf(known);
  return Array.from({ length: count }, (_, n) => {
    const { id } = madeUpEvent(from + n);
    const bytes = Uint8Array.from(sample);
    bytes.set(Buffer.from(id), at);
    return { id, bytes };
  });
};

export const logRows = async (
  report: (row: Row) => void,
  note: (text: string) => void,
  wanted: (name: string) => boolean,
): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'darmon-bench-log-'));
  const { key, sign } = madeUpKey('bench.example.org/log');
  try {
    const store = directoryStore(folder);
    const appender = makeAppender({ store, index: memoryIndex(), key, sign });
    // the first ones warm up and are not timed
    for (let at = 0; at < 10 * batch; at += batch) await appender.append(entries(at, batch));
    const [began, before] = [performance.now(), process.cpuUsage()];
    for (let at = 10 * batch; at < 10 * batch + timed; at += batch) await appender.append(entries(at, batch));
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(before);
    // A busy machine gives less than a core; what one core does is told beside it.
    note(
      `${timed} entries in ${seconds.toFixed(1)} s, ${((timed * 1e6) / (user + system)).toFixed(0)} a second of processor time`,
    );
    report({
      name: 'log/append',
      value: timed / seconds,
      unit: 'entries/s',
      limit: '>=5000',
      of: `sealed, hashed, written and synced to disk in batches of ${batch}, a signed checkpoint each`,
    });
    if (!wanted('log/verify') && !wanted('log/proof')) return;

    for (let at = 10 * batch + timed; at < whole; at += 4 * batch)
      await appender.append(copies(at, Math.min(4 * batch, whole - at)));
    const checkpoint = await readCheckpoint(store);
    let [least, most] = [Infinity, 0];
    const watch = setInterval(() => {
      const { rss } = process.memoryUsage();
      [least, most] = [Math.min(least, rss), Math.max(most, rss)];
    }, 100);
    const [verifying, verifyingCpu] = [performance.now(), process.cpuUsage()];
    const verdict = await verifyLog(store, { log: key, known: [checkpoint] });
    const verified = (performance.now() - verifying) / 1000;
    const spent = process.cpuUsage(verifyingCpu);
    clearInterval(watch);
    if (!verdict.ok || verdict.size !== whole) throw new Error('the log of the benchmark is not sound');
    note(`${((spent.user + spent.system) / 1e6).toFixed(1)} s of processor time to verify them`);
    note(
      `memory ${(least / 2 ** 20).toFixed(0)} to ${(most / 2 ** 20).toFixed(0)} MB while ${whole} entries were verified`,
    );
    report({
      name: 'log/verify',
      value: verified,
      unit: 's',
      limit: '<=20',
      of: `${whole} entries: every one hashed and read, every tile compared, root, signature and a known checkpoint`,
    });

    const times: number[] = [];
    let longest = 0;
    for (let n = 0; n < proofs; n += 1) {
      const index = (n * 7_919_333) % whole;
      const start = performance.now();
      const proof = await proveEntry(store, { log: key, index, checkpoint });
      checkProof(proof, key);
      times.push(performance.now() - start);
      longest = Math.max(longest, JSON.stringify(proof).length);
    }
    report({
      name: 'log/proof',
      value: median(times),
      unit: 'ms',
      limit: '<=10',
      of: `one of ${whole} entries proven from its files and the proof checked, median of ${proofs}`,
    });
    report({
      name: 'log/proof-size',
      value: longest,
      unit: 'B',
      limit: '<=2000',
      of: `the longest of ${proofs} proofs, as JSON`,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
