import { conversationStatuses } from '@harmony/contracts';
import { Field, Float, InputType, registerEnumType } from '@nestjs/graphql';
import { enumOf } from './enum-of.js';

/** What several services filter conversations by. */
export const ConversationStatusEnum = enumOf(conversationStatuses);
registerEnumType(ConversationStatusEnum, {
  name: 'ConversationStatus',
  description: 'Where a conversation stands in the pipeline.',
});

@InputType({ isOneOf: true, description: 'A value to compare with. Exactly one field is set.' })
export class FieldValueInput {
  @Field({ nullable: true, description: 'Text, or a date such as 2026-01-31.' })
  text?: string;

  @Field(() => Float, { nullable: true, description: 'A number.' })
  number?: number;

  @Field({ nullable: true, description: 'True or false.' })
  boolean?: boolean;
}
