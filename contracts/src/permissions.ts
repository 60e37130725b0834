/** Permissions have the form `resource:action:scope` (P5). */
export const scopes = ['own', 'team', 'all'] as const;
export type Scope = (typeof scopes)[number];

export const actions = ['read', 'create', 'update', 'delete', 'approve', 'execute'] as const;
export type Action = (typeof actions)[number];

export const resources = [
  'organization',
  'users',
  'roles',
  'teams',
  'contacts',
  'custom-fields',
  'api-keys',
  'feature-flags',
  'conversations',
  'projects',
  'usage',
  'pipeline-rerun',
] as const;
export type Resource = (typeof resources)[number];

export type Permission = `${Resource}:${Action}:${Scope}`;

/** Whether a text is a permission that this version knows. */
export function isPermission(text: string): text is Permission {
  const [resource, action, scope, ...rest] = text.split(':');
  const known = (list: readonly string[], part: string | undefined): boolean => list.some((name) => name === part);
  return rest.length === 0 && known(resources, resource) && known(actions, action) && known(scopes, scope);
}

const every = (scope: Scope, names: readonly Resource[], verbs: readonly Action[]): Permission[] =>
  names.flatMap((resource) => verbs.map((action): Permission => `${resource}:${action}:${scope}`));

/** The roles that every workspace has and nobody can change; ids are fixed, so that they need no event. */
export const builtInRoles = {
  admin: {
    id: '00000000-0000-4000-8000-000000000001',
    name: 'Admin',
    permissions: every('all', resources, actions),
  },
  teamManager: {
    id: '00000000-0000-4000-8000-000000000002',
    name: 'Team Manager',
    permissions: [
      ...every('team', ['conversations'], ['read', 'create', 'update', 'delete', 'execute']),
      ...every('team', ['projects'], ['read', 'create', 'update', 'execute']),
      ...every('team', ['api-keys'], ['read']),
      ...every('all', ['contacts'], ['read', 'create', 'update']),
      ...every('own', ['users'], ['update']),
      ...every('all', ['users', 'teams', 'custom-fields', 'feature-flags', 'organization'], ['read']),
    ],
  },
  user: {
    id: '00000000-0000-4000-8000-000000000003',
    name: 'User',
    permissions: [
      ...every('own', ['conversations'], ['read', 'create', 'update', 'delete', 'execute']),
      ...every('team', ['projects'], ['read']),
      ...every('all', ['contacts'], ['read', 'create', 'update']),
      ...every('own', ['users'], ['update']),
      ...every('all', ['users', 'teams', 'custom-fields', 'feature-flags', 'organization'], ['read']),
    ],
  },
} as const satisfies Record<string, { id: string; name: string; permissions: readonly Permission[] }>;

/** Flags that the product knows; unset means off. */
export const featureFlags = ['reports-rerun-tab'] as const;
export type FeatureFlag = (typeof featureFlags)[number];
