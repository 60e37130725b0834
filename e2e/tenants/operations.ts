import type { Action, ErrorCode, Resource, Scope } from '@harmony/contracts';

/** Ids of things in one workspace, to be asked for by others. */
export interface Ids {
  readonly team: string;
  readonly user: string;
  readonly role: string;
  readonly contact: string;
  readonly customField: string;
  readonly apiKey: string;
  readonly conversation: string;
}

export type Call =
  | { readonly query: string; readonly variables?: Record<string, unknown> }
  | { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown };

export interface Operation {
  readonly call: (ids: Ids) => Call;
  /** What a role must allow; undefined: anybody who is signed in. */
  readonly needs?: readonly [Resource, Action, Scope];
  /** What somebody of another workspace gets; `own` means: an answer about the own workspace only. */
  readonly foreign: ErrorCode | 'own';
  /** Works without signing in. */
  readonly anonymous?: true;
}

const list = (name: string, needs?: Operation['needs']): Operation => ({
  call: () => ({ query: `{ ${name}(first: 100) { edges { node { __typename } cursor } pageInfo { endCursor } } }` }),
  ...(needs && { needs }),
  foreign: 'own',
});

const byId = (name: string, key: keyof Ids, needs?: Operation['needs']): Operation => ({
  call: (ids) => ({ query: `query ($id: ID!) { ${name}(id: $id) { id } }`, variables: { id: ids[key] } }),
  ...(needs && { needs }),
  foreign: 'NOT_FOUND',
});

const removal = (name: string, key: keyof Ids, needs: Operation['needs'], foreign: ErrorCode): Operation => ({
  call: (ids) => ({ query: `mutation ($id: ID!) { ${name}(id: $id) }`, variables: { id: ids[key] } }),
  ...(needs && { needs }),
  foreign,
});

const mutation = (
  query: string,
  variables: (ids: Ids) => Record<string, unknown>,
  needs: Operation['needs'],
  foreign: Operation['foreign'],
): Operation => ({
  call: (ids) => ({ query, variables: variables(ids) }),
  ...(needs && { needs }),
  foreign,
});

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
  'query conversations': list('conversations', ['conversations', 'read', 'own']),
  'query contact': byId('contact', 'contact', ['contacts', 'read', 'own']),
  'query team': byId('team', 'team', ['teams', 'read', 'own']),
  'query user': byId('user', 'user', ['users', 'read', 'own']),
  'query conversation': byId('conversation', 'conversation', ['conversations', 'read', 'own']),

  'mutation signIn': {
    call: () => ({
      query: 'mutation { signIn(email: "nobody@nowhere.example", password: "not the password") { userId } }',
    }),
    foreign: 'INVALID_CREDENTIALS',
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
  'mutation submitConversation': mutation(
    'mutation ($team: ID!, $contact: ID!, $owner: ID!) { submitConversation(input: { text: "Ann: Hello", teamId: $team, contactId: $contact, ownerId: $owner }) { conversation { id } } }',
    (ids) => ({ team: ids.team, contact: ids.contact, owner: ids.user }),
    ['conversations', 'create', 'own'],
    'UNKNOWN_TEAM',
  ),

  'subscription conversationChanged': {
    call: (ids) => ({
      query: 'subscription ($id: ID) { conversationChanged(conversationId: $id) { id } }',
      variables: { id: ids.conversation },
    }),
    needs: ['conversations', 'read', 'own'],
    foreign: 'NOT_FOUND',
  },

  'POST /v1/conversations': {
    call: (ids) => ({ method: 'POST', path: '/v1/conversations', body: { text: 'Ann: Hello', teamId: ids.team } }),
    needs: ['conversations', 'create', 'own'],
    foreign: 'UNKNOWN_TEAM',
  },
  'GET /v1/conversations': {
    call: () => ({ method: 'GET', path: '/v1/conversations' }),
    needs: ['conversations', 'read', 'own'],
    foreign: 'own',
  },
  'GET /v1/conversations/{id}': {
    call: (ids) => ({ method: 'GET', path: `/v1/conversations/${ids.conversation}` }),
    needs: ['conversations', 'read', 'own'],
    foreign: 'NOT_FOUND',
  },
  'GET /v1/conversations/{id}/transcript': {
    call: (ids) => ({ method: 'GET', path: `/v1/conversations/${ids.conversation}/transcript` }),
    needs: ['conversations', 'read', 'own'],
    foreign: 'NOT_FOUND',
  },
};
