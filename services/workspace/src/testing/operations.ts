import type { Principal, RequestContext } from '@harmony/access';
import type { Permission } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { ApiKeyResolver } from '../api-keys/api-key.resolver.js';
import { ContactResolver } from '../contacts/contact.resolver.js';
import { CustomFieldResolver } from '../custom-fields/custom-field.resolver.js';
import { FeatureFlagResolver } from '../feature-flags/feature-flag.resolver.js';
import { RoleResolver } from '../roles/role.resolver.js';
import { SignInResolver } from '../sign-in/sign-in.resolver.js';
import { TeamResolver } from '../teams/team.resolver.js';
import { UserResolver } from '../users/user.resolver.js';
import type { WorkspaceFixture } from './workspace-fixture.js';

/** Records of one workspace, or ids that belong to nothing. */
export interface Ids {
  readonly userId: string;
  readonly teamId: string;
  readonly roleId: string;
  readonly contactId: string;
  readonly customFieldId: string;
  readonly apiKeyId: string;
}

export const unknownIds = (): Ids => ({
  userId: newId(),
  teamId: newId(),
  roleId: newId(),
  contactId: newId(),
  customFieldId: newId(),
  apiKeyId: newId(),
});

export interface Operation {
  /** Of the field of Query or Mutation. */
  readonly name: string;
  /** What it takes on records of others; null: open to everybody. */
  readonly needs: Permission | null;
  /** True when it acts on the record of an id, so that a foreign id must look unknown. */
  readonly byId: boolean;
  readonly run: (fixture: WorkspaceFixture, request: RequestContext, ids: Ids) => Promise<unknown>;
}

const page = { first: 100 };
const fresh = (): string => `x${newId().replaceAll('-', '').slice(0, 20)}`;
const who = (request: RequestContext): Principal => request.principal as Principal;
const permissions = ['contacts:read:all'];

const list = (name: string, needs: Permission, run: Operation['run']): Operation => ({ name, needs, byId: false, run });
const byId = (name: string, needs: Permission, run: Operation['run']): Operation => ({ name, needs, byId: true, run });

const queries: readonly Operation[] = [
  { name: 'me', needs: null, byId: false, run: (app, request) => app.get(SignInResolver).me(who(request)) },
  list('users', 'users:read:own', (app, request) =>
    app.get(UserResolver).users(who(request), { ...page, includeRemoved: true }),
  ),
  byId('user', 'users:read:own', (app, request, { userId }) => app.get(UserResolver).user(who(request), userId)),
  list('teams', 'teams:read:own', (app, request) => app.get(TeamResolver).teams(who(request), page)),
  byId('team', 'teams:read:own', (app, request, { teamId }) => app.get(TeamResolver).team(who(request), teamId)),
  list('roles', 'roles:read:own', (app, request) => app.get(RoleResolver).roles(who(request), page)),
  list('contacts', 'contacts:read:own', (app, request) => app.get(ContactResolver).contacts(who(request), page)),
  byId('contact', 'contacts:read:own', (app, request, { contactId }) =>
    app.get(ContactResolver).contact(who(request), contactId),
  ),
  list('customFields', 'custom-fields:read:own', (app, request) =>
    app.get(CustomFieldResolver).customFields(who(request), page),
  ),
  list('featureFlags', 'feature-flags:read:all', (app, request) =>
    app.get(FeatureFlagResolver).featureFlags(who(request), page),
  ),
  list('apiKeys', 'api-keys:read:own', (app, request) => app.get(ApiKeyResolver).apiKeys(who(request), page)),
];

const userMutations: readonly Operation[] = [
  list('addUser', 'users:create:all', (app, request, { roleId, teamId }) => {
    const input = { email: `${fresh()}@example.com`, name: 'New', roleId, teamIds: [teamId], timezone: 'UTC' };
    return app.get(UserResolver).addUser(request, { ...input, language: 'en' });
  }),
  byId('changeUserProfile', 'users:update:all', (app, request, { userId }) =>
    app.get(UserResolver).changeUserProfile(request, userId, { timezone: 'Europe/Berlin' }),
  ),
  byId('assignRole', 'users:update:all', (app, request, { userId, roleId }) =>
    app.get(UserResolver).assignRole(request, userId, roleId),
  ),
  byId('assignTeams', 'users:update:all', (app, request, { userId, teamId }) =>
    app.get(UserResolver).assignTeams(request, userId, [teamId]),
  ),
  byId('setPassword', 'users:update:all', (app, request, { userId }) =>
    app.get(UserResolver).setPassword(request, userId, 'a password of sixteen'),
  ),
  byId('removeUser', 'users:delete:all', (app, request, { userId }) =>
    app.get(UserResolver).removeUser(request, userId),
  ),
];

const otherMutations: readonly Operation[] = [
  list('createTeam', 'teams:create:all', (app, request) =>
    app.get(TeamResolver).createTeam(request, { name: fresh() }),
  ),
  byId('renameTeam', 'teams:update:all', (app, request, { teamId }) =>
    app.get(TeamResolver).renameTeam(request, teamId, { name: fresh() }),
  ),
  list('createRole', 'roles:create:all', (app, request) =>
    app.get(RoleResolver).createRole(request, { name: fresh(), permissions }),
  ),
  byId('changeRole', 'roles:update:all', (app, request, { roleId }) =>
    app.get(RoleResolver).changeRole(request, roleId, { name: fresh(), permissions }),
  ),
  list('addContact', 'contacts:create:all', (app, request) =>
    app.get(ContactResolver).addContact(request, { name: fresh() }),
  ),
  byId('changeContact', 'contacts:update:all', (app, request, { contactId }) =>
    app.get(ContactResolver).changeContact(request, contactId, { name: fresh() }),
  ),
  byId('removeContact', 'contacts:delete:all', (app, request, { contactId }) =>
    app.get(ContactResolver).removeContact(request, contactId),
  ),
  list('defineCustomField', 'custom-fields:create:all', (app, request) => {
    const input = { target: 'CONVERSATION', key: fresh(), label: 'Label', type: 'TEXT', options: [] } as const;
    return app.get(CustomFieldResolver).defineCustomField(request, { ...input, options: [], required: false });
  }),
  byId('removeCustomField', 'custom-fields:delete:all', (app, request, { customFieldId }) =>
    app.get(CustomFieldResolver).removeCustomField(request, customFieldId),
  ),
  list('setFeatureFlag', 'feature-flags:update:all', (app, request) =>
    app.get(FeatureFlagResolver).setFeatureFlag(request, 'reports-rerun-tab', true),
  ),
  list('createApiKey', 'api-keys:create:all', (app, request) =>
    app.get(ApiKeyResolver).createApiKey(request, { name: 'Key' }),
  ),
  byId('deleteApiKey', 'api-keys:delete:all', (app, request, { apiKeyId }) =>
    app.get(ApiKeyResolver).deleteApiKey(request, apiKeyId),
  ),
  // Last, since they take away what others act on.
  byId('removeTeam', 'teams:delete:all', (app, request, { teamId }) =>
    app.get(TeamResolver).removeTeam(request, teamId),
  ),
  byId('removeRole', 'roles:delete:all', (app, request, { roleId }) =>
    app.get(RoleResolver).removeRole(request, roleId),
  ),
];

const anonymous: Operation = {
  name: 'signIn',
  needs: null,
  byId: false,
  run: (app) => app.get(SignInResolver).signIn('nobody@example.com', 'no password'),
};

/** Every query and mutation of the service; a test fails when one is missing here. */
export const operations: readonly Operation[] = [...queries, ...userMutations, ...otherMutations, anonymous];
