import { createLocalAnalyst } from '@harmony/llm';
import { ModelServer, respondBy } from '@harmony/llm/testing';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { send, type Access } from '../support/api.js';
import { createProject, type SampleProject } from '../support/projects.js';
import { startHarmony, succeed, type RunningHarmony } from '../support/running-harmony.js';

const definitions = [
  { title: 'Budget', question: { yesNo: { question: 'Is the budget approved?' } } },
  { title: 'Discount', question: { fixed: 'DISCOUNT' } },
  { title: 'Next steps', question: { markdown: { prompt: 'List the next steps.' } } },
];
const text = [
  'Dana: Our price is 900 euros a month, and I can offer you a discount of 10 percent for the first year.',
  'Marlow: The budget is approved. Please send the contract by Friday.',
].join('\n');

/** Nobody listens there, so a call of a model would fail, and with another code. */
const nobody = 'http://127.0.0.1:1/v1';

const insightsSchema = z.object({
  projects: z.tuple([
    z.object({
      results: z.array(
        z.object({
          ...{ title: z.string(), outcome: z.string(), failureCode: z.string().nullable() },
          ...{ rationale: z.string().nullable(), evidence: z.array(z.object({ quote: z.string() })) },
          usage: z.object({ calls: z.number() }).nullable(),
        }),
      ),
    }),
  ]),
});
type Result = z.output<typeof insightsSchema>['projects'][0]['results'][number];

const resultsOf = async (access: Access, id: string): Promise<readonly Result[]> => {
  const query = `query ($id: ID!) { conversationInsights(conversationId: $id) {
    projects { results { title outcome failureCode rationale evidence { quote } usage { calls } } } } }`;
  const { projects } = insightsSchema.parse((await succeed(access, query, { id }))['conversationInsights']);
  return projects[0].results;
};

/** Submits the conversation, and waits until it has come to this end. */
async function submitted(access: Access, teamId: string, status: string): Promise<string> {
  const { body } = await send(access, 'POST', '/v1/conversations', { text, teamId });
  const { id } = z.object({ id: z.string() }).parse(body);
  await eventually(
    async () => expect((await send(access, 'GET', `/v1/conversations/${id}`)).body).toMatchObject({ status }),
    { withinMs: 60_000 },
  );
  return id;
}

describe('Harmony on cassettes, with no model to be reached', () => {
  let cassettes: string;
  let recorded: readonly Result[];
  let harmony: RunningHarmony;
  let admin: Access;
  let project: SampleProject;

  const model = (url: string, mode: string): Record<string, string> => ({
    ...{ LLM_MODEL: 'openai:tested', LLM_BASE_URL: url, LLM_CASSETTES: cassettes, LLM_CASSETTE_MODE: mode },
  });
  async function start(overrides: Record<string, string>): Promise<void> {
    harmony = await startHarmony(overrides);
    ({ admin } = await harmony.workspace('Cassettes'));
    project = await createProject(admin, definitions);
  }

  beforeAll(async () => {
    cassettes = await mkdtemp(join(tmpdir(), 'harmony-cassettes-'));
    const server = await ModelServer.start(respondBy(createLocalAnalyst()));
    await start(model(server.url, 'record'));
    recorded = await resultsOf(admin, await submitted(admin, project.teamId, 'COMPLETED'));
    await harmony.stop();
    await server.stop();
    await start(model(nobody, 'replay'));
  }, 180_000);
  afterAll(async () => {
    await harmony?.stop();
    await rm(cassettes, { recursive: true, force: true });
  });

  it('gives a conversation the insights that were recorded, at no cost', async () => {
    const played = await resultsOf(admin, await submitted(admin, project.teamId, 'COMPLETED'));
    expect(played).toEqual(recorded.map((result) => ({ ...result, usage: { calls: 0 } })));
    expect(recorded.map(({ usage }) => usage)).toEqual(definitions.map(() => ({ calls: 1 })));
    expect(played.flatMap(({ evidence }) => evidence).length).toBeGreaterThan(0);
  });

  it('misses what was changed since, says so with what to do, and answers everything else', async () => {
    const before = await readdir(cassettes);
    const changed = { question: { markdown: { prompt: 'List the next steps, each with its owner.' } } };
    await succeed(
      admin,
      `mutation ($projectId: ID!, $definitionId: ID!, $input: ChangeDefinitionInput!) {
        changeDefinition(projectId: $projectId, definitionId: $definitionId, input: $input) { change } }`,
      { projectId: project.id, definitionId: project.definitionIds[2], input: changed },
    );
    const results = await resultsOf(admin, await submitted(admin, project.teamId, 'COMPLETED_WITH_ERRORS'));
    expect(results.map(({ title, outcome, failureCode }) => [title, outcome, failureCode])).toEqual([
      ['Budget', 'ANSWERED', null],
      ['Discount', 'ANSWERED', null],
      ['Next steps', 'FAILED', 'CASSETTE_MISS'],
    ]);
    const sql = 'select cause_code, cause_detail from messaging.failed_jobs';
    expect((await harmony.running.backends.database.worker.query(sql)).rows).toEqual([
      { cause_code: 'CASSETTE_MISS', cause_detail: expect.stringMatching(/\(markdown\.v\d.*LLM_CASSETTE_MODE=auto/) },
    ]);
    expect(await readdir(cassettes)).toEqual(before);
  });
});
