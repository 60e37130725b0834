import {
  ConversationStatusEnum,
  FieldOperatorEnum,
  FieldValueInput,
  MediumEnum,
  parseInput,
  RunKindEnum,
  TagMatchEnum,
} from '@harmony/api';
import {
  reportFilter,
  type ConversationStatus,
  type FieldOperator,
  type Medium,
  type ReportFilter,
  type RunKind,
  type TagMatch,
} from '@harmony/contracts';
import { Field, GraphQLISODateTime, ID, InputType } from '@nestjs/graphql';
import { given } from './given.js';

@InputType({ description: 'The value of a custom field of conversations.' })
export class CustomFieldFilterInput {
  @Field({ description: 'Key of the field; one that no conversation has matches as a field that is not set.' })
  key!: string;

  @Field(() => FieldOperatorEnum, { nullable: true, description: 'How it is compared; absent: EQUALS.' })
  operator?: FieldOperator | null;

  @Field(() => FieldValueInput, { nullable: true, description: 'Absent with IS_SET only.' })
  value?: FieldValueInput | null;
}

@InputType('ReportFilterInput', {
  description:
    'Which conversations count: all that is given must hold. Lists take at most 200 values, and an empty one lets everything pass. What nobody has matches nothing.',
})
export class ReportFilterArgument {
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Took place then or later, else came in; absent: from the beginning.',
  })
  from?: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Took place before, else came in; behind the start; absent: without end.',
  })
  to?: Date | null;

  @Field(() => [ID], { nullable: true, description: 'Of any of these teams.' })
  teamIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Tags, compared without case.' })
  tags?: string[] | null;

  @Field(() => TagMatchEnum, { nullable: true, description: 'How many of the tags; absent: ANY.' })
  tagMatch?: TagMatch | null;

  @Field(() => [ConversationStatusEnum], { nullable: true, description: 'In any of these statuses.' })
  statuses?: ConversationStatus[] | null;

  @Field(() => [ID], { nullable: true, description: 'Owned by any of these users.' })
  ownerIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'With any of these contacts.' })
  contactIds?: string[] | null;

  @Field(() => [MediumEnum], { nullable: true, description: 'Held in any of these ways.' })
  media?: Medium[] | null;

  @Field(() => [CustomFieldFilterInput], { nullable: true, description: 'At most 20; all must hold.' })
  customFields?: CustomFieldFilterInput[] | null;

  @Field(() => [RunKindEnum], { nullable: true, description: 'Whose results come from runs of any of these kinds.' })
  runKinds?: RunKind[] | null;

  @Field(() => [ID], { nullable: true, description: 'Whose results come from any of these revisions.' })
  revisionIds?: string[] | null;
}

/**
 * The filter as the contracts have it; nothing given lets everything pass.
 * @throws HarmonyError INVALID_INPUT with a pointer for each field that is refused.
 */
export function filterOf(input: ReportFilterArgument | null | undefined): ReportFilter {
  const { from, to, customFields, ...lists } = input ?? {};
  return parseInput(reportFilter, {
    ...given(lists),
    from: from?.toISOString(),
    to: to?.toISOString(),
    customFields: customFields?.map(({ key, operator, value }) => ({
      key,
      operator: operator ?? undefined,
      value: value?.text ?? value?.number ?? value?.boolean,
    })),
  });
}
