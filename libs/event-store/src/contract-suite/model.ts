import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { AppendResult, EventStore, EventToAppend, ExpectedRevision } from '../port.js';
import { freshName, someEvents } from './events.js';
import { idsOf, streamOf, type Subject } from './subject.js';

interface PastAppend {
  readonly stream: number;
  readonly events: readonly EventToAppend[];
  readonly expected: ExpectedRevision;
  readonly result: AppendResult;
}

/** What the store must hold: plain lists. */
interface Model {
  readonly streams: string[][];
  readonly past: PastAppend[];
}

interface Real {
  readonly store: EventStore;
  readonly prefix: string;
}

type Command = fc.AsyncCommand<Model, Real>;

const streamName = ({ prefix }: Real, stream: number): string => `${prefix}-${stream}`;
const currentRevision = (model: Model, stream: number): number => (model.streams[stream]?.length ?? 0) - 1;

/** How an expectation is chosen from what the model knows, and whether it must hold. */
const expectations = {
  any: () => 'any',
  exact: (revision) => (revision < 0 ? 'none' : revision),
  exists: () => 'exists',
  ahead: (revision) => revision + 1,
  fresh: () => 'none',
} satisfies Record<string, (revision: number) => ExpectedRevision>;

function holds(expected: ExpectedRevision, revision: number): boolean {
  if (expected === 'any') return true;
  if (expected === 'none') return revision < 0;
  if (expected === 'exists') return revision >= 0;
  return revision === expected;
}

class Append implements Command {
  constructor(
    private readonly stream: number,
    private readonly count: number,
    private readonly expectation: keyof typeof expectations,
  ) {}

  check = (): boolean => true;

  async run(model: Model, real: Real): Promise<void> {
    const revision = currentRevision(model, this.stream);
    const expected = expectations[this.expectation](revision);
    const events = someEvents(this.count);
    const appended = real.store.append(streamName(real, this.stream), events, expected);
    if (!holds(expected, revision)) {
      const facts = { expected, actual: revision < 0 ? 'none' : revision };
      await expect(appended).rejects.toMatchObject({ code: 'WRONG_EXPECTED_REVISION', facts });
      return;
    }
    const result = await appended;
    expect(result).toMatchObject({ revision: revision + this.count, repeated: false });
    model.streams[this.stream]?.push(...idsOf(events));
    model.past.push({ stream: this.stream, events, expected, result });
  }

  toString = (): string => `append ${this.count} to ${this.stream} expecting ${this.expectation}`;
}

/** Repeats an earlier append with an exact expectation, however long ago it was. */
class Repeat implements Command {
  constructor(private readonly choice: number) {}

  private candidates = (model: Readonly<Model>): PastAppend[] =>
    model.past.filter(({ expected }) => expected === 'none' || typeof expected === 'number');

  check = (model: Readonly<Model>): boolean => this.candidates(model).length > 0;

  async run(model: Model, real: Real): Promise<void> {
    const candidates = this.candidates(model);
    const past = candidates[this.choice % candidates.length];
    if (!past) throw new Error('There is nothing to repeat.');
    const { stream, events, expected, result } = past;
    const again = await real.store.append(streamName(real, stream), events, expected);
    expect(again).toEqual({ ...result, repeated: true });
  }

  toString = (): string => `repeat ${this.choice}`;
}

class Read implements Command {
  constructor(
    private readonly stream: number,
    private readonly direction: 'forward' | 'backward',
    private readonly from: number | undefined,
    private readonly limit: number | undefined,
  ) {}

  check = (): boolean => true;

  async run(model: Model, real: Real): Promise<void> {
    const numbered = (model.streams[this.stream] ?? []).map((id, revision) => ({ id, revision }));
    const { direction, from, limit } = this;
    const inReach =
      direction === 'forward'
        ? numbered.filter(({ revision }) => revision >= (from ?? 0))
        : numbered.filter(({ revision }) => revision <= (from ?? Infinity)).reverse();
    const events = await streamOf(real.store, streamName(real, this.stream), { direction, from, limit });
    expect(events.map(({ id, revision }) => ({ id, revision }))).toEqual(inReach.slice(0, limit));
  }

  toString = (): string => `read ${this.stream} ${this.direction} from ${this.from} limit ${this.limit}`;
}

const stream = fc.nat({ max: 2 });
const commands = fc.commands<Model, Real, false>(
  [
    fc
      .tuple(
        stream,
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(...(Object.keys(expectations) as (keyof typeof expectations)[])),
      )
      .map((given) => new Append(...given)),
    fc.nat().map((choice) => new Repeat(choice)),
    fc
      .tuple(
        stream,
        fc.constantFrom('forward' as const, 'backward' as const),
        fc.option(fc.nat({ max: 12 }), { nil: undefined }),
        fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
      )
      .map((given) => new Read(...given)),
  ],
  { maxCommands: 25 },
);

export function behavingLikeTheModel(subject: Subject): void {
  const numRuns = Number(process.env.HARMONY_PROPERTY_RUNS ?? 60);

  it(`leaves the streams as plain lists would be (${numRuns} sequences)`, async () => {
    const property = fc.asyncProperty(commands, async (sequence) => {
      const model: Model = { streams: [[], [], []], past: [] };
      const real: Real = { store: subject(), prefix: freshName() };
      await fc.asyncModelRun(() => ({ model, real }), sequence);
      for (const [index, ids] of model.streams.entries()) {
        expect(idsOf(await streamOf(real.store, streamName(real, index)))).toEqual(ids);
      }
    });
    await fc.assert(property, { numRuns, interruptAfterTimeLimit: 240_000, markInterruptAsFailure: false });
  }, 300_000);
}
