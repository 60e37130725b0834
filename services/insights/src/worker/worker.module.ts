import { Module } from '@nestjs/common';
import { AnalysisStreams } from '../streams/analysis-streams.js';
import { ProjectStreams } from '../streams/project-streams.js';

/** The working face of insights. */
@Module({ controllers: [], providers: [ProjectStreams, AnalysisStreams] })
export class InsightsWorkerModule {}
