import { streams, type InsightBudget } from '@harmony/contracts';
import { fact } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { RunningInsights } from '../testing/running-insights.js';
import { yesNo } from '../testing/samples.js';
import { ScriptedAnalyst } from '../testing/scripted-analyst.js';

jest.setTimeout(60_000);

const analyst = new ScriptedAnalyst();
let system: RunningInsights;

beforeAll(async () => {
  system = await RunningInsights.start(analyst, { JOB_CONCURRENCY: '1' });
}, 120_000);
afterAll(() => system?.close(), 120_000);

const setBudget = async (changes: Partial<InsightBudget>): Promise<void> => {
  const budget = { calls: null, tokens: null, costMicros: null, ...changes };
  await system.append(streams.analysis(system.workspaceId), [fact('InsightBudgetChanged', { budget })]);
};

const typesOfSettings = async (): Promise<string[]> =>
  (await system.eventsOf(streams.analysis(system.workspaceId))).map(({ type }) => type);

const count = async (sql: string): Promise<number> => {
  const { rows } = await system.backends.database.worker.query<{ count: number }>(sql, [system.workspaceId]);
  return rows[0]?.count ?? -1;
};
const waiting = (): Promise<number> =>
  count('select count(*)::int as count from insights.waiting_jobs where workspace_id = $1');

it('work beyond the budget waits visibly, with one job that looks again, and goes on when the budget is raised', async () => {
  await system.newProject({ questions: ['A?', 'B?', 'C?', 'D?', 'E?'].map(yesNo) });
  await setBudget({ calls: 2 });
  const id = await system.newConversation();
  await eventually(async () => expect(await waiting()).toBe(3));
  await eventually(async () => expect(await typesOfSettings()).toContain('InsightsPaused'));
  expect(analyst.asked).toHaveLength(2);
  const resumes = `select count(*)::int as count from graphile_worker._private_jobs
    where payload ->> 'workspaceId' = $1 and key like 'insights.resume:%'`;
  expect(await count(resumes)).toBe(1);
  await eventually(async () => {
    const pending = `select count(*)::int as count from insights.results where workspace_id = $1 and outcome = 'PENDING'`;
    expect(await count(pending)).toBe(3);
  });

  await setBudget({ calls: 100 });
  expect((await system.completed(id)).data.counts.answered).toBe(5);
  expect(analyst.asked).toHaveLength(5);
  expect(await waiting()).toBe(0);
  expect((await typesOfSettings()).at(-1)).toBe('InsightsResumed');
});

it('work that waits looks again when it is time, waits on while nothing has changed, and goes on a day after', async () => {
  await setBudget({ calls: 5 });
  const id = await system.newConversation();
  await eventually(async () => expect(await waiting()).toBe(5));
  const looks = `select count(*)::int as count from graphile_worker._private_jobs
    where payload ->> 'workspaceId' = $1 and key like 'insights.resume:%' and run_at > now()`;
  const asked = analyst.asked.length;
  // When the time has come, which is in the key of the job that looks, and the budget is still spent
  const timeHasCome = (): Promise<unknown> =>
    system.backends.database.worker.query(
      `update graphile_worker._private_jobs set run_at = now(), key = key || '/due-' || gen_random_uuid()
        where payload ->> 'workspaceId' = $1 and key like 'insights.resume:%' and locked_at is null`,
      [system.workspaceId],
    );
  await timeHasCome();
  await eventually(async () => expect(await count(looks)).toBe(1));
  expect([analyst.asked.length, (await typesOfSettings()).at(-1)]).toEqual([asked, 'InsightsPaused']);
  // When all of it was spent a day and an hour ago
  await system.backends.database.worker.query(
    `update insights.usage set hour = hour - interval '25 hours' where workspace_id = $1`,
    [system.workspaceId],
  );
  await timeHasCome();
  await eventually(async () => expect((await typesOfSettings()).at(-1)).toBe('InsightsResumed'));
  expect((await system.completed(id)).data.counts.answered).toBe(5);
  expect(await waiting()).toBe(0);
});

it('a budget of tokens counts both ways, and costs nothing where all is answered before', async () => {
  const spent = (): Promise<number> =>
    count('select sum(input_tokens + output_tokens)::int as count from insights.usage where workspace_id = $1');
  await eventually(async () => expect(await spent()).toBe(10 * 110));
  await setBudget({ tokens: 1 });
  const asked = analyst.asked.length;
  const id = await system.newConversation();
  await eventually(async () => expect(await waiting()).toBe(5));
  await system.append(streams.conversation(id), [fact('ConversationDeleted', { conversationId: id })]);
  await eventually(async () => expect(await waiting()).toBe(0));
  expect(analyst.asked).toHaveLength(asked);
});
