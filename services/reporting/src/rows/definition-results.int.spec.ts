import type { Principal } from '@harmony/access';
import {
  noUsage,
  reportFilter,
  streams,
  type Answer,
  type Finding,
  type ReportFilterInput,
  type Scope,
} from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import type { OracleReader } from '@harmony/report-oracle';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { expectedRows } from '../testing/expected-rows.js';
import { RunningRows } from '../testing/running-rows.js';
import type { ResultQuestion } from './definition-results.js';
import { resultFilterOf, type ResultFilterArgument } from './result-filter.inputs.js';
import { resultSorts, sortDirections } from './row-order.js';
import { searchWords } from './search.js';

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
const searches = ['', '', 'call', 'NOBODY e', 'Ö', '%', "'"];

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
    words: fc.constantFrom(...searches).map((search) => searchWords.parse(search)),
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

/** Everybody's, with whatever permissions. */
const everything = (more: Parameters<typeof running.reporting.reader>[0] = {}): Principal =>
  running.reporting.reader(more);

const definitionOf = (type: string): string =>
  [...running.world.definitions.values()].find((one) => one.projectId === running.projectId && one.type === type)?.id ??
  '';

it.each<[string, ResultFilterArgument, (answer: Answer) => boolean]>([
  ['YES_NO', { choices: ['YES'] }, (answer) => answer.type === 'YES_NO' && answer.answer === 'YES'],
  [
    'GROUP',
    { choices: ['price', 'service'] },
    (answer) => answer.type === 'GROUP' && /price|service/.test(answer.bucket),
  ],
  ['SCALE', { minimum: 2, maximum: 3 }, (answer) => answer.type === 'SCALE' && answer.value >= 2 && answer.value <= 3],
  [
    'DISCOUNT',
    { isDiscussed: true, maximum: 10 },
    (answer) => answer.type === 'DISCOUNT' && answer.discussed && answer.rate !== null && answer.rate <= 10,
  ],
  [
    'CHECKLIST',
    { item: { key: 'decider', outcome: 'NOT_MET' } },
    (answer) =>
      answer.type === 'CHECKLIST' &&
      answer.items.some(({ key, outcome }) => key === 'decider' && outcome === 'NOT_MET'),
  ],
  [
    'COMPETITORS',
    { competitor: { name: ' aCmE ' } },
    (answer) =>
      answer.type === 'COMPETITORS' && answer.mentions.some(({ name }) => name.trim().toLowerCase() === 'acme'),
  ],
  [
    'COMPETITORS',
    { competitor: { name: 'acme', stance: 'DISMISSED' } },
    (answer) =>
      answer.type === 'COMPETITORS' &&
      answer.mentions.some(({ name, stance }) => name.trim().toLowerCase() === 'acme' && stance === 'DISMISSED'),
  ],
  [
    'SPIN_IMPROVEMENT',
    { quadrant: 'PROBLEM' },
    (answer) => answer.type === 'SPIN_IMPROVEMENT' && answer.weakest.includes('PROBLEM'),
  ],
  [
    'SPIN_DISTRIBUTION',
    { quadrant: 'PROBLEM' },
    (answer) => answer.type === 'SPIN_DISTRIBUTION' && answer.counts.PROBLEM > 0,
  ],
  ['SUMMARY', { choices: ['YES'] }, () => false],
])('rows behind one figure of %s are those that it counts: %j', async (type, results, counts) => {
  const { world, projectId, reporting } = running;
  const { reader, definitionId } = { reader: everything(), definitionId: definitionOf(type) };
  const all = { ...reader, workspaceId: reporting.workspaceId, conversations: 'all', projects: 'all' } as const;
  const asked = running.question({ definitionId, results: resultFilterOf(results) });
  const expected = expectedRows(world, all, { ...asked, projectId })?.filter(({ answer }) => answer && counts(answer));
  const rows = await running.walk(reader, asked, 50);
  expect(rows.map(({ conversationId }) => conversationId)).toEqual(
    expected?.map(({ conversationId }) => conversationId),
  );
  if (type !== 'SUMMARY') expect(rows).not.toEqual([]);
});

it('outcomes are shown apart, and what was dropped is shown nowhere', async () => {
  const outcomes = new Set<string>();
  for (const definitionId of running.definitionIds) {
    for (const outcome of ['ANSWERED', 'NOT_DISCUSSED', 'FAILED', 'PENDING', 'DROPPED'] as const) {
      const asked = running.question({ definitionId, results: resultFilterOf({ outcomes: [outcome] }) });
      for (const row of await running.walk(everything(), asked, 100)) {
        expect(row.outcome).toBe(outcome);
        expect(row.answer !== null).toBe(outcome === 'ANSWERED');
        expect(row.failureCode !== null).toBe(outcome === 'FAILED');
        expect(row.settledAt === null).toBe(outcome === 'PENDING');
        outcomes.add(outcome);
      }
    }
  }
  expect([...outcomes].sort()).toEqual(['ANSWERED', 'FAILED', 'NOT_DISCUSSED', 'PENDING']);
});

