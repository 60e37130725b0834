import { ApiKeySecrets, directoryProjection } from '@harmony/access';
import { builtInRoles, decodeEvent, HarmonyError, streams, type HarmonyEvent } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { verify } from '@harmony/read-model';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeyResolver } from '../api-keys/api-key.resolver.js';
import { ContactResolver } from '../contacts/contact.resolver.js';
import { CustomFieldResolver } from '../custom-fields/custom-field.resolver.js';
import { FeatureFlagResolver } from '../feature-flags/feature-flag.resolver.js';
import { RoleResolver } from '../roles/role.resolver.js';
import { SignInResolver } from '../sign-in/sign-in.resolver.js';
import { TeamResolver } from '../teams/team.resolver.js';
import {
  requestBy,
  startWorkspaceService,
  type TestWorkspace,
  type WorkspaceFixture,
} from '../testing/workspace-fixture.js';
import { UserResolver } from '../users/user.resolver.js';
import { CreateWorkspace } from './create-workspace.js';

describe('the workspace service', () => {
  let fixture: WorkspaceFixture;
  let workspace: TestWorkspace;
  beforeAll(async () => {
    fixture = await startWorkspaceService();
    workspace = await fixture.newWorkspace();
  });
  afterAll(() => fixture.close());

  const page = { first: 100 };
  const principal = () => workspace.request().principal as never;
  const users = () => fixture.get(UserResolver);
  const teams = () => fixture.get(TeamResolver);
  const newUser = (more: { roleId?: string; email?: string; teamIds?: string[]; password?: string } = {}) =>
    users().addUser(workspace.request(), {
      email: `${newId()}@example.com`,
      name: 'Somebody',
      roleId: builtInRoles.user.id,
      teamIds: [],
      timezone: 'Europe/Berlin',
      language: 'de-de',
      ...more,
    });

  async function eventsOf(stream: string): Promise<HarmonyEvent[]> {
    const events = [];
    for await (const recorded of fixture.store.readStream(stream)) events.push(decodeEvent(recorded));
    return events;
  }

  it('makes a workspace whose administrator can sign in and see themself', async () => {
    const { email, password, workspaceId, adminId } = workspace;
    const session = await fixture.get(SignInResolver).signIn(email, password);
    expect(session).toMatchObject({ workspaceId, userId: adminId });
    const authorizationHeader = `Bearer ${session.accessToken}`;
    const who = await fixture.access.authenticator.authenticate({ authorizationHeader, apiKeyHeader: undefined });
    expect(await fixture.get(SignInResolver).me(who)).toMatchObject({
      user: { id: adminId, email },
      workspace: { id: workspaceId, name: 'Test' },
      apiKeyId: null,
      permissions: [...builtInRoles.admin.permissions].sort(),
    });
  });

  it('makes one workspace of a repeated command', async () => {
    const create = fixture.get(CreateWorkspace);
    const [commandId, admin] = [
      newId(),
      { email: 'boss@example.com', name: 'Boss', password: 'correct horse battery' },
    ];
    const [first, second] = [
      await create.run(commandId, { name: 'Twice', admin }),
      await create.run(commandId, { name: 'Twice', admin }),
    ];
    expect(second).toEqual(first);
    expect(await eventsOf(streams.workspace(first.workspaceId))).toHaveLength(2);
    expect((await create.createApiKey(first, commandId, 'Demo')).key).toMatch(/^lk_[0-9a-f]{64}$/);
  });

  it('shows a change at once to who made it', async () => {
    const team = await teams().createTeam(workspace.request(), { name: 'Visible' });
    expect(await teams().team(principal(), team.id)).toEqual(team);
    await teams().renameTeam(workspace.request(), team.id, { name: 'Seen' });
    expect(await teams().team(principal(), team.id)).toEqual({ id: team.id, name: 'Seen' });
    await teams().removeTeam(workspace.request(), team.id);
    await expect(teams().team(principal(), team.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('takes a repeated command once and answers the same', async () => {
    const request = requestBy(principal());
    const first = await teams().createTeam(request, { name: 'Repeated' });
    expect(await teams().createTeam(request, { name: 'Repeated' })).toEqual(first);
    const created = (await eventsOf(streams.workspace(workspace.workspaceId))).filter(
      ({ causationId }) => causationId === request.commandId,
    );
    expect(created).toHaveLength(1);
  });

  it('records who, why and when with every event', async () => {
    const request = requestBy(principal());
    const { id } = await fixture.get(ContactResolver).addContact(request, { name: 'Grace' });
    expect(await eventsOf(streams.contact(id))).toMatchObject([
      {
        type: 'ContactAdded',
        workspaceId: workspace.workspaceId,
        actor: { kind: 'USER', id: workspace.adminId },
        correlationId: request.correlationId,
        causationId: request.commandId,
      },
    ]);
  });

  it('brings concurrent commands in order and loses none', async () => {
    const created = await Promise.all(
      Array.from({ length: 12 }, (_, index) => teams().createTeam(workspace.request(), { name: `Team ${index}` })),
    );
    const listed = (await teams().teams(principal(), page)).edges.map(({ node }) => node.id);
    expect(created.every(({ id }) => listed.includes(id))).toBe(true);
  });

  it('lets only one of many concurrent commands have a name', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => teams().createTeam(workspace.request(), { name: 'Wanted' })),
    );
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as HarmonyError] : [],
    );
    expect(refused.map(({ code }) => code)).toEqual(Array.from({ length: 7 }, () => 'NAME_TAKEN'));
  });

  it('keeps one administrator when two remove each other at the same time', async () => {
    const small = await fixture.newWorkspace();
    const input = { email: 'second@example.com', name: 'Second', roleId: builtInRoles.admin.id };
    const second = await users().addUser(small.request(), { ...input, teamIds: [], timezone: 'UTC', language: 'en' });
    const bySecond = await fixture.requestOf(small.workspaceId, second.id);
    const outcomes = await Promise.allSettled([
      users().removeUser(small.request(), second.id),
      users().removeUser(bySecond, small.adminId),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'LAST_ADMIN' } });
  });

  it('ends the sign-in and the keys of a removed user at once, and still names them', async () => {
    const password = 'correct horse battery';
    const user = await newUser({ roleId: builtInRoles.admin.id, password });
    const request = await fixture.requestOf(workspace.workspaceId, user.id);
    const { key } = await fixture.get(ApiKeyResolver).createApiKey(request, { name: 'Mine' });
    const { accessToken } = await fixture.get(SignInResolver).signIn(user.email, password);
    await users().removeUser(workspace.request(), user.id);
    const { authenticator } = fixture.access;
    const attempts = [
      authenticator.authenticate({ authorizationHeader: `Bearer ${accessToken}`, apiKeyHeader: undefined }),
      authenticator.authenticate({ authorizationHeader: undefined, apiKeyHeader: key ?? undefined }),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(fixture.get(SignInResolver).signIn(user.email, password)).rejects.toMatchObject({
      code: 'INVALID_CREDENTIALS',
    });
    expect(await users().user(principal(), user.id)).toMatchObject({ name: 'Somebody', removed: true });
  });

  it('shows an API key once, keeps only its last four characters, and refuses it after it was deleted', async () => {
    const api = fixture.get(ApiKeyResolver);
    const request = requestBy(principal());
    const { apiKey, key } = await api.createApiKey(request, { name: 'Once', expiresAt: new Date(Date.now() + 60_000) });
    expect(apiKey).toMatchObject({
      name: 'Once',
      lastFour: key?.slice(-4),
      lastUsedAt: null,
      createdBy: workspace.adminId,
    });
    expect((await api.createApiKey(request, { name: 'Once' })).key).toBeNull();
    const log = JSON.stringify(await eventsOf(streams.workspace(workspace.workspaceId)));
    expect(log).not.toContain(key);
    const authenticate = () =>
      fixture.access.authenticator.authenticate({ authorizationHeader: undefined, apiKeyHeader: key ?? undefined });
    expect(await authenticate()).toMatchObject({ kind: 'API_KEY', id: apiKey.id });
    expect((await api.apiKeys(principal(), page)).edges[0]?.node.lastUsedAt).toBeInstanceOf(Date);
    const hashes = () =>
      fixture.database.worker.query('select from access.api_key_secrets where api_key_id = $1', [apiKey.id]);
    expect((await hashes()).rowCount).toBe(1);
    await api.deleteApiKey(workspace.request(), apiKey.id);
    expect((await hashes()).rowCount).toBe(0);
    await expect(authenticate()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('lets a key stay listed but dead when the process died before its hash was stored', async () => {
    const secrets = fixture.get(ApiKeySecrets);
    const request = requestBy(principal());
    const { apiKey } = await fixture.get(ApiKeyResolver).createApiKey(request, { name: 'Lost' });
    await secrets.revoke([apiKey.id]);
    expect(await fixture.get(ApiKeyResolver).createApiKey(request, { name: 'Lost' })).toEqual({ apiKey, key: null });
  });

  describe('grants nobody more than they have', () => {
    /** Somebody who may manage people and roles, and nothing else. */
    async function manager() {
      const permissions = [
        'users:create:all',
        'users:update:all',
        'roles:create:all',
        'api-keys:create:all',
        'users:read:all',
      ];
      const role = await fixture.get(RoleResolver).createRole(workspace.request(), { name: newId(), permissions });
      const user = await newUser({ roleId: role.id });
      return { user, role, request: () => fixture.requestOf(workspace.workspaceId, user.id) };
    }

    it('neither by assigning a role, nor by defining one, nor by a key, nor by taking over an account', async () => {
      const { user, role, request } = await manager();
      const adminRole = builtInRoles.admin.id;
      const input = { email: 'mole@example.com', name: 'Mole', teamIds: [], timezone: 'UTC', language: 'en' };
      const attempts = [
        users().assignRole(await request(), user.id, adminRole),
        users().addUser(await request(), { ...input, roleId: adminRole }),
        fixture.get(RoleResolver).createRole(await request(), { name: 'More', permissions: ['users:delete:all'] }),
        fixture.get(ApiKeyResolver).createApiKey(await request(), { name: 'More', roleId: adminRole }),
        users().setPassword(await request(), workspace.adminId, 'a password of sixteen'),
      ];
      for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await users().assignRole(await request(), user.id, role.id);
      await fixture.get(ApiKeyResolver).createApiKey(await request(), { name: 'As much' });
    });

    it('not by a weak key that asks for its creator’s role either', async () => {
      const { role } = await manager();
      const { key } = await fixture
        .get(ApiKeyResolver)
        .createApiKey(workspace.request(), { name: 'Weak', roleId: role.id });
      const weak = await fixture.access.authenticator.authenticate({
        authorizationHeader: undefined,
        apiKeyHeader: key ?? '',
      });
      const attempt = fixture.get(ApiKeyResolver).createApiKey(requestBy(weak), { name: 'Strong' });
      await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(
        users().setPassword(requestBy(weak), workspace.adminId, 'a password of sixteen'),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });
  });

  it('lets everybody change their own profile and nobody that of others', async () => {
    const [user, other] = [await newUser(), await newUser()];
    const request = () => fixture.requestOf(workspace.workspaceId, user.id);
    expect(await users().changeUserProfile(await request(), user.id, { timezone: 'Asia/Tokyo' })).toMatchObject({
      timezone: 'Asia/Tokyo',
      language: 'de-DE',
    });
    await expect(users().changeUserProfile(await request(), other.id, { name: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await users().setPassword(await request(), user.id, 'a password of sixteen');
    await expect(users().setPassword(await request(), other.id, 'a password of sixteen')).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('checks custom fields of contacts and users against their definitions', async () => {
    const define = (target: 'CONTACT' | 'USER', key: string) =>
      fixture.get(CustomFieldResolver).defineCustomField(workspace.request(), {
        target,
        key,
        label: key,
        type: 'NUMBER',
        options: [],
        required: false,
      });
    await define('CONTACT', 'seats');
    await define('USER', 'level');
    const contacts = fixture.get(ContactResolver);
    const contact = await contacts.addContact(workspace.request(), { name: 'Grace', customFields: { seats: 7 } });
    expect(contact.customFields).toEqual({ seats: 7 });
    await expect(
      contacts.changeContact(workspace.request(), contact.id, { customFields: { seats: 'seven' } }),
    ).rejects.toMatchObject({ code: 'INVALID_CUSTOM_FIELD_VALUE', errors: [{ pointer: '/customFields/seats' }] });
    await expect(
      contacts.addContact(workspace.request(), { name: 'Ada', customFields: { level: 1 } }),
    ).rejects.toMatchObject({ code: 'UNKNOWN_CUSTOM_FIELD' });
    const user = await newUser();
    expect(await users().changeUserProfile(workspace.request(), user.id, { customFields: { level: 3 } })).toMatchObject(
      { customFields: { level: 3 } },
    );
  });

  it('changes and empties a contact, finds it while somebody types, and forgets it', async () => {
    const contacts = fixture.get(ContactResolver);
    const { id } = await contacts.addContact(workspace.request(), {
      name: 'Katherine Johnson',
      email: 'KJ@Nasa.example',
    });
    await contacts.changeContact(workspace.request(), id, { company: 'NASA' });
    const found = await contacts.contacts(principal(), { ...page, search: 'kj@na' });
    expect(found.edges.map(({ node }) => node)).toMatchObject([{ id, email: 'kj@nasa.example', company: 'NASA' }]);
    expect(await contacts.changeContact(workspace.request(), id, { company: null })).toMatchObject({ company: null });
    await contacts.removeContact(workspace.request(), id);
    await expect(contacts.contact(principal(), id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(contacts.changeContact(workspace.request(), id, { name: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('switches a flag on and off', async () => {
    const flags = fixture.get(FeatureFlagResolver);
    const state = async () => (await flags.featureFlags(principal(), page)).edges.map(({ node }) => node);
    expect(await state()).toEqual([{ flag: 'reports-rerun-tab', enabled: false }]);
    await flags.setFeatureFlag(workspace.request(), 'reports-rerun-tab', true);
    expect(await state()).toEqual([{ flag: 'reports-rerun-tab', enabled: true }]);
    expect(await fixture.access.directory.isEnabled(workspace.workspaceId, 'reports-rerun-tab')).toBe(true);
    await expect(flags.setFeatureFlag(workspace.request(), 'no-such-flag', true)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it.each<[string, object, string]>([
    ['an email address that is none', { email: 'nobody' }, '/email'],
    ['an unknown time zone', { timezone: 'Mars/Olympus' }, '/timezone'],
    ['an unknown language', { language: 'not a tag' }, '/language'],
    ['a blank name', { name: '  ' }, '/name'],
    ['a name with a line break', { name: 'a\nb' }, '/name'],
    ['a name with NUL', { name: 'a\0b' }, '/name'],
    ['a name with half a character', { name: 'a\ud800b' }, '/name'],
    ['a password that is too short', { password: 'short' }, '/password'],
  ])('refuses %s by its pointer, and records nothing', async (_, more, pointer) => {
    const before = await eventsOf(streams.workspace(workspace.workspaceId));
    await expect(newUser(more)).rejects.toMatchObject({ code: 'INVALID_INPUT', errors: [{ pointer }] });
    expect(await eventsOf(streams.workspace(workspace.workspaceId))).toHaveLength(before.length);
  });

  it('shows a user’s role and teams to who may read them', async () => {
    const team = await teams().createTeam(workspace.request(), { name: 'Shown' });
    const user = await newUser({ teamIds: [team.id] });
    expect(await users().role(user, principal())).toMatchObject({ name: 'User', builtIn: true });
    expect(await users().teams(user, principal())).toEqual([team]);
    const plain = (await fixture.requestOf(workspace.workspaceId, user.id)).principal as never;
    expect(await users().role(user, plain)).toBeUndefined();
  });

  it('has a directory that equals a fresh replay of the log', async () => {
    const { database, store } = fixture;
    const { rows, differences, examples } = await verify(directoryProjection, { database, store });
    expect({ differences, examples }).toEqual({ differences: 0, examples: [] });
    expect(rows).toBeGreaterThan(10);
  });
});
