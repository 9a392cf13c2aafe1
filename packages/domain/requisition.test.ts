import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from './refusal.ts';
import {
  addedLines,
  approvalValue,
  canStep,
  changedLines,
  consolidated,
  maxRequisitionLines,
  type Requisition,
  type RequisitionKind,
  type RequisitionLine,
  raised,
  requireAuthoriser,
  requireEditable,
  requireReopener,
  requireSomething,
  requireVersion,
  requisitionSteps,
  returned,
  signatures,
  sinceSubmitted,
  stepped,
  sumsOf,
  withLimits,
  withLines,
} from './requisition.ts';

const at = '2026-11-20T07:00:00.000Z';
const draft = (more: Partial<Requisition> = {}): Requisition => ({
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
  site: 'PH-1',
  region: 'UZ-TK',
  kind: 'weekly',
  state: 'draft',
  version: 1,
  author: 'planner',
  at,
  lines: 1,
  value: 1_000,
  unpriced: 0,
  overLimit: 0,
  changed: 0,
  editors: [],
  history: [{ step: 'draft', person: 'planner', role: 'planner', at }],
  ...more,
});
type Step = Parameters<typeof canStep>[1];
const walk = (head: Requisition, ...steps: readonly [Step, string][]): Requisition =>
  steps.reduce((now, [step, person]) => stepped(now, { step, person, at }), head);
const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'not refused';
  } catch (error) {
    if (error instanceof Refusal) return `${error.code} ${error.errors[0]?.pointer ?? ''}`.trim();
    throw error;
  }
};
const gtin = '09520000000011';
const other = '09520000000028';
const line = (more: Partial<RequisitionLine> = {}): RequisitionLine => ({
  line: 1,
  medicine: 'AMOX500CAP',
  gtin,
  packUnits: 20,
  packs: 10,
  proposed: 10,
  packPrice: 1_000,
  ...more,
});

describe('its way', () => {
  test('leads from a draft over two people to orders, and from nowhere else to approval', () => {
    const approved = walk(draft(), ['submit', 'warehouse'], ['authorise', 'planner'], ['approve', 'approver']);
    expect([approved.state, approved.version]).toEqual(['approved', 4]);
    expect(stepped(approved, { step: 'release', person: 'planner', at }).state).toBe('released');
    for (const state of ['draft', 'submitted', 'rejected', 'released', 'skipped', 'approved'] as const)
      expect(canStep(draft({ state }), 'approve')).toBe(false);
  });

  test('is short where it is urgent: what was submitted is approved', () => {
    expect(canStep({ kind: 'emergency', state: 'submitted' }, 'approve')).toBe(true);
    expect(canStep({ kind: 'by-hand', state: 'submitted' }, 'approve')).toBe(false);
    expect(canStep({ kind: 'emergency', state: 'draft' }, 'approve')).toBe(false);
  });

  test('ends where it was released or skipped, unless an order of it is cancelled', () => {
    for (const state of ['released', 'skipped'] as const)
      for (const step of requisitionSteps
        .filter((s) => s !== 'draft')
        .filter((s) => s !== 'return' || state === 'skipped'))
        expect(codeOf(() => stepped(draft({ state }), { step, person: 'planner', at }))).toBe('document-closed');
  });

  test('gives its money up where an approval is taken back, and keeps it where it is released', () => {
    const taken = { year: 2026, place: 'UZ-TK', value: 1_000 };
    const approved = draft({ state: 'approved', taken });
    expect(stepped(approved, { step: 'reject', person: 'chief', at, reason: 'too much' }).taken).toBeUndefined();
    expect(stepped(approved, { step: 'release', person: 'planner', at }).taken).toEqual(taken);
  });

  describe('beyond its first release', () => {
    const by = { person: 'planner', at };
    const taken = { year: 2026, place: 'PH-1', value: 1_000 };
    const released = draft({ state: 'released', taken, orders: ['O1', 'O2'] });

    test('leads back to approval with what never came, and its money stays', () => {
      const once = returned(released, 'O1', by);
      const twice = returned(once, 'O2', by);
      expect([once.state, once.rest, once.taken]).toEqual(['approved', ['O1'], taken]);
      expect([twice.state, twice.rest, twice.version]).toEqual(['approved', ['O1', 'O2'], released.version + 2]);
      expect(stepped(twice, { ...by, step: 'release' })).not.toHaveProperty('rest');
    });

    test('leads by a no to where it was, and never into a draft that would ask for all of it again', () => {
      const no = stepped(returned(released, 'O1', by), { ...by, step: 'reject', reason: 'not needed' });
      expect([no.state, no.taken]).toEqual(['released', taken]);
      expect(no).not.toHaveProperty('rest');
    });
  });

  test('goes back for a higher value, keeps its money, and asks everybody to sign anew', () => {
    const by = { person: 'planner', at };
    const taken = { year: 2026, place: 'PH-1', value: 1_000 };
    const approved = draft({
      state: 'approved',
      taken,
      history: [
        { ...by, step: 'submit' },
        { ...by, step: 'sign' },
      ],
    });
    expect(codeOf(() => raised(approved, 1_000, by))).toBe('value-invalid /value');
    const up = raised(approved, 1_001, by);
    expect([up.state, approvalValue(up), up.value, up.taken, signatures(up)]).toEqual([
      'authorised',
      1_001,
      1_000,
      taken,
      [],
    ]);
    expect(codeOf(() => raised(up, 2_000, by))).toBe('document-closed');
    const again = stepped(up, { ...by, step: 'approve' });
    expect(approvalValue(again)).toBe(1_001);
    const rejected = stepped(up, { ...by, step: 'reject' });
    expect(approvalValue(stepped(rejected, { ...by, step: 'reopen' }))).toBe(1_000);
  });

  test('whatever people try, none is approved that was not submitted and authorised, urgent ones but submitted', () => {
    const tries = fc.array(fc.constantFrom(...requisitionSteps.filter((s) => s !== 'draft')), { maxLength: 25 });
    const kinds = fc.constantFrom<RequisitionKind>('weekly', 'by-hand', 'emergency');
    fc.assert(
      fc.property(kinds, tries, (kind, steps) => {
        let now = draft({ kind });
        for (const step of steps) {
          const before = now;
          if (canStep(now, step)) now = stepped(now, { step, person: 'x', at });
          else expect(codeOf(() => stepped(before, { step, person: 'x', at }))).toBe('document-closed');
        }
        expect(now.version - 1).toBe(now.history.length - 1);
        const lastTime = sinceSubmitted(now).map((h) => h.step);
        if (now.state === 'approved') {
          expect(lastTime[0]).toBe('submit');
          if (kind !== 'emergency') expect(lastTime).toContain('authorise');
          expect(['approve', 'return']).toContain(lastTime.at(-1));
          expect(lastTime).toContain('approve');
        }
      }),
    );
  });
});

