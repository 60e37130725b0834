import { connectionOf, ConversationStatusEnum, MediumEnum, OutcomeType } from '@harmony/api';
import type { ConversationStatus, Medium } from '@harmony/contracts';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import type { ReportedConversationView } from './result-row.js';

@ObjectType('Reference', { description: 'Somebody or something by id and name.' })
export class ReferenceType {
  @Field(() => ID, { description: 'Of the user, contact or team.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'As it is called now; null for what is there no more.' })
  name!: string | null;
}

@ObjectType('ReportedConversation', { description: 'What a report says of a conversation.' })
export class ReportedConversationType implements Omit<ReportedConversationView, 'names'> {
  @Field(() => ID, { description: 'Of the conversation.' })
  id!: string;

  @Field({ description: 'As people call it.' })
  title!: string;

  @Field(() => MediumEnum, { description: 'How it was held.' })
  medium!: Medium;

  @Field(() => ConversationStatusEnum, { description: 'Where it stands in the pipeline.' })
  status!: ConversationStatus;

  @Field(() => GraphQLISODateTime, { description: 'When it took place, else when it came in.' })
  happenedAt!: Date;

  @Field(() => ID, { nullable: true, description: 'Of the team that it belongs to; null for none.' })
  teamId!: string | null;

  @Field(() => ID, { description: 'Of the user whose conversation it is.' })
  ownerId!: string;

  @Field(() => ID, { nullable: true, description: 'Of the primary external participant; null for none.' })
  contactId!: string | null;
}

@ObjectType('DefinitionResult', { description: 'What a definition found in a conversation, and where it comes from.' })
export class DefinitionResultType extends OutcomeType {
  @Field(() => ReportedConversationType, { description: 'The conversation that it comes from.' })
  conversation!: ReportedConversationView;

  @Field(() => ID, { description: 'Of the definition.' })
  definitionId!: string;

  @Field(() => Int, { description: 'The version of the definition that was asked.' })
  definitionVersion!: number;

  @Field(() => ID, { description: 'Of the run that brought it.' })
  runId!: string;

  @Field(() => ID, { nullable: true, description: 'Of the revision that asked for the run; null for the pipeline.' })
  revisionId!: string | null;

  @Field(() => Int, { description: 'Of the transcript that was read; what evidence quotes.' })
  transcriptVersion!: number;

  @Field(() => ID, { nullable: true, description: 'Of the result; null while it is pending.' })
  resultId!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null while it is pending.' })
  settledAt!: Date | null;
}

@ObjectType('DefinitionResultConnection', { description: 'What a definition found, conversation by conversation.' })
export class DefinitionResultConnection extends connectionOf(DefinitionResultType, 'DefinitionResult') {}
