import { streamPrefixes } from '@harmony/contracts';
import type { Projection } from '@harmony/read-model';
import { attributions } from './attributions.table.js';
import { cells } from './cells.table.js';
import { compared } from './compared.table.js';
import { conversations } from './conversations.table.js';
import { definitions, definitionVersions } from './definitions.table.js';
import { failedRuns } from './failed-runs.table.js';
import { lives } from './lives.table.js';
import { planned } from './planned.table.js';
import { projects } from './projects.table.js';
import { repeats } from './repeats.table.js';
import { revisionHistory } from './revision-history.table.js';
import { revisions } from './revisions.table.js';
import { runs } from './runs.table.js';
import { scores } from './scores.table.js';

/** Everything that reports are made of, under one checkpoint: whoever sees one part of a fact sees all of it. */
export const reportsProjection: Projection = {
  name: 'reporting.reports',
  version: 4,
  streamPrefixes: [
    streamPrefixes.project,
    streamPrefixes.conversation,
    streamPrefixes.tombstone,
    streamPrefixes.insights,
    streamPrefixes.revision,
  ],
  tables: [
    conversations,
    runs,
    revisions,
    revisionHistory,
    lives,
    cells,
    compared,
    planned,
    failedRuns,
    repeats,
    attributions,
    scores,
    projects,
    definitions,
    definitionVersions,
  ],
};
