import { streamPrefixes } from '@harmony/contracts';
import type { Projection } from '@harmony/read-model';
import { answered } from './answered.table.js';
import { usage } from './usage.table.js';

/** What analysis and transcription cost, and what was answered for it. */
export const usageProjection: Projection = {
  name: 'insights.usage',
  version: 4,
  streamPrefixes: [
    streamPrefixes.insights,
    streamPrefixes.conversation,
    streamPrefixes.tombstone,
    streamPrefixes.analysis,
  ],
  tables: [usage, answered],
};
