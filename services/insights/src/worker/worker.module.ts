import { AnalystLifetime, analystProvider } from '@harmony/llm/service';
import { Module } from '@nestjs/common';
import { AnalysisStreams } from '../streams/analysis-streams.js';
import { ProjectStreams } from '../streams/project-streams.js';
import { runConsumers, runWorkers } from './running.js';

/** The working face of insights. */
@Module({
  controllers: [...runConsumers],
  providers: [ProjectStreams, AnalysisStreams, analystProvider, AnalystLifetime, ...runWorkers],
})
export class InsightsWorkerModule {}
