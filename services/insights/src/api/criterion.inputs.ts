import { FieldOperatorEnum, FieldValueInput, MediumEnum, TagMatchEnum } from '@harmony/api';
import type { Medium } from '@harmony/contracts';
import { Field, Float, GraphQLISODateTime, ID, InputType } from '@nestjs/graphql';
import { QuestionPartInput } from './question.inputs.js';

@InputType({ description: 'A number between two bounds, both included.' })
export class RangeInput {
  @Field(() => Float, { nullable: true, description: '0 or more; absent: none.' })
  minimum?: number | null;

  @Field(() => Float, { nullable: true, description: 'Not below the minimum; absent: none.' })
  maximum?: number | null;
}

@InputType({ description: 'Tags that a conversation has or lacks.' })
export class TagsConditionInput {
  @Field(() => TagMatchEnum, { description: 'How many of them.' })
  match!: keyof typeof TagMatchEnum;

  @Field(() => [String], { description: '1 to 50; compared without case.' })
  tags!: string[];
}

@InputType({ description: 'The value of a custom field.' })
export class CustomFieldConditionInput {
  @Field({ description: 'Key of a custom field of conversations.' })
  key!: string;

  @Field(() => FieldOperatorEnum, { description: 'How it is compared.' })
  operator!: keyof typeof FieldOperatorEnum;

  @Field(() => FieldValueInput, { nullable: true, description: 'Absent with IS_SET only.' })
  value?: FieldValueInput | null;
}

@InputType({ description: 'When a conversation took place, else when it came in.' })
export class DateConditionInput {
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Included; absent: from the beginning.' })
  from?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Excluded, behind the start; absent: without end.' })
  to?: Date | null;
}

@InputType({ description: 'How a conversation was held.' })
export class MediumConditionInput {
  @Field(() => [MediumEnum], { description: 'Any of these, at least one.' })
  anyOf!: Medium[];
}

@InputType({ description: 'Whose conversation it is.' })
export class OwnerConditionInput {
  @Field(() => [ID], { description: 'Any of these users, 1 to 100.' })
  anyOf!: string[];
}

@InputType({ isOneOf: true, description: 'A filter over what is known of a conversation. Exactly one field is set.' })
export class AttributeConditionInput {
  @Field({ nullable: true, description: 'How long it took; a transcript without times fits no bound.' })
  durationMinutes?: RangeInput;

  @Field({ nullable: true, description: 'How many words were said.' })
  words?: RangeInput;

  @Field({ nullable: true, description: 'Its tags.' })
  tags?: TagsConditionInput;

  @Field({ nullable: true, description: 'The value of a custom field.' })
  customField?: CustomFieldConditionInput;

  @Field({ nullable: true, description: 'When it took place, else when it came in.' })
  date?: DateConditionInput;

  @Field({ nullable: true, description: 'How it was held.' })
  medium?: MediumConditionInput;

  @Field({ nullable: true, description: 'Whose it is.' })
  owner?: OwnerConditionInput;
}

@InputType({ description: 'A yes/no question that a model answers.' })
export class BooleanCriterionInput {
  @Field({ description: '1 to 1,000 characters.' })
  question!: string;

  @Field(() => Boolean, { nullable: true, description: 'The answer that lets a conversation in; absent: yes.' })
  expected?: boolean | null;
}

@InputType({ description: 'A choice that a model makes.' })
export class CategoryCriterionInput {
  @Field({ description: '1 to 1,000 characters.' })
  question!: string;

  @Field(() => [QuestionPartInput], { description: '2 to 30.' })
  categories!: QuestionPartInput[];

  @Field(() => [String], { description: 'Keys of the categories that let a conversation in, at least one.' })
  accepted!: string[];
}

@InputType({ isOneOf: true, description: 'What a conversation must fulfil. Exactly one field is set.' })
export class CriterionInput {
  @Field({ nullable: true, description: 'Looks at what is known of it; no model is asked.' })
  attribute?: AttributeConditionInput;

  @Field({ nullable: true, description: 'Asks a model for yes or no.' })
  boolean?: BooleanCriterionInput;

  @Field({ nullable: true, description: 'Asks a model for a choice.' })
  category?: CategoryCriterionInput;
}
