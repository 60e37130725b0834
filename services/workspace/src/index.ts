import { accessProjections } from '@harmony/access';
import type { ServiceDescriptor } from '@harmony/runtime';
import { Module } from '@nestjs/common';
import { WorkspaceApi } from './api.module.js';

/** Its projection runs in the worker, which projections need no code of ours for. */
@Module({})
class WorkspaceWorker {}

/** Workspaces, users, teams, roles, contacts, custom fields, feature flags and API keys. */
export const workspaceService: ServiceDescriptor = {
  name: 'workspace',
  api: WorkspaceApi,
  worker: WorkspaceWorker,
  projections: accessProjections,
  migrations: [],
  afterDeadLetter: 'continue',
};

export { CreateWorkspace, type CreatedWorkspace, type NewWorkspaceInput } from './workspaces/create-workspace.js';
