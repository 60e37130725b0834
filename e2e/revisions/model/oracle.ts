import type { RevisionBadge, RevisionOutcome, RevisionStage } from '@harmony/contracts';
import { saysYes } from '../stand-in.js';

/** A definition is known by its place in the project, a conversation and a revision by when they came. */
export interface Definition {
  /** Which question is asked; equal wordings have equal identities (D4). */
  wording: number;
  isActive: boolean;
}

interface Cell {
  readonly wording: number;
  readonly isAnswered: boolean;
}

interface Run {
  /** Null for the conversation's own way. */
  readonly revision: number | null;
  readonly startedAt: number;
  readonly cells: ReadonlyMap<number, Cell>;
}

interface Conversation {
  isDeleted: boolean;
  readonly runs: Run[];
}

export interface Revision {
  /** Definitions that were active when it was asked for, with what they asked then. */
  readonly frozen: ReadonlyMap<number, number>;
  outcome: RevisionOutcome;
  stage: RevisionStage;
}

/** A revision was made live, and that was not rolled back. */
interface Flip {
  readonly revision: number;
  readonly at: number;
}

/** What becomes of the cells of a definition. */
export interface PlannedCells {
  definition: number;
  reused: number;
  asked: number;
  outOfScope: number;
}

export interface Figures {
  readonly definition: number;
  readonly asked: number;
  readonly failed: number;
  readonly yes: number;
  readonly no: number;
}

/** Revisions as D2 to D4 describe them, over one project whose conversations are all in range. */
export class Oracle {
  readonly definitions: Definition[] = [];
  readonly conversations: Conversation[] = [];
  readonly revisions: Revision[] = [];
  /** Definitions that the analyst cannot answer at present. */
  readonly failing = new Set<number>();
  readonly #flips: Flip[] = [];
  #time = 0;

  /**
   * @param hasAnswered whether the model has answered a question well: what was on its way when a revision was cancelled
   * is kept too
   */
  constructor(
    definitions: number,
    private readonly hasAnswered: (conversation: number, definition: number, wording: number) => boolean,
  ) {
    for (let index = 0; index < definitions; index += 1) this.definitions.push({ wording: 0, isActive: true });
  }

  /** Indexes of what was not deleted. */
  get present(): number[] {
    return this.conversations.flatMap(({ isDeleted }, index) => (isDeleted ? [] : [index]));
  }

  ingest(): void {
    this.conversations.push({ isDeleted: false, runs: [] });
    this.#run(this.conversations.length - 1, null, this.active());
  }

  /** An ordinary run, as when somebody tries a conversation again. */
  runAgain(conversation: number): void {
    this.#run(conversation, null, this.active());
  }

  delete(conversation: number): void {
    const deleted = this.conversations[conversation];
    if (deleted) deleted.isDeleted = true;
  }

