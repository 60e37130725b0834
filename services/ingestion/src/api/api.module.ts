import { Module } from '@nestjs/common';
import { ConversationFeed } from '../live-feed/conversation-feed.js';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import { TranscriptQueries } from '../read-model/transcript-queries.js';
import { ConversationStreams } from '../streams/conversation-streams.js';
import { RecordSubmission } from '../submit-conversation/record-submission.js';
import { SubmitConversation } from '../submit-conversation/submit-conversation.js';
import { ConversationController } from './conversation.controller.js';
import { ConversationResolver } from './conversation.resolver.js';

/** The stateless face of ingestion. */
@Module({
  controllers: [ConversationController],
  providers: [
    ConversationStreams,
    ConversationQueries,
    TranscriptQueries,
    RecordSubmission,
    SubmitConversation,
    ConversationFeed,
    ConversationResolver,
  ],
})
export class IngestionApiModule {}
