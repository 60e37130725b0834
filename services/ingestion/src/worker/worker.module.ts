import { Module } from '@nestjs/common';
import { CompleteConversation } from '../complete-conversation/complete-conversation.js';
import { ConversationStreams } from '../streams/conversation-streams.js';
import { StructureTranscriptJob } from '../structure-transcript/structure-transcript.job.js';
import { ConversationConsumer } from './conversation.consumer.js';

/** The working face of ingestion. */
@Module({
  controllers: [ConversationConsumer],
  providers: [ConversationStreams, CompleteConversation, StructureTranscriptJob],
})
export class IngestionWorkerModule {}
