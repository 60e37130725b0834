import { streamPrefixes } from '@harmony/contracts';
import type { Projection } from '@harmony/read-model';
import { insightsConversations } from './insights-conversations.table.js';
import { lives } from './lives.table.js';
import { results } from './results.table.js';
import { runs } from './runs.table.js';
import { scores } from './scores.table.js';
import { verdicts } from './verdicts.table.js';

/**
 * What was found in conversations, under one checkpoint: whoever sees a run completed, or a revision live, sees all of
 * its results.
 */
export const resultsProjection: Projection = {
  name: 'insights.results',
  version: 4,
  streamPrefixes: [
    streamPrefixes.insights,
    streamPrefixes.conversation,
    streamPrefixes.tombstone,
    streamPrefixes.revision,
  ],
  tables: [insightsConversations, runs, lives, results, scores, verdicts],
};
