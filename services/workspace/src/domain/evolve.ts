import type { EventDataOf, EventType, HarmonyEvent } from '@harmony/contracts';
import { emptyWorkspace, type User, type Workspace } from './workspace.js';

type Mutable<Value> =
  Value extends ReadonlyMap<infer Key, infer Held> ? Map<Key, Held> : Value extends object ? never : Value;
type Draft = { -readonly [Field in keyof Workspace]: Mutable<Workspace[Field]> };
type Apply<Type extends EventType> = (draft: Draft, data: EventDataOf<Type>) => void;

function changeUser(draft: Draft, userId: string, change: Partial<User>): void {
  const user = draft.users.get(userId);
  if (user) draft.users.set(userId, { ...user, ...change });
}

const changes: { readonly [Type in EventType]?: Apply<Type> } = {
  WorkspaceCreated: (draft, { name }) => void (draft.name = name),
  TeamCreated: (draft, { teamId, name }) => draft.teams.set(teamId, { name }),
  TeamRenamed: (draft, { teamId, name }) => draft.teams.set(teamId, { name }),
  TeamRemoved: (draft, { teamId }) => void draft.teams.delete(teamId),
  RoleDefined: (draft, { roleId, ...role }) => draft.roles.set(roleId, role),
  RoleRemoved: (draft, { roleId }) => void draft.roles.delete(roleId),
  UserAdded: (draft, { userId, ...user }) => draft.users.set(userId, { ...user, customFields: {}, removed: false }),
  UserProfileChanged: (draft, { userId, ...profile }) => changeUser(draft, userId, profile),
  UserRoleAssigned: (draft, { userId, roleId }) => changeUser(draft, userId, { roleId }),
  UserTeamsAssigned: (draft, { userId, teamIds }) => changeUser(draft, userId, { teamIds }),
  UserRemoved: (draft, { userId }) => changeUser(draft, userId, { removed: true }),
  CustomFieldDefined: (draft, { customFieldId, ...field }) => draft.customFields.set(customFieldId, field),
  CustomFieldRemoved: (draft, { customFieldId }) => void draft.customFields.delete(customFieldId),
  FeatureFlagSet: (draft, { flag, enabled }) => draft.featureFlags.set(flag, enabled),
  ApiKeyCreated: (draft, { apiKeyId, roleId, createdBy }) => draft.apiKeys.set(apiKeyId, { roleId, createdBy }),
  ApiKeyDeleted: (draft, { apiKeyId }) => void draft.apiKeys.delete(apiKeyId),
};

/** The workspace after these events. Copies once and not once an event, so that a long history stays cheap. */
export function evolve(workspace: Workspace, events: Iterable<Pick<HarmonyEvent, 'type' | 'data'>>): Workspace {
  const draft: Draft = {
    name: workspace.name,
    users: new Map(workspace.users),
    teams: new Map(workspace.teams),
    roles: new Map(workspace.roles),
    customFields: new Map(workspace.customFields),
    featureFlags: new Map(workspace.featureFlags),
    apiKeys: new Map(workspace.apiKeys),
  };
  for (const { type, data } of events)
    (changes[type] as ((draft: Draft, data: unknown) => void) | undefined)?.(draft, data);
  return draft;
}

export const workspaceFrom = (events: Iterable<Pick<HarmonyEvent, 'type' | 'data'>>): Workspace =>
  evolve(emptyWorkspace, events);
