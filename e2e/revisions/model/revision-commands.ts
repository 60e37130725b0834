import { eventually } from '@harmony/testing';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { createRevision, press, previewRevision, type ShownRevision } from '../revision-api.js';
import { agree } from './agree.js';
import type { Oracle, PlannedCells } from './oracle.js';
import type { Round as AnyRound } from './round.js';
import type { System } from './system.js';

type Round = AnyRound<System>;

/** What happens while the model holds back its answers. */
const meanwhile = ['NOTHING', 'PRESSED', 'CANCELLED', 'CRASHED', 'INGESTED'] as const;
type Meanwhile = (typeof meanwhile)[number];

/** A limit for what hangs. */
const patiently = { withinMs: 60_000 };

export interface Wish {
  readonly startStage: 'AUTO' | 'INSIGHTS';
  readonly force: boolean;
  readonly meanwhile: Meanwhile;
}

/** Previews a revision, executes it, and sees that exactly what the preview said was asked. */
export class Revise implements fc.AsyncCommand<Oracle, Round> {
  constructor(private readonly wish: Wish) {}

  toString(): string {
    const { startStage, force, meanwhile: what } = this.wish;
    return `revise ${startStage}${force ? ' forced' : ''}${what === 'NOTHING' ? '' : `, ${what.toLowerCase()}`}`;
  }

  check({ revisions }: Readonly<Oracle>): boolean {
    return revisions.length < 8;
  }

  async run(oracle: Oracle, round: Round): Promise<void> {
    const { startStage, force } = this.wish;
    const input = { projectId: round.projectId, range: 'LAST_7_DAYS', startStage, force, includeCompleted: true };
    let planned: readonly PlannedCells[] = [];
    const plan = await eventually(async () => {
      planned = oracle.plan(force);
      const shown = await previewRevision(round.access, input);
      expect(shown.conversations).toBe(oracle.present.length);
      expect(cellsOf(shown.definitions, round)).toEqual(relevant(planned));
      return shown;
    }, patiently);
    const { system } = round;
    const answered = system.model.answered.length;
    const isHeld = this.wish.meanwhile !== 'NOTHING' && planned.some(({ asked }) => asked > 0);
    if (isHeld) system.model.hold();
    const created = await createRevision(round.access, input, plan);
    expect(created).toMatchObject({ outcome: 'PROCESSING', stage: 'DRAFT', badge: 'PROCESSING' });
    const index = round.revisionIds.push(created.id) - 1;
    const isIngested = isHeld && this.wish.meanwhile === 'INGESTED';
    if (isHeld) await this.interrupt(round, created);
    if (isHeld && this.wish.meanwhile === 'CANCELLED') oracle.cancelled();
    else oracle.execute(force);
    await round.processed(index);
    if (isIngested) await this.takeIn(oracle, round);
    if (!isHeld) this.requireAnswers(oracle, planned, system.model.answered.slice(answered));
    await agree(oracle, round);
  }

  /** It came when the scope was settled, and goes its ordinary way (B12). */
  private async takeIn(oracle: Oracle, round: Round): Promise<void> {
    oracle.ingest();
    await round.ended();
  }

  private async interrupt({ system, access, submit }: Round, { id }: ShownRevision): Promise<void> {
    await eventually(() => expect(system.model.inFlight).toBeGreaterThan(0), patiently);
    if (this.wish.meanwhile === 'CRASHED') return system.crash();
    if (this.wish.meanwhile === 'INGESTED') await submit();
    for (const step of ['publishRevision', 'makeRevisionLive', 'retryRevision'] as const) {
      expect(await press(access, step, id)).toMatchObject({ code: 'REVISION_STATE' });
    }
    if (this.wish.meanwhile === 'CANCELLED') expect(await press(access, 'cancelRevision', id)).toBeUndefined();
    system.model.letGo();
    await eventually(() => expect(system.model.inFlight).toBe(0), patiently);
  }

  /** Each cell once that was to be asked and could be answered, and no other. */
  private requireAnswers(oracle: Oracle, planned: readonly PlannedCells[], answers: readonly string[]): void {
    const expected = planned.reduce(
      (sum, { definition, asked }) => sum + (oracle.failing.has(definition) ? 0 : asked),
      0,
    );
    expect([answers.length, new Set(answers).size]).toEqual([expected, expected]);
  }
}

/** One of the revisions; out of all of them, or of those that allow the step. */
export interface Pick {
  readonly index: number;
  readonly isAny: boolean;
}

abstract class Step implements fc.AsyncCommand<Oracle, Round> {
  constructor(protected readonly pick: Pick) {}

  protected abstract readonly name: string;
  protected abstract allows(oracle: Readonly<Oracle>, revision: number): boolean;
  protected abstract take(oracle: Oracle, round: Round, revision: number): Promise<void>;

  toString(): string {
    return `${this.name} ${this.pick.isAny ? 'any' : 'allowed'} ${this.pick.index}`;
  }

  check(oracle: Readonly<Oracle>): boolean {
    return this.candidates(oracle).length > 0;
  }

  async run(oracle: Oracle, round: Round): Promise<void> {
    const candidates = this.candidates(oracle);
    await this.take(oracle, round, candidates[this.pick.index % candidates.length] ?? 0);
    await agree(oracle, round);
  }

