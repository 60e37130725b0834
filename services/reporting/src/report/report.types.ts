import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { TrendIntervalEnum } from '../api/display.inputs.js';
import type { TrendInterval } from '../domain/display.js';
import type { ExportAvailability } from '../exports/domain/can-export.js';
import type { GoalCounts, ScoreBand, ScoreCounts } from '../domain/rules.js';
import { ReportCardType } from './card.type.js';
import type { CardView, ReportView } from './report-view.js';
// Cards are found by the interface that they implement, which does not name them.
import './card.types.js';

@ObjectType({ isAbstract: true })
abstract class RangeBase {
  @Field(() => GraphQLISODateTime, { description: 'Included.' })
  from!: Date;

  @Field(() => GraphQLISODateTime, { description: 'Excluded.' })
  to!: Date;
}

@ObjectType('ReportRange', { description: 'A length of time.' })
export class ReportRangeType extends RangeBase {}

@ObjectType('PreviousPeriod', { description: 'The time that a report is compared with.' })
export class PreviousPeriodType extends RangeBase {
  @Field(() => Int, { description: 'That pass the filter and took place in it.' })
  conversations!: number;
}

@ObjectType('GoalCounts', { description: 'How a goal came out, in conversations that were evaluated for it.' })
export class GoalCountsType implements GoalCounts {
  @Field(() => Int, { description: 'That met it.' })
  met!: number;

  @Field(() => Int, { description: 'That did not.' })
  notMet!: number;

  @Field(() => Int, { description: 'Of which nobody can say.' })
  unknown!: number;

  @Field(() => Float, { nullable: true, description: 'Met, of those that were met or not, 0 to 1; null without any.' })
  share!: number | null;
}

@ObjectType('GoalTrendPoint', { description: 'A day, a week or a month of a goal.' })
export class GoalTrendPointType extends GoalCountsType {
  @Field(() => GraphQLISODateTime, { description: 'Where it begins; it ends where the next one does.' })
  start!: Date;
}

@ObjectType('GoalFigures', { description: 'What a report says about a goal.' })
export class GoalFiguresType extends GoalCountsType {
  @Field(() => ID, { description: 'Of the goal.' })
  id!: string;

  @Field({ description: 'As people call it.' })
  name!: string;

  @Field(() => [GoalTrendPointType], { nullable: true, description: 'Null in a LIST.' })
  trend!: GoalTrendPointType[] | null;

  @Field(() => GoalCountsType, { nullable: true, description: 'Over the period before; null unless there is one.' })
  previous!: GoalCountsType | null;
}

@ObjectType('ScoreCounts', { description: 'Scores of a scorecard, 0 to 100.' })
export class ScoreCountsType implements ScoreCounts {
  @Field(() => Int, { description: 'Conversations with a score.' })
  count!: number;

  @Field(() => Float, { nullable: true, description: '0 to 100; null without a score.' })
  mean!: number | null;
}

@ObjectType('ScoreTrendPoint', { description: 'A day, a week or a month of a scorecard.' })
export class ScoreTrendPointType extends ScoreCountsType {
  @Field(() => GraphQLISODateTime, { description: 'Where it begins; it ends where the next one does.' })
  start!: Date;
}

@ObjectType('ScoreBand', { description: 'How many scores are between two bounds.' })
export class ScoreBandType implements ScoreBand {
  @Field(() => Int, { description: 'Included.' })
  from!: number;

  @Field(() => Int, { description: 'Excluded, but for 100.' })
  to!: number;

  @Field(() => Int, { description: 'Conversations.' })
  count!: number;
}

@ObjectType('ScorecardFigures', { description: 'What a report says about a scorecard.' })
export class ScorecardFiguresType extends ScoreCountsType {
  @Field(() => ID, { description: 'Of the scorecard.' })
  id!: string;

  @Field({ description: 'As people call it.' })
  name!: string;

  @Field(() => Float, { nullable: true, description: '0 to 100; null without a score.' })
  median!: number | null;

  @Field(() => [ScoreBandType], { description: 'Ten bands from 0 to 100.' })
  distribution!: ScoreBand[];

  @Field(() => [ScoreTrendPointType], { nullable: true, description: 'Null in a LIST.' })
  trend!: ScoreTrendPointType[] | null;

  @Field(() => ScoreCountsType, { nullable: true, description: 'Over the period before; null unless there is one.' })
  previous!: ScoreCountsType | null;
}

@ObjectType('ExportAvailability', { description: 'Whether a report can be exported.' })
export class ExportAvailabilityType implements ExportAvailability {
  @Field({ description: 'False for a project that asks nothing.' })
  isEnabled!: boolean;

  @Field(() => String, { nullable: true, description: 'In words for people; null where it is enabled.' })
  disabledReason!: string | null;
}

@ObjectType('ProjectReport', { description: 'What was found in the conversations of a project that pass a filter.' })
export class ProjectReportType implements Omit<ReportView, 'cards' | 'goals' | 'scorecards'> {
  @Field(() => ID, { description: 'Of the project.' })
  projectId!: string;

  @Field({ description: 'As people call the project.' })
  name!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When everything was so; null for now.' })
  asOf!: Date | null;

  @Field(() => Int, { description: 'That pass the filter, and that the reader may read.' })
  conversations!: number;

  @Field(() => ReportRangeType, {
    nullable: true,
    description: 'Of the filter; where that is open, from the first and to the last conversation. Null without any.',
  })
  range!: ReportRangeType | null;

  @Field(() => TrendIntervalEnum, { nullable: true, description: 'How long the points of trends are; null without.' })
  interval!: TrendInterval | null;

  @Field({ description: 'In which days begin.' })
  timeZone!: string;

  @Field(() => PreviousPeriodType, {
    nullable: true,
    description: 'As long as the range, right before it; null unless the filter has both ends.',
  })
  previous!: PreviousPeriodType | null;

  @Field(() => ExportAvailabilityType, { description: 'Whether there is anything to export.' })
  export!: ExportAvailability;

  @Field(() => [ReportCardType], { description: 'One a definition, in the order of the project.' })
  cards!: CardView[];

  @Field(() => [GoalFiguresType], { description: 'In the order of the project.' })
  goals!: GoalFiguresType[];

  @Field(() => [ScorecardFiguresType], { description: 'In the order of the project.' })
  scorecards!: ScorecardFiguresType[];
}
