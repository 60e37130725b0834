import { HarmonyError, streams, type EventDataOf } from '@harmony/contracts';
import { lastPosition } from '@harmony/event-store/testing';
import { fact, newId } from '@harmony/kernel';
import type { QuestionRequest } from '@harmony/llm';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PlanningRevisions, type Form } from '../../testing/planning-revisions.js';
import { RunningInsights } from '../../testing/running-insights.js';
import { yesNo, type BuiltProject } from '../../testing/samples.js';
import { answeredBy, ScriptedAnalyst, usageOfOneCall } from '../../testing/scripted-analyst.js';

jest.setTimeout(120_000);

const analyst = new ScriptedAnalyst();
let system: RunningInsights;
let revisions: PlanningRevisions;
let project: BuiltProject;
/** Of its own for each test. */
let teamId: string;

beforeAll(async () => {
  system = await RunningInsights.start(analyst);
  revisions = new PlanningRevisions(system, analyst);
}, 120_000);
afterAll(() => system?.close(), 120_000);
beforeEach(async () => {
  if (project) await append(fact('ProjectDeleted', { projectId: project.id }));
  analyst.engine = 'scripted';
  teamId = newId();
  project = await system.newProject({ questions: [yesNo('Old?')], teamIds: [teamId] });
});

const append = (...facts: Parameters<RunningInsights['append']>[1]): Promise<unknown> =>
  system.append(streams.project(project.id), facts);

/** YES to whatever the test says, and NO to everything else. */
const sayYesTo = (isYes: (seen: string) => boolean): void => {
  analyst.script = (request) => answeredBy(request, { type: 'YES_NO', answer: isYes(seenOf(request)) ? 'YES' : 'NO' });
};

const seenOf = ({ question, background, conversation }: QuestionRequest): string =>
  JSON.stringify([question, background, conversation.title, conversation.turns]);

async function answered(): Promise<string> {
  const id = await system.newConversation({ teamId });
  await system.completed(id);
  return id;
}

const editQuestion = (question: string): Promise<unknown> =>
  append(
    fact('DefinitionEdited', {
      ...{ projectId: project.id, definitionId: project.definitionIds[0] ?? '', definitionVersion: 2 },
      ...{ question: yesNo(question), context: '', usesKnowledge: true },
    }),
  );

const changeKnowledge = (knowledge: string): Promise<unknown> =>
  append(fact('ProjectChanged', { projectId: project.id, knowledge }));

/** Runs a revision over conversations to its end. */
async function revised(ids: readonly string[], form: Omit<Form, 'projectId'> = {}): Promise<string> {
  const revisionId = await revisions.request({ projectId: project.id, ...form });
  await eventually(
    async () => {
      for (const id of ids) {
        const ended = await system.insightsOf(id, 'InsightsRunCompleted');
        expect(ended.map(({ data }) => data.revisionId)).toContain(revisionId);
      }
    },
    { withinMs: 40_000 },
  );
  analyst.asked.length = 0;
  return revisionId;
}

/** Asks what made its results change; what is drawn. */
async function drawn(revisionId: string, sample = 20): Promise<EventDataOf<'RevisionChangesDrawn'>['changes']> {
  const all = async (): Promise<EventDataOf<'RevisionChangesDrawn'>[]> =>
    (await system.eventsOf(streams.revisionPlan(revisionId))).flatMap((event) =>
      event.type === 'RevisionChangesDrawn' ? [event.data] : [],
    );
  const before = (await all()).length;
  await system.append(streams.revisions(project.id), [
    fact('RevisionAttributionRequested', { revisionId, projectId: project.id, sample }),
  ]);
  return eventually(async () => {
    const now = await all();
    expect(now).toHaveLength(before + 1);
    return now.at(-1)?.changes ?? [];
  });
}

const attributed = (id: string): Promise<EventDataOf<'ChangeAttributed'>> =>
  eventually(async () => {
    const [event, ...more] = await system.insightsOf(id, 'ChangeAttributed');
    expect(more).toEqual([]);
    if (!event) throw new Error('Nobody has looked into it yet.');
    return event.data;
  });

const effectsOf = async (id: string): Promise<Record<string, boolean | null>> =>
  Object.fromEntries((await attributed(id)).effects.map(({ cause, isChanged }) => [cause, isChanged]));

