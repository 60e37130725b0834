import { streamPrefixes } from '@harmony/contracts';
import type { Projection } from '@harmony/read-model';
import { usage } from './usage.table.js';

/** What analysis and transcription cost. */
export const usageProjection: Projection = {
  name: 'insights.usage',
  version: 2,
  streamPrefixes: [
    streamPrefixes.insights,
    streamPrefixes.conversation,
    streamPrefixes.tombstone,
    streamPrefixes.analysis,
  ],
  tables: [usage],
};