  private candidates(oracle: Readonly<Oracle>): number[] {
    const all = [...oracle.revisions.keys()];
    return this.pick.isAny ? all : all.filter((revision) => this.allows(oracle, revision));
  }
}

export class Cancel extends Step {
  protected readonly name = 'cancel';
  protected readonly allows = (): boolean => true;

  /** All that are there have ended. */
  protected async take(_oracle: Oracle, { access, revisionIds }: Round, revision: number): Promise<void> {
    expect(await press(access, 'cancelRevision', revisionIds[revision] ?? '')).toMatchObject({
      code: 'REVISION_STATE',
    });
  }
}

export class Retry extends Step {
  protected readonly name = 'retry';
  protected readonly allows = (oracle: Oracle, revision: number): boolean =>
    oracle.mayRetry(revision) && oracle.failedIn(revision).length > 0;

  protected async take(oracle: Oracle, round: Round, revision: number): Promise<void> {
    const isAllowed = oracle.mayRetry(revision);
    const refusal = await press(round.access, 'retryRevision', round.revisionIds[revision] ?? '');
    expect(refusal?.code).toBe(isAllowed ? undefined : 'REVISION_STATE');
    if (!isAllowed) return;
    oracle.retry(revision);
    await round.processed(revision);
  }
}

export class Publish extends Step {
  protected readonly name = 'publish';
  protected readonly allows = (oracle: Oracle, revision: number): boolean => oracle.mayPublish(revision);

  protected async take(oracle: Oracle, { access, revisionIds }: Round, revision: number): Promise<void> {
    const isAllowed = oracle.mayPublish(revision);
    const refusal = await press(access, 'publishRevision', revisionIds[revision] ?? '');
    expect(refusal?.code).toBe(isAllowed ? undefined : 'REVISION_STATE');
    if (isAllowed) oracle.publish(revision);
  }
}

/** For the first time, or again. */
export class MakeLive extends Step {
  protected readonly name = 'make live';
  protected readonly allows = (oracle: Oracle, revision: number): boolean => oracle.mayMakeLive(revision);

  protected async take(oracle: Oracle, { access, revisionIds }: Round, revision: number): Promise<void> {
    const id = revisionIds[revision] ?? '';
    const refusal = await press(access, 'makeRevisionLive', id);
    if (!oracle.mayMakeLive(revision)) return expect(refusal?.code).toBe('REVISION_STATE');
    const newer = oracle.newerThan(revision).length;
    expect(refusal?.code).toBe(newer === 0 ? undefined : 'REVISION_REPLACES_NEWER');
    if (newer > 0) expect(await press(access, 'makeRevisionLive', id, { confirm: true })).toBeUndefined();
    oracle.makeLive(revision);
  }
}

export class RollBack extends Step {
  protected readonly name = 'roll back';
  protected readonly allows = (oracle: Oracle, revision: number): boolean => oracle.mayRollBack(revision);

  protected async take(oracle: Oracle, { access, revisionIds }: Round, revision: number): Promise<void> {
    const isAllowed = oracle.mayRollBack(revision);
    const refusal = await press(access, 'rollBackRevision', revisionIds[revision] ?? '');
    expect(refusal?.code).toBe(isAllowed ? undefined : 'REVISION_STATE');
    if (isAllowed) oracle.rollBack();
  }
}

type Shown = Awaited<ReturnType<typeof previewRevision>>['definitions'];

const cellsOf = (shown: Shown, round: Round): PlannedCells[] =>
  relevant(
    shown.map(({ definitionId, reused, rerun, new: fresh, outOfScope }) => ({
      definition: round.definitionIndex(definitionId),
      ...{ reused, asked: rerun + fresh, outOfScope },
    })),
  );

/** A definition without any cell need not be named. */
const relevant = (cells: readonly PlannedCells[]): PlannedCells[] =>
  cells
    .filter(({ reused, asked, outOfScope }) => reused + asked + outOfScope > 0)
    .toSorted((left, right) => left.definition - right.definition);

const wish = fc.record({
  startStage: fc.constantFrom('AUTO' as const, 'AUTO' as const, 'INSIGHTS' as const),
  force: fc.integer({ min: 0, max: 4 }).map((number) => number === 0),
  meanwhile: fc.constantFrom<Meanwhile>('NOTHING', 'NOTHING', ...meanwhile),
});
const chosen = fc.record({ index: fc.nat(7), isAny: fc.integer({ min: 0, max: 4 }).map((number) => number === 0) });

const revise = wish.map((one) => new Revise(one));
const publish = chosen.map((pick) => new Publish(pick));
const makeLive = chosen.map((pick) => new MakeLive(pick));

/** Those that come often stand there often. */
export const revisionCommands: fc.Arbitrary<fc.AsyncCommand<Oracle, Round, false>>[] = [
  ...[revise, revise, revise, revise, publish, publish, publish, makeLive, makeLive, makeLive, makeLive],
  ...[chosen.map((pick) => new Retry(pick)), chosen.map((pick) => new Retry(pick))],
  ...[chosen.map((pick) => new RollBack(pick)), chosen.map((pick) => new RollBack(pick))],
  chosen.map((pick) => new Cancel(pick)),
];
