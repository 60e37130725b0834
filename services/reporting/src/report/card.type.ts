import { InsightTypeEnum } from '@harmony/api';
import type { InsightType } from '@harmony/contracts';
import { Field, Float, GraphQLISODateTime, ID, Int, InterfaceType, ObjectType } from '@nestjs/graphql';
import { DefinitionResultType } from '../rows/definition-result.types.js';
import type { ResultRowView } from '../rows/result-row.js';
import type { CardView } from './report-view.js';

@ObjectType({ isAbstract: true })
abstract class CountsType {
  @Field(() => Int, { description: 'Conversations that the definition was asked about.' })
  asked!: number;

  @Field(() => Int, { description: 'With an answer.' })
  answered!: number;

  @Field(() => Int, { description: 'Nobody spoke of it; this is not a no.' })
  notDiscussed!: number;

  @Field(() => Int, { description: 'Could not be answered.' })
  failed!: number;
}

@ObjectType('ReportCounts', { description: 'How a definition came out, in conversations; the others add up to asked.' })
export class ReportCountsType extends CountsType {
  @Field(() => Int, { description: 'Still being answered.' })
  pending!: number;
}

@ObjectType('PartCount', { description: 'How often a part of a card is there.' })
export class PartCountType {
  @Field({ description: 'Key of the item, bucket or stage; YES, a band, a value, a quadrant; name of a competitor.' })
  key!: string;

  @Field(() => Int, { description: 'Conversations; of SPIN distribution, questions.' })
  count!: number;
}

const headline = 'The number that stands for the card, see there; null where there is nothing to say.';

@ObjectType('TrendPoint', { description: 'A day, a week or a month of a card.' })
export class TrendPointType extends CountsType {
  @Field(() => GraphQLISODateTime, { description: 'Where it begins; it ends where the next one does.' })
  start!: Date;

  @Field(() => Float, { nullable: true, description: headline })
  value!: number | null;

  @Field(() => [PartCountType], { description: 'Those that are there, in the order of the card.' })
  parts!: PartCountType[];
}

@ObjectType('PreviousFigures', { description: 'The same card over the period before.' })
export class PreviousFiguresType extends CountsType {
  @Field(() => Float, { nullable: true, description: headline })
  value!: number | null;
}

const typeNames: Record<InsightType, string> = {
  SUMMARY: 'SummaryCard',
  COMPETITORS: 'CompetitorsCard',
  DISCOUNT: 'DiscountCard',
  BUYER_ENGAGEMENT: 'BuyerEngagementCard',
  OPEN_QUESTION: 'OpenQuestionCard',
  YES_NO: 'YesNoCard',
  CHECKLIST: 'ChecklistCard',
  MARKDOWN: 'MarkdownCard',
  GROUP: 'GroupCard',
  SCALE: 'ScaleCard',
  FUNNEL: 'FunnelCard',
  SPIN_IMPROVEMENT: 'SpinImprovementCard',
  SPIN_DISTRIBUTION: 'SpinDistributionCard',
};

/** What every card says; the object type of each is named after the type of its definition. */
@InterfaceType('ReportCard', {
  description: 'What a report says about one definition.',
  resolveType: ({ type }: CardView) => typeNames[type],
})
export abstract class ReportCardType {
  @Field(() => ID, { description: 'Of the definition.' })
  definitionId!: string;

  @Field({ description: 'As people call the definition.' })
  title!: string;

  @Field(() => InsightTypeEnum, { description: 'Kind of the question.' })
  type!: InsightType;

  @Field({ description: 'Whether new conversations are asked.' })
  isActive!: boolean;

  @Field({ description: 'Removed definitions are shown with includeInactive only.' })
  isRemoved!: boolean;

  @Field(() => ReportCountsType, { description: 'Answered, not discussed and failed are three different things.' })
  counts!: ReportCountsType;

  @Field(() => Float, {
    nullable: true,
    description:
      'The number that stands for the card: the success share of yes/no, met of met and not met items of a checklist, the share that reached the last stage of a funnel, the share with a discount, the share that mentions a competitor (all 0 to 1), the mean of engagement and scale; null for others and where there is none.',
  })
  value!: number | null;

  @Field(() => [TrendPointType], {
    nullable: true,
    description: 'Over the whole range, the earliest first; null in a LIST.',
  })
  trend!: TrendPointType[] | null;

  @Field(() => PreviousFiguresType, {
    nullable: true,
    description: 'Over as long a time right before the range; null unless the filter has both ends.',
  })
  previous!: PreviousFiguresType | null;

  @Field(() => [DefinitionResultType], {
    description:
      'The latest answers, the newest first; GRAPHS has them for summaries, open questions, markdown, competitors and SPIN improvement.',
  })
  latest!: ResultRowView[];
}
