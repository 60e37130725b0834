import { streamPrefixes } from '@harmony/contracts';
import type { Projection } from '@harmony/read-model';
import { conversations } from './conversations.table.js';
import { projects } from './projects.table.js';
import { revisionsTable } from './revisions.table.js';

/** Revisions and how far they are, under one checkpoint: whoever sees a plan sees all of its conversations. */
export const revisionsProjection: Projection = {
  name: 'revisions.revisions',
  version: 3,
  streamPrefixes: [
    streamPrefixes.project,
    streamPrefixes.conversation,
    streamPrefixes.tombstone,
    streamPrefixes.insights,
    streamPrefixes.revision,
  ],
  tables: [projects, conversations, revisionsTable],
};
