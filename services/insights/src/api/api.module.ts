import { Module } from '@nestjs/common';
import { AnalysisStreams } from '../streams/analysis-streams.js';
import { ProjectStreams } from '../streams/project-streams.js';

/** The stateless face of insights. */
@Module({ providers: [ProjectStreams, AnalysisStreams] })
export class InsightsApiModule {}
