import { widestScope, type Principal } from '@harmony/access';
import { builtInRoles, HarmonyError, scopes, type Action, type Resource, type Scope } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { resolvers } from './api.module.js';
import { ApiKeyResolver } from './api-keys/api-key.resolver.js';
import { ContactResolver } from './contacts/contact.resolver.js';
import { CustomFieldResolver } from './custom-fields/custom-field.resolver.js';
import { RoleResolver } from './roles/role.resolver.js';
import { TeamResolver } from './teams/team.resolver.js';
import { UserResolver } from './users/user.resolver.js';
import { operations, unknownIds, type Ids } from './testing/operations.js';
import {
  requestBy,
  startWorkspaceService,
  type TestWorkspace,
  type WorkspaceFixture,
} from './testing/workspace-fixture.js';

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'OK',
    (error: unknown) => (error instanceof HarmonyError ? error.code : `not ours: ${String(error)}`),
  );

describe('every query and mutation', () => {
  let fixture: WorkspaceFixture;
  beforeAll(async () => {
    fixture = await startWorkspaceService();
  });
  afterAll(() => fixture.close());

  /** One of each kind of record, none of them needed by the others. */
  async function populate(workspace: TestWorkspace): Promise<Ids> {
    const request = () => workspace.request();
    const name = newId();
    const team = await fixture.get(TeamResolver).createTeam(request(), { name });
    const role = await fixture.get(RoleResolver).createRole(request(), { name, permissions: ['contacts:read:all'] });
    const contact = await fixture.get(ContactResolver).addContact(request(), { name });
    const input = { email: `${name}@example.com`, name, timezone: 'UTC', language: 'en', teamIds: [] };
    const user = await fixture.get(UserResolver).addUser(request(), { ...input, roleId: builtInRoles.user.id });
    const field = { target: 'USER', key: `k${newId().slice(0, 8)}`, label: 'L', type: 'TEXT' } as const;
    const custom = await fixture
      .get(CustomFieldResolver)
      .defineCustomField(request(), { ...field, options: [], required: false });
    const { apiKey } = await fixture.get(ApiKeyResolver).createApiKey(request(), { name });
    return {
      userId: user.id,
      teamId: team.id,
      roleId: role.id,
      contactId: contact.id,
      customFieldId: custom.id,
      apiKeyId: apiKey.id,
    };
  }

  it('has a row in the table of this test', async () => {
    const builder = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
    const schema = await builder.get(GraphQLSchemaFactory).create([...resolvers]);
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}),
    );
    expect(operations.map(({ name }) => name).sort()).toEqual(fields.sort());
  });

  describe.each(Object.values(builtInRoles))('asked by somebody with the role $name', ({ id: roleId, permissions }) => {
    it.each(operations.map((operation) => [operation.name, operation] as const))(
      '%s is let through exactly when the role grants it',
      async (_, operation) => {
        const principal: Principal = {
          kind: 'USER',
          id: newId(),
          userId: newId(),
          workspaceId: newId(),
          roleId,
          permissions: new Set(permissions),
          teamIds: [],
        };
        const code = await codeOf(operation.run(fixture, requestBy(principal), unknownIds()));
        expect(code === 'FORBIDDEN').toBe(
          !isGranted(principal, operation.needs) && operation.name !== 'changeUserProfile',
        );
        expect(code).not.toMatch(/^not ours/);
      },
    );
  });

  it('is refused to a principal without any permission, except one’s own view and the sign-in', async () => {
    const nobody = { ...requestBy({} as Principal).principal, permissions: new Set() } as unknown as Principal;
    for (const { name, needs, run } of operations.filter((operation) => operation.needs !== null)) {
      expect([name, needs, await codeOf(run(fixture, requestBy(nobody), unknownIds()))]).toEqual([
        name,
        needs,
        'FORBIDDEN',
      ]);
    }
  });

  it('is refused to an anonymous request', async () => {
    const anonymous = { principal: undefined, commandId: newId(), correlationId: newId() };
    const mutations = operations.filter(({ needs }) => needs !== null && !needs.includes(':read:'));
    for (const { name, run } of mutations) {
      expect([name, await codeOf(run(fixture, anonymous, unknownIds()))]).toEqual([name, 'UNAUTHENTICATED']);
    }
  });

  it('answers for ids of another workspace what it answers for unknown ones, and changes nothing there', async () => {
    const [ours, theirs] = [await fixture.newWorkspace(), await fixture.newWorkspace()];
    const foreign = await populate(theirs);
    const before = await snapshot(theirs.workspaceId);
    for (const { name, run } of operations.filter((operation) => operation.byId)) {
      const [known, unknown] = [
        await outcomeOf(run(fixture, ours.request(), foreign)),
        await outcomeOf(run(fixture, ours.request(), unknownIds())),
      ];
      expect([name, known]).toEqual([name, unknown]);
      expect([name, unknown.code]).toEqual([name, 'NOT_FOUND']);
    }
    const addUser = operations.find(({ name }) => name === 'addUser');
    expect(await codeOf(addUser?.run(fixture, ours.request(), foreign) ?? Promise.resolve())).toBe('UNKNOWN_ROLE');
    expect(await snapshot(theirs.workspaceId)).toEqual(before);
  });

  it('shows nothing of another workspace in a list', async () => {
    const [ours, theirs] = [await fixture.newWorkspace(), await fixture.newWorkspace()];
    const foreign = Object.values(await populate(theirs)) as string[];
    for (const { name, run } of operations.filter((operation) => !operation.byId)) {
      const text = JSON.stringify(await run(fixture, ours.request(), unknownIds()).catch(() => null));
      expect([name, foreign.filter((id) => text.includes(id))]).toEqual([name, []]);
    }
  });

  it('works on one’s own records', async () => {
    const workspace = await fixture.newWorkspace();
    const removing = ['removeTeam', 'removeRole', 'removeUser'];
    for (const operation of operations.filter(({ name }) => name !== 'signIn' && !removing.includes(name))) {
      const ids = await populate(workspace);
      expect([operation.name, await codeOf(operation.run(fixture, workspace.request(), ids))]).toEqual([
        operation.name,
        'OK',
      ]);
    }
    for (const name of removing) {
      const operation = operations.find((one) => one.name === name);
      const ids = await populate(workspace);
      expect([name, await codeOf(operation?.run(fixture, workspace.request(), ids) ?? Promise.resolve())]).toEqual([
        name,
        'OK',
      ]);
    }
  });

  async function snapshot(workspaceId: string): Promise<unknown> {
    const tables = ['users', 'teams', 'roles', 'contacts', 'custom_fields', 'feature_flags', 'api_keys', 'workspaces'];
    return Promise.all(
      tables.map((table) =>
        fixture.database.scoped.query(workspaceId, `select * from access.${table} t order by t::text`),
      ),
    );
  }
});

function isGranted(principal: Principal, needs: string | null): boolean {
  if (needs === null) return true;
  const [resource, action, scope] = needs.split(':') as [Resource, Action, Scope];
  const granted = widestScope(principal, resource, action);
  return granted !== undefined && scopes.indexOf(granted) >= scopes.indexOf(scope);
}

async function outcomeOf(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await work;
    return { code: 'OK', message: '' };
  } catch (error) {
    return error instanceof HarmonyError
      ? { code: error.code, message: error.message }
      : { code: 'not ours', message: String(error) };
  }
}
