import { streamPrefixes } from '@harmony/contracts';
import type { Projection } from '@harmony/read-model';
import { apiKeys, contacts, customFields, featureFlagSettings, roles, teams, users, workspaces } from './tables.js';

/** The facts of every workspace that all services need, folded from the streams of workspaces and contacts. */
export const directoryProjection: Projection = {
  name: 'access.directory',
  version: 1,
  streamPrefixes: [streamPrefixes.workspace, streamPrefixes.contact],
  tables: [workspaces, users, teams, roles, contacts, customFields, featureFlagSettings, apiKeys],
};

export const accessProjections: readonly Projection[] = [directoryProjection];
