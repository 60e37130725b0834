import { GraphQLJSONObject, MediumEnum } from '@harmony/api';
import type { Medium } from '@harmony/contracts';
import { Field, GraphQLISODateTime, ID, InputType, Int } from '@nestjs/graphql';

@InputType({ description: 'What changes of a conversation; what is absent stays, null takes a value away.' })
export class UpdateConversationInput {
  @Field(() => String, { nullable: true, description: 'What lists show it by; cannot be taken away.' })
  title?: string | null;

  @Field(() => MediumEnum, { nullable: true, description: 'How it was held.' })
  medium?: Medium | null;

  @Field(() => ID, { nullable: true, description: 'Decides who sees the conversation.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The primary external participant.' })
  contactId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A user of the workspace; decides who sees the conversation.' })
  ownerId?: string | null;

  @Field(() => [String], { nullable: true, description: 'All of them.' })
  tags?: string[] | null;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: 'Values by the key of the custom field; those that are not named stay, null takes one away.',
  })
  customFields?: Record<string, unknown> | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the conversation began.' })
  startedAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'Refused with WRONG_EXPECTED_REVISION when it has another one.' })
  expectedRevision?: number | null;
}

@InputType({ description: 'Whom a speaker is: one of these; none takes a match back.' })
export class SpeakerMatchInput {
  @Field(() => ID, { nullable: true, description: 'A contact of the workspace.' })
  contactId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A user of the workspace.' })
  userId?: string | null;

  @Field(() => String, { nullable: true, description: 'For somebody who is neither.' })
  name?: string | null;
}
