import { streamPrefixes } from '@harmony/contracts';
import type { Projection } from '@harmony/read-model';
import { insightsConversations } from './insights-conversations.table.js';
import { results } from './results.table.js';
import { runs } from './runs.table.js';
import { scores } from './scores.table.js';

/** What was found in conversations, under one checkpoint: whoever sees a run completed sees all of its results. */
export const resultsProjection: Projection = {
  name: 'insights.results',
  version: 1,
  streamPrefixes: [streamPrefixes.insights, streamPrefixes.conversation, streamPrefixes.tombstone],
  tables: [insightsConversations, runs, results, scores],
};
