import { builtInRoles, type Permission } from '@harmony/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { graphql, send, withKey, type Access } from '../support/api.js';
import { completed, startHarmony, succeed, type RunningHarmony, type Workspace } from '../support/running-harmony.js';
import type { Call, Ids, Operation } from './operation.js';
import { operations } from './operations.js';
import { routeTable } from './route-table.js';

interface Outcome {
  readonly code: string | undefined;
  /** The whole answer, without what differs between any two requests. */
  readonly text: string;
}

const subscribeOnce = async (access: Access, call: Extract<Call, { query: string }>): Promise<Outcome> => {
  const client = createClient({
    url: `${access.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { ...access.headers },
    retryAttempts: 0,
  });
  try {
    for await (const result of client.iterate(call)) {
      return { code: codeIn(result.errors), text: JSON.stringify(result) };
    }
    return { code: undefined, text: '' };
  } catch (error) {
    const closed = error as { reason?: string };
    return { code: Array.isArray(error) ? codeIn(error) : closed.reason, text: JSON.stringify(error) };
  } finally {
    await client.dispose();
  }
};

const codeIn = (errors: unknown): string | undefined =>
  (errors as { extensions?: { code?: string } }[] | undefined)?.[0]?.extensions?.code;

async function run(access: Access, call: Call): Promise<Outcome> {
  if ('query' in call) {
    if (call.query.startsWith('subscription')) return subscribeOnce(access, call);
    const body = await graphql(access, call.query, call.variables);
    return { code: codeIn(body.errors), text: JSON.stringify(body) };
  }
  const { body } = await send(access, call.method, call.path, call.body, call.headers);
  const { correlationId: _, ...rest } = body as Record<string, unknown>;
  return { code: rest['code'] as string | undefined, text: JSON.stringify(rest) };
}

const unknownIds = (): Ids => {
  const id = randomUUID();
  const others = { conversation: id, project: id, definition: id };
  return { team: id, user: id, role: id, contact: id, customField: id, apiKey: id, ...others };
};

const rows = Object.entries(operations);

describe('foreign, unknown and powerless actors', () => {
  let harmony: RunningHarmony;
  let home: Workspace;
  let foreign: Workspace;
  let ids: Ids;
  const actors: Record<string, Access> = {};

  const eventsOfHome = async (): Promise<string> => {
    const { rows: counted } = await harmony.running.backends.database.worker.query<{ count: string }>(
      `select count(*) from event_store.events where event ->> 'workspaceId' = $1`,
      [home.workspaceId],
    );
    return counted[0]?.count ?? '';
  };

  const idOf = (data: Record<string, unknown>): string => (Object.values(data)[0] as { id: string }).id;

  const createKey = async (input: string): Promise<string> => {
    const data = await succeed(home.admin, `mutation { createApiKey(input: ${input}) { key apiKey { id } } }`);
    const created = data['createApiKey'] as { key: string; apiKey: { id: string } };
    actors[`id of ${created.key}`] = withKey(harmony.url, created.apiKey.id);
    return created.key;
  };

  beforeAll(async () => {
    harmony = await startHarmony();
    home = await harmony.workspace('Home');
    foreign = await harmony.workspace('Foreign');
    const team = idOf(await succeed(home.admin, 'mutation { createTeam(input: { name: "Sales" }) { id } }'));
    const role = idOf(
      await succeed(
        home.admin,
        'mutation { createRole(input: { name: "Reader", permissions: ["conversations:read:own"] }) { id } }',
      ),
    );
    const user = idOf(
      await succeed(
        home.admin,
        'mutation ($role: ID!) { addUser(input: { email: "ann@home.example", name: "Ann", roleId: $role }) { id } }',
        { role },
      ),
    );
    const contact = idOf(
      await succeed(home.admin, 'mutation { addContact(input: { name: "Secret contact" }) { id } }'),
    );
    const customField = idOf(
      await succeed(
        home.admin,
        'mutation { defineCustomField(input: { key: "code", label: "Code", target: CONTACT, type: TEXT }) { id } }',
      ),
    );
    const submitted = await send(home.admin, 'POST', '/v1/conversations', {
      text: 'Ann: The secret is out.',
      teamId: team,
      title: 'Secret title',
    });
    const conversation = (submitted.body as { id: string }).id;
    await completed(home.admin, conversation);
    const apiKeyData = await succeed(
      home.admin,
      'mutation { createApiKey(input: { name: "spare" }) { apiKey { id } } }',
    );
    const apiKey = (apiKeyData['createApiKey'] as { apiKey: { id: string } }).apiKey.id;
    const project = idOf(
      await succeed(
        home.admin,
        'mutation ($teams: [ID!]!) { createProject(input: { name: "Secret project", teamIds: $teams }) { id } }',
        { teams: [team] },
      ),
    );
    const definition = idOf(
      await succeed(
        home.admin,
        'mutation ($id: ID!) { createDefinition(projectId: $id, input: { title: "Secret title", question: { fixed: SUMMARY } }) { id } }',
        { id: project },
      ),
    );
    // Switched off, revisions would say so to everybody and nothing else.
    for (const { admin } of [home, foreign])
      await succeed(admin, 'mutation { setFeatureFlag(flag: "reports-rerun-tab", enabled: true) { enabled } }');
    ids = { team, user, role, contact, customField, apiKey, conversation, project, definition };

    const revoked = await createKey('{ name: "revoked" }');
    await succeed(home.admin, 'mutation ($id: ID!) { deleteApiKey(id: $id) }', {
      id: actors[`id of ${revoked}`]?.headers['X-API-Key'],
    });
    actors['revoked key'] = withKey(harmony.url, revoked);
    actors['nobody'] = { url: harmony.url, headers: {} };
    actors['User'] = withKey(harmony.url, await createKey(`{ name: "user", roleId: "${builtInRoles.user.id}" }`));
    actors['Team Manager'] = withKey(
      harmony.url,
      await createKey(`{ name: "manager", roleId: "${builtInRoles.teamManager.id}" }`),
    );
  }, 120_000);
  afterAll(() => harmony.stop());

  it('are tested on every route that the contracts name, and on none that is gone', () => {
    expect(Object.keys(operations).sort()).toEqual(routeTable());
  });

  describe.each(rows)('%s', (_name, operation: Operation) => {
    it.each(['nobody', 'revoked key'])('refuses %s', async (actor) => {
      const before = await eventsOfHome();
      const { code } = await run(actors[actor] ?? home.admin, operation.call(ids));
      const isOpen = operation.anonymous && actor === 'nobody';
      const expected = !isOpen ? 'UNAUTHENTICATED' : operation.foreign === 'own' ? undefined : operation.foreign;
      expect([code, await eventsOfHome()]).toEqual([expected, before]);
    });

    it('shows an administrator of another workspace nothing, and the same as for an id that nobody has', async () => {
      const before = await eventsOfHome();
      const { code, text } = await run(foreign.admin, operation.call(ids));
      expect(code).toBe(operation.foreign === 'own' ? undefined : operation.foreign);
      for (const id of [...Object.values(ids), home.workspaceId, home.adminId]) expect(text).not.toContain(id);
      expect(text).not.toContain('Secret');
      expect(await eventsOfHome()).toBe(before);
      if (operation.foreign === 'own') return;
      expect(text).toBe((await run(foreign.admin, operation.call(unknownIds()))).text);
    });

    it.each([
      ['User', builtInRoles.user.permissions],
      ['Team Manager', builtInRoles.teamManager.permissions],
    ] as const)('lets a %s in exactly when the role allows it', async (actor, permissions: readonly Permission[]) => {
      const { needs } = operation;
      const order = ['own', 'team', 'all'];
      const allowed =
        !needs ||
        order
          .slice(order.indexOf(needs[2]))
          .some((scope) => permissions.includes(`${needs[0]}:${needs[1]}:${scope}` as Permission));
      const call = operation.call(ids);
      // What is allowed and changes something is shown by the tests of its service; here it would change what others ask for.
      if (allowed && ('query' in call ? call.query.startsWith('mutation') : call.method !== 'GET')) return;
      const { code } = await run(actors[actor] ?? home.admin, call);
      if (allowed) expect(code).not.toBe('FORBIDDEN');
      else expect(code).toBe('FORBIDDEN');
    });
  });
});
