import { builtInRoles, HarmonyError, type ErrorCode } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import { createApiKey, deleteApiKey, permissionsOfKey } from './api-keys.js';
import { addContact, changeContact, contactFrom, removeContact, type ContactData } from './contact.js';
import { defineCustomField, removeCustomField } from './custom-fields.js';
import { workspaceFrom } from './evolve.js';
import { setFeatureFlag } from './feature-flags.js';
import { defineRole, removeRole } from './roles.js';
import { createTeam, removeTeam, renameTeam } from './teams.js';
import { addUser, assignRole, assignTeams, changeProfile, removeUser, type NewUser } from './users.js';
import type { Workspace } from './workspace.js';

const admin = builtInRoles.admin.id;
const plain = builtInRoles.user.id;

const user = (userId: string, more: Partial<NewUser> = {}): NewUser => ({
  userId,
  email: `${userId}@example.com`,
  name: userId,
  roleId: plain,
  teamIds: [],
  timezone: 'UTC',
  language: 'en',
  customFields: {},
  ...more,
});
const added = (userId: string, more: Partial<NewUser> = {}): Fact => {
  const { customFields: _, ...data } = user(userId, more);
  return fact('UserAdded', data);
};
const field = (key: string, more: object = {}) => ({
  customFieldId: `field-${key}`,
  target: 'CONTACT' as const,
  key,
  label: key,
  type: 'TEXT' as const,
  options: [] as string[],
  required: false,
  ...more,
});
const apiKey = (apiKeyId: string, more: object = {}) => ({
  apiKeyId,
  name: 'Key',
  lastFour: '0000',
  roleId: null as string | null,
  createdBy: 'ada',
  expiresAt: null,
  ...more,
});

const history: readonly Fact[] = [
  fact('WorkspaceCreated', { name: 'Test' }),
  fact('TeamCreated', { teamId: 'sales', name: 'Sales' }),
  fact('TeamCreated', { teamId: 'support', name: 'Support' }),
  fact('RoleDefined', { roleId: 'coach', name: 'Coach', permissions: ['users:read:team'] }),
  added('ada', { roleId: admin, teamIds: ['sales'] }),
  added('ben', { teamIds: ['sales', 'support'] }),
  added('gone'),
  fact('UserRemoved', { userId: 'gone' }),
  fact('CustomFieldDefined', field('tier')),
  fact('ApiKeyCreated', apiKey('key-of-ben', { createdBy: 'ben', roleId: 'coach' })),
];
const after = (...more: Fact[]): Workspace => workspaceFrom([...history, ...more]);
const workspace = after();

type Decision = (given: Workspace) => readonly Fact[];
const types = (facts: readonly Fact[]): string[] => facts.map(({ type }) => type);

