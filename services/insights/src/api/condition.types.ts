import { FieldOperatorEnum, MediumEnum, TagMatchEnum } from '@harmony/api';
import type { AttributeCondition, Medium } from '@harmony/contracts';
import { createUnionType, Field, Float, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { AttributeEnum } from './insight-enums.js';

@ObjectType({ isAbstract: true })
abstract class ConditionBase {
  @Field(() => AttributeEnum, { description: 'What it looks at.' })
  attribute!: AttributeCondition['attribute'];
}

@ObjectType('RangeCondition', { description: 'A number between two bounds, both included.' })
export class RangeConditionType extends ConditionBase {
  @Field(() => Float, { nullable: true, description: 'Null: none.' })
  minimum!: number | null;

  @Field(() => Float, { nullable: true, description: 'Null: none.' })
  maximum!: number | null;
}

@ObjectType('TagsCondition', { description: 'Tags that a conversation has or lacks.' })
export class TagsConditionType extends ConditionBase {
  @Field(() => TagMatchEnum, { description: 'How many of them.' })
  match!: keyof typeof TagMatchEnum;

  @Field(() => [String], { description: 'Compared without case.' })
  tags!: string[];
}

@ObjectType('FieldValue', { description: 'A value to compare with; one of the three is there.' })
export class FieldValueType {
  @Field(() => String, { nullable: true, description: 'Text, or a date such as 2026-01-31.' })
  text!: string | null;

  @Field(() => Float, { nullable: true, description: 'A number.' })
  number!: number | null;

  @Field(() => Boolean, { nullable: true, description: 'True or false.' })
  boolean!: boolean | null;
}

@ObjectType('CustomFieldCondition', { description: 'The value of a custom field.' })
export class CustomFieldConditionType extends ConditionBase {
  @Field({ description: 'Key of the custom field.' })
  key!: string;

  @Field(() => FieldOperatorEnum, { description: 'How it is compared.' })
  operator!: keyof typeof FieldOperatorEnum;

  @Field(() => FieldValueType, { nullable: true, description: 'Null with IS_SET only.' })
  value!: FieldValueType | null;
}

@ObjectType('DateCondition', { description: 'When a conversation took place, else when it came in.' })
export class DateConditionType extends ConditionBase {
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Included. Null: from the beginning.' })
  from!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Excluded. Null: without end.' })
  to!: Date | null;
}

@ObjectType('MediumCondition', { description: 'How a conversation was held.' })
export class MediumConditionType extends ConditionBase {
  @Field(() => [MediumEnum], { description: 'Any of these.' })
  media!: Medium[];
}

@ObjectType('OwnerCondition', { description: 'Whose conversation it is.' })
export class OwnerConditionType extends ConditionBase {
  @Field(() => [ID], { description: 'Any of these users.' })
  ownerIds!: string[];
}

const typeOf = {
  DURATION_MINUTES: RangeConditionType,
  WORDS: RangeConditionType,
  TAGS: TagsConditionType,
  CUSTOM_FIELD: CustomFieldConditionType,
  DATE: DateConditionType,
  MEDIUM: MediumConditionType,
  OWNER: OwnerConditionType,
} as const;

export type AttributeConditionType = InstanceType<(typeof typeOf)[keyof typeof typeOf]>;

export const AttributeConditionUnion = createUnionType({
  name: 'AttributeCondition',
  description: 'A filter over what is known of a conversation; no model is asked.',
  types: () => [...new Set(Object.values(typeOf))],
  resolveType: ({ attribute }: ConditionBase) => typeOf[attribute],
});

/** A condition as GraphQL shows it. */
export function conditionView(condition: AttributeCondition): AttributeConditionType {
  const { attribute } = condition;
  switch (condition.attribute) {
    case 'CUSTOM_FIELD':
      return { ...condition, value: fieldValue(condition.value) };
    case 'DATE':
      return { attribute, from: instant(condition.from), to: instant(condition.to) };
    case 'MEDIUM':
      return { attribute, media: condition.anyOf };
    case 'OWNER':
      return { attribute, ownerIds: condition.anyOf };
    default:
      return condition;
  }
}

const fieldValue = (value: string | number | boolean | null): FieldValueType | null =>
  value === null
    ? null
    : {
        text: typeof value === 'string' ? value : null,
        number: typeof value === 'number' ? value : null,
        boolean: typeof value === 'boolean' ? value : null,
      };

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));
