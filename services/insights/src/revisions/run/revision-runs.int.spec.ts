import type { Principal } from '@harmony/access';
import { builtInRoles, HarmonyError, noUsage, streams, type EventOf, type Finding } from '@harmony/contracts';
import { lastPosition } from '@harmony/event-store/testing';
import { fact, newId } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { InsightsQueries } from '../../read-model/insights-queries.js';
import { PlanningRevisions, type Form } from '../../testing/planning-revisions.js';
import { RunningInsights } from '../../testing/running-insights.js';
import { yesNo, type BuiltProject } from '../../testing/samples.js';
import { answeredBy, answerTo, ScriptedAnalyst, usageOfOneCall } from '../../testing/scripted-analyst.js';

jest.setTimeout(120_000);

const analyst = new ScriptedAnalyst();
const { script } = analyst;
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
beforeEach(() => {
  analyst.script = script;
  teamId = newId();
});
/** Whatever a test set up asks nothing of the conversations of the next one. */
afterEach(() => append(fact('ProjectDeleted', { projectId: project.id })));

const append = async (...facts: Parameters<RunningInsights['append']>[1]): Promise<void> => {
  await system.append(streams.project(project.id), facts);
};

async function newProject(questions: readonly string[]): Promise<void> {
  project = await system.newProject({ questions: questions.map(yesNo), teamIds: [teamId] });
}

/** A project whose questions are answered about one conversation. */
async function answered(questions: readonly string[]): Promise<string> {
  await newProject(questions);
  const id = await system.newConversation({ teamId });
  await system.completed(id);
  analyst.asked.length = 0;
  return id;
}

const request = (form: Omit<Form, 'projectId'> = {}): Promise<string> =>
  revisions.request({ projectId: project.id, ...form });

const cancel = async (revisionId: string): Promise<void> => {
  const cancelled = fact('RevisionCancelled', { revisionId, projectId: project.id });
  await system.append(streams.revisions(project.id), [cancelled]);
};

const retry = async (revisionId: string, attempt: number): Promise<void> => {
  const retried = fact('RevisionRetried', { revisionId, projectId: project.id, attempt });
  await system.append(streams.revisions(project.id), [retried]);
};

/** How the runs of a revision ended, once there are so many. */
const ended = (id: string, revisionId: string, runs = 1): Promise<EventOf<'InsightsRunCompleted'>> =>
  eventually(
    async () => {
      const all = await system.insightsOf(id, 'InsightsRunCompleted');
      const last = all.filter(({ data }) => data.revisionId === revisionId).at(runs - 1);
      if (!last) throw new Error(`Not all of ${runs} runs are complete.`);
      return last;
    },
    { withinMs: 60_000 },
  );

const questionsAsked = (): string[] =>
  analyst.asked.map(({ question }) => (question.type === 'YES_NO' ? question.question : question.type));

const edit = (index: number, definitionVersion: number, question: string): Promise<void> =>
  append(
    fact('DefinitionEdited', {
      ...{ projectId: project.id, definitionId: project.definitionIds[index] ?? '', definitionVersion },
      ...{ question: yesNo(question), context: '', usesKnowledge: true },
    }),
  );

const setBudget = (calls: number | null): Promise<unknown> =>
  system.append(streams.analysis(system.workspaceId), [
    fact('InsightBudgetChanged', { budget: { calls, tokens: null, costMicros: null } }),
  ]);

/** Holds whatever is asked until it is let go. */
function held(): { letGo: () => void } {
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  analyst.script = async (asked) => {
    await gate;
    return answeredBy(asked, answerTo(asked.question));
  };
  return { letGo };
}

const counts = { answered: 0, notDiscussed: 0, failed: 0, carriedOver: 0, dropped: 0 };