describe('decisions about a workspace', () => {
  it.each<[string, Decision, readonly string[]]>([
    ['a new user is added', (given) => addUser(given, user('new')), ['UserAdded']],
    [
      'a new user with custom fields is added with them',
      (given) => addUser(given, user('new', { customFields: { level: 3 } })),
      ['UserAdded', 'UserProfileChanged'],
    ],
    [
      'the email of a removed user is free again',
      (given) => addUser(given, user('new', { email: 'gone@example.com' })),
      ['UserAdded'],
    ],
    ['a repeat adds nobody', (given) => addUser(given, user('ben')), []],
    ['a profile changes', (given) => changeProfile(given, 'ben', { timezone: 'Asia/Tokyo' }), ['UserProfileChanged']],
    ['an equal profile changes nothing', (given) => changeProfile(given, 'ben', { timezone: 'UTC' }), []],
    ['a role is assigned', (given) => assignRole(given, 'ben', 'coach'), ['UserRoleAssigned']],
    ['the role that somebody has is not assigned again', (given) => assignRole(given, 'ada', admin), []],
    ['teams are assigned', (given) => assignTeams(given, 'ada', ['support']), ['UserTeamsAssigned']],
    ['equal teams in another order change nothing', (given) => assignTeams(given, 'ben', ['support', 'sales']), []],
    [
      'a user is removed together with their keys',
      (given) => removeUser(given, 'ben'),
      ['ApiKeyDeleted', 'UserRemoved'],
    ],
    ['a removed user is not removed again', (given) => removeUser(given, 'gone'), []],
    ['a team is created', (given) => createTeam(given, 'new', 'New'), ['TeamCreated']],
    ['a team is renamed, also only in case', (given) => renameTeam(given, 'sales', 'SALES'), ['TeamRenamed']],
    ['an equal name changes nothing', (given) => renameTeam(given, 'sales', 'Sales'), []],
    [
      'a team is removed and its members leave it',
      (given) => removeTeam(given, 'sales'),
      ['UserTeamsAssigned', 'UserTeamsAssigned', 'TeamRemoved'],
    ],
    [
      'a role is defined',
      (given) => defineRole(given, { roleId: 'new', name: 'New', permissions: ['users:read:all'] }),
      ['RoleDefined'],
    ],
    [
      'an equal role changes nothing',
      (given) => defineRole(given, { roleId: 'coach', name: 'Coach', permissions: ['users:read:team'] }),
      [],
    ],
    [
      'a role that nobody has is removed',
      () => removeRole(after(fact('ApiKeyDeleted', { apiKeyId: 'key-of-ben' })), 'coach'),
      ['RoleRemoved'],
    ],
    ['a custom field is defined', (given) => defineCustomField(given, field('level')), ['CustomFieldDefined']],
    [
      'the same key is free for another kind of record',
      (given) => defineCustomField(given, field('tier', { customFieldId: 'x', target: 'USER' })),
      ['CustomFieldDefined'],
    ],
    ['a custom field is removed', (given) => removeCustomField(given, 'field-tier'), ['CustomFieldRemoved']],
    ['a flag is set', (given) => setFeatureFlag(given, 'reports-rerun-tab', true), ['FeatureFlagSet']],
    ['a flag that is off is not switched off', (given) => setFeatureFlag(given, 'reports-rerun-tab', false), []],
    ['an API key is created', (given) => createApiKey(given, apiKey('new')), ['ApiKeyCreated']],
    ['an API key is deleted', (given) => deleteApiKey(given, 'key-of-ben'), ['ApiKeyDeleted']],
  ])('%s', (_, decide, expected) => {
    expect(types(decide(workspace))).toEqual(expected);
  });

  it.each<[ErrorCode, string, Decision]>([
    [
      'EMAIL_TAKEN',
      'for an email that somebody has, whatever its case',
      (given) => addUser(given, user('new', { email: 'BEN@example.com' })),
    ],
    ['UNKNOWN_ROLE', 'for a new user', (given) => addUser(given, user('new', { roleId: 'nothing' }))],
    ['UNKNOWN_TEAM', 'for a new user', (given) => addUser(given, user('new', { teamIds: ['sales', 'nothing'] }))],
    ['NOT_FOUND', 'for the profile of a removed user', (given) => changeProfile(given, 'gone', { name: 'x' })],
    ['UNKNOWN_ROLE', 'for an assignment', (given) => assignRole(given, 'ben', 'nothing')],
    ['NOT_FOUND', 'for an assignment to a removed user', (given) => assignRole(given, 'gone', plain)],
    ['LAST_ADMIN', 'when the only administrator gets another role', (given) => assignRole(given, 'ada', plain)],
    ['LAST_ADMIN', 'when the only administrator is removed', (given) => removeUser(given, 'ada')],
    ['UNKNOWN_TEAM', 'for an assignment', (given) => assignTeams(given, 'ben', ['nothing'])],
    ['NOT_FOUND', 'for removing nobody', (given) => removeUser(given, 'nobody')],
    ['NAME_TAKEN', 'for a team', (given) => createTeam(given, 'new', 'sales')],
    ['NAME_TAKEN', 'for a rename', (given) => renameTeam(given, 'sales', 'SUPPORT')],
    ['NOT_FOUND', 'for an unknown team', (given) => renameTeam(given, 'nothing', 'x')],
    ['NOT_FOUND', 'for removing an unknown team', (given) => removeTeam(given, 'nothing')],
    [
      'BUILT_IN_ROLE',
      'for changing one',
      (given) => defineRole(given, { roleId: admin, name: 'Boss', permissions: [] }),
    ],
    [
      'NAME_TAKEN',
      'for the name of a built-in role',
      (given) => defineRole(given, { roleId: 'new', name: 'admin', permissions: [] }),
    ],
    [
      'NAME_TAKEN',
      'for the name of another custom role',
      (given) => defineRole(given, { roleId: 'new', name: 'COACH', permissions: [] }),
    ],
    ['BUILT_IN_ROLE', 'for removing one', (given) => removeRole(given, plain)],
    ['ROLE_IN_USE', 'while an API key has it', (given) => removeRole(given, 'coach')],
    [
      'ROLE_IN_USE',
      'while a user has it',
      () => removeRole(after(fact('UserRoleAssigned', { userId: 'ben', roleId: 'coach' })), 'coach'),
    ],
    ['NOT_FOUND', 'for removing an unknown role', (given) => removeRole(given, 'nothing')],
    [
      'NAME_TAKEN',
      'for the key of a custom field',
      (given) => defineCustomField(given, field('tier', { customFieldId: 'x' })),
    ],
    [
      'INVALID_INPUT',
      'for a SELECT without options',
      (given) => defineCustomField(given, field('level', { type: 'SELECT' })),
    ],
    [
      'INVALID_INPUT',
      'for options without a SELECT',
      (given) => defineCustomField(given, field('level', { options: ['a'] })),
    ],
    ['NOT_FOUND', 'for an unknown custom field', (given) => removeCustomField(given, 'nothing')],
    ['UNKNOWN_ROLE', 'for an API key', (given) => createApiKey(given, apiKey('new', { roleId: 'nothing' }))],
    ['NOT_FOUND', 'for an unknown API key', (given) => deleteApiKey(given, 'nothing')],
  ])('%s %s', (code, _, decide) => {
    expect(() => decide(workspace)).toThrow(HarmonyError);
    expect(() => decide(workspace)).toThrow(expect.objectContaining({ code }));
  });

  it('lets an administrator go once there is another one', () => {
    const two = after(fact('UserRoleAssigned', { userId: 'ben', roleId: admin }));
    expect(types(removeUser(two, 'ada'))).toEqual(['UserRemoved']);
  });

  it('measures an API key by its own role, else by that of who creates it', () => {
    expect(permissionsOfKey(workspace, 'coach', 'ada')).toEqual(['users:read:team']);
    expect(permissionsOfKey(workspace, null, 'ada')).toEqual(builtInRoles.admin.permissions);
    expect(() => permissionsOfKey(workspace, null, 'gone')).toThrow(HarmonyError);
  });
});

describe('decisions about a contact', () => {
  const data: ContactData = { contactId: 'c', name: 'Grace', email: null, company: null, customFields: {} };
  const known = contactFrom([fact('ContactAdded', data)]);
  const removed = contactFrom([fact('ContactAdded', data), fact('ContactRemoved', { contactId: 'c' })]);
  const unknown = contactFrom([]);

  it('adds once, changes what differs, removes once', () => {
    expect(types(addContact(unknown, data))).toEqual(['ContactAdded']);
    expect(addContact(known, data)).toEqual([]);
    expect(changeContact(known, { name: 'Grace' })).toEqual([]);
    expect(changeContact(known, { email: 'g@example.com' })).toEqual([
      fact('ContactChanged', { ...data, email: 'g@example.com' }),
    ]);
    expect(types(removeContact(known, 'c'))).toEqual(['ContactRemoved']);
    expect(removeContact(removed, 'c')).toEqual([]);
  });

  it('does not know what never was or was removed', () => {
    for (const contact of [unknown, removed]) {
      expect(() => changeContact(contact, { name: 'x' })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    }
    expect(() => removeContact(unknown, 'c')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });
});
