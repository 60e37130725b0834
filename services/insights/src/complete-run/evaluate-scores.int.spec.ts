import { streams } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
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

it('a run that another process ends by the rules as they were before is looked at again', async () => {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  analyst.script = async (request) => {
    await held;
    return answeredBy(request, answerTo(request.question));
  };
  const { id: projectId, definitionIds } = await system.newProject({ questions: [yesNo('A?')] });
  const definitionId = definitionIds[0] ?? '';
  const conversationId = await system.newConversation();
  await eventually(() => expect(analyst.asked).toHaveLength(1));
  const [started] = await system.insightsOf(conversationId, 'InsightsRunStarted');
  const runId = started?.data.runId ?? '';

  const isYes = { test: 'ANSWER_IS' as const, definitionId, answer: 'YES' as const };
  const goal = { name: 'Agreed', match: 'ALL' as const, conditions: [isYes] };
  await system.append(streams.project(projectId), [fact('GoalSet', { projectId, goalId: newId(), goal })]);
  await eventually(async () => {
    const sql = `select 1 from graphile_worker._private_jobs where key like '%/again'`;
    expect((await system.backends.database.worker.query(sql)).rows).toHaveLength(1);
  });
  const run = { conversationId, runId, kind: 'PIPELINE' as const, revisionId: null };
  const counts = { answered: 0, notDiscussed: 0, failed: 0, carriedOver: 0, dropped: 1 };
  await system.append(streams.insights(conversationId), [
    fact('InsightDropped', {
      ...{ conversationId, runId, projectId, definitionId, definitionVersion: 1, reason: 'DEFINITION_REMOVED' },
    }),
    fact('InsightsRunCompleted', { ...run, counts }),
  ]);
  expect(await system.insightsOf(conversationId, 'ScoresEvaluated')).toEqual([]);

  await system.makeRetriesDue();
  await eventually(async () => {
    const [evaluated] = await system.insightsOf(conversationId, 'ScoresEvaluated');
    expect(evaluated?.data.goals).toMatchObject([{ outcome: 'UNKNOWN' }]);
  });
  letGo();
});
