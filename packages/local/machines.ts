/**
 * Step Functions on one machine: plays a state machine of the template, of whose language it knows what ours use. A state
 * or a field that it does not know is an error when the template is read, never left out in silence.
 */
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { Invoke } from './functions.ts';

/** `$` is the whole, `$.name` a field of it. */
const Path = z.string().regex(/^\$(\.\w+)?$/);
const Errors = z.tuple([z.literal('States.ALL')]);
const Retry = z.strictObject({
  ErrorEquals: Errors,
  IntervalSeconds: z.number(),
  BackoffRate: z.number(),
  MaxAttempts: z.int(),
  MaxDelaySeconds: z.number(),
  // many tries at one moment are the cloud's trouble alone
  JitterStrategy: z.literal('FULL').optional(),
});
const Task = z.strictObject({
  Type: z.literal('Task'),
  /** ARN of a function. */
  Resource: z.string(),
  /** The function's own limit is what counts here. */
  TimeoutSeconds: z.int().optional(),
  Parameters: z.record(z.string(), z.unknown()).optional(),
  Retry: z.tuple([Retry]).optional(),
  Catch: z.tuple([z.strictObject({ ErrorEquals: Errors, Next: z.string() })]).optional(),
  Next: z.string().optional(),
  End: z.literal(true).optional(),
});
const Pass = z.strictObject({ Type: z.literal('Pass'), Result: z.unknown(), End: z.literal(true) });
const Choice = z.strictObject({
  Type: z.literal('Choice'),
  Choices: z.array(z.strictObject({ Variable: Path, StringEquals: z.string(), Next: z.string() })),
  Default: z.string(),
});
const Wait = z.strictObject({ Type: z.literal('Wait'), SecondsPath: Path, Next: z.string() });
const Succeed = z.strictObject({ Type: z.literal('Succeed') });
const MapState = z.strictObject({
  Type: z.literal('Map'),
  ItemsPath: Path,
  MaxConcurrency: z.int(),
  ItemSelector: z.record(z.string(), z.unknown()),
  ItemProcessor: z.strictObject({
    ProcessorConfig: z.strictObject({ Mode: z.literal('INLINE') }),
    StartAt: z.string(),
    States: z.record(z.string(), z.discriminatedUnion('Type', [Task, Pass])),
  }),
  ResultPath: Path,
  Next: z.string(),
});
const State = z.discriminatedUnion('Type', [Task, Pass, Choice, Wait, Succeed, MapState]);
type State = z.infer<typeof State>;

export const Machine = z.strictObject({
  StartAt: z.string(),
  TimeoutSeconds: z.int(),
  States: z.record(z.string(), State),
});
export type Machine = z.infer<typeof Machine>;

/** ARNs of all functions that a machine's tasks name. */
export const functionsOf = ({ States }: Pick<Machine, 'States'>): string[] =>
  Object.values(States).flatMap((state): string[] => {
    if (state.Type === 'Task') return [state.Resource];
    return state.Type === 'Map' ? functionsOf(state.ItemProcessor) : [];
  });

interface Surroundings {
  /** By ARN. */
  readonly functions: ReadonlyMap<string, Invoke>;
  /** Rejects when the machine is to stop. */
  readonly sleep: (seconds: number) => Promise<unknown>;
}

const at = (input: unknown, path: string): unknown =>
  path === '$' ? input : z.looseObject({}).parse(input)[path.slice(2)];

/** Parameters with what paths lead to in place of them: `{'a.$': '$.b'}` of `{b: 1}` is `{a: 1}`. */
const filled = (parameters: Readonly<Record<string, unknown>>, input: unknown) =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) =>
      name.endsWith('.$') ? [name.slice(0, -2), at(input, Path.parse(value))] : [name, value],
    ),
  );

type TaskState = z.infer<typeof Task>;

const invoked = async (task: TaskState, input: unknown, { functions, sleep }: Surroundings): Promise<unknown> => {
  const invoke = functions.get(task.Resource);
  if (!invoke) throw new Error(`${task.Resource} was not loaded`);
  const [retry] = task.Retry ?? [];
  for (let tried = 0; ; tried += 1) {
    try {
      return await invoke(task.Parameters ? filled(task.Parameters, input) : input);
    } catch (error) {
      if (!retry || tried >= retry.MaxAttempts) throw error;
      await sleep(Math.min(retry.MaxDelaySeconds, retry.IntervalSeconds * retry.BackoffRate ** tried));
    }
  }
};

