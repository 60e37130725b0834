import { streams } from '@harmony/contracts';
import { createLocalAnalyst } from '@harmony/llm';
import { ModelServer, respondBy } from '@harmony/llm/testing';
import { eventually } from '@harmony/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { send, withKey, type Access } from '../support/api.js';
import { startHarmonyProcess, type HarmonyProcess } from '../support/harmony-process.js';
import { createProject, type SampleProject } from '../support/projects.js';
import { completed, startHarmony, succeed, type RunningHarmony, type Workspace } from '../support/running-harmony.js';

const submit = async (access: Access, body: object, path = ''): Promise<string> => {
  const answer = await send(access, 'POST', `/v1/conversations${path}`, body);
  expect(answer).toMatchObject({ status: 202 });
  return z.object({ id: z.string() }).parse(answer.body).id;
};

const stateSchema = z.object({
  status: z.string(),
  failure: z.object({ stage: z.string(), code: z.string() }).nullable(),
  stages: z.array(z.object({ stage: z.string(), attempt: z.number(), code: z.string().nullable() })),
});
const stateOf = async (access: Access, id: string): Promise<z.output<typeof stateSchema>> =>
  stateSchema.parse((await send(access, 'GET', `/v1/conversations/${id}`)).body);

const extractionSchema = z.object({
  version: z.number(),
  transcriptVersion: z.number(),
  summary: z.string(),
  questions: z.array(z.object({ text: z.string(), speakerName: z.string() })),
  statistics: z.object({
    turns: z.number(),
    speakers: z.array(z.object({ speakerName: z.string(), share: z.number() })),
  }),
  analyst: z.object({ engine: z.string(), isLocal: z.boolean() }),
});
const extractionOf = async (access: Access, id: string): Promise<z.output<typeof extractionSchema>> => {
  const query = `query ($id: ID!) { conversationExtraction(conversationId: $id) {
    version transcriptVersion summary questions { text speakerName }
    statistics { turns speakers { speakerName share } } analyst { engine isLocal } } }`;
  return extractionSchema.parse((await succeed(access, query, { id }))['conversationExtraction']);
};

const insightsSchema = z.object({
  run: z.object({ id: z.string(), counts: z.object({ answered: z.number(), carriedOver: z.number() }) }),
  projects: z.array(z.object({ results: z.array(z.object({ title: z.string(), outcome: z.string() })) })),
});
/** Of the run that is in force, once it is complete. */
const insightsOf = (access: Access, id: string): Promise<z.output<typeof insightsSchema>> =>
  eventually(async () => {
    const query = `query ($id: ID!) { conversationInsights(conversationId: $id) {
      run { id counts { answered carriedOver } } projects { results { title outcome } } } }`;
    return insightsSchema.parse((await succeed(access, query, { id }))['conversationInsights']);
  });

const retry = async (access: Access, id: string, fromStage?: string): Promise<void> => {
  const body = fromStage === undefined ? {} : { fromStage };
  expect(await send(access, 'POST', `/v1/conversations/${id}/retry`, body)).toMatchObject({ status: 202 });
};

const definitions = [
  { title: 'Discount', question: { fixed: 'DISCOUNT' } },
  { title: 'Meeting', question: { yesNo: { question: 'Did they agree on a date for the next meeting?' } } },
];
const text =
  'Ann: Can you give us a discount?\nBob: Yes, ten percent.\nAnn: Good. Shall we meet on Monday at ten?\nBob: Monday at ten.';

