import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { compiled } from '../support/cloud.ts';

const root = resolve(import.meta.dirname, '../..');
const stateDir = mkdtempSync(join(tmpdir(), 'darmon-demo-'));
afterAll(() => rmSync(stateDir, { recursive: true, force: true }));

const tell = () =>
  promisify(execFile)(process.execPath, ['packages/local/demo.ts'], {
    cwd: root,
    env: { ...process.env, DARMON_STATE: stateDir, NODE_COMPILE_CACHE: compiled },
  });

test('the demo tells the whole story on a Darmon of its own, again and again, and leaves its files', async () => {
  for (const _ of ['first', 'again']) {
    const { stdout, stderr } = await tell();
    const steps = stdout.split('\n').filter((line) => line.startsWith('✓'));
    expect({ steps: steps.length, stderr }).toEqual({ steps: 39, stderr: '' });
    expect(steps.find((line) => line.includes('over two lots'))).toMatch(
      /\d+ of \S+ \(expires .*\), \d+ of \S+ \(expires/,
    );
  }
  const file = (name: string) => readFileSync(join(stateDir, 'demo', name));
  expect(file('prescription.pdf').subarray(0, 5).toString()).toBe('%PDF-');
  expect(file('qr.png').subarray(1, 4).toString()).toBe('PNG');
  expect(file('order.pdf').subarray(0, 5).toString()).toBe('%PDF-');
  expect(file('order.xml').toString()).toContain('<Order ');
  expect(JSON.parse(file('trail.json').toString()).map((event: { type: string }) => event.type)).toEqual([
    'prescription-issued',
    'prescription-looked-up',
    'prescription-claimed',
    'prescription-dispensed',
    'dispense-undone',
  ]);
  // two starts and two whole stories, on a machine that may have other work
}, 1_500_000);