describe('a run of a revision', () => {
  it('asks what changed by the project as it was when the revision was asked for, and carries the rest over', async () => {
    const id = await answered(['A?', 'B?']);
    await edit(0, 2, 'A, really?');
    const { letGo } = held();
    const revisionId = await request();
    await edit(0, 3, 'A, later?');
    await append(
      fact('ProjectChanged', { projectId: project.id, knowledge: 'We sell boats now.', language: 'de' }),
      fact('DefinitionRemoved', { projectId: project.id, definitionId: project.definitionIds[1] ?? '' }),
    );
    await system.append(streams.analysis(system.workspaceId), [fact('HandbookChanged', { handbook: 'New.' })]);
    letGo();

    const { data } = await ended(id, revisionId);
    expect(data).toMatchObject({ kind: 'REVISION', usage: usageOfOneCall });
    expect(data.counts).toEqual({ ...counts, answered: 2, carriedOver: 1 });
    expect(questionsAsked()).toEqual(['A, really?']);
    expect(analyst.asked[0]?.background).toMatchObject({
      knowledge: 'We sell bicycles.',
      language: 'en',
      handbook: '',
    });
    const started = (await system.insightsOf(id, 'InsightsRunStarted')).at(-1)?.data;
    expect(started?.eligibility.map(({ projectId }) => projectId)).toEqual([project.id]);
    expect(started?.cells.map(({ definitionVersion }) => definitionVersion)).toEqual([2, 1]);
    const types = (await system.eventsOf(streams.insights(id))).map(({ type }) => type);
    expect(types.slice(-3)).toEqual(['InsightsRunStarted', 'InsightRecorded', 'InsightsRunCompleted']);
  });

  it('of one project only says nothing of the others, and of a conversation that does not belong there any more asks nothing', async () => {
    const id = await answered(['A?']);
    const other = project;
    await newProject(['B?']);
    await append(fact('ProjectChanged', { projectId: project.id, teamIds: [] }));
    await system.retry(id);
    await system.completed(id, 2);
    await system.append(streams.project(other.id), [fact('ProjectChanged', { projectId: other.id, teamIds: [] })]);
    const revisionId = await revisions.request({ projectId: other.id });
    expect((await ended(id, revisionId)).data.counts).toEqual(counts);
    const started = (await system.insightsOf(id, 'InsightsRunStarted')).at(-1)?.data;
    expect(started).toMatchObject({ revisionId, cells: [], eligibility: [{ projectId: other.id, eligible: false }] });
    await system.append(streams.project(other.id), [fact('ProjectDeleted', { projectId: other.id })]);
  });

  it('that is forced takes nothing over but from its own revision, when what failed is tried again', async () => {
    const id = await answered(['A?', 'B?']);
    analyst.script = (asked) => {
      if (questionsAsked().at(-1) === 'B?') throw new HarmonyError('ANALYST_REFUSED');
      return answeredBy(asked, { type: 'YES_NO', answer: 'NO' });
    };
    const revisionId = await request({ force: true });
    expect((await ended(id, revisionId)).data.counts).toEqual({ ...counts, answered: 1, failed: 1 });
    expect(questionsAsked().toSorted()).toEqual(['A?', 'B?']);
    // Given that somebody else asked everything again meanwhile
    analyst.script = script;
    await ended(id, await request({ force: true }));
    analyst.asked.length = 0;
    await retry(revisionId, 2);
    const { data } = await ended(id, revisionId, 2);
    expect(data.counts).toEqual({ ...counts, answered: 2, carriedOver: 1 });
    expect(questionsAsked()).toEqual(['B?']);
    expect([...(await system.findingsOf(id, data.runId)).values()]).toMatchObject([
      { answer: { answer: 'NO' } },
      { outcome: 'ANSWERED' },
    ]);
  });

  it('that nobody can plan fails with its code, and the others go on', async () => {
    const id = await answered(['A?']);
    const { eventStore } = system.backends;
    const [appendEvents, other] = [eventStore.append.bind(eventStore), await system.newConversation({ teamId })];
    await system.completed(other);
    eventStore.append = async (stream, events, expected) => {
      const isStart = events.some(({ type }) => type === 'InsightsRunStarted');
      if (isStart && stream === streams.insights(id)) throw new HarmonyError('ANALYST_NOT_CONFIGURED');
      return appendEvents(stream, events, expected);
    };
    const revisionId = await request();
    await ended(other, revisionId);
    await eventually(async () => {
      await system.makeRetriesDue();
      const [failed] = await system.insightsOf(id, 'InsightsRunFailed');
      expect(failed?.data).toMatchObject({ kind: 'REVISION', revisionId, code: 'ANALYST_NOT_CONFIGURED' });
    });
    eventStore.append = appendEvents;
    await retry(revisionId, 2);
    expect((await ended(id, revisionId)).data.counts.answered).toBe(1);
  });
});

