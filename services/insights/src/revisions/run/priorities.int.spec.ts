import { newId } from '@harmony/kernel';
import type { CallPriority } from '@harmony/llm';
import { eventually } from '@harmony/testing';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { PlanningRevisions } from '../../testing/planning-revisions.js';
import { RunningInsights } from '../../testing/running-insights.js';
import { yesNo } from '../../testing/samples.js';
import { answeredBy, answerTo, ScriptedAnalyst } from '../../testing/scripted-analyst.js';

jest.setTimeout(180_000);

const analyst = new ScriptedAnalyst();
let system: RunningInsights;
let revisions: PlanningRevisions;
let letGo: (priority?: CallPriority) => void = () => undefined;

beforeAll(async () => {
  system = await RunningInsights.start(analyst);
  revisions = new PlanningRevisions(system, analyst);
}, 120_000);
afterEach(() => letGo());
afterAll(() => system?.close(), 120_000);

/** Questions of these priorities get no answer until they are let go. */
function hold(...priorities: CallPriority[]): void {
  const gates = new Map<CallPriority, { readonly opened: Promise<void>; readonly open: () => void }>();
  for (const priority of priorities) {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    gates.set(priority, { opened, open: () => open() });
  }
  letGo = (priority) => gates.forEach((gate, of) => (priority === undefined || of === priority) && gate.open());
  analyst.script = async (request) => {
    await gates.get(request.priority ?? 'live')?.opened;
    return answeredBy(request, answerTo(request.question));
  };
}

const asked = (priority: CallPriority): number => analyst.asked.filter((one) => one.priority === priority).length;

const newProject = (definitions: number, teamId: string) =>
  system.newProject({
    questions: Array.from({ length: definitions }, (_, at) => yesNo(`Is it ${at}?`)),
    teamIds: [teamId],
  });

const waitingCells = async (): Promise<number> => {
  const sql = `select count(*)::int as count from graphile_worker.jobs
    where task_identifier = 'insights.answer-definition#revision' and locked_at is null`;
  const { rows } = await system.backends.database.worker.query<{ count: number }>(sql);
  return rows[0]?.count ?? -1;
};

it('live work that is stuck does not stop a revision', async () => {
  const [busy, calm] = [newId(), newId()];
  await newProject(20, busy);
  const before = await system.newConversation({ teamId: calm });
  await system.completed(before);
  const { id: projectId } = await newProject(30, calm);
  hold('live', 'revision');
  await revisions.request({ projectId });
  await eventually(() => expect(asked('revision')).toBe(5));
  const stuck = await system.newConversation({ teamId: busy });
  await eventually(() => expect(asked('live')).toBe(1));
  letGo('revision');
  expect((await system.completed(before, 2)).data).toMatchObject({ kind: 'REVISION', counts: { answered: 30 } });
  // All workers wait for answers to live questions, but the one that is kept for revisions.
  expect(asked('live')).toBe(5);
  expect(await system.insightsOf(stuck, 'InsightsRunCompleted')).toEqual([]);
  letGo();
  await system.completed(stuck);
});

it('a conversation that comes in is answered while thousands of cells of a revision wait', async () => {
  const [flooded, live] = [newId(), newId()];
  const ids = await Promise.all(Array.from({ length: 60 }, () => system.newConversation({ teamId: flooded })));
  for (const id of ids) await system.completed(id);
  const { id: projectId } = await newProject(40, flooded);
  await newProject(5, live);
  analyst.asked.length = 0;
  hold('revision');
  await revisions.request({ projectId });
  await eventually(async () => expect(await waitingCells()).toBeGreaterThan(2_300), { withinMs: 60_000 });
  const id = await system.newConversation({ teamId: live });
  expect((await system.completed(id)).data).toMatchObject({ kind: 'PIPELINE', counts: { answered: 5 } });
  // As many are under way as may be at the same time, and all others still wait.
  expect(asked('revision')).toBe(5);
  expect(await waitingCells()).toBeGreaterThan(2_300);
});