describe('what made a result change', () => {
  it('is found by asking with one input of now at a time, and changes no result', async () => {
    sayYesTo((seen) => seen.includes('New?'));
    const id = await answered();
    await editQuestion('New?');
    await changeKnowledge('We sell boats.');
    const revisionId = await revised([id]);
    // Given that all of it has become something else once more
    await changeKnowledge('We sell trains.');
    await system.append(streams.analysis(system.workspaceId), [fact('HandbookChanged', { handbook: 'Later.' })]);
    const results = (await system.insightsOf(id, 'InsightRecorded')).length;

    const [change] = await drawn(revisionId);
    const found = await attributed(id);
    expect(found).toMatchObject({ revisionId, ...change, definitionVersion: 2 });
    expect(found.effects).toEqual([
      { cause: 'NOTHING_CHANGED', isChanged: false },
      { cause: 'DEFINITION_CHANGED', isChanged: true },
      { cause: 'KNOWLEDGE_CHANGED', isChanged: false },
    ]);
    const asked = analyst.asked.map(({ question, background }) => [
      question.type === 'YES_NO' && question.question,
      background.knowledge,
    ]);
    expect(asked).toEqual([
      ['Old?', 'We sell bicycles.'],
      ['New?', 'We sell bicycles.'],
      ['Old?', 'We sell boats.'],
    ]);
    expect(await system.insightsOf(id, 'InsightRecorded')).toHaveLength(results);
    await system.append(streams.analysis(system.workspaceId), [fact('HandbookChanged', { handbook: '' })]);
  });

  it('is paid for once, counts in the usage, and is not asked for again', async () => {
    sayYesTo((seen) => seen.includes('New?') || seen.includes('boats'));
    const id = await answered();
    await editQuestion('New?');
    await changeKnowledge('We sell boats.');
    const revisionId = await revised([id]);
    await drawn(revisionId);
    const { usage } = await attributed(id);
    expect(usage).toEqual({ ...usageOfOneCall, calls: 3, inputTokens: 300, outputTokens: 30, costMicros: 15 });
    const { database, progress } = system.backends;
    await progress.waitFor('insights.usage', await lastPosition(database.worker), 20_000);
    const sql = 'select sum(calls)::int as calls from insights.usage where source_id = $1';
    expect((await database.worker.query(sql, [id])).rows).toEqual([{ calls: 5 }]);
    analyst.asked.length = 0;
    expect(await drawn(revisionId)).toHaveLength(1);
    await eventually(async () => {
      const sqlOfJobs =
        "select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'insights.attribute-change'";
      expect((await database.worker.query(sqlOfJobs)).rowCount).toBe(0);
    });
    expect(analyst.asked).toEqual([]);
  });

  it('may be all inputs together, and none of them alone', async () => {
    sayYesTo((seen) => seen.includes('New?') && seen.includes('boats'));
    const id = await answered();
    await editQuestion('New?');
    await changeKnowledge('We sell boats.');
    await drawn(await revised([id]));
    expect(await effectsOf(id)).toEqual({
      NOTHING_CHANGED: false,
      DEFINITION_CHANGED: false,
      KNOWLEDGE_CHANGED: false,
    });
  });

  it('is known without a question where only one thing has changed', async () => {
    sayYesTo((seen) => seen.includes('Renamed'));
    const id = await answered();
    await system.append(streams.conversation(id), [
      fact('ConversationChanged', { conversationId: id, title: 'Renamed' }),
    ]);
    await drawn(await revised([id]));
    expect(await effectsOf(id)).toEqual({ NOTHING_CHANGED: false, CONVERSATION_CHANGED: true });
    // Then only what was asked before was asked again
    expect(analyst.asked.map(({ conversation }) => conversation.title)).toEqual(['A call']);
  });

  it('is chance where nothing has changed', async () => {
    let [answers] = [0];
    analyst.script = (request) => answeredBy(request, { type: 'YES_NO', answer: (answers += 1) % 2 ? 'YES' : 'NO' });
    const id = await answered();
    await drawn(await revised([id], { force: true }));
    expect(await effectsOf(id)).toEqual({ NOTHING_CHANGED: true });
    expect(analyst.asked).toEqual([]);
  });

  it('is told apart from another analyst, which is asked what was asked before', async () => {
    analyst.script = (request) =>
      answeredBy(request, { type: 'YES_NO', answer: analyst.engine === 'better' ? 'YES' : 'NO' });
    const id = await answered();
    analyst.engine = 'better';
    await editQuestion('New?');
    await drawn(await revised([id]));
    expect(await effectsOf(id)).toEqual({ ANALYST_CHANGED: true, DEFINITION_CHANGED: false });
  });

  it('is not known where the analyst is another one by now, or refuses', async () => {
    sayYesTo((seen) => seen.includes('New?'));
    const [gone, refused] = [await answered(), await answered()];
    await editQuestion('New?');
    await changeKnowledge('We sell boats.');
    const revisionId = await revised([gone, refused]);
    const inner = analyst.script;
    analyst.script = (request, asked) => {
      if (seenOf(request).includes('boats')) throw new HarmonyError('ANALYST_REFUSED');
      return inner(request, asked);
    };
    const changes = await drawn(revisionId, 1);
    const first = changes[0]?.conversationId ?? '';
    expect(await effectsOf(first)).toEqual({
      NOTHING_CHANGED: false,
      DEFINITION_CHANGED: true,
      KNOWLEDGE_CHANGED: null,
    });
    analyst.engine = 'another';
    await drawn(revisionId);
    const second = [gone, refused].find((id) => id !== first) ?? '';
    expect(await attributed(second)).toMatchObject({ effects: [], usage: { calls: 0 } });
    // It is asked again once that analyst is back, and what is known is not
    analyst.engine = 'scripted';
    analyst.asked.length = 0;
    await drawn(revisionId);
    await eventually(async () => {
      const all = await system.insightsOf(second, 'ChangeAttributed');
      expect(all.map(({ data }) => data.effects.length)).toEqual([0, 3]);
    });
    expect(analyst.asked).toHaveLength(3);
  });

  it('is another question once something else is in force', async () => {
    sayYesTo((seen) => seen.includes('New?') && !seen.includes('trains'));
    const id = await answered();
    await editQuestion('New?');
    const revisionId = await revised([id]);
    await drawn(revisionId);
    expect(await effectsOf(id)).toEqual({ NOTHING_CHANGED: false, DEFINITION_CHANGED: true });
    await changeKnowledge('We sell trains.');
    await system.retry(id);
    await system.completed(id, 3);
    const [change] = await drawn(revisionId);
    const effects = await eventually(async () => {
      const all = (await system.insightsOf(id, 'ChangeAttributed')).map(({ data }) => data);
      expect(all.map(({ beforeRunId }) => beforeRunId).at(1)).toBe(change?.beforeRunId);
      return all.at(1)?.effects;
    });
    expect(effects).toEqual([
      { cause: 'NOTHING_CHANGED', isChanged: false },
      { cause: 'KNOWLEDGE_CHANGED', isChanged: true },
    ]);
  });

  it('waits for the budget, and is asked of nobody whose conversation is deleted', async () => {
    sayYesTo((seen) => seen.includes('New?'));
    const [kept, deleted] = [await answered(), await answered()];
    await editQuestion('New?');
    const revisionId = await revised([kept, deleted]);
    const setBudget = (calls: number | null): Promise<unknown> =>
      system.append(streams.analysis(system.workspaceId), [
        fact('InsightBudgetChanged', { budget: { calls, tokens: null, costMicros: null } }),
      ]);
    await setBudget(1);
    expect(await drawn(revisionId)).toHaveLength(2);
    const waiting = 'select from insights.waiting_jobs where priority = $1';
    await eventually(async () => {
      expect((await system.backends.database.worker.query(waiting, ['revision'])).rowCount).toBe(2);
    });
    await system.append(streams.conversation(deleted), [fact('ConversationDeleted', { conversationId: deleted })]);
    await setBudget(null);
    expect(await effectsOf(kept)).toEqual({ NOTHING_CHANGED: false, DEFINITION_CHANGED: true });
    expect(analyst.asked).toHaveLength(1);
  });
});

