import { AnalystLifetime, analystProvider } from '@harmony/llm/service';
import { Module, type ModuleMetadata } from '@nestjs/common';
import { ExtractConversationJob } from '../extract-conversation/extract-conversation.job.js';
import { Extractor } from '../extract-conversation/extractor.js';
import { Replies } from '../journal/replies.js';
import { RerunExtractionJob } from '../rerun/rerun-extraction.job.js';
import { RerunConsumer } from '../rerun/rerun.consumer.js';
import { RevisionStreams } from '../streams/revision-streams.js';
import { ExtractingStreams, SpokenStreams } from '../streams/conversation-streams.js';
import { ExtractionConsumer } from './extraction.consumer.js';

/** The working face of extraction; who reads the conversations is provided as ANALYST. */
export const extractionWorkers = {
  controllers: [ExtractionConsumer, RerunConsumer],
  providers: [
    ...[ExtractingStreams, SpokenStreams, RevisionStreams, Extractor, Replies],
    ...[ExtractConversationJob, RerunExtractionJob, AnalystLifetime],
  ],
} satisfies ModuleMetadata;

@Module({ ...extractionWorkers, providers: [...extractionWorkers.providers, analystProvider] })
export class ExtractionWorkerModule {}
