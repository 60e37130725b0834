import { streamPrefixes } from '@harmony/contracts';
import type { Projection } from '@harmony/read-model';
import { extractions } from './extractions.table.js';
import { talk } from './talk.table.js';

export const extractionsProjection: Projection = {
  name: 'extraction.extractions',
  version: 2,
  streamPrefixes: [streamPrefixes.conversation, streamPrefixes.tombstone],
  tables: [extractions, talk],
};
