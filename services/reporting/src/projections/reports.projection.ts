import { streamPrefixes } from '@harmony/contracts';
import type { Projection } from '@harmony/read-model';

/** Everything that reports are made of, under one checkpoint: whoever sees one part of a fact sees all of it. */
export const reportsProjection: Projection = {
  name: 'reporting.reports',
  version: 1,
  streamPrefixes: [
    streamPrefixes.project,
    streamPrefixes.conversation,
    streamPrefixes.tombstone,
    streamPrefixes.insights,
    streamPrefixes.revision,
  ],
  tables: [],
};