it('a cursor of another question, order, filter, moment or workspace is refused', async () => {
  const { results, projectIds, definitionIds } = running;
  const asked = running.question();
  const {
    pageInfo: { endCursor: after },
  } = await results.page(everything(), asked, { first: 2 });
  expect(await results.page(everything(), asked, { first: 2, after })).toMatchObject({
    pageInfo: { hasPreviousPage: true },
  });
  const others: Partial<ResultQuestion>[] = [
    { definitionId: definitionIds[1] ?? '' },
    { filter: reportFilter.parse({ media: ['CALL'] }) },
    { results: resultFilterOf({ outcomes: ['ANSWERED'] }) },
    { words: ['a'] },
    { sort: 'TITLE' },
    { direction: 'ASCENDING' },
    { moment: { asOf: '2026-02-28T00:00:00.000Z', revisionId: null } },
  ];
  for (const other of others) {
    const page = results.page(everything(), { ...asked, ...other }, { first: 2, after });
    await expect(page).rejects.toMatchObject({ code: 'INVALID_INPUT', errors: [{ pointer: '/after' }] });
  }
  const elsewhere = running.question({ projectId: projectIds[1] ?? '' });
  await expect(results.page(everything(), elsewhere, { first: 2, after })).rejects.toMatchObject({
    code: 'UNKNOWN_DEFINITION',
  });
  const stranger = everything({ workspaceId: newId() });
  await expect(results.page(stranger, asked, { first: 2, after })).rejects.toMatchObject({ code: 'UNKNOWN_PROJECT' });
});

it.each([
  ['UNKNOWN_PROJECT', { projectId: newId() }, {}],
  ['UNKNOWN_PROJECT', { projectId: "'; drop table reporting.cells; --" }, {}],
  ['UNKNOWN_DEFINITION', { definitionId: newId() }, {}],
  ['UNKNOWN_DEFINITION', { definitionId: 'nonsense' }, {}],
  ['UNKNOWN_REVISION', { moment: { asOf: null, revisionId: newId() } }, {}],
  ['INVALID_INPUT', { moment: { asOf: '2999-01-01T00:00:00.000Z', revisionId: null } }, {}],
  ['INVALID_INPUT', {}, { first: 0 }],
  ['INVALID_INPUT', {}, { first: 101 }],
  ['INVALID_INPUT', {}, { after: 'nonsense' }],
])('%s for %j on the page %j', async (code, more, page) => {
  const asked = running.question(more);
  await expect(running.results.page(everything(), asked, { first: 5, ...page })).rejects.toMatchObject({ code });
});

it('whoever may read no conversations, or no projects, gets no rows', async () => {
  for (const permissions of [['projects:read:all'], ['conversations:read:all']]) {
    const page = running.results.page(everything({ permissions }), running.question(), { first: 5 });
    await expect(page).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
});

it('an answer that is used again names the transcript that its quotes are from', async () => {
  const { world, projectId, reporting } = running;
  const [{ id: conversationId } = { id: '' }] = world.conversations.values();
  const [definitionId = '', otherId = ''] = running.definitionIds;
  const cells = [definitionId, otherId].map((id) => ({ projectId, definitionId: id, definitionVersion: 1 }));
  const [first, second] = [newId(), newId()];
  const eligibility = [{ projectId, eligible: true, isTeamAssigned: true, criteria: [] }];
  const begun = (runId: string, transcriptVersion: number) =>
    fact('InsightsRunStarted', {
      ...{ conversationId, runId, kind: 'REVISION', revisionId: newId(), transcriptVersion, extractionVersion: 1 },
      ...{ eligibility, cells },
    });
  const finding: Finding = {
    ...{ outcome: 'ANSWERED', answer: { type: 'YES_NO', answer: 'YES' }, rationale: 'Said so.' },
    ...{ confidence: 1, evidence: [], searched: [] },
  };
  const origin = { engine: 'local', model: 'rules', parameters: {}, templateVersion: '1' };
  const result = (runId: string, cell: (typeof cells)[number]) => ({
    ...{ conversationId, runId, ...cell, resultId: newId(), identity: 'a'.repeat(64), finding, origin },
  });
  const recorded = (runId: string, cell: (typeof cells)[number]) =>
    fact('InsightRecorded', { ...result(runId, cell), usage: noUsage, durationMs: 1 });
  await reporting.append(streams.insights(conversationId), [
    begun(first, 1),
    ...cells.slice(0, 1).map((cell) => recorded(first, cell)),
    begun(second, 2),
    ...cells.slice(0, 1).map((cell) => fact('InsightCarriedOver', { ...result(second, cell), fromRunId: first })),
    ...cells.slice(1).map((cell) => recorded(second, cell)),
  ]);
  await reporting.settled();
  const keys = cells.map((cell) => ({ conversationId, runId: second, definitionId: cell.definitionId }));
  const shown = await running.rows.byKeys(reporting.reader(), keys);
  expect(shown.map(({ transcriptVersion }) => transcriptVersion)).toEqual([1, 2]);
});
