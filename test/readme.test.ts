/**
 * Texts that keep step with the code. What a text repeats of the code is made from the code: the table of routes in each function's README, and the life of a
 * prescription as a drawing. A text that fell behind fails here; `UPDATE_TEXTS=1 npm test -- test/readme.test.ts` writes
 * them anew.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Actor } from '@darmon/domain/actor';
import { type Draft, discardDraft, nextDraft, requireDraft } from '@darmon/domain/draft';
import { firstPolicy } from '@darmon/domain/policy';
import * as life from '@darmon/domain/prescription';
import { windowOf } from '@darmon/domain/repeat';
import { instant } from '@darmon/domain/time';
import { routes as archive } from '@darmon/function-archive/routes';
import { routes as compliance } from '@darmon/function-compliance/routes';
import { routes as dispensing } from '@darmon/function-dispensing/routes';
import { routes as identity } from '@darmon/function-identity/routes';
import { routes as inventory } from '@darmon/function-inventory/routes';
import { routes as oversight } from '@darmon/function-oversight/routes';
import { routes as patient } from '@darmon/function-patient/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import { routes as privacy } from '@darmon/function-privacy/routes';
import { routes as procurement } from '@darmon/function-procurement/routes';
import { routes as verification } from '@darmon/function-verification/routes';
import type { Access, Routes } from '@darmon/http/route';
import { demoPeople } from '@darmon/local/country/country';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Tables as they mean, however a formatter aligns them. */
const plain = (text: string): string =>
  text.trim().replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---').replace(/\| -/g, '|-').replace(/- \|/g, '-|');

/** What stands between `<!-- name -->` and `<!-- /name -->` of a text is `made`. */
const expectPart = (file: string, name: string, made: string): void => {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  const [open, close] = [`<!-- ${name}: made from the code -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open) + open.length, text.indexOf(close)];
  if (!text.includes(open) || to < from) throw new Error(`${file} has no place for ${name}`);
  if (process.env.UPDATE_TEXTS) writeFileSync(path, `${text.slice(0, from)}\n\n${made}\n\n${text.slice(to)}`);
  else expect(plain(text.slice(from, to))).toBe(plain(made));
};

// --- the tables of routes --------------------------------------------------------------------------------------------

const who = (access: Access): string => {
  if (access === 'public') return 'anybody, without a token';
  if (access === 'any') return 'anybody signed in';
  return Object.entries(access)
    .map(([role, reach]) => (reach === 'own' ? `${role} of the own site` : role))
    .join(', ');
};

const tableOf = (routes: Routes): string => {
  const rows = [
    ['Route', 'Who may', 'What it does', 'Answers', 'Key'],
    ...Object.values(routes).map(({ method, path, summary, access, answers, keyed }) => [
      `\`${method} ${path}\``,
      who(access),
      summary,
      Object.keys(answers).join(', '),
      keyed ? 'yes' : '',
    ]),
  ];
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  const lineOf = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [lineOf(head), `| ${widths.map((w) => '-'.repeat(w)).join(' | ')} |`, ...body.map(lineOf)].join('\n');
};

const functions = {
  archive,
  compliance,
  dispensing,
  identity,
  inventory,
  oversight,
  patient,
  privacy,
  prescribing,
  procurement,
  verification,
};

test.each(Object.entries(functions))('the README of functions/%s lists the routes that it answers', (name, routes) => {
  expectPart(`functions/${name}/README.md`, 'routes', tableOf(routes));
});

// --- the life of a prescription --------------------------------------------------------------------------------------

const now = Date.parse('2026-11-20T07:00:00.000Z');
const actor: Actor = {
  person: 'pharmacist',
  name: 'Namuna',
  role: 'pharmacist',
  roles: ['pharmacist'],
  reach: 'all',
  site: 'PH-0001',
  rights: [],
  authTime: now / 1000,
  secondFactor: false,
};
const issued: life.Prescription = {
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD',
  number: '',
  status: 'active',
  version: 1,
  prescriber: 'doctor',
  clinic: 'CL-0001',
  patient: '',
  issuedAt: instant(now),
  validUntil: instant(now + 30 * 86_400_000),
  policy: 1,
  lines: [
    {
      line: 1,
      medicine: 'AMOX500CAP',
      class: 'rx',
      unit: 'capsule',
      dosage: { amount: 1, unit: 'capsule', timesPerDay: 2, days: 1, route: 'oral' },
      quantity: 2,
      dispensed: 0,
      substitutionAllowed: true,
    },
  ],
  dispenses: 0,
  served: [],
  sealed: {},
};