describe('the changes that are looked into', () => {
  it('are changed ones, by lot, and no more than asked for; unchanged ones are none of them', async () => {
    sayYesTo((seen) => seen.includes('New?') && !seen.includes('stays'));
    const ids = await Promise.all(
      ['a', 'b', 'c', 'stays'].map((word) => system.newConversation({ teamId, turns: [word] })),
    );
    for (const id of ids) await system.completed(id);
    await editQuestion('New?');
    const revisionId = await revised(ids);
    const few = await drawn(revisionId, 2);
    const all = await drawn(revisionId, 20);
    expect(few).toHaveLength(2);
    expect(all.slice(0, 2)).toEqual(few);
    expect(new Set(all.map(({ conversationId }) => conversationId))).toEqual(new Set(ids.slice(0, 3)));
  });

  it('are none of definitions that are removed, and nobody is asked for a project that is deleted', async () => {
    sayYesTo((seen) => seen.includes('New?'));
    const id = await answered();
    await editQuestion('New?');
    const revisionId = await revised([id]);
    await append(fact('DefinitionRemoved', { projectId: project.id, definitionId: project.definitionIds[0] ?? '' }));
    expect(await drawn(revisionId)).toEqual([]);
    await append(fact('ProjectDeleted', { projectId: project.id }));
    expect(await drawn(revisionId)).toEqual([]);
    expect(analyst.asked).toEqual([]);
  });

  it('are compared with what was in force before where the revision is live', async () => {
    sayYesTo((seen) => seen.includes('New?'));
    const id = await answered();
    await editQuestion('New?');
    const revisionId = await revised([id]);
    const draft = await drawn(revisionId);
    await system.append(streams.revisions(project.id), [
      fact('RevisionMadeLive', { revisionId, projectId: project.id, supersededRevisionId: null }),
    ]);
    await system.retry(id);
    await system.completed(id, 3);
    expect(await drawn(revisionId)).toEqual(draft);
  });
});