/** At most so many at once; the answers in the order of the items. */
const inTurns = async <T>(
  items: readonly unknown[],
  most: number,
  run: (item: unknown) => Promise<T>,
): Promise<T[]> => {
  const answers: T[] = [];
  const queue = items.map((item, i) => ({ item, i }));
  const one = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) answers[next.i] = await run(next.item);
  };
  await Promise.all(Array.from({ length: Math.min(most || items.length, items.length) }, one));
  return answers;
};

/**
 * Plays a machine from its first state to its end and answers with what the last state gave.
 * @throws what a task threw when its tries are used up and nothing catches it
 */
export const play = async (
  { StartAt, States }: Pick<Machine, 'StartAt' | 'States'>,
  input: unknown,
  surroundings: Surroundings,
): Promise<unknown> => {
  let name: string | undefined = StartAt;
  let given = input;
  while (name !== undefined) {
    const state: State | undefined = States[name];
    if (!state) throw new Error(`the machine has no state ${name}`);
    [name, given] = await passed(state, given, surroundings);
  }
  return given;
};

/** One state: where it leads on to, if anywhere, and what it gives. */
const passed = async (
  state: State,
  input: unknown,
  surroundings: Surroundings,
): Promise<[next: string | undefined, output: unknown]> => {
  switch (state.Type) {
    case 'Task':
      try {
        return [state.Next, await invoked(state, input, surroundings)];
      } catch (error) {
        if (!state.Catch || error instanceof Stopped) throw error;
        return [state.Catch[0].Next, { Error: 'States.TaskFailed' }];
      }
    case 'Pass':
      return [undefined, state.Result];
    case 'Choice':
      return [state.Choices.find((one) => at(input, one.Variable) === one.StringEquals)?.Next ?? state.Default, input];
    case 'Wait':
      await surroundings.sleep(z.number().parse(at(input, state.SecondsPath)));
      return [state.Next, input];
    case 'Succeed':
      return [undefined, input];
    case 'Map': {
      const { ItemProcessor, ItemSelector, MaxConcurrency } = state;
      const items = z.array(z.unknown()).parse(at(input, state.ItemsPath));
      const answers = await inTurns(items, MaxConcurrency, () =>
        play(ItemProcessor, filled(ItemSelector, input), surroundings),
      );
      return [state.Next, { ...z.looseObject({}).parse(input), [state.ResultPath.slice(2)]: answers }];
    }
  }
};

/** The cloud ends while a machine waits. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

export interface CloudMachine {
  readonly id: string;
  readonly definition: Machine;
}

export interface Machines {
  /** By id: begins a machine with an input and answers at once, as the cloud does. */
  readonly begin: ReadonlyMap<string, Invoke>;
  /** Ends waits, and waits for what is running. */
  stop(): Promise<void>;
}

export const makeMachines = ({
  machines,
  functions,
  onFault,
}: {
  readonly machines: readonly CloudMachine[];
  /** By ARN. */
  readonly functions: ReadonlyMap<string, Invoke>;
  readonly onFault: (machine: string, error: unknown) => void;
}): Machines => {
  const end = new AbortController();
  const running = new Set<Promise<void>>();
  const sleep = (seconds: number): Promise<unknown> =>
    pause(seconds * 1_000, undefined, { signal: end.signal }).catch(() => Promise.reject(new Stopped()));
  const begin = ({ id, definition }: CloudMachine, input: unknown): void => {
    const run = play(definition, input, { functions, sleep })
      .catch((error: unknown) => {
        if (!(error instanceof Stopped)) onFault(id, error);
      })
      .then(() => void running.delete(run));
    running.add(run);
  };
  return {
    begin: new Map(machines.map((machine) => [machine.id, async (input: unknown) => begin(machine, input)])),
    async stop() {
      end.abort();
      await Promise.all(running);
    },
  };
};