interface Moment {
  readonly p: life.Prescription;
  readonly now: number;
  /** What each dispense that stands handed over. */
  readonly given: readonly life.Outcome[];
}
type Step = (at: Moment) => Moment;

const dispense =
  (whole: boolean): Step =>
  ({ p, now, given }) => {
    const [{ quantity, dispensed } = { quantity: 0, dispensed: 0 }] = life.asOf(p, now).lines;
    const units = whole ? quantity - dispensed : 1;
    if (!whole && quantity - dispensed < 2) throw new Error('nothing would be left');
    life.requireDispensable(p, actor, [{ line: 1, quantity: units }], now);
    const outcome = { site: actor.site, lines: [{ line: 1, quantity: units }] };
    const next = life.dispense(p, outcome, now);
    return { p: next, now, given: [...given, { n: next.dispenses, ...outcome }] };
  };

const outcomeOf =
  (line: life.LineOutcome): Step =>
  ({ p, now, given }) => {
    life.requireDispensable(p, actor, [line], now);
    const outcome = { site: actor.site, lines: [line] };
    const next = life.dispense(p, outcome, now);
    return { p: next, now, given: [...given, { n: next.dispenses, ...outcome }] };
  };

/** A chronic one of two issues. */
const repeated: life.Prescription = { ...issued, repeat: { issues: 2, everyDays: 15, current: 1, past: [] } };

const steps: Readonly<Record<string, Step>> = {
  'promise the rest': outcomeOf({ line: 1, quantity: 1, owedOn: '2026-11-23' }),
  'say that it is out of stock': outcomeOf({ line: 1, notDispensed: 'out-of-stock' }),
  'say that it is refused': outcomeOf({ line: 1, notDispensed: 'patient-refused' }),
  'the next window opens': ({ p, now, given }) => {
    if (!p.repeat || p.repeat.current === p.repeat.issues) throw new Error('there is no next window');
    const from = Date.parse(windowOf(p, p.repeat, p.repeat.current + 1).from);
    if (now >= from) throw new Error('it is open');
    return { p, now: from, given };
  },
  claim: ({ p, now, given }) => {
    if (life.liveClaim(p, now)) throw new Error('it would only be renewed');
    return { p: life.claim(p, actor, firstPolicy, now), now, given };
  },
  release: ({ p, now, given }) => ({ p: life.release(p, actor, now), now, given }),
  'dispense in part': dispense(false),
  'dispense the rest': dispense(true),
  undo: ({ p, now, given }) => {
    const last = given.at(-1);
    if (last === undefined) throw new Error('there is nothing to undo');
    return { p: life.undo(p, last.n, given, now), now, given: given.slice(0, -1) };
  },
  cancel: ({ p, now, given }) => ({ p: life.cancel(p, { ...actor, person: 'doctor' }, 'wrong dose', now), now, given }),
  'the claim runs out': ({ p, now, given }) => {
    const claim = life.liveClaim(p, now);
    if (!claim) throw new Error('there is no claim');
    return { p, now: Date.parse(claim.until), given };
  },
  'validity ends': ({ p, now, given }) => {
    if (now >= Date.parse(p.validUntil)) throw new Error('it has ended');
    return { p, now: Date.parse(p.validUntil), given };
  },
};

const stateOf = ({ p, now }: Moment): string =>
  life.cancelRequested(p, now) ? 'cancel-requested' : life.statusAt(p, now);

const lineStateOf = ({ p: stored, now }: Moment): string => {
  const p = life.asOf(stored, now);
  const status = life.statusAt(p, now);
  const [line] = p.lines;
  if (!line) throw new Error('there is no line');
  return life.lineStatusAt(line, status, status === 'completed' && now >= Date.parse(p.validUntil));
};

type Edges = Map<string, Set<string>>;
const addEdge = (edges: Edges, from: string, to: string, by: string): void => {
  if (from !== to) edges.set(`${from} ${to}`, (edges.get(`${from} ${to}`) ?? new Set()).add(by));
};

