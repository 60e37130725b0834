import type { Goal, InsightType, Medium, Presentation, Question, Scorecard } from '@harmony/contracts';
import type { OpenStream } from './streams.js';

export interface SampleDefinition {
  readonly id: string;
  readonly type: InsightType;
  question: Question;
  version: number;
  presentation: Presentation;
  isActive: boolean;
  isRemoved: boolean;
}

/** A project as it stands while the log is being written. */
export interface SampleProject {
  readonly id: string;
  readonly stream: OpenStream;
  teamIds: string[];
  readonly definitions: SampleDefinition[];
  readonly goals: Map<string, Goal>;
  readonly scorecards: Map<string, Scorecard>;
  /** Conversations by other media are not eligible; null lets all of them in. */
  readonly medium: { readonly criterionId: string; readonly anyOf: readonly Medium[] } | null;
  readonly revisions: OpenStream;
  revisionCount: number;
  /** Those that are published. */
  readonly revisionIds: string[];
  /** What was made live and not rolled back, the one that is live last; places are in the stream of the revisions. */
  readonly flips: { readonly revisionId: string; readonly place: number }[];
}

/** What new runs ask. */
export const askedNow = ({ definitions }: SampleProject): SampleDefinition[] =>
  definitions.filter(({ isActive, isRemoved }) => isActive && !isRemoved);

export const kept = ({ definitions }: SampleProject): SampleDefinition[] =>
  definitions.filter(({ isRemoved }) => !isRemoved);
