import { streamPrefixes } from '@harmony/contracts';
import type { Projection } from '@harmony/read-model';
import { conversations } from './conversations.table.js';
import { transcriptChunks } from './transcript-chunks.table.js';
import { transcripts } from './transcripts.table.js';

/** Conversations and their transcripts, under one checkpoint: whoever sees one completed sees its whole transcript. */
export const conversationsProjection: Projection = {
  name: 'ingestion.conversations',
  version: 5,
  streamPrefixes: [streamPrefixes.conversation, streamPrefixes.tombstone],
  tables: [conversations, transcriptChunks, transcripts],
};