/** What can become of a draft, tried by the domain's own functions. */
const walkDraft = (edges: Edges): void => {
  const draft: Draft = {
    id: issued.id,
    version: 1,
    status: 'draft',
    person: 'doctor',
    savedAt: issued.issuedAt,
    wrappedKey: '',
    sealed: {},
  };
  const ways: Readonly<Record<string, (of: Draft) => string>> = {
    sign: (of) => {
      requireDraft(of, 'doctor', now);
      return 'active';
    },
    'throw away': (of) => discardDraft(of).status,
    'save again': (of) => nextDraft(of, of.version, now).status,
  };
  for (const from of ['draft', 'discarded', 'issued'] as const) {
    for (const [by, way] of Object.entries(ways)) {
      try {
        addEdge(edges, from, way({ ...draft, status: from }), by);
      } catch {
        // refused: no edge
      }
    }
  }
};

const draw = (edges: Edges, order: readonly string[], prefix: string): string[] => {
  const id = (state: string): string => `${prefix}${state.replaceAll('-', '_')}`;
  const sorted = [...edges]
    .map(([edge, by]) => [...(edge.split(' ') as [string, string]), [...by].join(', ')] as const)
    .sort(([a, b], [c, d]) => order.indexOf(a) - order.indexOf(c) || order.indexOf(b) - order.indexOf(d));
  const states = order.filter(
    (state) => id(state) !== state && sorted.some(([from, to]) => from === state || to === state),
  );
  return [
    ...states.map((state) => `    state "${state}" as ${id(state)}`),
    ...sorted.map(([from, to, by]) => `    ${id(from)} --> ${id(to)}: ${by}`),
  ];
};

/** Every change of state that some road of at most five steps takes, of a prescription and of its line, on one drawing. */
const drawLife = (): string => {
  const whole: Edges = new Map();
  const lines: Edges = new Map();
  const walked = new Set<string>();
  const walk = (at: Moment, left: number): void => {
    // another road to the same place leads nowhere else
    const place = `${left} ${JSON.stringify({ ...at, p: { ...at.p, version: 0 } })}`;
    if (walked.has(place)) return;
    walked.add(place);
    for (const [label, step] of Object.entries(steps)) {
      let next: Moment;
      try {
        next = step(at);
      } catch {
        continue;
      }
      addEdge(whole, stateOf(at), stateOf(next), label);
      addEdge(lines, lineStateOf(at), lineStateOf(next), label);
      if (left > 1) walk(next, left - 1);
    }
  };
  walkDraft(whole);
  for (const p of [issued, repeated]) walk({ p, now, given: [] }, 5);
  return [
    '```mermaid',
    'stateDiagram-v2',
    '  state "a prescription" as prescription {',
    '    [*] --> draft: save',
    '    [*] --> active: sign',
    ...draw(whole, ['draft', 'discarded', ...life.prescriptionStatuses.slice(1), 'cancel-requested'], ''),
    '  }',
    '  state "one of its lines" as line {',
    '    [*] --> line_to_dispense: sign',
    ...draw(lines, life.lineStatuses, 'line_'),
    '  }',
    '```',
  ].join('\n');
};

test('the life of a prescription is drawn as the domain lives it', () => {
  expectPart('functions/prescribing/README.md', 'life', drawLife());
});

// --- what the texts name ---------------------------------------------------------------------------------------------

test('every link and picture of a text is there', () => {
  const texts = ['README.md', ...globSync('{packages,functions,infra,web,test}/**/*.md', { cwd: root })].filter(
    (path) => !path.includes('node_modules'),
  );
  expect(texts.length).toBeGreaterThan(15);
  const broken = texts.flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
      .map((link) => link[1] as string)
      .filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(root, dirname(path), link)))
      .map((link) => `${path}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test('the first text names everybody who can sign in, and every command', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  const parts = ['setup', 'prestart', 'pretest', 'lint', 'types', 'deadcode'];
  const commands = Object.keys(scripts).filter((name) => !parts.includes(name));
  expect(demoPeople.filter((person) => !text.includes(`\`${person}\``))).toEqual([]);
  expect(commands.filter((name) => !new RegExp(`npm (run )?(--silent )?${name}\\b`).test(text))).toEqual([]);
});