describe('people', () => {
  const submitted = walk(draft(), ['submit', 'warehouse']);

  test('nobody authorises what they submitted', () => {
    expect(codeOf(() => requireAuthoriser(submitted, 'warehouse'))).toBe('approver-is-author');
    expect(codeOf(() => requireAuthoriser(submitted, 'planner'))).toBe('not refused');
  });

  test('its author and who submitted it take it back into a draft, nobody else', () => {
    expect(codeOf(() => requireReopener(submitted, 'planner'))).toBe('not refused');
    expect(codeOf(() => requireReopener(submitted, 'warehouse'))).toBe('not refused');
    expect(codeOf(() => requireReopener(submitted, 'pharmacist'))).toBe('not-author');
    expect(codeOf(() => requireReopener(draft({ state: 'approved' }), 'planner'))).toBe('document-closed');
  });

  test('once it is submitted planners alone change it, and nobody once it is authorised', () => {
    expect(codeOf(() => requireEditable(submitted, true))).toBe('not refused');
    expect(codeOf(() => requireEditable(submitted, false))).toBe('document-closed');
    expect(codeOf(() => requireEditable({ state: 'authorised' }, true))).toBe('document-closed');
  });

  test('somebody who read another version decides nothing', () => {
    expect(codeOf(() => requireVersion(submitted, 1))).toBe('version-changed');
    expect(codeOf(() => requireVersion(submitted, 2))).toBe('not refused');
  });
});

