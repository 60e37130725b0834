import type {
  AnalystOrigin,
  AnswerInputDigests,
  Eligibility,
  EventDataOf,
  Finding,
  GoalEvaluation,
  RunKind,
  ScorecardEvaluation,
  Usage,
} from '@harmony/contracts';

/** One definition, at the version that its run answers. */
export type Cell = Omit<EventDataOf<'InsightsRunStarted'>['cells'][number], 'carriedFrom'>;

/** Where a cell is: of which run, and of which definition. */
export interface CellPlace {
  readonly runId: string;
  readonly definitionId: string;
}

/** What became of a cell; nothing that follows changes it. */
export type Settled =
  | {
      readonly outcome: 'ANSWERED' | 'NOT_DISCUSSED';
      readonly resultId: string;
      readonly identity: string;
      readonly inputs: AnswerInputDigests | undefined;
      readonly finding: Finding;
      readonly origin: AnalystOrigin;
      /** The run that the analyst answered in. */
      readonly foundIn: string;
      readonly isCarriedOver: boolean;
    }
  | {
      readonly outcome: 'FAILED';
      readonly resultId: string;
      readonly identity: string | null;
      readonly code: string;
      readonly origin: AnalystOrigin;
    }
  | { readonly outcome: 'DROPPED' };

export interface PlannedCell extends Cell {
  /** Null while it is pending. */
  readonly settled: Settled | null;
}

/** Goals and scorecards of one project, by the rules of one revision of its stream. */
export interface Scores {
  readonly rulesRevision: number;
  readonly goals: readonly GoalEvaluation[];
  readonly scorecards: readonly ScorecardEvaluation[];
}

export interface Run {
  readonly id: string;
  readonly kind: RunKind;
  readonly revisionId: string | null;
  readonly transcriptVersion: number;
  readonly extractionVersion: number;
  /** Id of the event that started it: the cause of everything that its cells lead to. */
  readonly startedBy: string;
  readonly eligibility: readonly Eligibility[];
  /** By which revisions of streams its questions are asked; undefined: by what holds when they are. */
  readonly frozen: EventDataOf<'InsightsRunStarted'>['frozen'];
  /** Whether nothing is carried over but from other runs of the same revision. */
  readonly isForced: boolean;
  /** By definition. */
  readonly cells: ReadonlyMap<string, PlannedCell>;
  /** The latest, by project. */
  readonly scores: ReadonlyMap<string, Scores>;
  /** Definitions whose unchanged answers were asked for once more. */
  readonly repeated: ReadonlySet<string>;
  /** Changed answers that somebody has looked into, by {@link attributedKey}. */
  readonly attributed: ReadonlySet<string>;
  /** What its answers and failures took. */
  readonly usage: Usage;
  readonly isCompleted: boolean;
}
