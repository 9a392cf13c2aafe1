/**
 * The last chapter of the demo, what an auditor can prove: figures that add up, a month that is closed, signed by two and
 * told to the authority, and strangers who find what was changed with files and keys alone. A month is closed once: who
 * tells the story again finds it closed and checks it again.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tashkentDay } from '@darmon/domain/time';
import { routes as compliance } from '@darmon/function-compliance/routes';
import { routes as oversight } from '@darmon/function-oversight/routes';
import type { AnswerOf } from '@darmon/http/route';
import { unzip, zipOf } from '@darmon/usecases/zip';
import { type Darmon, type Desk, hold, step, type Who } from './demo-desk.ts';

const auditor = 'auditor';
const signers: readonly Who[] = [
  { id: auditor, secondFactor: true },
  { id: 'auditor2', secondFactor: true },
];
/** The job that makes reports and packages comes once a minute, and lets a closed month settle first. */
const patienceMs = 300_000;

interface Checked {
  readonly ok: boolean;
  readonly said: string;
}

/** `darmon ...`, as a stranger types it: 0 is well, 1 is not, and anything else a slip of ours. */
const darmonSays = (...args: readonly string[]): Promise<Checked> =>
  new Promise((answer, fail) => {
    const command = resolve(import.meta.dirname, '../cli/darmon.ts');
    execFile(process.execPath, [command, ...args], (error, stdout, stderr) => {
      if (error && error.code !== 1) fail(new Error(stderr || error.message));
      else answer({ ok: !error, said: stdout });
    });
  });

/** A server that passes on what the log says, but for one letter of its first entries. */
const lyingLog = async (log: string): Promise<{ url: string; stop: () => void }> => {
  const server = createServer((request, response) => {
    void (async () => {
      const answer = await fetch(`${log}${request.url}`);
      const bytes = Buffer.from(await answer.arrayBuffer());
      const at = bytes.indexOf('"at":"');
      if (answer.ok && request.url?.includes('/entries/') && at > 0) bytes[at + 8] = (bytes[at + 8] ?? 0) ^ 1;
      response.writeHead(answer.status).end(bytes);
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() };
};

export const tellAudit = async (darmon: Darmon, { answer, bytes }: Desk, folder: string): Promise<void> => {
  const month = tashkentDay(Date.now()).slice(0, 7);
  await step('the figures of the month add up', async () => {
    const kinds = ['material-balance', 'controlled-register', 'issued-to-dispensed'] as const;
    const checks = [];
    for (const report of kinds) {
      const made = await answer(auditor, compliance.readReport, { params: { report }, query: { month } });
      const wrong = made.checks.filter((check) => !check.holds).map(({ name }) => name);
      hold(wrong.length === 0, `${report}: ${wrong.join()}`);
      checks.push(...made.checks);
    }
    return [`${kinds.length} reports, ${checks.length} checks hold`, undefined];
  });

  const closing = await step('a month that is over is closed, and its reports are made', async () => {
    const { items, upcoming } = await answer(auditor, oversight.listPeriods);
    const closed = items[0]?.month;
    if (closed === undefined) await answer(auditor, oversight.freezePeriod, { body: { month: upcoming.month } });
    const params = { month: closed ?? upcoming.month };
    const made = await waitFor(params, ({ state }) => state !== 'frozen');
    return [`${params.month}, ${made.made.length} reports, ${made.open.length} checks to answer`, params];
  });

  async function waitFor(params: { month: string }, is: (period: AnswerOf<typeof oversight.readPeriod>) => boolean) {
    const until = Date.now() + patienceMs;
    for (;;) {
      const period = await answer(auditor, oversight.readPeriod, { params });
      if (is(period)) return period;
      hold(Date.now() < until, `the month is ${period.state}`);
      await sleep(1_000);
    }
  }

  await step('two auditors sign it, and the authority acknowledges it', async () => {
    const params = closing;
    const before = await answer(auditor, oversight.readPeriod, { params });
    const { contents = '', open } = before;
    if (before.state === 'computed') {
      const answers = open.map(({ report, check }) => ({ report, check, reason: 'looked into for the demonstration' }));
      await answer(auditor, oversight.reviewPeriod, { params, body: { contents, answers } });
    }
    const { signatures } = await answer(auditor, oversight.readPeriod, { params });
    for (const who of signers.slice(signatures.length)) {
      const { state } = await answer(auditor, oversight.readPeriod, { params });
      if (state === 'reviewed') await answer(who, oversight.signPeriod, { params, body: { contents } });
    }
    const signed = await waitFor(params, (period) => period.package !== undefined);
    if (signed.state === 'signed') await answer(auditor, oversight.submitPeriod, { params, body: {} });
    const told = await waitFor(params, (period) => period.receipt !== undefined);
    hold(told.state === 'acknowledged', `it is ${told.state}`);
    return [`${told.signatures.length} signatures, receipt ${told.receipt?.number}`, undefined];
  });

  const key = join(folder, 'period-key.json');
  const zip = join(folder, 'period.zip');
  await step('a stranger with the key finds the package whole, and a copy that was changed', async () => {
    writeFileSync(key, await bytes(auditor, `${darmon.url}/api/.well-known/period-key`));
    writeFileSync(zip, await bytes(auditor, `${darmon.url}/api/periods/${closing.month}/package`));
    const whole = await darmonSays('period', 'verify', '--key', key, zip);
    hold(whole.ok, whole.said);
    const copy = join(folder, 'period-changed.zip');
    const [first, ...rest] = (unzip(readFileSync(zip)) ?? []).sort((a, b) => (a.name < b.name ? -1 : 1));
    hold(first, 'the package is empty');
    const changed = Buffer.from(first.bytes);
    changed[changed.length - 2] = (changed[changed.length - 2] ?? 0) ^ 1;
    writeFileSync(copy, zipOf([{ name: first.name, bytes: changed }, ...rest]));
    const caught = await darmonSays('period', 'verify', '--key', key, copy);
    hold(!caught.ok, 'the changed copy passed');
    const { problems } = JSON.parse(caught.said) as { problems: readonly string[] };
    return [`one bit of it was changed: ${problems.join()}`, undefined];
  });

  await step('the log of all events is whole, and a copy with one letter changed is found out', async () => {
    const log = `${darmon.url}/log`;
    const vkey = (await bytes(auditor, `${darmon.url}/api/.well-known/log-key`)).toString().trim();
    const whole = await darmonSays('log', 'verify', '--key', vkey, log);
    hold(whole.ok, whole.said);
    const liar = await lyingLog(log);
    const caught = await darmonSays('log', 'verify', '--key', vkey, liar.url).finally(liar.stop);
    hold(!caught.ok, 'the changed copy passed');
    const { size, problems } = JSON.parse(caught.said) as { size: number; problems: readonly { code: string }[] };
    return [`${size} events; ${problems.map(({ code }) => code).join()}`, undefined];
  });
};
