import { QuestionPartType } from '@harmony/api';
import type { Criterion } from '@harmony/contracts';
import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { CriterionView } from '../read-model/views.js';
import { AttributeConditionUnion, conditionView, type AttributeConditionType } from './condition.types.js';

@ObjectType({ isAbstract: true })
abstract class CriterionBase {
  @Field(() => ID, { description: 'Id of the criterion.' })
  id!: string;

  @Field(() => Int, { description: '1 for the first; a new one with each change.' })
  version!: number;
}

@ObjectType('AttributeCriterion', { description: 'Looks at what is known of a conversation; no model is asked.' })
export class AttributeCriterionType extends CriterionBase {
  @Field(() => AttributeConditionUnion, { description: 'What must hold.' })
  condition!: AttributeConditionType;
}

@ObjectType('BooleanCriterion', { description: 'A yes/no question that a model answers.' })
export class BooleanCriterionType extends CriterionBase {
  @Field({ description: 'What is asked.' })
  question!: string;

  @Field({ description: 'The answer that lets a conversation in.' })
  expected!: boolean;
}

@ObjectType('CategoryCriterion', { description: 'A choice that a model makes.' })
export class CategoryCriterionType extends CriterionBase {
  @Field({ description: 'What is asked.' })
  question!: string;

  @Field(() => [QuestionPartType], { description: 'What there is to choose from.' })
  categories!: QuestionPartType[];

  @Field(() => [String], { description: 'Keys of the categories that let a conversation in.' })
  accepted!: string[];
}

export type CriterionType = AttributeCriterionType | BooleanCriterionType | CategoryCriterionType;

type Typed = Pick<Criterion, 'type'>;

const typeOf = {
  ATTRIBUTE: AttributeCriterionType,
  BOOLEAN: BooleanCriterionType,
  CATEGORY: CategoryCriterionType,
} as const;

export const CriterionUnion = createUnionType({
  name: 'Criterion',
  description: 'What narrows a project down to the conversations that belong into it.',
  types: () => Object.values(typeOf),
  resolveType: ({ type }: Typed) => typeOf[type],
});

/** A criterion as GraphQL shows it. */
export function criterionView({ id, version, criterion }: CriterionView): CriterionType & Typed {
  const base = { id, version };
  return criterion.type === 'ATTRIBUTE'
    ? { ...base, type: criterion.type, condition: conditionView(criterion.condition) }
    : { ...criterion, ...base };
}