describe('a revision that is cancelled', () => {
  it('drops what waits, records what was under way, and begins nothing more', async () => {
    const id = await answered([]);
    await newProject(['A?', 'B?', 'C?', 'D?', 'E?', 'F?', 'G?', 'H?']);
    const { letGo } = held();
    const revisionId = await request();
    // All workers but the one that is kept for live work
    await eventually(() => expect(analyst.asked).toHaveLength(5));
    await cancel(revisionId);
    const since = performance.now();
    await eventually(() => expect(performance.now() - since).toBeGreaterThan(250));
    letGo();
    expect((await ended(id, revisionId)).data.counts).toEqual({ ...counts, answered: 5, dropped: 3 });
    const [dropped] = await system.insightsOf(id, 'InsightDropped');
    expect(dropped?.data.reason).toBe('CANCELLED');
    expect(analyst.asked).toHaveLength(5);

    const cancelled = await request();
    await cancel(cancelled);
    await eventually(async () => {
      const sql = `select 1 from graphile_worker._private_jobs where payload::text like $1`;
      expect((await system.backends.database.worker.query(sql, [`%${cancelled}%`])).rows).toEqual([]);
    });
    expect(analyst.asked).toHaveLength(5);
  });

  it('drops what waits for the budget; what goes on pauses and resumes like any other work', async () => {
    const id = await answered(['X?']);
    await newProject(['A?', 'B?']);
    await setBudget(1);
    const [first, second] = [await request(), await request()];
    const waiting = async (): Promise<number> => {
      const sql = 'select count(*)::int as count from insights.waiting_jobs where priority = $1';
      const { rows } = await system.backends.database.worker.query<{ count: number }>(sql, ['revision']);
      return rows[0]?.count ?? -1;
    };
    await eventually(async () => expect(await waiting()).toBe(4));
    await cancel(first);
    expect((await ended(id, first)).data.counts).toEqual({ ...counts, dropped: 2 });
    await eventually(async () => expect(await waiting()).toBe(2));
    expect(analyst.asked).toEqual([]);
    await setBudget(null);
    expect((await ended(id, second)).data.counts).toEqual({ ...counts, answered: 2 });
  });
});

describe('cells that are repeated for the noise floor', () => {
  it('say whether the answer is another one, cost, and change no result', async () => {
    const id = await answered(['A?', 'B?']);
    analyst.script = (asked) =>
      answeredBy(asked, { type: 'YES_NO', answer: questionsAsked().at(-1) === 'A?' ? 'YES' : 'NO' });
    const revisionId = await request({ noiseSample: 10 });
    await ended(id, revisionId);
    const repeated = await eventually(async () => {
      const all = await system.insightsOf(id, 'InsightRepeated');
      expect(all).toHaveLength(2);
      return all;
    });
    const changes = new Map(repeated.map(({ data }) => [data.definitionId, data.isChanged]));
    expect(project.definitionIds.map((definition) => changes.get(definition))).toEqual([false, true]);
    expect(repeated[0]?.data).toMatchObject({ revisionId, usage: usageOfOneCall });
    await system.backends.progress.waitFor(
      'insights.usage',
      await lastPosition(system.backends.database.worker),
      20_000,
    );
    const sql = 'select sum(calls)::int as calls from insights.usage where source_id = $1';
    const { rows } = await system.backends.database.worker.query(sql, [id]);
    expect(rows).toEqual([{ calls: 4 }]);
    // The next run takes the first answer over, not the repeated one
    analyst.asked.length = 0;
    const { runId } = (await ended(id, await request())).data;
    expect(analyst.asked).toEqual([]);
    const found = [...(await system.findingsOf(id, runId)).values()];
    expect(found.at(-1)).toMatchObject({ answer: { answer: 'YES' } });
  });

  it('say so where nobody wants to know any more, and nobody is asked', async () => {
    const id = await answered(['A?', 'B?']);
    await setBudget(1);
    const revisionId = await request({ noiseSample: 10 });
    await ended(id, revisionId);
    await eventually(async () => {
      const sql = 'select from insights.waiting_jobs where priority = $1';
      expect((await system.backends.database.worker.query(sql, ['revision'])).rowCount).toBe(2);
    });
    await cancel(revisionId);
    await eventually(async () => {
      const told = (await system.insightsOf(id, 'InsightNotRepeated')).map(({ data }) => data);
      expect(new Set(told.map(({ definitionId }) => definitionId))).toEqual(new Set(project.definitionIds));
      expect(told).toHaveLength(2);
      expect(told[0]).toMatchObject({ revisionId });
    });
    expect(analyst.asked).toEqual([]);
    await setBudget(null);
  });
});

