import { Module, type ModuleMetadata } from '@nestjs/common';
import { ExtractConversationJob } from '../extract-conversation/extract-conversation.job.js';
import { Extractor } from '../extract-conversation/extractor.js';
import { ExtractingStreams, SpokenStreams } from '../streams/conversation-streams.js';
import { ExtractionConsumer } from './extraction.consumer.js';

/** The working face of extraction; who reads the conversations is provided as ANALYST. */
export const extractionWorkers = {
  controllers: [ExtractionConsumer],
  providers: [ExtractingStreams, SpokenStreams, Extractor, ExtractConversationJob],
} satisfies ModuleMetadata;

@Module(extractionWorkers)
export class ExtractionWorkerModule {}
