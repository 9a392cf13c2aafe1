import { expect, test } from 'vitest';
import { functionsOf, type Machine, makeMachines, play } from './machines.ts';

const retry = (MaxAttempts: number) =>
  [
    { ErrorEquals: ['States.ALL'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts, MaxDelaySeconds: 60 },
  ] as unknown as [never];
/** Opens, sends workers, rests, and goes round until it is told to close. */
const machine: Machine = {
  StartAt: 'Open',
  TimeoutSeconds: 60,
  States: {
    Open: { Type: 'Task', Resource: 'f', Parameters: { step: 'open', 'asked.$': '$' }, Retry: retry(2), Next: 'Next' },
    Next: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.next', StringEquals: 'work', Next: 'Work' },
        { Variable: '$.next', StringEquals: 'rest', Next: 'Rest' },
      ],
      Default: 'End',
    },
    Work: {
      Type: 'Map',
      ItemsPath: '$.workers',
      MaxConcurrency: 2,
      ItemSelector: { step: 'work', 'asked.$': '$' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Worker',
        States: {
          Worker: {
            Type: 'Task',
            Resource: 'f',
            Retry: retry(1),
            Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Lost' }],
            End: true,
          },
          Lost: { Type: 'Pass', Result: 'lost', End: true },
        },
      },
      ResultPath: '$.worked',
      Next: 'Open',
    },
    Rest: { Type: 'Wait', SecondsPath: '$.seconds', Next: 'Open' },
    End: { Type: 'Succeed' },
  },
};

interface Event {
  readonly step: string;
  readonly asked: Record<string, unknown>;
}

const run = async (answer: (event: Event) => unknown) => {
  const [events, slept]: [Event[], number[]] = [[], []];
  const output = await play(
    machine,
    { week: 1 },
    {
      functions: new Map([
        [
          'f',
          async (event: unknown) => {
            events.push(event as Event);
            return answer(event as Event);
          },
        ],
      ]),
      sleep: async (seconds) => slept.push(seconds),
    },
  );
  return { output, events, slept };
};

test('each state is given what the one before it gave, and a map goes on when all of its workers are through', async () => {
  const rounds = [
    { next: 'work', workers: [1, 2, 3] },
    { next: 'rest', seconds: 7 },
    { next: 'over', week: 1 },
  ];
  const done = [1, 2, 3];
  const { output, events, slept } = await run(({ step }) => (step === 'open' ? rounds.shift() : done.shift()));
  expect(output).toEqual({ next: 'over', week: 1 });
  expect(slept).toEqual([7]);
  expect(events.map(({ step }) => step)).toEqual(['open', 'work', 'work', 'work', 'open', 'open']);
  expect(events[0]?.asked).toEqual({ week: 1 });
  expect(events[1]?.asked).toEqual({ next: 'work', workers: [1, 2, 3] });
  expect(events[4]?.asked).toEqual({ next: 'work', workers: [1, 2, 3], worked: [1, 2, 3] });
});

test('no more workers run at once than the machine allows', async () => {
  let [at, most, opened] = [0, 0, 0];
  await run(async ({ step }) => {
    if (step === 'open') return opened++ === 0 ? { next: 'work', workers: [1, 2, 3, 4, 5] } : { next: 'over' };
    at += 1;
    most = Math.max(most, at);
    await new Promise((done) => setImmediate(done));
    at -= 1;
    return undefined;
  });
  expect(most).toBe(2);
});

test('a task is tried again after growing pauses; a lost worker ends no other, and a lost opening ends the run', async () => {
  let [opened, tried] = [0, 0];
  const { output, slept } = await run(({ step }) => {
    if (step === 'open') return opened++ === 0 ? { next: 'work', workers: [1] } : { next: 'over' };
    tried += 1;
    throw new Error('no');
  });
  expect([tried, slept, output]).toEqual([2, [10], { next: 'over' }]);
  const always = run(() => {
    throw new Error('never');
  });
  await expect(always).rejects.toThrow('never');
});

test('a machine is begun without waiting for its end, its fault is told, and stopping ends its pauses', async () => {
  const faults: string[] = [];
  let rounds = 0;
  const functions = new Map([
    ['f', async () => (rounds++ === 0 ? { next: 'rest', seconds: 3_600 } : Promise.reject(new Error('late')))],
  ]);
  const told = (id: string): void => void faults.push(id);
  const resting = makeMachines({ machines: [{ id: 'Resting', definition: machine }], functions, onFault: told });
  await resting.begin.get('Resting')?.({});
  await resting.stop();
  expect([rounds, faults]).toEqual([1, []]);
  const broken = {
    ...machine,
    States: { ...machine.States, Open: { Type: 'Task', Resource: 'none', End: true } },
  } as Machine;
  const failing = makeMachines({ machines: [{ id: 'Broken', definition: broken }], functions, onFault: told });
  await failing.begin.get('Broken')?.({});
  await failing.stop();
  expect(faults).toEqual(['Broken']);
  expect(functionsOf(broken)).toEqual(['none', 'f']);
});
