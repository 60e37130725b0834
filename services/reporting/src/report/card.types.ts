import { YesNoEnum } from '@harmony/api';
import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { ChecklistItemFigures } from '../domain/figures/checklist.js';
import type { BucketFigures, StageFigures } from '../domain/figures/choices.js';
import type { CompetitorFigures } from '../domain/figures/competitors.js';
import type { AmountFigures, BandFigures, ValueCount } from '../domain/figures/numbers.js';
import type { QuadrantNeglect, QuadrantQuestions } from '../domain/figures/spin.js';
import { ReportCardType } from './card.type.js';
import {
  AmountStatisticsType,
  BandFiguresType,
  BucketFiguresType,
  ChecklistItemFiguresType,
  CompetitorFiguresType,
  NumberStatisticsType,
  QuadrantNeglectType,
  QuadrantQuestionsType,
  StageFiguresType,
  ValueCountType,
} from './figures.types.js';

const card = (description: string) => ({ implements: () => ReportCardType, description });

@ObjectType('YesNoCard', card('A question that is answered with yes or no.'))
export class YesNoCardType extends ReportCardType {
  @Field(() => Int, { description: 'Conversations with a yes.' })
  yes!: number;

  @Field(() => Int, { description: 'Conversations with a no.' })
  no!: number;

  @Field(() => YesNoEnum, { description: 'The answer that counts as success.' })
  successAnswer!: 'YES' | 'NO';

  @Field(() => Float, { nullable: true, description: 'Successes, of yes and no, 0 to 1; null without any.' })
  successShare!: number | null;
}

@ObjectType('GroupCard', card('A choice of one bucket.'))
export class GroupCardType extends ReportCardType {
  @Field(() => [BucketFiguresType], { description: 'In the order of the definition, former ones last.' })
  buckets!: BucketFigures[];
}

@ObjectType('ChecklistCard', card('What a conversation should bring, item by item.'))
export class ChecklistCardType extends ReportCardType {
  @Field(() => [ChecklistItemFiguresType], { description: 'In the order of the definition, former ones last.' })
  items!: ChecklistItemFigures[];

  @Field(() => Float, { nullable: true, description: 'Items met in an answered conversation, on average.' })
  meanItemsMet!: number | null;
}

@ObjectType('FunnelCard', card('How far deals went.'))
export class FunnelCardType extends ReportCardType {
  @Field(() => [StageFiguresType], { description: 'In the order of the definition, former ones last.' })
  stages!: StageFigures[];
}

@ObjectType('DiscountCard', card('Whether discounts were discussed, and which.'))
export class DiscountCardType extends ReportCardType {
  @Field(() => Int, { description: 'Conversations with a discount.' })
  discussed!: number;

  @Field(() => Int, { description: 'Conversations that were answered, and there was none.' })
  notDiscussed!: number;

  @Field(() => NumberStatisticsType, { description: 'Rates that were named, in per cent.' })
  rate!: NumberStatisticsType;

  @Field(() => [AmountStatisticsType], { description: 'Amounts that were named, by currency.' })
  amounts!: AmountFigures[];
}

@ObjectType('BuyerEngagementCard', card('How engaged buyers are, 0 to 10.'))
export class BuyerEngagementCardType extends ReportCardType {
  @Field(() => NumberStatisticsType, { description: 'Of the scores.' })
  statistics!: NumberStatisticsType;

  @Field(() => [ValueCountType], { description: 'Of every score from 0 to 10.' })
  distribution!: ValueCount[];

  @Field(() => [BandFiguresType], { description: 'STRONG from 8, MODERATE from 6, LIMITED below.' })
  bands!: BandFigures[];
}

@ObjectType('ScaleCard', card('A rating between two ends.'))
export class ScaleCardType extends ReportCardType {
  @Field(() => NumberStatisticsType, { description: 'Of the values.' })
  statistics!: NumberStatisticsType;

  @Field(() => [ValueCountType], { description: 'Of every step of the scale, then of former ones.' })
  distribution!: ValueCount[];
}

@ObjectType('CompetitorsCard', card('Which competitors are mentioned, and how they stand.'))
export class CompetitorsCardType extends ReportCardType {
  @Field(() => Int, { description: 'Conversations that mention any.' })
  mentioned!: number;

  @Field(() => [CompetitorFiguresType], { description: 'The most mentioned first.' })
  competitors!: CompetitorFigures[];
}

@ObjectType('SpinDistributionCard', card('Which kinds of questions hosts ask.'))
export class SpinDistributionCardType extends ReportCardType {
  @Field(() => Int, { description: 'Over all conversations.' })
  questions!: number;

  @Field(() => [QuadrantQuestionsType], { description: 'Every kind.' })
  quadrants!: QuadrantQuestions[];
}

@ObjectType('SpinImprovementCard', card('Which kinds of questions hosts neglect.'))
export class SpinImprovementCardType extends ReportCardType {
  @Field(() => [QuadrantNeglectType], { description: 'Every kind.' })
  neglected!: QuadrantNeglect[];
}

@ObjectType('SummaryCard', card('Overviews; see the latest.'))
export class SummaryCardType extends ReportCardType {}

@ObjectType('OpenQuestionCard', card('A question that is answered in words; see the latest.'))
export class OpenQuestionCardType extends ReportCardType {}

@ObjectType('MarkdownCard', card('A text for each conversation; see the latest.'))
export class MarkdownCardType extends ReportCardType {}
