import { Module } from '@nestjs/common';
import { CompleteConversation } from '../complete-conversation/complete-conversation.js';
import { EraseConversationJob } from '../deletion/erase-conversation.job.js';
import { ConversationStreams } from '../streams/conversation-streams.js';
import { importUrlWorkers } from '../import-url/index.js';
import { UrlImportConsumer } from '../import-url/url-import.consumer.js';
import { StructureTranscriptJob } from '../structure-transcript/structure-transcript.job.js';
import { uploadWorkers } from '../uploads/index.js';
import { UploadConsumer } from '../uploads/upload.consumer.js';
import { ConversationConsumer } from './conversation.consumer.js';

/** The working face of ingestion. */
@Module({
  controllers: [UploadConsumer, UrlImportConsumer, ConversationConsumer],
  providers: [
    ...uploadWorkers,
    ...importUrlWorkers,
    ConversationStreams,
    CompleteConversation,
    StructureTranscriptJob,
    EraseConversationJob,
  ],
})
export class IngestionWorkerModule {}
