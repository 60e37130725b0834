import { HarmonyError, streams } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import type { QuestionRequest } from '@harmony/llm';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { PlanningRevisions } from '../../testing/planning-revisions.js';
import { RunningInsights } from '../../testing/running-insights.js';
import { yesNo, type BuiltProject } from '../../testing/samples.js';
import { answeredBy, answerTo, ScriptedAnalyst } from '../../testing/scripted-analyst.js';

jest.setTimeout(120_000);

/** As cheap as the one that is built in. */
const analyst = new ScriptedAnalyst('local');
const { script } = analyst;
let system: RunningInsights;
let revisions: PlanningRevisions;
let project: BuiltProject;
let ids: readonly string[];

beforeAll(async () => {
  system = await RunningInsights.start(analyst);
  revisions = new PlanningRevisions(system, analyst);
}, 120_000);
afterAll(() => system?.close(), 120_000);

/** Conversations of a project of their own, completed. */
beforeEach(async () => {
  analyst.script = script;
  const teamId = newId();
  project = await system.newProject({ questions: ['A?', 'B?'].map(yesNo), teamIds: [teamId] });
  ids = await Promise.all(Array.from({ length: 30 }, () => system.newConversation({ teamId })));
  for (const id of ids) await system.completed(id);
  analyst.asked.length = 0;
});

const jobs = async (): Promise<string[]> => {
  const sql = `select task_identifier as task from graphile_worker.jobs where task_identifier like '%revision%' order by 1`;
  return (await system.backends.database.worker.query<{ task: string }>(sql)).rows.map(({ task }) => task);
};

const textOf = ({ question }: QuestionRequest): string => (question.type === 'YES_NO' ? question.question : '');
const about = ({ conversation }: QuestionRequest, id: string): boolean => conversation.key.includes(id);
const answer = (request: QuestionRequest) => answeredBy(request, answerTo(request.question));

/** What fails twice about one conversation; everything else is answered. */
function failsTwice(conversationId: string, question: string): { readonly tries: () => number } {
  let tries = 0;
  analyst.script = (request) => {
    if (!about(request, conversationId) || textOf(request) !== question) return answer(request);
    tries += 1;
    if (tries < 3) throw new HarmonyError('ANALYST_UNAVAILABLE');
    return answer(request);
  };
  return { tries: () => tries };
}

/** Tries of jobs that asked: each has a signal of its own. */
const askers = (conversationId: string, question: string): number =>
  new Set(
    analyst.asked
      .filter((request) => about(request, conversationId) && textOf(request) === question)
      .map(({ signal }) => signal),
  ).size;

const completedAfterRetries = (id: string): Promise<void> =>
  eventually(
    async () => {
      await system.makeRetriesDue();
      expect(await system.insightsOf(id, 'InsightsRunCompleted')).toHaveLength(2);
    },
    { withinMs: 40_000, everyMs: 200 },
  );

it('conversations of a revision share jobs, each of which asks one question at a time', async () => {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const underWay = { now: 0, most: 0 };
  analyst.script = async (request) => {
    underWay.now += 1;
    underWay.most = Math.max(underWay.most, underWay.now);
    await held;
    underWay.now -= 1;
    return answer(request);
  };
  await revisions.request({ projectId: project.id, force: true });
  await eventually(() => expect(analyst.asked).toHaveLength(2));
  const batch = 'insights.run-revision-batch#revision';
  expect(await jobs()).toEqual([batch, batch]);
  letGo();
  for (const id of ids) expect((await system.completed(id, 2)).data.counts).toMatchObject({ answered: 2 });
  expect(analyst.asked).toHaveLength(60);
  expect(underWay.most).toBe(2);
});

it('a run goes into the log together with its answers', async () => {
  await revisions.request({ projectId: project.id, force: true });
  for (const id of ids) await system.completed(id, 2);
  const { rows } = await system.backends.database.worker.query<{ appends: number }>(
    `select count(distinct xid)::int as appends from event_store.events
      where stream_id = any($1) and event -> 'data' ->> 'runId' in (
        select event -> 'data' ->> 'runId' from event_store.events
         where type = 'InsightsRunStarted' and event -> 'data' ->> 'kind' = 'REVISION')
      group by stream_id`,
    [ids.map(streams.insights)],
  );
  expect(rows).toEqual(ids.map(() => ({ appends: 1 })));
});

const criterion = { type: 'BOOLEAN' as const, question: 'Is it ours?', expected: true };

/** Asked of every conversation again, since nobody has asked it before. */
const setCriterion = () =>
  system.append(streams.project(project.id), [
    fact('CriterionSet', { projectId: project.id, criterionId: newId(), criterionVersion: 1, criterion }),
  ]);

it('one that cannot begin goes on in a job of its own, and the others do not wait for it', async () => {
  await setCriterion();
  const [late = '', ...others] = ids;
  const { tries } = failsTwice(late, criterion.question);
  await revisions.request({ projectId: project.id, force: true });
  for (const id of others) await system.completed(id, 2);
  await completedAfterRetries(late);
  expect(tries()).toBe(3);
  expect(askers(late, criterion.question)).toBe(3);
});

it('one that goes on alone is in the log too where everything is carried over', async () => {
  await setCriterion();
  const [late = '', ...others] = ids;
  failsTwice(late, criterion.question);
  await revisions.request({ projectId: project.id });
  for (const id of others) await system.completed(id, 2);
  await completedAfterRetries(late);
  expect(analyst.asked.map(textOf).filter((question) => question !== criterion.question)).toEqual([]);
});

it('a question that fails is asked once by the shared job, and then by one of its own', async () => {
  const [late = '', ...others] = ids;
  const { tries } = failsTwice(late, 'A?');
  await revisions.request({ projectId: project.id, force: true });
  for (const id of others) await system.completed(id, 2);
  await completedAfterRetries(late);
  expect(tries()).toBe(3);
  expect(askers(late, 'A?')).toBe(3);
});

it('one that is deleted while it is answered leaves the answers of the others', async () => {
  const [gone = '', ...others] = ids;
  const { eventStore } = system.backends;
  analyst.script = async (request) => {
    if (about(request, gone)) await eventStore.deleteStream(streams.insights(gone), 'any');
    return answer(request);
  };
  await revisions.request({ projectId: project.id, force: true });
  for (const id of others) expect((await system.completed(id, 2)).data.counts).toMatchObject({ answered: 2 });
  await eventually(async () => expect(await jobs()).toEqual([]));
  expect(analyst.asked.filter((request) => !about(request, gone))).toHaveLength(2 * others.length);
});
