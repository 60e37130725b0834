import { Module } from '@nestjs/common';
import { AnalysisStreams } from '../streams/analysis-streams.js';
import { ProjectStreams } from '../streams/project-streams.js';
import { projectProviders } from './project-providers.js';

/** The stateless face of insights. */
@Module({ providers: [ProjectStreams, AnalysisStreams, ...projectProviders] })
export class InsightsApiModule {}