describe('lines', () => {
  const offers = new Map([
    [gtin, { medicine: 'AMOX500CAP', packUnits: 20, priceLimit: 1_150 }],
    [other, { medicine: 'PARA500TAB', packUnits: 10 }],
  ]);

  test('a change keeps what was proposed, and says why', () => {
    expect(codeOf(() => changedLines([line()], [{ line: 1, packs: 12 }], '/lines'))).toBe(
      'reason-missing /lines/0/why',
    );
    const [changed] = changedLines([line()], [{ line: 1, packs: 12, why: 'an outbreak' }], '/lines');
    expect(changed).toMatchObject({ packs: 12, proposed: 10, why: 'an outbreak' });
  });

  test('a price changed later needs no new reason, and back at the proposal there is none to give', () => {
    const was = line({ packs: 12, why: 'an outbreak' });
    expect(changedLines([was], [{ line: 1, packs: 12, packPrice: 900 }], '')[0]).toMatchObject({
      packPrice: 900,
      why: 'an outbreak',
    });
    expect(changedLines([was], [{ line: 1, packs: 10 }], '')[0]).not.toHaveProperty('why');
    expect(codeOf(() => changedLines([was], [{ line: 1, packs: 13 }], ''))).toBe('reason-missing /0/why');
  });

  test('beside a plan what is added was not proposed; by hand it needs no reason', () => {
    const wanted = [{ gtin: other, packs: 3 }];
    expect(codeOf(() => addedLines([line()], wanted, offers, 'weekly', '/add'))).toBe('reason-missing /add/0/why');
    const [, added] = addedLines([line()], [{ ...wanted[0], gtin: other, packs: 3, why: 'new' }], offers, 'weekly', '');
    expect(added).toMatchObject({ line: 2, proposed: 0, packs: 3, why: 'new' });
    expect(addedLines([], wanted, offers, 'by-hand', '')[0]).not.toHaveProperty('proposed');
  });

  test('a product stands once, and is one that is known', () => {
    expect(codeOf(() => addedLines([line()], [{ gtin, packs: 1 }], offers, 'by-hand', ''))).toBe('line-repeated /0');
    const unknown = [{ gtin: '09520000000999', packs: 1 }];
    expect(codeOf(() => addedLines([], unknown, offers, 'by-hand', ''))).toBe('gtin-unknown /0/gtin');
    const change = { line: 1, packs: 10 };
    expect(codeOf(() => changedLines([line()], [change, change], ''))).toBe('line-repeated /1/line');
    expect(codeOf(() => changedLines([line()], [{ line: 9, packs: 10 }], ''))).toBe('line-unknown /0/line');
  });

  test('more lines than anybody reads are refused', () => {
    const many = Array.from({ length: maxRequisitionLines }, (_, i) => line({ line: i + 1, gtin: `${i}` }));
    expect(codeOf(() => addedLines(many, [{ gtin, packs: 1 }], offers, 'by-hand', '/lines'))).toBe(
      'split-document /lines',
    );
  });

  test('a price that nobody named is the highest allowed, follows it, and gives way to one that is named', () => {
    const [added] = addedLines([], [{ gtin, packs: 3 }], offers, 'by-hand', '');
    expect(added).toMatchObject({ packPrice: 1_150, estimated: true });
    const later = withLimits([added as RequisitionLine], new Map([[gtin, 1_300]]));
    expect(later[0]).toMatchObject({ packPrice: 1_300, priceLimit: 1_300, estimated: true });
    const [named] = changedLines(later, [{ line: 1, packs: 3, packPrice: 1_000 }], '');
    expect(named).not.toHaveProperty('estimated');
    expect(withLimits([named as RequisitionLine], new Map([[gtin, 900]]))[0]).toMatchObject({
      packPrice: 1_000,
      priceLimit: 900,
    });
  });

  test('the head says what they come to: value, what has no price, what is too dear, what was changed', () => {
    const { packPrice: _, ...unpriced } = line({ line: 3, packs: 5, proposed: 5 });
    const lines = [line({ packs: 12 }), line({ line: 2, packPrice: 1_200, priceLimit: 1_150 }), unpriced];
    expect(sumsOf(lines)).toEqual({ lines: 3, value: 24_000, unpriced: 1, overLimit: 500, changed: 1 });
    expect(sumsOf([{ ...unpriced, packs: 0 }]).unpriced).toBe(0);
  });

  test('whoever changes a line is remembered once, and a requisition for nothing is not submitted', () => {
    const changed = withLines(withLines(draft(), [line()], 'warehouse'), [line()], 'warehouse');
    expect([changed.editors, changed.version]).toEqual([['warehouse'], 3]);
    expect(codeOf(() => requireSomething([line({ packs: 0 })]))).toBe('requisition-empty /lines');
  });
});

test('consolidated, no pack is lost or doubled, and each says for whom it is', () => {
  const asked = fc.array(
    fc.array(fc.record({ gtin: fc.constantFrom(gtin, other), packs: fc.nat(100) }), { maxLength: 6 }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(asked, (sites) => {
      const all = sites.map((lines, s) => ({
        head: draft({ id: `R${s}`, site: `PH-${s}`, ...(s === 1 && { kind: 'emergency' }) }),
        lines: lines.map((l, i) => line({ ...l, line: i + 1 })),
      }));
      const total = consolidated(all);
      for (const of of [gtin, other]) {
        const packs = sites
          .flat()
          .filter((l) => l.gtin === of)
          .reduce((sum, l) => sum + l.packs, 0);
        const found = total.filter((t) => t.gtin === of);
        expect(found.reduce((sum, t) => sum + t.packs, 0)).toBe(packs);
        expect(found.length).toBe(packs > 0 ? 1 : 0);
        for (const t of found) {
          expect(t.requisitions.reduce((sum, r) => sum + r.packs, 0)).toBe(t.packs);
          expect(t.urgent).toBe(t.requisitions.some((r) => r.site === 'PH-1'));
          expect(t.value).toBe(t.packs * 1_000);
        }
      }
    }),
  );
});
