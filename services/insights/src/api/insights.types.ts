import {
  FoundType,
  GoalMatchEnum,
  InsightTypeEnum,
  QuestionUnion,
  RuleOutcomeEnum,
  RunKindEnum,
  type QuestionView,
} from '@harmony/api';
import type { Goal, InsightType, RuleOutcome, RunCounts, RunKind } from '@harmony/contracts';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type {
  ConversationInsightsView,
  GoalOutcomeView,
  ProjectInsightsView,
  ResultView,
  RunView,
  ScorecardOutcomeView,
} from '../read-model/insights-view.js';

@ObjectType('InsightResult', { description: 'What one definition found in one conversation.' })
export class InsightResultType extends FoundType {
  @Field(() => ID, { description: 'Of the definition.' })
  definitionId!: string;

  @Field(() => Int, { description: 'The version that was asked.' })
  definitionVersion!: number;

  @Field({ description: 'As people call the definition.' })
  title!: string;

  @Field(() => InsightTypeEnum, { description: 'Kind of the question.' })
  type!: InsightType;

  @Field(() => QuestionUnion, { description: 'What was asked, at that version.' })
  question!: QuestionView;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of everything that the answer depends on: equal identities have equal answers.',
  })
  identity!: string | null;

  @Field(() => ID, { nullable: true, description: 'The run that found it, where that was an earlier one.' })
  carriedOverFromRunId!: string | null;

  @Field(() => Date, { nullable: true, description: 'Null while it is pending.' })
  settledAt!: Date | null;
}

@ObjectType('GoalConditionOutcome', { description: 'What became of a condition.' })
export class GoalConditionOutcomeType {
  @Field(() => ID, { description: 'Whose result was asked.' })
  definitionId!: string;

  @Field(() => RuleOutcomeEnum, { description: 'Whether it holds.' })
  outcome!: RuleOutcome;
}

@ObjectType('GoalOutcome', { description: 'Whether a conversation meets a goal.' })
export class GoalOutcomeType implements GoalOutcomeView {
  @Field(() => ID, { description: 'Of the goal.' })
  goalId!: string;

  @Field({ description: 'As people call it.' })
  name!: string;

  @Field(() => GoalMatchEnum, { description: 'How many conditions must hold.' })
  match!: Goal['match'];

  @Field(() => RuleOutcomeEnum, { description: 'Whether it is met.' })
  outcome!: RuleOutcome;

  @Field(() => [GoalConditionOutcomeType], { description: 'In the order of the goal.' })
  conditions!: GoalConditionOutcomeType[];
}

@ObjectType('ScorecardRuleOutcome', { description: 'What a rule contributes.' })
export class ScorecardRuleOutcomeType {
  @Field({ description: 'As people call it.' })
  label!: string;

  @Field(() => Float, { description: 'Its weight among the rules.' })
  weight!: number;

  @Field(() => ID, { description: 'Whose result was asked.' })
  definitionId!: string;

  @Field(() => RuleOutcomeEnum, { description: 'Whether it holds.' })
  outcome!: RuleOutcome;

  @Field(() => Float, { description: 'Of the score; the points of all rules add up to it.' })
  points!: number;

  @Field(() => Float, { description: 'What it could have given; 0 for one that could not be decided.' })
  possible!: number;
}

@ObjectType('ScorecardOutcome', { description: 'The score of a conversation.' })
export class ScorecardOutcomeType implements ScorecardOutcomeView {
  @Field(() => ID, { description: 'Of the scorecard.' })
  scorecardId!: string;

  @Field({ description: 'As people call it.' })
  name!: string;

  @Field(() => Float, { nullable: true, description: '0 to 100; null when no rule could be decided.' })
  score!: number | null;

  @Field(() => [ScorecardRuleOutcomeType], { description: 'In the order of the scorecard.' })
  rules!: ScorecardRuleOutcomeType[];
}

@ObjectType('InsightsRunCounts', { description: 'How the results of a run came out.' })
export class InsightsRunCountsType implements RunCounts {
  @Field(() => Int, { description: 'With an answer.' })
  answered!: number;

  @Field(() => Int, { description: 'Nobody spoke of them.' })
  notDiscussed!: number;

  @Field(() => Int, { description: 'Could not be answered.' })
  failed!: number;

  @Field(() => Int, { description: 'Of the answered and the not discussed ones: used again, without asking.' })
  carriedOver!: number;

  @Field(() => Int, { description: 'Removed before their turn came.' })
  dropped!: number;
}

@ObjectType('InsightsRun', { description: 'One time that a conversation was asked its definitions.' })
export class InsightsRunType implements RunView {
  @Field(() => ID, { description: 'Of the run.' })
  id!: string;

  @Field(() => RunKindEnum, { description: 'Who asked for it.' })
  kind!: RunKind;

  @Field(() => ID, { nullable: true, description: 'The revision that asked for it; null for the pipeline.' })
  revisionId!: string | null;

  @Field(() => Int, { description: 'Version of the transcript that was read.' })
  transcriptVersion!: number;

  @Field(() => Int, { description: 'How many results it has, or will have.' })
  resultCount!: number;

  @Field({ description: 'When it began.' })
  startedAt!: Date;

  @Field(() => Date, { nullable: true, description: 'Null while it goes on.' })
  completedAt!: Date | null;

  @Field(() => InsightsRunCountsType, { nullable: true, description: 'Null while it goes on.' })
  counts!: InsightsRunCountsType | null;
}

@ObjectType('ProjectInsights', { description: 'What a project found in a conversation.' })
export class ProjectInsightsType implements Omit<ProjectInsightsView, 'results'> {
  @Field(() => ID, { description: 'Of the project.' })
  projectId!: string;

  @Field({ description: 'As people call it.' })
  name!: string;

  @Field(() => InsightsRunType, {
    description: 'The run that is in force: of the latest of the pipeline and those of live revisions the newest.',
  })
  run!: RunView;

  @Field(() => [InsightResultType], { description: 'In the order of the report.' })
  results!: ResultView[];

  @Field(() => [GoalOutcomeType], { description: 'Evaluated once all results are there.' })
  goals!: GoalOutcomeType[];

  @Field(() => [ScorecardOutcomeType], { description: 'Evaluated once all results are there.' })
  scorecards!: ScorecardOutcomeType[];
}

@ObjectType('ConversationInsights', { description: 'What was found in a conversation.' })
export class ConversationInsightsType implements Omit<ConversationInsightsView, 'projects'> {
  @Field(() => ID, { description: 'Of the conversation.' })
  conversationId!: string;

  @Field(() => InsightsRunType, {
    description: 'The newest run; a project may still show an earlier one, or one that was made live.',
  })
  run!: InsightsRunType;

  @Field(() => [ProjectInsightsType], { description: 'Of the projects that it belongs into.' })
  projects!: ProjectInsightsView[];
}