describe('a part of a revision', () => {
  it('takes the chosen definitions from it, failures too, and everything else from what is in force, and asks nobody', async () => {
    const id = await answered(['A?', 'B?', 'C?']);
    const [a = '', b = '', c = ''] = project.definitionIds;
    analyst.script = (asked) => {
      if (questionsAsked().at(-1) === 'B?') throw new HarmonyError('ANALYST_REFUSED');
      return answeredBy(asked, { type: 'YES_NO', answer: 'NO' });
    };
    const whole = await request({ force: true });
    await ended(id, whole);
    analyst.asked.length = 0;
    const part = await revisions.request({ projectId: project.id }, { ofRevisionId: whole, definitionIds: [a, b] });
    expect((await ended(id, part)).data.counts).toEqual({ ...counts, answered: 2, failed: 1, carriedOver: 2 });
    expect(analyst.asked).toEqual([]);
    const runId = (await ended(id, part)).data.runId;
    const found = await system.findingsOf(id, runId);
    const answerIn = (finding: Finding | undefined): unknown =>
      finding?.outcome === 'ANSWERED' && 'answer' in finding.answer && finding.answer.answer;
    expect([answerIn(found.get(a)), answerIn(found.get(c))]).toEqual(['NO', 'YES']);
    const failed = (await system.insightsOf(id, 'InsightFailed')).filter(({ data }) => data.runId === runId);
    expect(failed.map(({ data }) => data)).toMatchObject([
      { definitionId: b, code: 'ANALYST_REFUSED', usage: noUsage, durationMs: 0 },
    ]);
  });

  it('waits for the budget where answers that it takes over do', async () => {
    const id = await answered(['A?', 'B?']);
    const whole = await request({ force: true });
    await ended(id, whole);
    // Given what is in force once it is answered, which waits for the budget
    await setBudget(1);
    await edit(1, 2, 'B, really?');
    await system.retry(id);
    const waiting = async (): Promise<string[]> => {
      const sql = 'select name from insights.waiting_jobs where conversation_id = $1 order by name';
      return (await system.backends.database.worker.query<{ name: string }>(sql, [id])).rows.map(({ name }) => name);
    };
    await eventually(async () => expect(await waiting()).toEqual(['insights.answer-definition']));
    const chosen = project.definitionIds.slice(0, 1);
    const part = await revisions.request({ projectId: project.id }, { ofRevisionId: whole, definitionIds: chosen });
    await eventually(async () => {
      await system.makeRetriesDue();
      expect(await waiting()).toEqual(['insights.answer-definition', 'insights.run-revision']);
    });
    expect(await system.insightsOf(id, 'InsightsRunFailed')).toEqual([]);
    await setBudget(null);
    await eventually(async () => {
      await system.makeRetriesDue();
      const all = await system.insightsOf(id, 'InsightsRunCompleted');
      expect(all.map(({ data }) => data.revisionId)).toContain(part);
    });
    expect((await ended(id, part)).data.counts).toEqual({ ...counts, answered: 2, carriedOver: 2 });
  });
});

describe('what people see of a conversation', () => {
  const reader = (): Principal => ({
    ...{ kind: 'USER', id: newId(), userId: newId(), workspaceId: system.workspaceId, teamIds: [] },
    ...{ roleId: builtInRoles.admin.id, permissions: new Set(builtInRoles.admin.permissions) },
  });

  it('does not change by a draft, is its latest run once it is live, and the pipeline’s again after that ran', async () => {
    const id = await answered(['A?']);
    const view = async (): Promise<string> => {
      const { database, progress } = system.backends;
      await progress.waitFor('insights.results', await lastPosition(database.worker), 20_000);
      return JSON.stringify(await new InsightsQueries(database.scoped).ofConversation(reader(), id));
    };
    const before = await view();
    let isFailing = true;
    analyst.script = (asked) => {
      if (isFailing) throw new HarmonyError('ANALYST_REFUSED');
      return answeredBy(asked, { type: 'YES_NO', answer: 'NO' });
    };
    const revisionId = await request({ force: true });
    await ended(id, revisionId);
    isFailing = false;
    await retry(revisionId, 2);
    const { data } = await ended(id, revisionId, 2);
    expect(await view()).toBe(before);
    await system.append(streams.revisions(project.id), [
      fact('RevisionMadeLive', { revisionId, projectId: project.id, supersededRevisionId: null }),
    ]);
    const live: unknown = JSON.parse(await view());
    expect(live).toMatchObject({ projects: [{ run: { id: data.runId }, results: [{ answer: { answer: 'NO' } }] }] });
    await system.retry(id);
    await system.completed(id, 4);
    expect(JSON.parse(await view())).toMatchObject({ projects: [{ run: { kind: 'PIPELINE' } }] });
  });
});
