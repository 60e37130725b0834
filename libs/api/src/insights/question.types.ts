import type { InsightType, QuestionOf } from '@harmony/contracts';
import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { InsightTypeEnum } from './insight-enums.js';

/** What all questions have. */
@ObjectType({ isAbstract: true })
abstract class QuestionBase<Type extends InsightType> {
  @Field(() => InsightTypeEnum, { description: 'The kind of question.' })
  type!: Type;
}

@ObjectType('QuestionPart', { description: 'A bucket or a stage that an answer can be.' })
export class QuestionPartType {
  @Field({ description: 'Names it in answers and rules; stays when its words change.' })
  key!: string;

  @Field({ description: 'What people call it.' })
  name!: string;

  @Field({ description: 'What belongs into it; empty for none.' })
  description!: string;
}

@ObjectType('ChecklistItem', { description: 'Something that a conversation should bring.' })
export class ChecklistItemType {
  @Field({ description: 'Names it in answers and rules; stays when its words change.' })
  key!: string;

  @Field({ description: 'What should happen.' })
  text!: string;
}

@ObjectType('ScaleLabel', { description: 'What a value of a scale means.' })
export class ScaleLabelType {
  @Field(() => Int, { description: 'The value.' })
  value!: number;

  @Field({ description: 'What it means.' })
  label!: string;
}

@ObjectType('SummaryQuestion', { description: 'An overview, key points and action items.' })
export class SummaryQuestionType extends QuestionBase<'SUMMARY'> {}

@ObjectType('CompetitorsQuestion', { description: 'Which competitors are mentioned, and how they stand.' })
export class CompetitorsQuestionType extends QuestionBase<'COMPETITORS'> implements QuestionOf<'COMPETITORS'> {
  @Field(() => [String], { description: 'Names to look for; others are found too.' })
  track!: string[];

  @Field(() => [String], { description: 'Names that are no competitors.' })
  exclude!: string[];
}

@ObjectType('DiscountQuestion', { description: 'Whether a discount is discussed, and which.' })
export class DiscountQuestionType extends QuestionBase<'DISCOUNT'> {}

@ObjectType('BuyerEngagementQuestion', { description: 'How engaged the buyer is, 0 to 10.' })
export class BuyerEngagementQuestionType extends QuestionBase<'BUYER_ENGAGEMENT'> {}

@ObjectType('OpenQuestion', { description: 'A question that is answered in words.' })
export class OpenQuestionType extends QuestionBase<'OPEN_QUESTION'> implements QuestionOf<'OPEN_QUESTION'> {
  @Field({ description: 'What is asked.' })
  question!: string;
}

@ObjectType('YesNoQuestion', { description: 'A question that is answered with yes or no.' })
export class YesNoQuestionType extends QuestionBase<'YES_NO'> implements QuestionOf<'YES_NO'> {
  @Field({ description: 'What is asked.' })
  question!: string;
}

@ObjectType('ChecklistQuestion', { description: 'Items that are met or not, each with a reason.' })
export class ChecklistQuestionType extends QuestionBase<'CHECKLIST'> implements QuestionOf<'CHECKLIST'> {
  @Field(() => [ChecklistItemType], { description: 'In the order of the report.' })
  items!: ChecklistItemType[];
}

@ObjectType('MarkdownQuestion', { description: 'A note in Markdown, by a prompt of your own.' })
export class MarkdownQuestionType extends QuestionBase<'MARKDOWN'> implements QuestionOf<'MARKDOWN'> {
  @Field({ description: 'What to write.' })
  prompt!: string;
}

@ObjectType('GroupQuestion', { description: 'Which of your buckets a conversation belongs into.' })
export class GroupQuestionType extends QuestionBase<'GROUP'> implements QuestionOf<'GROUP'> {
  @Field(() => [QuestionPartType], { description: 'The buckets.' })
  buckets!: QuestionPartType[];
}

@ObjectType('ScaleQuestion', { description: 'A whole number on a scale of your own.' })
export class ScaleQuestionType extends QuestionBase<'SCALE'> {
  @Field({ description: 'What is rated.' })
  question!: string;

  @Field(() => Int, { description: 'The lowest value.' })
  min!: number;

  @Field(() => Int, { description: 'The highest value.' })
  max!: number;

  @Field(() => [ScaleLabelType], { description: 'What values mean, in their order; not every value needs a label.' })
  labels!: ScaleLabelType[];
}

@ObjectType('FunnelQuestion', { description: 'Which stage a conversation has reached.' })
export class FunnelQuestionType extends QuestionBase<'FUNNEL'> implements QuestionOf<'FUNNEL'> {
  @Field(() => [QuestionPartType], { description: 'The stages, in the order in which a deal goes through them.' })
  stages!: QuestionPartType[];
}

@ObjectType('SpinImprovementQuestion', { description: 'How hosts could ask better questions, by the SPIN technique.' })
export class SpinImprovementQuestionType extends QuestionBase<'SPIN_IMPROVEMENT'> {}

@ObjectType('SpinDistributionQuestion', { description: 'Which kinds of SPIN questions hosts asked.' })
export class SpinDistributionQuestionType extends QuestionBase<'SPIN_DISTRIBUTION'> {}

const typeOf = {
  SUMMARY: SummaryQuestionType,
  COMPETITORS: CompetitorsQuestionType,
  DISCOUNT: DiscountQuestionType,
  BUYER_ENGAGEMENT: BuyerEngagementQuestionType,
  OPEN_QUESTION: OpenQuestionType,
  YES_NO: YesNoQuestionType,
  CHECKLIST: ChecklistQuestionType,
  MARKDOWN: MarkdownQuestionType,
  GROUP: GroupQuestionType,
  SCALE: ScaleQuestionType,
  FUNNEL: FunnelQuestionType,
  SPIN_IMPROVEMENT: SpinImprovementQuestionType,
  SPIN_DISTRIBUTION: SpinDistributionQuestionType,
} as const;

/** What a definition asks, by its kind. */
export const QuestionUnion = createUnionType({
  name: 'Question',
  description: 'What a definition asks, by its kind.',
  types: () => Object.values(typeOf),
  resolveType: ({ type }: { readonly type: InsightType }) => typeOf[type],
});
