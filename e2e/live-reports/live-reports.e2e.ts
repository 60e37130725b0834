import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { send, type Access } from '../support/api.js';
import { addColleague, type Colleague } from '../support/colleagues.js';
import { createProject, type SampleProject } from '../support/projects.js';
import { completed, startHarmony, succeed, type RunningHarmony, type Workspace } from '../support/running-harmony.js';

const changeSchema = z.object({
  projectId: z.string(),
  cursor: z.string(),
  conversationCount: z.number(),
  definitionIds: z.array(z.string()),
  isProjectChanged: z.boolean(),
});
type Change = z.output<typeof changeSchema>;

const query = `subscription ($id: ID!, $since: String) {
  reportChanged(projectId: $id, since: $since) { projectId cursor conversationCount definitionIds isProjectChanged }
}`;

/** Somebody who keeps a report open. */
class Reader {
  readonly heard: Change[] = [];
  refusal: unknown;
  private readonly client: Client;

  constructor(access: Access, id: string, since: string | null = null) {
    this.client = createClient({
      ...{ url: `${access.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 },
      connectionParams: { ...access.headers },
    });
    this.client.subscribe<{ reportChanged: Change }>(
      { query, variables: { id, since } },
      {
        next: ({ data, errors }) => {
          if (errors) this.refusal = errors;
          else this.heard.push(changeSchema.parse(data?.reportChanged));
        },
        error: (error) => (this.refusal = error),
        complete: () => undefined,
      },
    );
  }

  get definitions(): ReadonlySet<string> {
    return new Set(this.heard.flatMap(({ definitionIds }) => definitionIds));
  }

  get conversations(): number {
    return this.heard.reduce((sum, { conversationCount }) => sum + conversationCount, 0);
  }

  began = (): Promise<void> => eventually(() => expect(this.heard.length).toBeGreaterThan(0));

  /** As by a cable that is pulled out. */
  cut(): void {
    this.client.terminate();
  }

  async leave(): Promise<void> {
    await this.client.dispose();
  }
}

describe('a live report', () => {
  let harmony: RunningHarmony;
  let home: Workspace;
  let project: SampleProject;
  let colleague: Colleague;
  beforeAll(async () => {
    harmony = await startHarmony();
    home = await harmony.workspace('Home');
    project = await createProject(home.admin, [{ title: 'Summary', question: { fixed: 'SUMMARY' } }]);
    colleague = await addColleague(home, 'Colleague', ['conversations:read:own', 'projects:read:all']);
  }, 120_000);
  afterAll(() => harmony.stop());

  const submit = async (more: object = {}): Promise<string> => {
    const text = 'Ann: We need a quote by Friday.\nBob: You will have it on Thursday.';
    const body = { text, teamId: project.teamId, ...more };
    const answer = await send(home.admin, 'POST', '/v1/conversations', body);
    const { id } = z.object({ id: z.string() }).parse(answer.body);
    await completed(home.admin, id);
    return id;
  };

  it('tells its readers of results as they land, and of changes of the project', async () => {
    const reader = new Reader(home.admin, project.id);
    await reader.began();
    expect(reader.heard[0]).toMatchObject({ projectId: project.id, conversationCount: 0, isProjectChanged: false });
    await submit();
    await eventually(() => expect(reader.definitions).toEqual(new Set(project.definitionIds)));
    expect(reader.conversations).toBeGreaterThan(0);
    await succeed(home.admin, 'mutation ($id: ID!) { changeProject(id: $id, input: { name: "Renamed" }) { id } }', {
      id: project.id,
    });
    await eventually(() => expect(reader.heard.map((change) => change.isProjectChanged)).toContain(true));
    await reader.leave();
  });

  it('tells nobody of what they may not read, and tells who has lost a conversation that it is gone', async () => {
    const reader = new Reader(colleague.access, project.id);
    const witness = new Reader(home.admin, project.id);
    for (const one of [reader, witness]) await one.began();
    await submit();
    await eventually(() => expect(witness.definitions.size).toBe(1));
    expect([reader.conversations, reader.definitions.size]).toEqual([0, 0]);
    const own = await submit({ ownerId: colleague.userId });
    await eventually(() => expect(reader.definitions.size).toBe(1));
    const messages = reader.heard.length;
    expect(reader.heard.every(({ conversationCount }) => conversationCount <= 1)).toBe(true);
    await send(home.admin, 'PATCH', `/v1/conversations/${own}`, { ownerId: home.adminId });
    await eventually(() => expect(reader.heard.length).toBeGreaterThan(messages));
    for (const one of [reader, witness]) await one.leave();
  });

  it('tells nothing more to who was taken out of a team while the report was open', async () => {
    const permissions = ['conversations:read:team', 'projects:read:all'];
    const { userId, access } = await addColleague(home, 'Mover', permissions, [project.teamId]);
    const reader = new Reader(access, project.id);
    await reader.began();
    await submit();
    await eventually(() => expect(reader.definitions.size).toBe(1));
    await succeed(home.admin, 'mutation ($userId: ID!) { assignTeams(userId: $userId, teamIds: []) { id } }', {
      userId,
    });
    // Who is connected is looked at once a second at most, and only when there is something to tell.
    await eventually(async () => {
      await submit();
      expect(reader.refusal).toMatchObject({ code: 4403, reason: 'ACCESS_CHANGED' });
    });
  });

  it('tells after a reconnect what was missed', async () => {
    const reader = new Reader(home.admin, project.id);
    await reader.began();
    const since = reader.heard[0]?.cursor ?? '';
    reader.cut();
    await Promise.all([submit(), submit(), submit()]);
    const again = new Reader(home.admin, project.id, since);
    await eventually(() => expect(again.conversations).toBeGreaterThanOrEqual(3));
    expect(again.heard[0]).toMatchObject({ conversationCount: 3, definitionIds: project.definitionIds });
    await again.leave();
  });

  it('is refused to whoever may not read the project, for one that is not there, and for a cursor of something else', async () => {
    const foreign = await harmony.workspace('Foreign');
    const codeOf = async (access: Access, id: string, since: string | null = null): Promise<unknown> => {
      const reader = new Reader(access, id, since);
      await eventually(() => expect(reader.refusal).toBeDefined());
      await reader.leave();
      return z.array(z.object({ extensions: z.object({ code: z.string() }) })).parse(reader.refusal)[0]?.extensions
        .code;
    };
    expect(await codeOf(foreign.admin, project.id)).toBe('UNKNOWN_PROJECT');
    expect(await codeOf(home.admin, 'no project')).toBe('UNKNOWN_PROJECT');
    expect(await codeOf(home.admin, project.id, 'yesterday')).toBe('INVALID_INPUT');
  });
});
