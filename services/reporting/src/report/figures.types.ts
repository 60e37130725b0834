import { CompetitorStanceEnum, EngagementBandEnum, SpinQuadrantEnum } from '@harmony/api';
import type { CompetitorStance, EngagementBand, SpinQuadrant } from '@harmony/contracts';
import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { ChecklistItemFigures } from '../domain/figures/checklist.js';
import type { BucketFigures, StageFigures } from '../domain/figures/choices.js';
import type { CompetitorFigures, StanceCount } from '../domain/figures/competitors.js';
import type { AmountFigures, BandFigures, ValueCount } from '../domain/figures/numbers.js';
import type { NamedPart } from '../domain/figures/parts.js';
import type { QuadrantNeglect, QuadrantQuestions } from '../domain/figures/spin.js';
import type { NumberStatistics } from '../domain/statistics.js';

const ofAnswers = 'Of the answers, 0 to 1; null where there is none.';

@ObjectType('NumberStatistics', {
  description: 'What is said about numbers; all null but the count where there is none.',
})
export class NumberStatisticsType implements NumberStatistics {
  @Field(() => Int, { description: 'How many numbers there are.' })
  count!: number;

  @Field(() => Float, { nullable: true, description: 'Their sum over their count.' })
  mean!: number | null;

  @Field(() => Float, { nullable: true, description: 'The one in the middle; of an even count the mean of both.' })
  median!: number | null;

  @Field(() => Float, { nullable: true, description: 'The smallest.' })
  min!: number | null;

  @Field(() => Float, { nullable: true, description: 'The largest.' })
  max!: number | null;
}

@ObjectType('AmountStatistics', { description: 'Discounts that were named in one currency, in its units.' })
export class AmountStatisticsType extends NumberStatisticsType implements AmountFigures {
  @Field({ description: 'By ISO 4217.' })
  currency!: string;
}

@ObjectType({ isAbstract: true })
abstract class PartType implements NamedPart {
  @Field({ description: 'Names it in answers and rules; stays when its words change.' })
  key!: string;

  @Field({ description: 'In the words of the current version of the definition; of a former one the key.' })
  name!: string;

  @Field({ description: 'Only past answers have it: the current version of the definition does not.' })
  isFormer!: boolean;
}

@ObjectType('BucketFigures', { description: 'How many conversations belong into a bucket.' })
export class BucketFiguresType extends PartType implements BucketFigures {
  @Field(() => Int, { description: 'Conversations.' })
  count!: number;

  @Field(() => Float, { nullable: true, description: ofAnswers })
  share!: number | null;
}

@ObjectType('ChecklistItemFigures', { description: 'How often an item was met.' })
export class ChecklistItemFiguresType extends PartType implements ChecklistItemFigures {
  @Field(() => Int, { description: 'Conversations that met it.' })
  met!: number;

  @Field(() => Int, { description: 'Conversations that did not.' })
  notMet!: number;

  @Field(() => Int, { description: 'Conversations in which nobody spoke of it.' })
  notDiscussed!: number;

  @Field(() => Float, { nullable: true, description: 'Met, of those that were met or not, 0 to 1; null without any.' })
  share!: number | null;
}

@ObjectType('StageFigures', { description: 'How far conversations went.' })
export class StageFiguresType extends PartType implements StageFigures {
  @Field(() => Int, { description: 'Conversations that went as far as this stage.' })
  stopped!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Conversations that went so far or further; null for a former stage.',
  })
  reached!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Of those that reached the stage before, 0 to 1; null for the first and for former ones.',
  })
  conversion!: number | null;

  @Field(() => Float, { nullable: true, description: 'Reached, of the answers, 0 to 1; null where there is none.' })
  share!: number | null;
}

@ObjectType('ValueCount', { description: 'How often a value was given.' })
export class ValueCountType implements ValueCount {
  @Field(() => Float, { description: 'The value.' })
  value!: number;

  @Field(() => String, { nullable: true, description: 'What it means; null where nobody said.' })
  label!: string | null;

  @Field({ description: 'Only past answers have it: the current version of the definition does not.' })
  isFormer!: boolean;

  @Field(() => Int, { description: 'Conversations.' })
  count!: number;
}

@ObjectType('EngagementBandFigures', { description: 'How many scores are in a band.' })
export class BandFiguresType implements BandFigures {
  @Field(() => EngagementBandEnum, { description: 'The band.' })
  band!: EngagementBand;

  @Field(() => Int, { description: 'Conversations.' })
  count!: number;

  @Field(() => Float, { nullable: true, description: ofAnswers })
  share!: number | null;
}

@ObjectType('StanceCount', { description: 'In how many conversations a competitor stands so.' })
export class StanceCountType implements StanceCount {
  @Field(() => CompetitorStanceEnum, { description: 'How it stands with the customer.' })
  stance!: CompetitorStance;

  @Field(() => Int, { description: 'Conversations.' })
  count!: number;
}

@ObjectType('CompetitorFigures', { description: 'How often a competitor is mentioned.' })
export class CompetitorFiguresType implements CompetitorFigures {
  @Field({ description: 'In its most frequent spelling.' })
  name!: string;

  @Field(() => Int, { description: 'That mention it.' })
  conversations!: number;

  @Field(() => [StanceCountType], { description: 'Every stance, each conversation once.' })
  stances!: StanceCount[];
}

@ObjectType('QuadrantQuestions', { description: 'How many questions of a kind hosts asked.' })
export class QuadrantQuestionsType implements QuadrantQuestions {
  @Field(() => SpinQuadrantEnum, { description: 'The kind of question.' })
  quadrant!: SpinQuadrant;

  @Field(() => Int, { description: 'Questions over all conversations.' })
  questions!: number;

  @Field(() => Float, { nullable: true, description: 'Of all questions, 0 to 1; null without any.' })
  share!: number | null;
}

@ObjectType('QuadrantNeglect', { description: 'How often hosts neglected a kind of question.' })
export class QuadrantNeglectType implements QuadrantNeglect {
  @Field(() => SpinQuadrantEnum, { description: 'The kind of question.' })
  quadrant!: SpinQuadrant;

  @Field(() => Int, { description: 'In which it was among the weakest.' })
  conversations!: number;

  @Field(() => Float, { nullable: true, description: ofAnswers })
  share!: number | null;
}
