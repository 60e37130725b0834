import { streamPrefixes } from '@harmony/contracts';
import type { Projection } from '@harmony/read-model';
import { directory } from './directory.table.js';
import { exportsTable } from './exports.table.js';

/** Exports and the names that stand in them, under one checkpoint: whoever sees an export sees every name of before. */
export const exportsProjection: Projection = {
  name: 'reporting.exports',
  version: 1,
  streamPrefixes: [streamPrefixes.workspace, streamPrefixes.contact, streamPrefixes.export],
  tables: [directory, exportsTable],
};
