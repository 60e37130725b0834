import { Module } from '@nestjs/common';
import { AnalystLifetime, analystProvider } from '../analyst/analyst.provider.js';
import { AnalysisStreams } from '../streams/analysis-streams.js';
import { ProjectStreams } from '../streams/project-streams.js';
import { runConsumers, runWorkers } from './running.js';

/** The working face of insights. */
@Module({
  controllers: [...runConsumers],
  providers: [ProjectStreams, AnalysisStreams, analystProvider, AnalystLifetime, ...runWorkers],
})
export class InsightsWorkerModule {}
