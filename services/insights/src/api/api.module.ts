import { Module } from '@nestjs/common';
import { AnalysisStreams } from '../streams/analysis-streams.js';
import { ProjectStreams } from '../streams/project-streams.js';
import { InsightsController } from './insights.controller.js';
import { projectProviders } from './project-providers.js';
import { analystProviders, runProviders } from './run-providers.js';

/** The stateless face of insights. */
@Module({
  controllers: [InsightsController],
  providers: [ProjectStreams, AnalysisStreams, ...projectProviders, ...analystProviders, ...runProviders],
})
export class InsightsApiModule {}