  plan(isForced: boolean): PlannedCells[] {
    const active = this.active();
    return this.definitions.map((_, definition) => {
      const cells: PlannedCells = { definition, reused: 0, asked: 0, outOfScope: 0 };
      const wording = active.get(definition);
      for (const conversation of this.present) {
        if (wording === undefined) cells.outOfScope += this.inForce(conversation)?.cells.has(definition) ? 1 : 0;
        else if (!isForced && this.#isAnswered(conversation, definition, wording)) cells.reused += 1;
        else cells.asked += 1;
      }
      return cells;
    });
  }

  /** Executes a revision to its end. @returns its index. */
  execute(isForced: boolean): number {
    const revision: Revision = { frozen: this.active(), outcome: 'NO_CONVERSATIONS', stage: 'DRAFT' };
    const index = this.revisions.push(revision) - 1;
    for (const conversation of this.present) this.#run(conversation, index, revision.frozen, isForced);
    this.#settle(index);
    return index;
  }

  /** One that is stopped before any of its runs has ended. */
  cancelled(): void {
    this.revisions.push({ frozen: this.active(), outcome: 'CANCELLED', stage: 'DRAFT' });
  }

  /** Conversations of which some cell of the revision failed. */
  failedIn(revision: number): number[] {
    return this.present.filter((conversation) => {
      const cells = [...(this.#runOf(conversation, revision)?.cells.values() ?? [])];
      return cells.some(({ isAnswered }) => !isAnswered);
    });
  }

  mayRetry(revision: number): boolean {
    const { outcome, stage } = this.#at(revision);
    return stage === 'DRAFT' && (outcome === 'COMPLETED_WITH_ERRORS' || outcome === 'FAILED');
  }

  retry(revision: number): void {
    for (const conversation of this.failedIn(revision)) {
      this.#run(conversation, revision, this.#at(revision).frozen);
    }
    this.#settle(revision);
  }

  mayPublish(revision: number): boolean {
    const { outcome, stage } = this.#at(revision);
    return stage === 'DRAFT' && (outcome === 'COMPLETED' || outcome === 'COMPLETED_WITH_ERRORS');
  }

  publish(revision: number): void {
    this.#at(revision).stage = 'PUBLISHED';
  }

  mayMakeLive(revision: number): boolean {
    const { stage } = this.#at(revision);
    return stage === 'PUBLISHED' || stage === 'SUPERSEDED';
  }

  /** Conversations of the revision that ran in the ordinary way since. */
  newerThan(revision: number): number[] {
    return this.present.filter((conversation) => {
      const runs = this.conversations[conversation]?.runs ?? [];
      // Later ones may carry over what the first one found.
      const own = runs.find((run) => run.revision === revision);
      const ordinary = runs.filter((run) => run.revision === null);
      return own !== undefined && ordinary.some(({ startedAt }) => startedAt > own.startedAt);
    });
  }

  makeLive(revision: number): void {
    this.#flips.push({ revision, at: (this.#time += 1) });
    this.#restage();
  }

  mayRollBack(revision: number): boolean {
    return this.#at(revision).stage === 'LIVE';
  }

  rollBack(): void {
    this.#flips.pop();
    this.#restage();
  }

  badge(revision: number): RevisionBadge {
    const { outcome, stage } = this.#at(revision);
    if (stage === 'LIVE') return 'LIVE';
    const isDone = outcome === 'COMPLETED' || outcome === 'COMPLETED_WITH_ERRORS';
    return isDone && stage === 'DRAFT' ? 'DRAFT' : outcome;
  }

  /** The run that counts for a conversation (D3): the last that started by itself or was put in force. */
  inForce(conversation: number): Run | undefined {
    const since = ({ revision, startedAt }: Run): number =>
      revision === null ? startedAt : (this.#flips.findLast((flip) => flip.revision === revision)?.at ?? -1);
    const latest = this.conversations[conversation]?.runs.filter(
      (run) => since(run) >= 0 && (run.revision === null || run === this.#runOf(conversation, run.revision)),
    );
    return latest?.reduce<Run | undefined>((best, run) => (best && since(best) > since(run) ? best : run), undefined);
  }

  /** Of all that is in force, or of one revision. */
  report(revision?: number): Figures[] {
    const shown = revision === undefined ? this.active() : this.#at(revision).frozen;
    return [...shown.keys()].map((definition) => {
      const figures = { definition, asked: 0, failed: 0, yes: 0, no: 0 };
      for (const conversation of this.present) {
        const run = revision === undefined ? this.inForce(conversation) : this.#runOf(conversation, revision);
        const cell = run?.cells.get(definition);
        if (!cell) continue;
        figures.asked += 1;
        if (!cell.isAnswered) figures.failed += 1;
        else if (saysYes(conversation, definition, cell.wording)) figures.yes += 1;
        else figures.no += 1;
      }
      return figures;
    });
  }

  active(): Map<number, number> {
    const entries = this.definitions.map(({ wording, isActive }, index) => ({ index, wording, isActive }));
    return new Map(entries.filter(({ isActive }) => isActive).map(({ index, wording }) => [index, wording]));
  }

  #run(conversation: number, revision: number | null, asked: ReadonlyMap<number, number>, isForced = false): void {
    const cells = new Map<number, Cell>();
    for (const [definition, wording] of asked) {
      const isStored = !isForced && this.#isAnswered(conversation, definition, wording);
      cells.set(definition, { wording, isAnswered: isStored || !this.failing.has(definition) });
    }
    this.conversations[conversation]?.runs.push({ revision, startedAt: (this.#time += 1), cells });
  }

  #isAnswered(conversation: number, definition: number, wording: number): boolean {
    const cells = this.conversations[conversation]?.runs.map((run) => run.cells.get(definition)) ?? [];
    const isStored = cells.some((cell) => cell?.isAnswered === true && cell.wording === wording);
    return isStored || this.hasAnswered(conversation, definition, wording);
  }

  #runOf(conversation: number, revision: number): Run | undefined {
    return this.conversations[conversation]?.runs.findLast((run) => run.revision === revision);
  }

  #settle(revision: number): void {
    const runs = this.present.flatMap((conversation) => this.#runOf(conversation, revision) ?? []);
    const failures = runs.map(({ cells }) => [...cells.values()].filter(({ isAnswered }) => !isAnswered).length);
    this.#at(revision).outcome = 'COMPLETED';
    if (runs.length === 0) this.#at(revision).outcome = 'NO_CONVERSATIONS';
    else if (runs.every(({ cells }, index) => cells.size === failures[index])) this.#at(revision).outcome = 'FAILED';
    else if (failures.some((failed) => failed > 0)) this.#at(revision).outcome = 'COMPLETED_WITH_ERRORS';
  }

  #restage(): void {
    for (const other of this.revisions) if (other.stage === 'LIVE') other.stage = 'SUPERSEDED';
    const live = this.#flips.at(-1);
    if (live) this.#at(live.revision).stage = 'LIVE';
  }

  #at(revision: number): Revision {
    const found = this.revisions[revision];
    if (!found) throw new RangeError(`There is no revision ${revision}.`);
    return found;
  }
}
