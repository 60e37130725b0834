import { HarmonyError } from '@harmony/contracts';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { RunningInsights } from '../testing/running-insights.js';
import { yesNo } from '../testing/samples.js';
import { answeredBy, answerTo, ScriptedAnalyst } from '../testing/scripted-analyst.js';

jest.setTimeout(60_000);

const analyst = new ScriptedAnalyst();
let system: RunningInsights;

beforeAll(async () => {
  system = await RunningInsights.start(analyst);
}, 120_000);
afterAll(() => system?.close(), 120_000);

const replies = async (): Promise<number> =>
  (await system.backends.database.worker.query('select from insights.replies')).rowCount ?? -1;

it('a reply that was paid for is there for the next try, and goes when its result is recorded', async () => {
  let paid = 0;
  let seen = 0;
  analyst.script = async (request) => {
    const { journal } = request;
    if (await journal?.get('request')) return answeredBy(request, answerTo(request.question));
    paid += 1;
    await journal?.put('request', { said: 'yes' });
    await journal?.put('request', { said: 'something else, which comes too late' });
    expect(await journal?.get('request')).toEqual({ said: 'yes' });
    seen = await replies();
    throw new HarmonyError('ANALYST_UNAVAILABLE');
  };
  const project = await system.newProject({ questions: [yesNo('A?')] });
  expect(project.definitionIds).toHaveLength(1);
  const id = await system.newConversation();
  await eventually(
    async () => {
      await system.makeRetriesDue();
      expect(await system.insightsOf(id, 'InsightRecorded')).toHaveLength(1);
    },
    { everyMs: 100 },
  );
  expect([paid, seen]).toEqual([1, 1]);
  await eventually(async () => expect(await replies()).toBe(0));
});
