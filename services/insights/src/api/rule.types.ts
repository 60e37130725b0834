import { GoalMatchEnum, YesNoEnum } from '@harmony/api';
import type { Condition, Goal, Scorecard } from '@harmony/contracts';
import { createUnionType, Field, Float, ID, ObjectType } from '@nestjs/graphql';
import { NumberOperatorEnum, RuleNumberEnum, RuleTestEnum } from './insight-enums.js';

@ObjectType({ isAbstract: true })
abstract class RuleConditionBase<Test extends Condition['test']> {
  @Field(() => RuleTestEnum, { description: 'What is asked of the result.' })
  test!: Test;

  @Field(() => ID, { description: 'Whose result is asked.' })
  definitionId!: string;
}

@ObjectType('AnswerIsCondition', { description: 'A yes/no result is this one.' })
export class AnswerIsConditionType extends RuleConditionBase<'ANSWER_IS'> {
  @Field(() => YesNoEnum, { description: 'The answer.' })
  answer!: 'YES' | 'NO';
}

@ObjectType('NumberCondition', { description: 'A number of the result fits.' })
export class NumberConditionType extends RuleConditionBase<'NUMBER'> {
  @Field(() => RuleNumberEnum, { description: 'Which number.' })
  of!: keyof typeof RuleNumberEnum;

  @Field(() => NumberOperatorEnum, { description: 'How it is compared.' })
  operator!: keyof typeof NumberOperatorEnum;

  @Field(() => Float, { description: 'What it is compared with.' })
  number!: number;
}

@ObjectType('BucketInCondition', { description: 'The bucket of a group is one of these.' })
export class BucketInConditionType extends RuleConditionBase<'BUCKET_IN'> {
  @Field(() => [String], { description: 'Keys of buckets.' })
  buckets!: string[];
}

@ObjectType('StageReachedCondition', { description: 'A funnel has reached this stage, or one behind it.' })
export class StageReachedConditionType extends RuleConditionBase<'STAGE_REACHED'> {
  @Field({ description: 'Key of the stage.' })
  stage!: string;
}

@ObjectType('ItemMetCondition', { description: 'An item of a checklist was met.' })
export class ItemMetConditionType extends RuleConditionBase<'ITEM_MET'> {
  @Field({ description: 'Key of the item.' })
  item!: string;
}

@ObjectType('DiscountDiscussedCondition', { description: 'A discount was discussed, or was not.' })
export class DiscountDiscussedConditionType extends RuleConditionBase<'DISCOUNT_DISCUSSED'> {
  @Field({ description: 'Whether it should have been.' })
  discussed!: boolean;
}

@ObjectType('CompetitorMentionedCondition', { description: 'A competitor was mentioned.' })
export class CompetitorMentionedConditionType extends RuleConditionBase<'COMPETITOR_MENTIONED'> {
  @Field(() => String, { nullable: true, description: 'Null: any competitor.' })
  name!: string | null;
}

@ObjectType('IsAnsweredCondition', { description: 'There is an answer at all.' })
export class IsAnsweredConditionType extends RuleConditionBase<'IS_ANSWERED'> {}

const typeOf = {
  ANSWER_IS: AnswerIsConditionType,
  NUMBER: NumberConditionType,
  BUCKET_IN: BucketInConditionType,
  STAGE_REACHED: StageReachedConditionType,
  ITEM_MET: ItemMetConditionType,
  DISCOUNT_DISCUSSED: DiscountDiscussedConditionType,
  COMPETITOR_MENTIONED: CompetitorMentionedConditionType,
  IS_ANSWERED: IsAnsweredConditionType,
} as const;

export const RuleConditionUnion = createUnionType({
  name: 'RuleCondition',
  description: 'What a rule asks of a result. One that is not there, or failed, cannot decide.',
  types: () => Object.values(typeOf),
  resolveType: ({ test }: Condition) => typeOf[test],
});

@ObjectType('Goal', { description: 'Conditions over results that a conversation should fulfil; no model is asked.' })
export class GoalType implements Goal {
  @Field(() => ID, { description: 'Id of the goal.' })
  id!: string;

  @Field({ description: 'What people call it.' })
  name!: string;

  @Field(() => GoalMatchEnum, { description: 'How many conditions must hold.' })
  match!: keyof typeof GoalMatchEnum;

  @Field(() => [RuleConditionUnion], { description: 'The conditions.' })
  conditions!: Condition[];
}

@ObjectType('ScorecardRule', { description: 'A condition and what it weighs.' })
export class ScorecardRuleType {
  @Field({ description: 'What people call it.' })
  label!: string;

  @Field(() => Float, {
    description: 'Its share of the score is its weight over that of all rules that can be decided.',
  })
  weight!: number;

  @Field(() => RuleConditionUnion, { description: 'What must hold.' })
  condition!: Condition;
}

@ObjectType('Scorecard', { description: 'Weighted rules that give a conversation 0 to 100; no model is asked.' })
export class ScorecardType implements Scorecard {
  @Field(() => ID, { description: 'Id of the scorecard.' })
  id!: string;

  @Field({ description: 'What people call it.' })
  name!: string;

  @Field(() => [ScorecardRuleType], { description: 'The rules.' })
  rules!: ScorecardRuleType[];
}
