import { HarmonyError, type EventType } from '@harmony/contracts';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { planRunJob } from './plan-run/plan-run.js';
import { RunningInsights } from './testing/running-insights.js';
import { yesNo } from './testing/samples.js';
import { answeredBy, answerTo, ScriptedAnalyst } from './testing/scripted-analyst.js';

jest.setTimeout(60_000);

/** As cheap as the one that is built in: its cells share a job. */
const analyst = new ScriptedAnalyst('local');
let system: RunningInsights;

beforeAll(async () => {
  system = await RunningInsights.start(analyst);
}, 120_000);
afterAll(() => system?.close(), 120_000);

/** Appends that events of these types went into. */
async function appendsOf(id: string, types: readonly EventType[]): Promise<number | undefined> {
  const { rows } = await system.backends.database.worker.query<{ appends: number }>(
    `select count(distinct xid)::int as appends from event_store.events where stream_id = $1 and type = any($2)`,
    [`insights-${id}`, types],
  );
  return rows[0]?.appends;
}

/** What is said to whoever waits for jobs, from now on. */
async function listenForJobs(): Promise<{ readonly heard: string[]; readonly stop: () => Promise<void> }> {
  const client = await system.backends.database.worker.connect();
  const heard: string[] = [];
  client.on('notification', ({ payload = '' }) => heard.push(payload));
  await client.query('listen harmony_jobs');
  return {
    heard,
    stop: async () => {
      await client.query('unlisten *');
      client.release();
    },
  };
}

it('cells that share a job are answered in one append, and one that fails is tried again by itself', async () => {
  await system.newProject({ questions: ['A?', 'Broken?', 'C?', 'D?'].map(yesNo) });
  let broken = 0;
  analyst.script = (request) => {
    const { question } = request;
    if (question.type !== 'YES_NO' || question.question !== 'Broken?') return answeredBy(request, answerTo(question));
    broken += 1;
    throw new HarmonyError(broken < 3 ? 'ANALYST_UNAVAILABLE' : 'ANSWER_INVALID');
  };
  const id = await system.newConversation();
  await eventually(
    async () => {
      await system.makeRetriesDue();
      const [end] = await system.insightsOf(id, 'InsightsRunCompleted');
      expect(end?.data.counts).toMatchObject({ answered: 3, failed: 1 });
    },
    { withinMs: 40_000, everyMs: 200 },
  );
  expect(broken).toBe(3);
  expect(await appendsOf(id, ['InsightRecorded'])).toBe(1);
});

it('a run goes into the log together with its answers, and leaves no job behind', async () => {
  analyst.script = (request) => answeredBy(request, answerTo(request.question));
  const jobs = await listenForJobs();
  const id = await system.newConversation();
  expect((await system.completed(id)).data.counts).toMatchObject({ answered: 4, failed: 0 });
  expect(await appendsOf(id, ['InsightsRunStarted', 'InsightRecorded', 'InsightsRunCompleted'])).toBe(1);
  // When the service has heard of it
  const [start] = await system.insightsOf(id, 'InsightsRunStarted');
  const handled = 'select from messaging.inbox where event_id = $1';
  await eventually(async () =>
    expect((await system.backends.database.worker.query(handled, [start?.id])).rowCount).toBe(1),
  );
  // Then the only job was the one that planned it
  await jobs.stop();
  expect(jobs.heard).toEqual([expect.stringContaining(planRunJob)]);
});

it('a start does not wait for answers that take long: they are given behind it, each once', async () => {
  const before = analyst.asked.length;
  analyst.script = async (request) => {
    const { signal, question } = request;
    // Given one that takes for ever
    if (analyst.asked.length === before + 1) await once(signal, 'abort').then(() => signal.throwIfAborted());
    return answeredBy(request, answerTo(question));
  };
  const id = await system.newConversation();
  expect((await system.completed(id)).data.counts).toMatchObject({ answered: 4, failed: 0 });
  expect(await appendsOf(id, ['InsightsRunStarted', 'InsightRecorded'])).toBe(2);
  expect(analyst.asked.length - before).toBe(5);
});
