import { streamPrefixes } from '@harmony/contracts';
import type { Projection } from '@harmony/read-model';
import { cells } from './cells.table.js';
import { conversations } from './conversations.table.js';
import { definitions, definitionVersions } from './definitions.table.js';
import { lives } from './lives.table.js';
import { projects } from './projects.table.js';
import { runs } from './runs.table.js';
import { scores } from './scores.table.js';

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
  tables: [conversations, runs, lives, cells, scores, projects, definitions, definitionVersions],
};
