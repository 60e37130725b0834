import { HarmonyError, streams, type EventDataOf } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PlanningRevisions } from '../../testing/planning-revisions.js';
import { RunningInsights } from '../../testing/running-insights.js';
import { conversationFacts, yesNo, type BuiltProject } from '../../testing/samples.js';
import { ScriptedAnalyst } from '../../testing/scripted-analyst.js';

jest.setTimeout(120_000);

const analyst = new ScriptedAnalyst();
let system: RunningInsights;
let revisions: PlanningRevisions;

beforeAll(async () => {
  system = await RunningInsights.start(analyst);
  revisions = new PlanningRevisions(system, analyst);
  await revisions.enable();
}, 120_000);
afterAll(() => system?.close(), 120_000);

describe('a plan of many conversations', () => {
  let project: BuiltProject;
  let ids: string[];

  /** Transcribed, and never extracted: nothing is asked of them meanwhile. */
  const transcribed = async (): Promise<string> => {
    const id = newId();
    await system.append(streams.conversation(id), conversationFacts(id, { teamId: team }));
    return id;
  };
  const team = newId();

  beforeAll(async () => {
    project = await system.newProject({ teamIds: [team], questions: [yesNo('A?')] });
    ids = await Promise.all(Array.from({ length: 450 }, transcribed));
  });

  const plannedIds = async (revisionId: string): Promise<string[]> =>
    (await revisions.batchesOf(revisionId)).flatMap(({ conversations }) =>
      conversations.map(({ conversationId }) => conversationId),
    );

  it('goes on where its planner was killed: nobody is lost, and nobody is there twice', async () => {
    const { eventStore } = system.backends;
    const append = eventStore.append.bind(eventStore);
    let batches = 0;
    eventStore.append = async (stream, events, expected) => {
      if (events.some(({ type }) => type === 'RevisionBatchPlanned')) batches += 1;
      if (batches === 2) {
        eventStore.append = append;
        throw new HarmonyError('STORE_UNAVAILABLE');
      }
      return append(stream, events, expected);
    };
    const revisionId = await revisions.request({ projectId: project.id });
    const late = await transcribed();
    const planning = revisions.planned(revisionId);
    const waiting = setInterval(() => void system.makeRetriesDue(), 250);
    const { summary } = await planning.finally(() => clearInterval(waiting));
    const planned = await plannedIds(revisionId);
    expect(new Set(planned).size).toBe(planned.length);
    expect(planned).toEqual(expect.arrayContaining(ids));
    expect(planned.length - ids.length).toBe(planned.includes(late) ? 1 : 0);
    expect(summary).toMatchObject({ conversations: planned.length });
    expect(summary.stages).toEqual([{ stage: 'EXTRACTORS', conversations: planned.length }]);
    expect(batches).toBe(2);
    expect((await revisions.batchesOf(revisionId)).length).toBe(3);
  });

  it('says whom an attempt before has planned already, where that has failed', async () => {
    const { eventStore } = system.backends;
    const append = eventStore.append.bind(eventStore);
    let batches = 0;
    eventStore.append = async (stream, events, expected) => {
      if (!events.some(({ type }) => type === 'RevisionBatchPlanned')) return append(stream, events, expected);
      batches += 1;
      if (batches > 1) throw new HarmonyError('STORE_UNAVAILABLE');
      return append(stream, events, expected);
    };
    const revisionId = await revisions.request({ projectId: project.id });
    await eventually(
      async () => {
        await system.makeRetriesDue();
        expect((await revisions.planOf(revisionId)).at(-1)?.type).toBe('RevisionPlanFailed');
      },
      { withinMs: 40_000 },
    );
    eventStore.append = append;
    const retried = fact('RevisionRetried', { revisionId, projectId: project.id, attempt: 2 });
    await system.append(streams.revisions(project.id), [retried]);
    const { summary } = await revisions.planned(revisionId, 2);
    const written = await revisions.batchesOf(revisionId);
    const counted = written.reduce((sum, one) => sum + one.conversations.length - (one.plannedBefore ?? 0), 0);
    expect([counted, new Set(await plannedIds(revisionId)).size]).toEqual([summary.conversations, counted]);
    expect(written.reduce((sum, { plannedBefore = 0 }) => sum + plannedBefore, 0)).toBe(200);
  });

  it('is not written for a revision that was cancelled before', async () => {
    const revisionId = newId();
    const about = { revisionId, projectId: project.id };
    const marker = await revisions.request({ projectId: project.id, statuses: ['FAILED'] });
    const [request] = (await system.eventsOf(streams.revisions(project.id))).filter(
      (event) => event.type === 'RevisionRequested' && event.data.revisionId === marker,
    );
    await system.append(streams.revisions(project.id), [
      fact('RevisionRequested', { ...(request?.data as EventDataOf<'RevisionRequested'>), ...about }),
      fact('RevisionCancelled', about),
    ]);
    const behind = await revisions.request({ projectId: project.id, statuses: ['FAILED'] });
    expect((await revisions.planned(behind)).summary.conversations).toBe(0);
    expect(await revisions.planOf(revisionId)).toEqual([]);
  });
});
