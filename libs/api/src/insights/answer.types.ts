import type { Answer, ChecklistOutcome, CompetitorStance, EngagementBand, SpinQuadrant } from '@harmony/contracts';
import { createUnionType, Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { ActionItemType } from '../analysis-types.js';
import {
  ChecklistOutcomeEnum,
  CompetitorStanceEnum,
  EngagementBandEnum,
  SpinQuadrantEnum,
  YesNoEnum,
} from './insight-enums.js';

@ObjectType('SummaryAnswer', { description: 'What a conversation was about.' })
export class SummaryAnswerType {
  @Field({ description: 'The whole in a few sentences.' })
  overview!: string;

  @Field(() => [String], { description: 'The weightiest first.' })
  keyPoints!: string[];

  @Field(() => [ActionItemType], { description: 'What somebody will do.' })
  actionItems!: ActionItemType[];
}

@ObjectType('CompetitorMention', { description: 'A competitor that was spoken of.' })
export class CompetitorMentionType {
  @Field({ description: 'As it was called.' })
  name!: string;

  @Field(() => CompetitorStanceEnum, { description: 'How it stands with the customer.' })
  stance!: CompetitorStance;

  @Field(() => String, { nullable: true, description: 'How it compares; null when nobody compared.' })
  positioning!: string | null;

  @Field(() => [String], { description: 'What was said in its favour.' })
  advantages!: string[];
}

@ObjectType('CompetitorsAnswer', { description: 'Each competitor once, in the order of first mention.' })
export class CompetitorsAnswerType {
  @Field(() => [CompetitorMentionType], { description: 'Empty where none was spoken of.' })
  mentions!: CompetitorMentionType[];
}

@ObjectType('DiscountAmount', { description: 'An amount of money.' })
export class DiscountAmountType {
  @Field(() => Float, { description: 'In units of the currency.' })
  value!: number;

  @Field({ description: 'By ISO 4217.' })
  currency!: string;
}

@ObjectType('DiscountAnswer', { description: 'Whether a discount was spoken of, and which.' })
export class DiscountAnswerType {
  @Field({ description: 'Whether it was spoken of.' })
  discussed!: boolean;

  @Field(() => Float, { nullable: true, description: 'In per cent; null when none was named.' })
  rate!: number | null;

  @Field(() => DiscountAmountType, { nullable: true, description: 'Null when none was named.' })
  amount!: DiscountAmountType | null;
}

@ObjectType('BuyerEngagementAnswer', { description: 'How much the customer took part.' })
export class BuyerEngagementAnswerType {
  @Field(() => Int, { description: '0 to 10.' })
  score!: number;

  @Field(() => EngagementBandEnum, { description: 'What the score means.' })
  band!: EngagementBand;
}

@ObjectType('OpenAnswer', { description: 'The answer to an open question.' })
export class OpenAnswerType {
  @Field({ description: 'In the language of the project.' })
  text!: string;
}

@ObjectType('YesNoAnswer', { description: 'The answer to a yes/no question.' })
export class YesNoAnswerType {
  @Field(() => YesNoEnum, { description: 'Yes or no.' })
  answer!: 'YES' | 'NO';
}

@ObjectType('ChecklistItemAnswer', { description: 'What became of an item.' })
export class ChecklistItemAnswerType {
  @Field({ description: 'Of the item.' })
  key!: string;

  @Field(() => ChecklistOutcomeEnum, { description: 'Whether it was found.' })
  outcome!: ChecklistOutcome;

  @Field({ description: 'Why.' })
  rationale!: string;
}

@ObjectType('ChecklistAnswer', { description: 'Every item of a checklist, in its order.' })
export class ChecklistAnswerType {
  @Field(() => [ChecklistItemAnswerType], { description: 'Each once.' })
  items!: ChecklistItemAnswerType[];
}

@ObjectType('MarkdownAnswer', { description: 'A note.' })
export class MarkdownAnswerType {
  @Field({ description: 'Markdown.' })
  markdown!: string;
}

@ObjectType('GroupAnswer', { description: 'The bucket that fits best.' })
export class GroupAnswerType {
  @Field({ description: 'Key of the bucket.' })
  bucket!: string;
}

@ObjectType('ScaleAnswer', { description: 'A rating on a scale.' })
export class ScaleAnswerType {
  @Field(() => Int, { description: 'Between the ends of the scale.' })
  value!: number;
}

@ObjectType('FunnelAnswer', { description: 'How far a deal has come.' })
export class FunnelAnswerType {
  @Field({ description: 'Key of the stage.' })
  stage!: string;
}

@ObjectType('SpinSuggestion', { description: 'How to ask better.' })
export class SpinSuggestionType {
  @Field(() => SpinQuadrantEnum, { description: 'The kind of questions that it is about.' })
  quadrant!: SpinQuadrant;

  @Field({ description: 'In the language of the project.' })
  text!: string;
}

@ObjectType('SpinImprovementAnswer', { description: 'How hosts could ask better.' })
export class SpinImprovementAnswerType {
  @Field(() => [SpinQuadrantEnum], { description: 'What they neglected, the weakest first.' })
  weakest!: SpinQuadrant[];

  @Field(() => [SpinSuggestionType], { description: 'What to do about it.' })
  suggestions!: SpinSuggestionType[];
}

@ObjectType('SpinShare', { description: 'Questions of one kind.' })
export class SpinShareType {
  @Field(() => SpinQuadrantEnum, { description: 'The kind.' })
  quadrant!: SpinQuadrant;

  @Field(() => Int, { description: 'How many hosts asked.' })
  count!: number;

  @Field(() => Float, { description: 'Part of all, 0 to 1; 0 where none was asked.' })
  share!: number;
}

@ObjectType('SpinQuestion', { description: 'A question that a host asked.' })
export class SpinQuestionType {
  @Field(() => Int, { description: 'Index of the turn.' })
  turn!: number;

  @Field(() => SpinQuadrantEnum, { description: 'Its kind.' })
  quadrant!: SpinQuadrant;
}

@ObjectType('SpinDistributionAnswer', { description: 'Which kinds of questions hosts asked.' })
export class SpinDistributionAnswerType {
  @Field(() => [SpinShareType], { description: 'Every kind once.' })
  quadrants!: SpinShareType[];

  @Field(() => [SpinQuestionType], { description: 'In the order in which they were asked.' })
  questions!: SpinQuestionType[];
}

type Typed = Pick<Answer, 'type'>;

const typeOf = {
  SUMMARY: SummaryAnswerType,
  COMPETITORS: CompetitorsAnswerType,
  DISCOUNT: DiscountAnswerType,
  BUYER_ENGAGEMENT: BuyerEngagementAnswerType,
  OPEN_QUESTION: OpenAnswerType,
  YES_NO: YesNoAnswerType,
  CHECKLIST: ChecklistAnswerType,
  MARKDOWN: MarkdownAnswerType,
  GROUP: GroupAnswerType,
  SCALE: ScaleAnswerType,
  FUNNEL: FunnelAnswerType,
  SPIN_IMPROVEMENT: SpinImprovementAnswerType,
  SPIN_DISTRIBUTION: SpinDistributionAnswerType,
} as const;

export type AnswerType = InstanceType<(typeof typeOf)[keyof typeof typeOf]>;

export const AnswerUnion = createUnionType({
  name: 'Answer',
  description: 'The value of a result, by the type of its definition.',
  types: () => Object.values(typeOf),
  resolveType: ({ type }: Typed) => typeOf[type],
});
