import type {
  CellReason,
  DefinitionPlan,
  EstimateGapReason,
  EstimateInterval,
  EstimateMeasure,
  EstimatePartName,
  PlanEstimate,
  PlanEstimatePart,
  PlanSummary,
  RerunStage,
} from '@harmony/contracts';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { EstimateGapReasonEnum, EstimateMeasureEnum, EstimatePartEnum } from './estimate-enums.js';
import { CellReasonEnum, RerunStageEnum } from './revision-enums.js';

@ObjectType('PlannedReason', { description: 'Results for which the same holds.' })
export class PlannedReasonType {
  @Field(() => CellReasonEnum, { description: 'What holds for them.' })
  reason!: CellReason;

  @Field(() => Int, { description: 'How many.' })
  cells!: number;
}

@ObjectType('DefinitionPlan', { description: 'What is done with the results of one definition, and why.' })
export class DefinitionPlanType implements DefinitionPlan {
  @Field(() => ID, { description: 'Of the definition.' })
  definitionId!: string;

  @Field(() => Int, { description: 'Carried over, at no cost.' })
  reused!: number;

  @Field(() => Int, { description: 'Asked again.' })
  rerun!: number;

  @Field(() => Int, { description: 'Asked for the first time.' })
  new!: number;

  @Field(() => Int, { description: 'In force, and not asked any more.' })
  outOfScope!: number;

  @Field(() => [PlannedReasonType], { description: 'Each reason once.' })
  reasons!: PlannedReasonType[];
}

@ObjectType('PlannedStage', { description: 'Conversations that begin at the same stage.' })
export class PlannedStageType {
  @Field(() => RerunStageEnum, { description: 'Where they begin.' })
  stage!: RerunStage;

  @Field(() => Int, { description: 'How many.' })
  conversations!: number;
}

@ObjectType('PlanSummary', { description: 'What a revision does.' })
export class PlanSummaryType implements PlanSummary {
  @Field(() => Int, { description: 'Conversations in its scope.' })
  conversations!: number;

  @Field({ description: 'Equal for equal scopes: a digest of the ids of their conversations.' })
  scopeDigest!: string;

  @Field(() => [PlannedStageType], { description: 'Where its conversations begin.' })
  stages!: PlannedStageType[];

  @Field(() => [DefinitionPlanType], { description: 'What is done with each definition.' })
  definitions!: DefinitionPlanType[];
}

@ObjectType('EstimateInterval', { description: 'An expectation, with the bounds of 95 %.' })
export class EstimateIntervalType implements EstimateInterval {
  @Field(() => Float, { description: 'Lower bound.' })
  low!: number;

  @Field(() => Float, { description: 'What is expected.' })
  expected!: number;

  @Field(() => Float, { description: 'Upper bound.' })
  high!: number;
}

@ObjectType({ isAbstract: true })
abstract class EstimatedUsage {
  @Field(() => EstimateIntervalType, { description: 'Calls of the analyst.' })
  calls!: EstimateInterval;

  @Field(() => EstimateIntervalType, { description: 'Tokens, in and out.' })
  tokens!: EstimateInterval;

  @Field(() => EstimateIntervalType, { description: 'Millionths of a US dollar, by the prices that are set.' })
  costMicros!: EstimateInterval;
}

@ObjectType('EstimateGap', { description: 'A figure that cannot be told.' })
export class EstimateGapType {
  @Field(() => EstimateMeasureEnum, { description: 'Which one it is.' })
  measure!: EstimateMeasure;

  @Field(() => EstimateGapReasonEnum, { description: 'Why nobody can tell.' })
  reason!: EstimateGapReason;
}

@ObjectType('PlanEstimatePart', { description: 'What one kind of work is going to take.' })
export class PlanEstimatePartType extends EstimatedUsage implements PlanEstimatePart {
  @Field(() => EstimatePartEnum, { description: 'What is done.' })
  name!: EstimatePartName;

  @Field(() => EstimateIntervalType, { description: 'How many recordings, extractions, questions or answers.' })
  amount!: EstimateInterval;

  @Field(() => EstimateIntervalType, {
    description: 'Of the recordings that are transcribed, in milliseconds; 0 for other work.',
  })
  recordingMs!: EstimateInterval;

  @Field(() => EstimateIntervalType, { description: 'In milliseconds.' })
  durationMs!: EstimateInterval;

  @Field(() => Int, { description: 'How many recorded ones it rests on.' })
  samples!: number;

  @Field(() => [EstimateGapType], {
    description: 'Figures that cannot be told, and are 0 here; empty where all are known.',
  })
  unknown!: EstimateGapType[];
}

@ObjectType('PlanEstimate', { description: 'What a plan is going to take, from what such work took before.' })
export class PlanEstimateType extends EstimatedUsage implements PlanEstimate {
  @Field(() => EstimateIntervalType, { description: 'From start to end, in milliseconds.' })
  durationMs!: EstimateInterval;

  @Field(() => Int, { description: 'How many recorded answers it rests on.' })
  samples!: number;

  @Field(() => [PlanEstimatePartType], {
    nullable: true,
    description: 'What it is the sum of; null for older revisions, whose estimate is of answers alone.',
  })
  parts?: PlanEstimatePartType[];
}
