import { Module } from '@nestjs/common';
import { RevisionProgress } from '../progress/revision-progress.js';
import { RevisionStreams } from '../streams/revision-streams.js';
import { WatchConsumer } from '../watch/watch.consumer.js';
import { WatchJob } from '../watch/watch.job.js';

/** The working face of revisions. */
@Module({ controllers: [WatchConsumer], providers: [RevisionStreams, RevisionProgress, WatchJob] })
export class RevisionsWorkerModule {}
