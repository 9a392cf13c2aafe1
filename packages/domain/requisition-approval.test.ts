import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from './refusal.ts';
import { canStep, type Requisition, stepped } from './requisition.ts';
import {
  type ApprovalRules,
  type Approver,
  approvalsNeeded,
  judgeApproval,
  requireDelegated,
  requireDelegation,
} from './requisition-approval.ts';

const at = '2026-11-20T07:00:00.000Z';
const limits = { approver: 1_000, chief: 10_000 };
const rules: ApprovalRules = { limits, named: [] };
const authorised = (more: Partial<Requisition> = {}): Requisition => ({
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
  site: 'PH-1',
  region: 'UZ-TK',
  kind: 'weekly',
  state: 'authorised',
  version: 3,
  author: 'author',
  at,
  lines: 1,
  value: 1_000,
  unpriced: 0,
  overLimit: 0,
  changed: 0,
  editors: ['editor'],
  history: [
    { step: 'draft', person: 'author', at },
    { step: 'submit', person: 'submitter', at },
    { step: 'authorise', person: 'authoriser', at },
  ],
  ...more,
});
const approver: Approver = { person: 'approver', role: 'approver' };
const chief: Approver = { person: 'chief', role: 'chief' };
const told = (head: Requisition, by: Approver, reason?: string, of = rules): unknown => {
  try {
    return judgeApproval(head, by, of, reason).complete;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};
const signedBy = (by: Approver, value: number): Requisition =>
  stepped(authorised({ value }), {
    step: 'sign',
    person: by.person,
    role: by.role,
    at,
    ...(by.instead !== undefined && { instead: by.instead }),
  });

describe('by value', () => {
  test('an approver approves to the limit, a chief to the next, and above it two of whom one is a chief', () => {
    expect([1_000, 1_001, 10_000, 10_001].map((value) => approvalsNeeded(value, limits))).toEqual([
      { count: 1, chief: false },
      { count: 1, chief: true },
      { count: 1, chief: true },
      { count: 2, chief: true },
    ]);
    expect(told(authorised(), approver)).toBe(true);
    expect(told(authorised({ value: 1_001 }), approver)).toBe('approval-limit');
    expect(told(authorised({ value: 10_000 }), chief)).toBe(true);
    expect(told(authorised({ value: 10_001 }), chief)).toBe(false);
  });

  test('of two, either may be the first, and two approvers are not enough', () => {
    expect(told(authorised({ value: 10_001 }), approver)).toBe(false);
    expect(told(signedBy(approver, 10_001), chief)).toBe(true);
    expect(told(signedBy(chief, 10_001), approver)).toBe(true);
    expect(told(signedBy(approver, 10_001), { person: 'approver2', role: 'approver' })).toBe('approval-limit');
  });

  test('nobody is both of the two, not in the place of another either', () => {
    expect(told(signedBy(chief, 10_001), chief)).toBe('signer-repeated');
    expect(told(signedBy(approver, 10_001), { person: 'approver', role: 'chief', instead: 'chief' })).toBe(
      'signer-repeated',
    );
    const deputy = { person: 'deputy', role: 'chief', instead: 'chief' } as const;
    expect(told(signedBy(deputy, 10_001), chief)).toBe('signer-repeated');
  });
});

test('nobody approves what they had a hand in, nor lets somebody else do it in their place', () => {
  for (const person of ['author', 'editor', 'submitter', 'authoriser']) {
    expect(told(authorised(), { person, role: 'chief' })).toBe('approver-is-author');
    expect(told(authorised(), { person: 'deputy', role: 'chief', instead: person })).toBe('approver-is-author');
  }
});

test('where a region names its approvers, others of that role do not approve for it; a chief does, and a deputy of theirs', () => {
  const named = { ...rules, named: ['regional'] };
  expect(told(authorised(), approver, undefined, named)).toBe('approval-region');
  expect(told(authorised(), { person: 'regional', role: 'approver' }, undefined, named)).toBe(true);
  expect(told(authorised(), { person: 'deputy', role: 'approver', instead: 'regional' }, undefined, named)).toBe(true);
  expect(told(authorised(), chief, undefined, named)).toBe(true);
});

test('what has no price cannot be judged, and what is too dear needs a reason', () => {
  expect(told(authorised({ unpriced: 1 }), chief)).toBe('lines-unpriced');
  expect(told(authorised({ overLimit: 1 }), chief)).toBe('price-over-limit');
  expect(told(authorised({ overLimit: 1 }), chief, 'the only maker')).toBe(true);
});

test('a delegation is for another person, for days to come, and no longer than a year', () => {
  const today = '2026-11-20';
  const wanted = { person: 'chief', to: 'approver', from: today, until: today };
  const code = (more: object) => {
    try {
      requireDelegation({ ...wanted, ...more }, today);
      return 'not refused';
    } catch (error) {
      return (error as Refusal).code;
    }
  };
  expect(code({})).toBe('not refused');
  expect(code({ to: 'chief' })).toBe('delegation-invalid');
  expect(code({ from: '2026-11-10', until: '2026-11-19' })).toBe('delegation-invalid');
  expect(code({ from: '2026-11-22', until: '2026-11-21' })).toBe('delegation-invalid');
  expect(code({ until: '2027-11-22' })).toBe('delegation-invalid');
});

test('a delegation holds from its first day through its last, for the person it names', () => {
  const delegation = { person: 'chief', to: 'deputy', from: '2026-11-20', until: '2026-11-22', version: 1 };
  const code = (person: string, day: string) => {
    try {
      requireDelegated(delegation, person, day);
      return 'holds';
    } catch (error) {
      return (error as Refusal).code;
    }
  };
  expect(['2026-11-19', '2026-11-20', '2026-11-22', '2026-11-23'].map((day) => code('deputy', day))).toEqual([
    'delegation-missing',
    'holds',
    'holds',
    'delegation-missing',
  ]);
  expect(code('somebody', '2026-11-21')).toBe('delegation-missing');
  expect(() => requireDelegated(undefined, 'deputy', '2026-11-21')).toThrow('delegation-missing');
});

test('whoever tries in whatever order, an approval never passes its limits and never has the same hand twice', () => {
  const who = fc.constantFrom<Approver>(
    approver,
    chief,
    { person: 'approver2', role: 'approver' },
    { person: 'chief2', role: 'chief' },
    { person: 'approver', role: 'chief', instead: 'chief' },
    { person: 'author', role: 'chief' },
  );
  fc.assert(
    fc.property(fc.nat(20_000), fc.array(who, { maxLength: 6 }), (value, tries) => {
      let head = authorised({ value });
      for (const by of tries) {
        if (!canStep(head, 'approve')) break;
        const answer = told(head, by);
        if (typeof answer !== 'boolean') continue;
        const { instead } = by;
        const taken = { person: by.person, role: by.role, at, ...(instead !== undefined && { instead }) };
        head = stepped(head, { ...taken, step: answer ? 'approve' : 'sign' });
      }
      if (head.state !== 'approved') return;
      const said = head.history.filter(({ step }) => step === 'sign' || step === 'approve');
      const hands = said.flatMap(({ person, instead }) => (instead === undefined ? [person] : [person, instead]));
      expect(new Set(hands).size).toBe(hands.length);
      expect(hands).not.toContain('author');
      if (value > limits.approver) expect(said.map(({ role }) => role)).toContain('chief');
      expect(said.length).toBe(value > limits.chief ? 2 : 1);
    }),
  );
});
