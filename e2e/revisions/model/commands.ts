import { expect } from '@jest/globals';
import fc from 'fast-check';
import { agree } from './agree.js';
import type { Oracle } from './oracle.js';
import type { Round as AnyRound } from './round.js';
import type { System } from './system.js';

type Round = AnyRound<System>;
import { Cancel, MakeLive, Publish, Retry, Revise, revisionCommands, RollBack } from './revision-commands.js';

export const definitions = 3;
const mostConversations = 6;

/** A command changes the oracle and Harmony alike; afterwards both say the same. */
abstract class Change implements fc.AsyncCommand<Oracle, Round> {
  abstract check(oracle: Readonly<Oracle>): boolean;
  protected abstract change(oracle: Oracle, round: Round): Promise<void>;
  abstract toString(): string;

  async run(oracle: Oracle, round: Round): Promise<void> {
    await this.change(oracle, round);
    await agree(oracle, round);
  }
}

class Ingest extends Change {
  readonly toString = (): string => 'ingest';
  readonly check = ({ conversations }: Oracle): boolean => conversations.length < mostConversations;

  protected async change(oracle: Oracle, round: Round): Promise<void> {
    oracle.ingest();
    await round.ingest();
  }
}

class RunAgain extends Change {
  constructor(private readonly pick: number) {
    super();
  }

  readonly toString = (): string => `run again ${this.pick}`;
  readonly check = ({ present }: Oracle): boolean => present.length > 0;

  protected async change(oracle: Oracle, round: Round): Promise<void> {
    const conversation = oracle.present[this.pick % oracle.present.length] ?? 0;
    oracle.runAgain(conversation);
    await round.runAgain(conversation);
  }
}

class Delete extends Change {
  constructor(private readonly pick: number) {
    super();
  }

  readonly toString = (): string => `delete ${this.pick}`;
  readonly check = ({ present }: Oracle): boolean => present.length > 1;

  protected async change(oracle: Oracle, round: Round): Promise<void> {
    const conversation = oracle.present[this.pick % oracle.present.length] ?? 0;
    oracle.delete(conversation);
    await round.delete(conversation);
  }
}

class Reword extends Change {
  constructor(
    private readonly definition: number,
    private readonly wording: number,
  ) {
    super();
  }

  readonly toString = (): string => `reword ${this.definition} as ${this.wording}`;
  readonly check = (oracle: Oracle): boolean => oracle.definitions[this.definition]?.wording !== this.wording;

  protected async change(oracle: Oracle, round: Round): Promise<void> {
    Object.assign(oracle.definitions[this.definition] ?? {}, { wording: this.wording });
    await round.reword(this.definition, this.wording);
  }
}

class Switch extends Change {
  constructor(private readonly definition: number) {
    super();
  }

  readonly toString = (): string => `switch ${this.definition}`;
  readonly check = (oracle: Oracle): boolean =>
    oracle.active().size > 1 || oracle.definitions[this.definition]?.isActive === false;

  protected async change(oracle: Oracle, round: Round): Promise<void> {
    const isActive = oracle.definitions[this.definition]?.isActive === false;
    Object.assign(oracle.definitions[this.definition] ?? {}, { isActive });
    await round.setActive(this.definition, isActive);
  }
}

class Fail extends Change {
  constructor(private readonly definition: number | null) {
    super();
  }

  readonly toString = (): string => `the model fails at ${this.definition ?? 'nothing'}`;
  readonly check = ({ failing }: Oracle): boolean =>
    this.definition === null ? failing.size > 0 : !failing.has(this.definition);

  protected async change({ failing }: Oracle, { system }: Round): Promise<void> {
    failing.clear();
    if (this.definition !== null) failing.add(this.definition);
    system.model.failing = new Set(failing);
  }
}

class Crash extends Change {
  readonly toString = (): string => 'kill -9';
  readonly check = (): boolean => true;

  protected async change(_oracle: Oracle, { system }: Round): Promise<void> {
    await system.crash();
  }
}

class Replay extends Change {
  readonly toString = (): string => 'replay';
  readonly check = ({ revisions }: Oracle): boolean => revisions.length > 0;

  protected async change(_oracle: Oracle, { system }: Round): Promise<void> {
    const requests = system.model.requests;
    expect(await system.replay(['revisions', 'reporting'])).toEqual([]);
    expect(system.model.requests).toBe(requests);
  }
}

const first = { index: 0, isAny: false };
const auto = { startStage: 'AUTO', force: false } as const;

/** Each step at least once, in an order in which each can be taken. */
export const tour: readonly fc.AsyncCommand<Oracle, Round>[] = [
  ...[new Reword(0, 1), new Revise({ ...auto, meanwhile: 'INGESTED' }), new Publish(first), new MakeLive(first)],
  ...[new Fail(1), new Reword(1, 1), new Revise({ startStage: 'INSIGHTS', force: false, meanwhile: 'PRESSED' })],
  ...[new Fail(null), new Retry(first), new Publish(first), new MakeLive(first), new RollBack(first)],
  ...[new RunAgain(0), new Switch(2), new Reword(0, 2), new Revise({ ...auto, meanwhile: 'CRASHED' })],
  ...[new Delete(1), new Switch(2), new Reword(2, 2), new Revise({ ...auto, meanwhile: 'CANCELLED' })],
  ...[
    new Cancel({ index: 1, isAny: true }),
    new RollBack(first),
    new Revise({ ...auto, force: true, meanwhile: 'NOTHING' }),
  ],
  ...[new Ingest(), new Crash(), new Replay()],
];

const definition = fc.nat(definitions - 1);
const pick = fc.nat(mostConversations - 1);

/** Those that come often stand there often. */
export const commands = (): fc.Arbitrary<Iterable<fc.AsyncCommand<Oracle, Round, false>>> => {
  const reword = fc.tuple(definition, fc.nat(2)).map(([which, wording]) => new Reword(which, wording));
  const fail = fc.option(definition).map((which) => new Fail(which));
  return fc.commands<Oracle, Round, false>(
    [
      ...[fc.constant(new Ingest()), fc.constant(new Ingest())],
      ...[reword, reword, reword, fail, fail],
      ...[pick.map((which) => new RunAgain(which)), pick.map((which) => new Delete(which))],
      ...[definition.map((which) => new Switch(which)), fc.constant(new Crash()), fc.constant(new Replay())],
      ...revisionCommands,
    ],
    { maxCommands: 24, size: 'max' },
  );
};
