import { decodeEvent, streams, type HarmonyEvent } from '@harmony/contracts';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { send, withKey, type Access } from '../support/api.js';
import { startHarmonyProcess, type HarmonyProcess } from '../support/harmony-process.js';
import { createProject, type SampleProject } from '../support/projects.js';
import { startHarmony, succeed } from '../support/running-harmony.js';
import { createRevision, revisionOf } from './revision-api.js';
import { ModelStandIn, questionOf, textOf } from './stand-in.js';

const conversations = 500;
const definitions = 2;
const crashes = 10;
/** What runs at once: as much may be under way when the process dies, and is asked again. */
const concurrency = 3;
const atOnce = concurrency + 1;
const seed = Number(process.env.HARMONY_CRASH_SEED ?? Date.now() % 1_000_000);
const patiently = { withinMs: 400_000, everyMs: 500 };

let model: ModelStandIn;
let harmony: HarmonyProcess;
let dataDirectory: string;

const access = (): Access => withKey(harmony.url, harmony.apiKey);
const start = async (port = 0): Promise<void> => {
  const environment = { ...model.environment, JOB_CONCURRENCY: String(concurrency) };
  harmony = await startHarmonyProcess({ dataDirectory, port, environment });
};

beforeAll(async () => {
  model = await ModelStandIn.start();
  dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-revision-crash-'));
  await start();
}, 240_000);
afterAll(async () => {
  await harmony?.stop();
  await model?.stop();
  await rm(dataDirectory, { recursive: true, force: true });
}, 60_000);

/** In steps of a linear congruential generator: enough to spread crashes, and repeatable from the printed seed. */
function thresholds(): number[] {
  let state = seed;
  const drawn = Array.from({ length: crashes }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * conversations * definitions * 0.95);
  });
  return drawn.sort((left, right) => left - right);
}

/** All of them came in and are complete, without anything that was asked about them. */
async function ingested(): Promise<SampleProject> {
  const project = await createProject(access(), [], 'Crashes');
  const calls = Array.from({ length: conversations }, (_, index) => ({
    ...{ title: `Call ${index}`, teamId: project.teamId, participants: [{ id: 'p1', name: 'Ann' }] },
    turns: [{ participantId: 'p1', text: textOf(1, index) }],
  }));
  const path = '/v1/conversations/structured-import';
  const { body } = await send(access(), 'POST', path, { conversations: calls });
  expect(body).toMatchObject({ recorded: conversations });
  await eventually(async () => expect(await inScope(project.id)).toBe(conversations), patiently);
  return project;
}

const complete = { range: 'LAST_7_DAYS', statuses: ['COMPLETED'], startStage: 'INSIGHTS' };

async function inScope(projectId: string): Promise<number> {
  const query = 'query ($input: RevisionInput!) { revisionPreview(input: $input) { plan { conversations } } }';
  const data = await succeed(access(), query, { input: { projectId, ...complete } });
  const preview = z.object({ plan: z.object({ conversations: z.number() }) });
  return preview.parse(data['revisionPreview']).plan.conversations;
}

async function define(projectId: string, index: number): Promise<void> {
  const mutation = `mutation ($projectId: ID!, $input: CreateDefinitionInput!) {
    createDefinition(projectId: $projectId, input: $input) { id } }`;
  const input = { title: `Point ${index}`, question: questionOf(index, 0) };
  await succeed(access(), mutation, { projectId, input });
}

/** Everything that the log has about the runs of a revision. */
async function loggedOf(revisionId: string): Promise<HarmonyEvent[]> {
  const harmony = await startHarmony({ HARMONY_DATA_DIR: dataDirectory });
  try {
    const { eventStore, database } = harmony.running.backends;
    const events: HarmonyEvent[] = [];
    for await (const { data } of eventStore.readStream(streams.revisionPlan(revisionId))) {
      const planned = z.object({ conversations: z.array(z.object({ conversationId: z.string() })) }).safeParse(data);
      for (const { conversationId } of planned.data?.conversations ?? []) {
        const stream = eventStore.readStream(streams.insights(conversationId));
        for await (const recorded of stream) events.push(decodeEvent(recorded));
      }
    }
    expect((await database.worker.query('select from insights.replies')).rowCount).toBe(0);
    return events;
  } finally {
    await harmony.stop();
  }
}

it(`a revision that is killed ${crashes} times comes to its end, with every cell once, paid for once, and only what was under way asked again (seed ${seed})`, async () => {
  await succeed(access(), 'mutation { setFeatureFlag(flag: "reports-rerun-tab", enabled: true) { enabled } }');
  const { id: projectId } = await ingested();
  for (let index = 0; index < definitions; index += 1) await define(projectId, index);
  const { id: revisionId } = await createRevision(access(), { projectId, ...complete });
  for (const threshold of thresholds()) {
    await eventually(() => expect(model.answered.length).toBeGreaterThanOrEqual(threshold), {
      ...patiently,
      everyMs: 2,
    });
    await harmony.kill9();
    await start(Number(new URL(harmony.url).port));
  }
  await eventually(async () => {
    expect(await revisionOf(access(), revisionId)).toMatchObject({ outcome: 'COMPLETED', stage: 'DRAFT' });
  }, patiently);
  await harmony.stop();

  const cells = conversations * definitions;
  expect(new Set(model.answered).size).toBe(cells);
  // What was answered before a kill stays answered: only what was under way is asked again.
  expect(model.answered.length - cells).toBeLessThanOrEqual(crashes * atOnce);
  const events = (await loggedOf(revisionId)).filter(({ data }) => !('kind' in data) || data.kind === 'REVISION');
  const of = (type: HarmonyEvent['type']): HarmonyEvent[] => events.filter((event) => event.type === type);
  expect(of('InsightRecorded')).toHaveLength(cells);
  const places = of('InsightRecorded').map(
    ({ data }) => 'definitionId' in data && `${JSON.stringify(data.definitionId)}${'runId' in data ? data.runId : ''}`,
  );
  expect(new Set(places).size).toBe(cells);
  expect([of('InsightsRunStarted').length, of('InsightsRunCompleted').length]).toEqual([conversations, conversations]);
  const calls = events.map((event) => (event.type === 'InsightsRunCompleted' ? (event.data.usage?.calls ?? 0) : 0));
  expect(calls.reduce((sum, one) => sum + one, 0)).toBe(cells);
}, 900_000);