describe('a conversation behind its transcript', () => {
  let harmony: RunningHarmony;
  let home: Workspace;
  let project: SampleProject;
  beforeAll(async () => {
    harmony = await startHarmony();
    home = await harmony.workspace('Home');
    project = await createProject(home.admin, definitions);
  }, 120_000);
  afterAll(() => harmony.stop());

  it('is looked through and answered before it is complete, and nobody is told of that in another order', async () => {
    const client = createClient({
      ...{ url: `${harmony.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 },
      connectionParams: { ...home.admin.headers },
    });
    const id = await submit(home.admin, { text, teamId: project.teamId });
    const query = 'subscription ($id: ID) { conversationChanged(conversationId: $id) { status } }';
    const seen: string[] = [];
    for await (const { data } of client.iterate<{ conversationChanged: { status: string } }>({
      query,
      variables: { id },
    })) {
      seen.push(data?.conversationChanged.status ?? '');
      if (seen.at(-1) === 'COMPLETED') break;
    }
    await client.dispose();
    const order = ['QUEUED', 'EXTRACTING', 'ANALYZING', 'COMPLETED'];
    expect(seen).toEqual(seen.toSorted((left, right) => order.indexOf(left) - order.indexOf(right)));

    expect(await stateOf(home.admin, id)).toMatchObject({
      stages: [
        { stage: 'EXTRACTION', attempt: 1, code: null },
        { stage: 'INSIGHTS', attempt: 1, code: null },
      ],
    });
    expect(await extractionOf(home.admin, id)).toMatchObject({
      ...{ version: 1, transcriptVersion: 1, analyst: { engine: 'local', isLocal: true } },
      statistics: { turns: 4, speakers: [{ speakerName: 'Ann' }, { speakerName: 'Bob' }] },
    });
    const { projects } = await insightsOf(home.admin, id);
    expect(projects[0]?.results.map(({ title }) => title)).toEqual(['Discount', 'Meeting']);
  });

  it('is answered anew from whichever stage somebody wants, with what came before it', async () => {
    const id = await submit(home.admin, { text, teamId: project.teamId });
    await completed(home.admin, id);
    const first = await insightsOf(home.admin, id);
    const again = async (fromStage: string): Promise<z.output<typeof insightsSchema>> => {
      const before = await insightsOf(home.admin, id);
      await retry(home.admin, id, fromStage);
      await completed(home.admin, id);
      return eventually(async () => {
        const now = await insightsOf(home.admin, id);
        expect(now.run.id).not.toBe(before.run.id);
        return now;
      });
    };
    const answers = (await again('INSIGHTS')).run.counts;
    expect(answers.carriedOver).toBe(first.projects[0]?.results.length);
    expect(await extractionOf(home.admin, id)).toMatchObject({ version: 1, transcriptVersion: 1 });
    await again('EXTRACTION');
    expect(await extractionOf(home.admin, id)).toMatchObject({ version: 2, transcriptVersion: 1 });
    await again('TRANSCRIPTION');
    expect(await extractionOf(home.admin, id)).toMatchObject({ version: 3, transcriptVersion: 2 });
    const { stages } = await stateOf(home.admin, id);
    expect(stages.filter(({ stage }) => stage === 'EXTRACTION')).toHaveLength(3);
    expect(stages.filter(({ stage }) => stage === 'INSIGHTS')).toHaveLength(4);
  });

  it.each([
    ['of one turn', 'Ann: Hello.', 1],
    ['in another language', 'Anna: Guten Tag, wie geht es Ihnen?\nBernd: Danke, gut. Wir nehmen das Angebot an.', 2],
    ['without a word', 'Ann: ...\nBob: ?!', 2],
  ])('%s comes to its end', async (_, said, turns) => {
    const id = await submit(home.admin, { text: said, teamId: project.teamId });
    await completed(home.admin, id);
    expect((await extractionOf(home.admin, id)).statistics.turns).toBe(turns);
  });

  it('of 25,000 turns comes to its end', async () => {
    const participants = ['Ann', 'Bob'].map((name) => ({ id: name, name }));
    const turns = Array.from({ length: 25_000 }, (_, index) => ({
      ...{ participantId: index % 2 ? 'Bob' : 'Ann', startMs: index * 2_000, endMs: index * 2_000 + 1_500 },
      text: index % 3 ? `We have number ${index} of the offer here.` : `Do you have number ${index}?`,
    }));
    const body = { title: 'Long', team: 'Sales', participants, turns };
    const id = await submit(home.admin, body, '/transcript-upload');
    await completed(home.admin, id, 240_000);
    const { statistics, questions } = await extractionOf(home.admin, id);
    expect([statistics.turns, questions.length]).toEqual([25_000, 500]);
    for (const { share } of statistics.speakers) expect(share).toBeCloseTo(0.5, 2);
  }, 300_000);
});

describe('a language model', () => {
  let server: ModelServer;
  let victim: HarmonyProcess | undefined;
  let dataDirectory: string;
  const environment = (): Record<string, string> => ({
    ...{ LLM_MODEL: 'openai:tested', LLM_BASE_URL: server.url, LLM_API_KEY: 'key' },
  });
  const access = (): Access => withKey(victim?.url ?? '', victim?.apiKey ?? '');
  beforeAll(async () => {
    server = await ModelServer.start(respondBy(createLocalAnalyst()));
    dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-analysis-'));
  });
  afterEach(async () => {
    server.faultOf = () => undefined;
    server.onRequest = () => undefined;
    await victim?.stop();
    victim = undefined;
  });
  afterAll(async () => {
    await server.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  it('that refuses the key fails a conversation with the code, which goes on once that is mended', async () => {
    const harmony = await startHarmony(environment());
    try {
      const { admin } = await harmony.workspace('Home');
      server.faultOf = () => ({ kind: 'status', status: 401 });
      const id = await submit(admin, { text });
      await eventually(
        async () =>
          expect(await stateOf(admin, id)).toMatchObject({
            ...{ status: 'FAILED', failure: { stage: 'EXTRACTION', code: 'ANALYST_REFUSED' } },
            stages: [{ stage: 'EXTRACTION', attempt: 1, code: 'ANALYST_REFUSED' }],
          }),
        { withinMs: 60_000 },
      );
      server.faultOf = () => undefined;
      await retry(admin, id);
      await completed(admin, id);
      expect(await extractionOf(admin, id)).toMatchObject({
        version: 1,
        analyst: { engine: 'langchain', isLocal: false },
      });
    } finally {
      await harmony.stop();
    }
  }, 180_000);

  it('that is asked when the process is killed is asked again by the next one, and one extraction is recorded', async () => {
    let killed: Promise<void> | undefined;
    victim = await startHarmonyProcess({ dataDirectory, environment: environment() });
    const { port } = new URL(victim.url);
    const id = await submit(access(), { text: 'Ann: Kill me.\nBob: Why would I?' });
    server.onRequest = () => {
      killed ??= victim?.kill9();
    };
    await eventually(() => expect(killed).toBeDefined(), { withinMs: 60_000 });
    await killed;
    victim = await startHarmonyProcess({ dataDirectory, port: Number(port), environment: environment() });
    await completed(access(), id, 120_000);
    await victim.stop();
    victim = undefined;
    const harmony = await startHarmony({ HARMONY_DATA_DIR: dataDirectory });
    try {
      const types: string[] = [];
      const { eventStore } = harmony.running.backends;
      for await (const { type } of eventStore.readStream(streams.conversation(id))) types.push(type);
      for (const once of ['ExtractionRecorded', 'StageSucceeded', 'ConversationCompleted'])
        expect({ once, count: types.filter((type) => type === once).length }).toEqual({
          ...{ once, count: once === 'StageSucceeded' ? 2 : 1 },
        });
    } finally {
      await harmony.stop();
    }
  }, 300_000);
});
