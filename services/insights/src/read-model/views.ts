import type { QuestionView } from '@harmony/api';
import type { Criterion, Goal, Presentation, Scorecard } from '@harmony/contracts';

export interface DefinitionVersionView {
  readonly definitionId: string;
  readonly version: number;
  readonly question: QuestionView;
  readonly context: string;
  readonly usesKnowledge: boolean;
  readonly createdAt: Date;
}

export interface DefinitionView extends Omit<DefinitionVersionView, 'definitionId'>, Presentation {
  readonly id: string;
  readonly projectId: string;
  readonly isActive: boolean;
  readonly isRemoved: boolean;
  readonly updatedAt: Date;
}

export type CriterionView = { readonly id: string; readonly version: number; readonly criterion: Criterion };
export type GoalView = Goal & { readonly id: string };
export type ScorecardView = Scorecard & { readonly id: string };

/** A project as its readers see it, without its definitions. */
export interface ProjectView {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly teamIds: readonly string[];
  readonly knowledge: string;
  readonly criteria: readonly CriterionView[];
  readonly goals: readonly GoalView[];
  readonly scorecards: readonly ScorecardView[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly revision: number;
  /** Whether the reader keeps it at hand. */
  readonly isPinned: boolean;
}
