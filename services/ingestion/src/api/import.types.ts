import { ParticipantRoleEnum } from '@harmony/api';
import type { ParticipantRole } from '@harmony/contracts';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { ConversationView } from '../read-model/conversation-row.js';
import { ConversationType } from './conversation.types.js';
import { FormFieldsInput } from './form-fields.types.js';

@InputType({ description: 'Somebody who takes part.' })
export class ParticipantInput {
  @Field(() => ID, { description: 'Names the participant within this transcript.' })
  id!: string;

  @Field({ description: 'As the transcript is to show it.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'An address by which a contact or user is found.' })
  email?: string | null;

  @Field(() => ParticipantRoleEnum, { nullable: true, description: 'Their side of the table; absent: unknown.' })
  role?: ParticipantRole | null;
}

@InputType({ description: 'What one participant says at a stretch.' })
export class TurnInput {
  @Field(() => ID, { description: 'The id of one of the participants.' })
  participantId!: string;

  @Field(() => Int, { nullable: true, description: 'Milliseconds from the start of the conversation.' })
  startMs?: number | null;

  @Field(() => Int, { nullable: true, description: 'Not before startMs.' })
  endMs?: number | null;

  @Field({ description: 'May be empty, so that turns keep their numbers.' })
  text!: string;
}

@InputType({ description: 'A conversation with explicit participants and turns, at most 10 MB.' })
export class TranscriptInput extends FormFieldsInput {
  @Field(() => String, { nullable: true, description: 'Absent: who took part.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'The name of a team; teamId goes before it.' })
  team?: string | null;

  @Field(() => [ParticipantInput], { description: 'Who takes part, each once.' })
  participants!: ParticipantInput[];

  @Field(() => [TurnInput], { description: 'In the order in which they are shown. Times may overlap or be left out.' })
  turns!: TurnInput[];
}

@InputType({ description: 'One conversation of a batch.' })
export class ImportedConversationInput extends TranscriptInput {
  @Field(() => String, {
    nullable: true,
    description: 'Your own name of the conversation. Imported again under the same key it is the same conversation.',
  })
  key?: string | null;
}

@InputType({ description: 'A batch of conversations.' })
export class ImportConversationsInput {
  @Field(() => [ImportedConversationInput], { description: '1 to 500.' })
  conversations!: ImportedConversationInput[];
}

@ObjectType({ description: 'A field that was refused.' })
export class ImportFieldErrorType {
  @Field({ description: 'JSON pointer within the conversation.' })
  pointer!: string;

  @Field({ description: 'What is wrong with it.' })
  detail!: string;
}

@ObjectType('ImportError', { description: 'Why a conversation of a batch was refused; nothing of it is stored.' })
export class ImportErrorType {
  @Field({ description: 'A stable error code.' })
  code!: string;

  @Field({ description: 'A sentence for a person.' })
  detail!: string;

  @Field(() => [ImportFieldErrorType], {
    description: 'What is wrong with which field; empty where it is not about fields.',
  })
  errors!: ImportFieldErrorType[];
}

@ObjectType('ImportResult', { description: 'What became of one conversation of a batch.' })
export class ImportResultType {
  @Field(() => Int, { description: 'In the batch, from 0.' })
  index!: number;

  @Field(() => String, { nullable: true, description: 'Your own name of the conversation; null where none was given.' })
  key!: string | null;

  @Field(() => ID, { nullable: true, description: 'Null when it was refused.' })
  conversationId!: string | null;

  @Field(() => ConversationType, { nullable: true, description: 'Null when it was refused.' })
  conversation!: ConversationView | null;

  @Field(() => ImportErrorType, { nullable: true, description: 'Why it was refused; null for one that was recorded.' })
  error!: ImportErrorType | null;
}

@ObjectType({ description: 'What became of a batch.' })
export class ImportConversationsPayload {
  @Field(() => [ImportResultType], { description: 'One for each conversation, in the order of the batch.' })
  results!: ImportResultType[];
}
