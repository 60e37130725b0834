import { connectionOf, ConversationStatusEnum, GraphQLJSONObject, MediumEnum, PageArguments } from '@harmony/api';
import type { ConversationSource, ConversationStatus, Medium, PipelineStage } from '@harmony/contracts';
import { ArgsType, Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { ConversationView } from '../read-model/conversation-row.js';
import { ConversationSourceEnum, PipelineStageEnum } from './conversation-enums.js';
import { ConversationFailureType, RecordingType, SpeakerType, StageAttemptType } from './conversation-parts.types.js';
import { FormFieldsInput } from './form-fields.types.js';

@ObjectType('Conversation', { description: 'A conversation and how far it is understood.' })
export class ConversationType implements Omit<ConversationView, 'speakers' | 'stages' | 'tags'> {
  @Field(() => ID, { description: 'Of the conversation, in every call.' })
  id!: string;

  @Field({ description: 'What lists show it by.' })
  title!: string;

  @Field(() => ConversationStatusEnum, { description: 'Where it stands in the pipeline.' })
  status!: ConversationStatus;

  @Field({ description: 'True when no stage has moved it for 30 minutes.' })
  stuck!: boolean;

  @Field(() => MediumEnum, { description: 'How it was held.' })
  medium!: Medium;

  @Field(() => ConversationSourceEnum, { description: 'What was submitted.' })
  source!: ConversationSource;

  @Field(() => ID, { nullable: true, description: 'The team whose members may see it; null: none.' })
  teamId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The primary external participant.' })
  contactId!: string | null;

  @Field(() => ID, { description: 'The user whose conversation it is; drives access and reports.' })
  ownerId!: string;

  @Field(() => ID, { description: 'The user who submitted it.' })
  createdBy!: string;

  @Field(() => [String], { description: 'Words that people file it under.' })
  tags!: string[];

  @Field(() => GraphQLJSONObject, { description: 'Values by the key of the custom field.' })
  customFields!: Record<string, unknown>;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the conversation began, where that is known.' })
  startedAt!: Date | null;

  @Field(() => GraphQLISODateTime, { description: 'When it was submitted.' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'When anything last happened to it.' })
  updatedAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'When it came to its present status.' })
  statusChangedAt!: Date;

  @Field(() => Int, { nullable: true, description: 'Null until there is a transcript.' })
  turnCount!: number | null;

  @Field(() => Int, { nullable: true, description: 'Null until there is a transcript.' })
  wordCount!: number | null;

  @Field(() => [SpeakerType], { description: 'By order of appearance; empty until there is a transcript.' })
  speakers!: SpeakerType[];

  @Field(() => RecordingType, {
    nullable: true,
    description: 'Null for a conversation of text, and until it can be played.',
  })
  recording!: RecordingType | null;

  @Field(() => [StageAttemptType], { description: 'Every try of every stage, in order; the latest 50.' })
  stages!: StageAttemptType[];

  @Field(() => ConversationFailureType, { nullable: true, description: 'Set when the status is FAILED.' })
  failure!: ConversationFailureType | null;

  @Field(() => Int, { description: 'Grows with everything that happens to it; what a change may expect.' })
  revision!: number;
}

@ObjectType('ConversationConnection', { description: 'Conversations, newest first.' })
export class ConversationConnection extends connectionOf(ConversationType, 'Conversation') {}

@InputType({ description: 'Narrows a list of conversations; everything given must match.' })
export class ConversationFilterInput {
  @Field(() => [ConversationStatusEnum], { nullable: true, description: 'Any of these.' })
  status?: ConversationStatus[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: neither COMPLETED nor COMPLETED_WITH_ERRORS; false: one of them.',
  })
  incomplete?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Conversations of this team.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Conversations of this user.' })
  ownerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Conversations with this contact.' })
  contactId?: string | null;

  @Field(() => MediumEnum, { nullable: true, description: 'Held in this way.' })
  medium?: Medium | null;

  @Field(() => ConversationSourceEnum, { nullable: true, description: 'Submitted as this.' })
  source?: ConversationSource | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: no stage has moved it for 30 minutes; false: all others.',
  })
  stuck?: boolean | null;

  @Field(() => PipelineStageEnum, { nullable: true, description: 'Failed at this stage.' })
  failureStage?: PipelineStage | null;

  @Field(() => String, { nullable: true, description: 'Failed with this code.' })
  failureCode?: string | null;

  @Field(() => [String], { nullable: true, description: 'All of these.' })
  tags?: string[] | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Inclusive.' })
  createdFrom?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Exclusive.' })
  createdBefore?: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it took place, else when it came in, as reports count it. Inclusive.',
  })
  happenedFrom?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'The same time. Exclusive.' })
  happenedBefore?: Date | null;

  @Field(() => String, { nullable: true, description: 'Part of the title, in any case.' })
  title?: string | null;
}

@ArgsType()
export class ConversationsArguments extends PageArguments {
  @Field(() => ConversationFilterInput, { nullable: true, description: 'Absent: all that you may see.' })
  filter?: ConversationFilterInput | null;
}

@InputType({ description: 'A conversation as plain text.' })
export class SubmitConversationInput extends FormFieldsInput {
  @Field({ description: 'At most 10 MB of UTF-8. A line that begins with "Name:" begins a turn.' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'Absent: the beginning of the text.' })
  title?: string | null;
}

@ObjectType({ description: 'What became of a submission.' })
export class SubmitConversationPayload {
  @Field(() => ConversationType, { description: 'As it was recorded.' })
  conversation!: ConversationView;
}
