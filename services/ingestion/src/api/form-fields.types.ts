import { GraphQLJSONObject, MediumEnum } from '@harmony/api';
import type { Medium } from '@harmony/contracts';
import { Field, GraphQLISODateTime, ID, InputType } from '@nestjs/graphql';

/** What every way in asks about a conversation, beside its title and the conversation itself (F95 to F99). */
@InputType({ isAbstract: true })
export abstract class FormFieldsInput {
  @Field(() => ID, { nullable: true, description: 'The team whose members may see it; absent: none.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The primary external participant.' })
  contactId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Absent: whoever submits.' })
  ownerId?: string | null;

  @Field(() => MediumEnum, { nullable: true, description: 'Absent: CHAT.' })
  medium?: Medium | null;

  @Field(() => [String], { nullable: true, description: 'Words to file it under.' })
  tags?: string[] | null;

  @Field(() => GraphQLJSONObject, { nullable: true, description: 'Values by the key of the custom field.' })
  customFields?: Record<string, unknown> | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the conversation began.' })
  startedAt?: Date | null;
}
