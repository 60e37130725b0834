import { streamPrefixes } from '@harmony/contracts';
import type { Projection } from '@harmony/read-model';
import { definitionVersions } from './definition-versions.table.js';
import { definitions } from './definitions.table.js';
import { pins } from './pins.table.js';
import { projects } from './projects.table.js';
import { settings } from './settings.table.js';

/** What is asked of conversations, under one checkpoint: whoever sees a project sees its definitions and the handbook. */
export const projectsProjection: Projection = {
  name: 'insights.projects',
  version: 2,
  streamPrefixes: [streamPrefixes.project, streamPrefixes.analysis, streamPrefixes.pin],
  tables: [projects, definitions, definitionVersions, settings, pins],
};
