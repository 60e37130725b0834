import { HarmonyError } from '@harmony/contracts';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { RunningInsights } from '../testing/running-insights.js';
import { yesNo } from '../testing/samples.js';
import { ScriptedAnalyst } from '../testing/scripted-analyst.js';

jest.setTimeout(60_000);

let system: RunningInsights;
beforeAll(async () => {
  system = await RunningInsights.start(new ScriptedAnalyst());
}, 120_000);
afterAll(() => system?.close(), 120_000);

it('a run that nobody can plan says so with its code, and the next one that is asked for is planned', async () => {
  await system.newProject({ questions: [yesNo('A?')] });
  const { eventStore } = system.backends;
  const append = eventStore.append.bind(eventStore);
  eventStore.append = async (stream, events, expected) => {
    if (events.some(({ type }) => type === 'InsightsRunStarted')) throw new HarmonyError('ANALYST_NOT_CONFIGURED');
    return append(stream, events, expected);
  };
  const id = await system.newConversation();
  const [failed] = await eventually(async () => {
    const events = await system.insightsOf(id, 'InsightsRunFailed');
    expect(events).toHaveLength(1);
    return events;
  });
  expect(failed?.data).toMatchObject({ kind: 'PIPELINE', code: 'ANALYST_NOT_CONFIGURED' });
  eventStore.append = append;
  await system.retry(id);
  expect((await system.completed(id)).data.counts.answered).toBe(1);
  expect(await system.insightsOf(id, 'InsightsRunFailed')).toHaveLength(1);
});
