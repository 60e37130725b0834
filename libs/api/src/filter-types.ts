import { conversationStatuses } from '@harmony/contracts';
import { Field, Float, InputType, registerEnumType } from '@nestjs/graphql';
import { enumOf } from './enum-of.js';

/** What several services filter conversations by. */
export const ConversationStatusEnum = enumOf(conversationStatuses);
registerEnumType(ConversationStatusEnum, {
  name: 'ConversationStatus',
  description: 'Where a conversation stands in the pipeline.',
  valuesMap: {
    UPLOADING: { description: 'Its recording is still coming in.' },
    QUEUED: { description: 'Recorded; it waits for its turn.' },
    TRANSCRIBING: { description: 'What was said is being written down.' },
    EXTRACTING: { description: 'What it says is being gathered.' },
    ANALYZING: { description: 'Definitions are being answered.' },
    COMPLETED: { description: 'All of it is done.' },
    COMPLETED_WITH_ERRORS: { description: 'Done, but for definitions that failed.' },
    FAILED: { description: 'It could not be taken further; see failure.' },
  },
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
