import { connectionOf, GraphQLJSONObject, PageArguments } from '@harmony/api';
import {
  conversationSources,
  conversationStatuses,
  media,
  pipelineStages,
  type ConversationSource,
  type ConversationStatus,
  type Medium,
  type PipelineStage,
} from '@harmony/contracts';
import {
  ArgsType,
  Field,
  Float,
  GraphQLISODateTime,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from '@nestjs/graphql';
import type { ConversationView, SpeakerView } from '../read-model/conversation-row.js';
import type { TurnView } from '../read-model/transcript-queries.js';

export const enumOf = <Value extends string>(values: readonly Value[]): Record<Value, Value> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<Value, Value>;

export const ConversationStatusEnum = enumOf(conversationStatuses);
export const MediumEnum = enumOf(media);
export const PipelineStageEnum = enumOf(pipelineStages);
export const ConversationSourceEnum = enumOf(conversationSources);

registerEnumType(ConversationStatusEnum, {
  name: 'ConversationStatus',
  description: 'Where a conversation stands in the pipeline.',
});
registerEnumType(MediumEnum, { name: 'Medium', description: 'How the conversation was held.' });
registerEnumType(PipelineStageEnum, { name: 'PipelineStage', description: 'A stage of the pipeline.' });
registerEnumType(ConversationSourceEnum, { name: 'ConversationSource', description: 'What was submitted.' });

@ObjectType('Speaker', { description: 'Somebody who takes part in a conversation.' })
export class SpeakerType implements SpeakerView {
  @Field({ description: 'A to Z, then AA, AB, by order of appearance.' })
  code!: string;

  @Field({ description: 'As the text names them; "User" when nothing does.' })
  name!: string;

  @Field(() => Int)
  words!: number;

  @Field(() => Int)
  turns!: number;

  @Field(() => Float, { description: 'Part of all words of the conversation, 0 to 1.' })
  wordShare!: number;
}

@ObjectType('ConversationFailure', { description: 'Why a conversation could not be taken further.' })
export class ConversationFailureType {
  @Field(() => PipelineStageEnum)
  stage!: PipelineStage;

  @Field({ description: 'A stable error code.' })
  code!: string;
}

@ObjectType('Turn', { description: 'What one speaker says at a stretch.' })
export class TurnType implements TurnView {
  @Field(() => Int, { description: 'Counts from 0.' })
  index!: number;

  @Field()
  speakerCode!: string;

  @Field()
  speakerName!: string;

  @Field()
  text!: string;

  @Field(() => Int, { nullable: true, description: 'Milliseconds from the start, where the text states them.' })
  startMs!: number | null;

  @Field(() => Int, { nullable: true })
  endMs!: number | null;
}

@ObjectType('TurnConnection', { description: 'Turns of a transcript, in order.' })
export class TurnConnection extends connectionOf(TurnType, 'Turn') {}

@ObjectType('Conversation', { description: 'A conversation and how far it is understood.' })
export class ConversationType implements Omit<ConversationView, 'speakers' | 'tags'> {
  @Field(() => ID)
  id!: string;

  @Field()
  title!: string;

  @Field(() => ConversationStatusEnum)
  status!: ConversationStatus;

  @Field({ description: 'True when no stage has moved it for 30 minutes.' })
  stuck!: boolean;

  @Field(() => MediumEnum)
  medium!: Medium;

  @Field(() => ConversationSourceEnum)
  source!: ConversationSource;

  @Field(() => ID, { nullable: true })
  teamId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The primary external participant.' })
  contactId!: string | null;

  @Field(() => ID, { description: 'The user whose conversation it is; drives access and reports.' })
  ownerId!: string;

  @Field(() => ID)
  createdBy!: string;

  @Field(() => [String])
  tags!: string[];

  @Field(() => GraphQLJSONObject, { description: 'Values by the key of the custom field.' })
  customFields!: Record<string, unknown>;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the conversation began, where that is known.' })
  startedAt!: Date | null;

  @Field(() => GraphQLISODateTime, { description: 'When it was submitted.' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  updatedAt!: Date;

  @Field(() => GraphQLISODateTime)
  statusChangedAt!: Date;

  @Field(() => Int, { nullable: true, description: 'Null until there is a transcript.' })
  turnCount!: number | null;

  @Field(() => Int, { nullable: true, description: 'Null until there is a transcript.' })
  wordCount!: number | null;

  @Field(() => [SpeakerType], { description: 'By order of appearance; empty until there is a transcript.' })
  speakers!: SpeakerType[];

  @Field(() => ConversationFailureType, { nullable: true, description: 'Set when the status is FAILED.' })
  failure!: ConversationFailureType | null;
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

  @Field(() => ID, { nullable: true })
  teamId?: string | null;

  @Field(() => ID, { nullable: true })
  ownerId?: string | null;

  @Field(() => ID, { nullable: true })
  contactId?: string | null;

  @Field(() => MediumEnum, { nullable: true })
  medium?: Medium | null;

  @Field(() => [String], { nullable: true, description: 'All of these.' })
  tags?: string[] | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Inclusive.' })
  createdFrom?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Exclusive.' })
  createdBefore?: Date | null;

  @Field(() => String, { nullable: true, description: 'Part of the title, in any case.' })
  title?: string | null;
}

@ArgsType()
export class ConversationsArguments extends PageArguments {
  @Field(() => ConversationFilterInput, { nullable: true })
  filter?: ConversationFilterInput | null;
}

@InputType({ description: 'A conversation as plain text.' })
export class SubmitConversationInput {
  @Field({ description: 'At most 10 MB of UTF-8. A line that begins with "Name:" begins a turn.' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'Absent: the beginning of the text.' })
  title?: string | null;

  @Field(() => ID, { nullable: true })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The primary external participant.' })
  contactId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Absent: whoever submits.' })
  ownerId?: string | null;

  @Field(() => MediumEnum, { nullable: true, description: 'Absent: CHAT.' })
  medium?: Medium | null;

  @Field(() => [String], { nullable: true })
  tags?: string[] | null;

  @Field(() => GraphQLJSONObject, { nullable: true, description: 'Values by the key of the custom field.' })
  customFields?: Record<string, unknown> | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the conversation began.' })
  startedAt?: Date | null;
}

@ObjectType({ description: 'What became of a submission.' })
export class SubmitConversationPayload {
  @Field(() => ConversationType)
  conversation!: ConversationView;
}
