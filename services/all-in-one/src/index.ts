export { composition } from './composition.js';
export { descriptors } from './descriptors.js';
export { createWorkspaceWithKey, type WorkspaceWish, type WorkspaceWithKey } from './create-workspace.js';
