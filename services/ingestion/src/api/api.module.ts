import { Module } from '@nestjs/common';
import { ConversationFeed } from '../live-feed/conversation-feed.js';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import { TranscriptQueries } from '../read-model/transcript-queries.js';
import { WholeTranscripts } from '../read-model/whole-transcripts.js';
import { ConversationStreams } from '../streams/conversation-streams.js';
import { RecordSubmission } from '../submit-conversation/record-submission.js';
import { SubmitConversation } from '../submit-conversation/submit-conversation.js';
import { ImportConversations } from '../structured-import/import-conversations.js';
import { UploadTranscript } from '../structured-import/upload-transcript.js';
import { Acknowledgement } from './acknowledgement.js';
import { ConversationController } from './conversation.controller.js';
import { ConversationResolver } from './conversation.resolver.js';
import { ImportController } from './import.controller.js';
import { ImportResolver } from './import.resolver.js';
import { TranscriptController } from './transcript.controller.js';

/** The stateless face of ingestion. */
@Module({
  controllers: [ImportController, ConversationController, TranscriptController],
  providers: [
    ConversationStreams,
    ConversationQueries,
    TranscriptQueries,
    WholeTranscripts,
    Acknowledgement,
    RecordSubmission,
    SubmitConversation,
    UploadTranscript,
    ImportConversations,
    ConversationFeed,
    ConversationResolver,
    ImportResolver,
  ],
})
export class IngestionApiModule {}
