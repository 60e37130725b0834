import { GoalMatchEnum, YesNoEnum } from '@harmony/api';
import { Field, Float, ID, InputType } from '@nestjs/graphql';
import { NumberOperatorEnum, RuleNumberEnum } from './insight-enums.js';

@InputType({ description: 'There is an answer at all.' })
export class IsAnsweredInput {
  @Field(() => ID, { description: 'Whose result is asked.' })
  definitionId!: string;
}

@InputType({ description: 'A yes/no result is this one.' })
export class AnswerIsInput extends IsAnsweredInput {
  @Field(() => YesNoEnum, { description: 'The answer.' })
  answer!: 'YES' | 'NO';
}

@InputType({ description: 'A number of the result fits.' })
export class NumberInput extends IsAnsweredInput {
  @Field(() => RuleNumberEnum, { nullable: true, description: 'Which number; absent: VALUE.' })
  of?: keyof typeof RuleNumberEnum | null;

  @Field(() => NumberOperatorEnum, { description: 'How it is compared.' })
  operator!: keyof typeof NumberOperatorEnum;

  @Field(() => Float, { description: 'What it is compared with.' })
  number!: number;
}

@InputType({ description: 'The bucket of a group is one of these.' })
export class BucketInInput extends IsAnsweredInput {
  @Field(() => [String], { description: 'Keys of buckets, at least one.' })
  buckets!: string[];
}

@InputType({ description: 'A funnel has reached this stage, or one behind it.' })
export class StageReachedInput extends IsAnsweredInput {
  @Field({ description: 'Key of the stage.' })
  stage!: string;
}

@InputType({ description: 'An item of a checklist was met.' })
export class ItemMetInput extends IsAnsweredInput {
  @Field({ description: 'Key of the item.' })
  item!: string;
}

@InputType({ description: 'A discount was discussed, or was not.' })
export class DiscountDiscussedInput extends IsAnsweredInput {
  @Field(() => Boolean, { nullable: true, description: 'Whether it should have been; absent: it should.' })
  discussed?: boolean | null;
}

@InputType({ description: 'A competitor was mentioned.' })
export class CompetitorMentionedInput extends IsAnsweredInput {
  @Field(() => String, { nullable: true, description: 'Absent: any competitor.' })
  name?: string | null;
}

@InputType({ isOneOf: true, description: 'What a rule asks of a result. Exactly one field is set.' })
export class RuleConditionInput {
  @Field({ nullable: true, description: 'Of a YES_NO definition.' })
  answerIs?: AnswerIsInput;

  @Field({ nullable: true, description: 'Of a SCALE, BUYER_ENGAGEMENT, DISCOUNT or CHECKLIST definition.' })
  number?: NumberInput;

  @Field({ nullable: true, description: 'Of a GROUP definition.' })
  bucketIn?: BucketInInput;

  @Field({ nullable: true, description: 'Of a FUNNEL definition.' })
  stageReached?: StageReachedInput;

  @Field({ nullable: true, description: 'Of a CHECKLIST definition.' })
  itemMet?: ItemMetInput;

  @Field({ nullable: true, description: 'Of a DISCOUNT definition.' })
  discountDiscussed?: DiscountDiscussedInput;

  @Field({ nullable: true, description: 'Of a COMPETITORS definition.' })
  competitorMentioned?: CompetitorMentionedInput;

  @Field({ nullable: true, description: 'Of any definition.' })
  isAnswered?: IsAnsweredInput;
}

@InputType({ description: 'Conditions over results that a conversation should fulfil.' })
export class GoalInput {
  @Field({ description: '1 to 100 characters.' })
  name!: string;

  @Field(() => GoalMatchEnum, { nullable: true, description: 'How many conditions must hold; absent: ALL.' })
  match?: keyof typeof GoalMatchEnum | null;

  @Field(() => [RuleConditionInput], { description: '1 to 20.' })
  conditions!: RuleConditionInput[];
}

@InputType({ description: 'A condition and what it weighs.' })
export class ScorecardRuleInput {
  @Field({ description: '1 to 100 characters.' })
  label!: string;

  @Field(() => Float, { description: 'Above 0, at most 1,000.' })
  weight!: number;

  @Field({ description: 'What must hold.' })
  condition!: RuleConditionInput;
}

@InputType({ description: 'Weighted rules that give a conversation 0 to 100.' })
export class ScorecardInput {
  @Field({ description: '1 to 100 characters.' })
  name!: string;

  @Field(() => [ScorecardRuleInput], { description: '1 to 50.' })
  rules!: ScorecardRuleInput[];
}
