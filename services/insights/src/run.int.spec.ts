import { streams } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RunningInsights } from './testing/running-insights.js';
import { yesNo } from './testing/samples.js';
import { ScriptedAnalyst } from './testing/scripted-analyst.js';

jest.setTimeout(60_000);

const analyst = new ScriptedAnalyst();
let system: RunningInsights;

beforeAll(async () => {
  system = await RunningInsights.start(analyst);
}, 120_000);
afterAll(() => system?.close(), 120_000);
beforeEach(() => {
  analyst.asked.length = 0;
});

describe('a run', () => {
  it('answers every active definition of every project that the conversation belongs into', async () => {
    const project = await system.newProject({ questions: [yesNo('Was there a budget?'), yesNo('Was there a date?')] });
    await system.newProject({ questions: [yesNo('Another team?')], teamIds: [newId()] });
    const id = await system.newConversation();
    const { data } = await system.completed(id);
    expect(data.counts).toEqual({ answered: 2, notDiscussed: 0, failed: 0, carriedOver: 0, dropped: 0 });
    const recorded = await system.insightsOf(id, 'InsightRecorded');
    expect(recorded.map(({ data: one }) => one.definitionId).sort()).toEqual([...project.definitionIds].sort());
    expect(analyst.asked).toHaveLength(2);
    await system.append(streams.project(project.id), [fact('ProjectDeleted', { projectId: project.id })]);
  });
});
