import { changeOperations } from './change-operations.js';
import { conversationOperations } from './conversation-operations.js';
import { exportOperations } from './export-operations.js';
import { importUrlOperations } from './import-url-operations.js';
import { insightsOperations } from './insights-operations.js';
import { byId, list, mutation, removal, type Operation } from './operation.js';
import { projectOperations } from './project-operations.js';
import { recordingOperations } from './recording-operations.js';
import { reportingOperations } from './reporting-operations.js';
import { revisionOperations } from './revision-operations.js';
import { uploadOperations } from './upload-operations.js';

/** One row for every GraphQL field and REST route; the test fails when a new one has none. */
export const operations: Readonly<Record<string, Operation>> = {
  'query me': { call: () => ({ query: '{ me { __typename } }' }), foreign: 'own' },
  'query apiKeys': list('apiKeys', ['api-keys', 'read', 'team']),
  'query contacts': list('contacts', ['contacts', 'read', 'own']),
  'query customFields': list('customFields', ['custom-fields', 'read', 'own']),
  'query featureFlags': list('featureFlags', ['feature-flags', 'read', 'own']),
  'query roles': list('roles', ['roles', 'read', 'own']),
  'query teams': list('teams', ['teams', 'read', 'own']),
  'query users': list('users', ['users', 'read', 'own']),
  'query contact': byId('contact', 'contact', ['contacts', 'read', 'own']),
  'query team': byId('team', 'team', ['teams', 'read', 'own']),
  'query user': byId('user', 'user', ['users', 'read', 'own']),

  'mutation signIn': {
    call: () => ({
      query: 'mutation { signIn(email: "nobody@nowhere.example", password: "not the password") { userId } }',
    }),
    foreign: 'INVALID_CREDENTIALS',
    anonymous: true,
  },
  'GET /v1/signing-keys': {
    call: () => ({ method: 'GET', path: '/v1/signing-keys' }),
    foreign: 'own',
    anonymous: true,
  },
  'mutation addContact': mutation(
    'mutation { addContact(input: { name: "New" }) { id } }',
    () => ({}),
    ['contacts', 'create', 'own'],
    'own',
  ),
  'mutation addUser': mutation(
    'mutation ($role: ID!, $teams: [ID!]!) { addUser(input: { email: "new@example.com", name: "New", roleId: $role, teamIds: $teams }) { id } }',
    (ids) => ({ role: ids.role, teams: [ids.team] }),
    ['users', 'create', 'all'],
    'UNKNOWN_ROLE',
  ),
  'mutation assignRole': mutation(
    'mutation ($user: ID!, $role: ID!) { assignRole(userId: $user, roleId: $role) { id } }',
    (ids) => ({ user: ids.user, role: ids.role }),
    ['users', 'update', 'all'],
    'NOT_FOUND',
  ),
  'mutation assignTeams': mutation(
    'mutation ($user: ID!, $teams: [ID!]!) { assignTeams(userId: $user, teamIds: $teams) { id } }',
    (ids) => ({ user: ids.user, teams: [ids.team] }),
    ['users', 'update', 'all'],
    'NOT_FOUND',
  ),
  'mutation changeContact': mutation(
    'mutation ($id: ID!) { changeContact(id: $id, input: { name: "Taken over" }) { id } }',
    (ids) => ({ id: ids.contact }),
    ['contacts', 'update', 'own'],
    'NOT_FOUND',
  ),
  'mutation changeRole': mutation(
    'mutation ($id: ID!) { changeRole(id: $id, input: { name: "Taken over", permissions: ["contacts:read:own"] }) { id } }',
    (ids) => ({ id: ids.role }),
    ['roles', 'update', 'all'],
    'NOT_FOUND',
  ),
  'mutation changeUserProfile': mutation(
    'mutation ($id: ID!) { changeUserProfile(id: $id, input: { name: "Taken over" }) { id } }',
    (ids) => ({ id: ids.user }),
    ['users', 'update', 'own'],
    'NOT_FOUND',
  ),
  'mutation createApiKey': mutation(
    'mutation ($role: ID!) { createApiKey(input: { name: "New", roleId: $role }) { key } }',
    (ids) => ({ role: ids.role }),
    ['api-keys', 'create', 'all'],
    'UNKNOWN_ROLE',
  ),
  'mutation createRole': mutation(
    'mutation { createRole(input: { name: "New", permissions: ["contacts:read:own"] }) { id } }',
    () => ({}),
    ['roles', 'create', 'all'],
    'own',
  ),
  'mutation createTeam': mutation(
    'mutation { createTeam(input: { name: "New" }) { id } }',
    () => ({}),
    ['teams', 'create', 'all'],
    'own',
  ),
  'mutation defineCustomField': mutation(
    'mutation { defineCustomField(input: { key: "new_key", label: "New", target: CONTACT, type: TEXT }) { id } }',
    () => ({}),
    ['custom-fields', 'create', 'all'],
    'own',
  ),
  'mutation deleteApiKey': removal('deleteApiKey', 'apiKey', ['api-keys', 'delete', 'all'], 'NOT_FOUND'),
  'mutation removeContact': removal('removeContact', 'contact', ['contacts', 'delete', 'all'], 'NOT_FOUND'),
  'mutation removeCustomField': removal(
    'removeCustomField',
    'customField',
    ['custom-fields', 'delete', 'all'],
    'NOT_FOUND',
  ),
  'mutation removeRole': removal('removeRole', 'role', ['roles', 'delete', 'all'], 'NOT_FOUND'),
  'mutation removeTeam': removal('removeTeam', 'team', ['teams', 'delete', 'all'], 'NOT_FOUND'),
  'mutation removeUser': removal('removeUser', 'user', ['users', 'delete', 'all'], 'NOT_FOUND'),
  'mutation renameTeam': mutation(
    'mutation ($id: ID!) { renameTeam(id: $id, input: { name: "Taken over" }) { id } }',
    (ids) => ({ id: ids.team }),
    ['teams', 'update', 'all'],
    'NOT_FOUND',
  ),
  'mutation setFeatureFlag': mutation(
    'mutation { setFeatureFlag(flag: "reports-rerun-tab", enabled: true) { enabled } }',
    () => ({}),
    ['feature-flags', 'update', 'all'],
    'own',
  ),
  'mutation setPassword': mutation(
    'mutation ($id: ID!) { setPassword(userId: $id, password: "taken over by me") }',
    (ids) => ({ id: ids.user }),
    ['users', 'update', 'all'],
    'FORBIDDEN',
  ),

  ...conversationOperations,
  ...changeOperations,
  ...recordingOperations,
  ...uploadOperations,
  ...importUrlOperations,
  ...projectOperations,
  ...insightsOperations,
  ...reportingOperations,
  ...exportOperations,
  ...revisionOperations,
};
