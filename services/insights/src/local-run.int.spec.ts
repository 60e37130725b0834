import { HarmonyError } from '@harmony/contracts';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
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
  const { rows } = await system.backends.database.worker.query<{ appends: number }>(
    `select count(distinct xid)::int as appends from event_store.events
      where stream_id = $1 and event ->> 'type' = 'InsightRecorded'`,
    [`insights-${id}`],
  );
  expect(rows[0]?.appends).toBe(1);
});
