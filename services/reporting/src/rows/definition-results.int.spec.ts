import type { Principal } from '@harmony/access';
import { reportFilter, type ReportFilterInput, type Scope } from '@harmony/contracts';
import type { OracleReader } from '@harmony/report-oracle';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { expectedRows } from '../testing/expected-rows.js';
import { RunningRows } from '../testing/running-rows.js';
import { resultSorts, sortDirections } from './row-order.js';

jest.setTimeout(120_000);

let running: RunningRows;
beforeAll(async () => {
  running = await RunningRows.start(120);
}, 120_000);
afterAll(() => running?.reporting.close());

const scopes: readonly Scope[] = ['own', 'team', 'all', 'all'];
const filters: readonly ReportFilterInput[] = [
  {},
  {},
  { statuses: ['COMPLETED'] },
  { media: ['CALL', 'CHAT'], tags: ['Renewal', 'demo'] },
  { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' },
];
const searches = [[], [], ['call'], ['NOBODY', 'e'], ['ö'], ['%'], ["'"]];

/** Somebody of the sample, for both sides. */
function readerOf(user: RunningRows['cast']['users'][number], conversations: Scope): [Principal, OracleReader] {
  const who = { userId: user.id, teamIds: user.teamIds };
  const permissions = [`conversations:read:${conversations}`, 'projects:read:all'];
  const { workspaceId } = running.reporting;
  return [running.reporting.reader({ ...who, permissions }), { ...who, workspaceId, conversations, projects: 'all' }];
}

it('rows are what the log says, page by page, in any order, for any reader, at any moment', async () => {
  const { world, cast, projectId, definitionIds } = running;
  const revisions = [...world.runs.values()].filter(({ projectIds }) => projectIds.includes(projectId));
  const moments = [
    ...[1, 30, 60, 89].map((day) => ({ asOf: new Date(Date.UTC(2025, 11, 1 + day)).toISOString(), revisionId: null })),
    ...new Set(revisions.flatMap(({ revisionId }) => (revisionId ? [{ asOf: null, revisionId }] : []))),
  ];
  const asking = fc.record({
    definitionId: fc.constantFrom(...definitionIds),
    sort: fc.constantFrom(...resultSorts),
    direction: fc.constantFrom(...sortDirections),
    filter: fc.constantFrom(...filters).map((filter) => reportFilter.parse(filter)),
    moment: fc.oneof(fc.constant({ asOf: null, revisionId: null }), fc.constantFrom(...moments)),
    words: fc.constantFrom(...searches),
  });
  const people = fc.record({ user: fc.constantFrom(...cast.users), scope: fc.constantFrom(...scopes) });
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(asking, people, fc.integer({ min: 1, max: 25 }), async (asked, { user, scope }, first) => {
      const [reader, oracle] = readerOf(user, scope);
      const expected = expectedRows(world, oracle, { projectId, ...asked });
      if (!expected) return;
      const question = running.question(asked);
      const rows = await running.walk(reader, question, first);
      compared += rows.length;
      expect(
        rows.map(({ conversation: { title, happenedAt }, conversationId, runId, outcome, rationale }) => {
          return { conversationId, runId, title, happenedAt: happenedAt.getTime(), outcome, rationale };
        }),
      ).toMatchObject(expected.map(({ answer: _answer, sortKey: _key, ...row }) => row));
      const { count } = await running.results.page(reader, question, { first });
      expect(await count()).toBe(expected.length);
    }),
    { numRuns: 60 },
  );
  expect(compared).toBeGreaterThan(100);
});

it('a page takes as many statements as the next one, however many rows it has', async () => {
  const [user] = running.cast.users;
  if (!user) throw new Error('There are people.');
  const [reader] = readerOf(user, 'all');
  const statementsOf = async (first: number): Promise<number> => {
    const before = running.statements.length;
    const { edges, count } = await running.results.page(reader, running.question(), { first });
    await count();
    const named = edges.flatMap(({ node: { conversation } }) => [
      conversation.names.of(conversation.ownerId),
      ...(conversation.teamId ? [conversation.names.of(conversation.teamId)] : []),
    ]);
    expect((await Promise.all(named)).every(({ name, id }) => name === `Name of ${id}`)).toBe(true);
    expect(edges.length).toBe(first);
    return running.statements.length - before;
  };
  const [few, many] = [await statementsOf(1), await statementsOf(20)];
  expect(many).toBe(few);
  expect(few).toBeLessThanOrEqual(7);
});
