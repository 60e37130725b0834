import { everything } from '@harmony/contracts';
import {
  arbitraryRequest,
  csvFields,
  differences,
  oracleLines,
  oracleRows,
  present,
  resultThen,
  selectAll,
  type OracleLine,
  type OracleRequest,
  type World,
} from '@harmony/report-oracle';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { send, type Access } from '../support/api.js';
import { ask, expectedReport, get, orCode, plainReport, reportDifferences } from './ask.js';
import { insightsDocument, rowsDocument } from './documents.js';
import { parseCsv } from '@harmony/testing';
import { startSampleHarmony, type Reader, type SampleHarmony } from './sample-harmony.js';

let sample: SampleHarmony;
let world: World;
let readers: readonly Reader[];
/** Of both workspaces. */
let projectIds: readonly string[];

beforeAll(async () => {
  sample = await startSampleHarmony();
  world = await sample.world();
  readers = [...sample.home.readers, ...sample.other.readers];
  projectIds = [...sample.home.log.projectIds, ...sample.other.log.projectIds];
}, 300_000);
afterAll(() => sample?.stop(), 60_000);

const display = { as: 'GRAPHS', interval: null, timeZone: 'UTC', latest: 5 } as const;
const whole = (projectId: string): OracleRequest => ({
  ...{ projectId, filter: everything, display, moment: present, includeInactive: false },
});

/** Everybody, with every project. */
const pairs = (): { reader: Reader; projectId: string }[] =>
  readers.flatMap((reader) => projectIds.map((projectId) => ({ reader, projectId })));

describe('four readers of two workspaces, each of whom counts only what they may read', () => {
  it('see what there is for them, and not the same', () => {
    const counts = readers.map(({ sees }) => selectAll(world, sees, projectIds[0] ?? '', present).length);
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[0]).toBeLessThan(counts[1] ?? 0);
    expect(counts[1]).toBeLessThan(counts[2] ?? 0);
    expect(counts[3]).toBe(0);
  });

  it('get the report of each project in GraphQL and in REST', async () => {
    for (const { reader, projectId } of pairs()) {
      expect(await reportDifferences(world, reader, whole(projectId))).toEqual([]);
      const report = plainReport(await get(reader.access, `/v1/projects/${projectId}/report`));
      expect(differences(report, expectedReport(world, reader, whole(projectId)))).toEqual([]);
    }
  });

  it('get it with any filter and display, and as of any moment', async () => {
    const requests = fc.sample(arbitraryRequest(world, projectIds), { numRuns: 15, seed: 5 });
    for (const request of requests) {
      for (const reader of readers) expect(await reportDifferences(world, reader, request)).toEqual([]);
    }
  });

  it('get the rows behind each card, page by page, and those that they search for', async () => {
    for (const { reader, projectId } of pairs()) {
      const definitions = [...world.definitions.values()].filter((one) => one.projectId === projectId);
      for (const { id: definitionId } of definitions.slice(0, 5)) {
        await comparePages(reader, { projectId, definitionId });
      }
      const [first] = definitions;
      await comparePages(reader, { projectId, definitionId: first?.id ?? '', search: 'OFFER call' });
    }
  });

  it('get the conversations that they may read with the run that is in force in each project', async () => {
    const conversations = [...world.conversations.keys()].filter((_, index) => index % 6 === 0);
    expect(conversations.length).toBeGreaterThan(10);
    for (const reader of readers) {
      for (const id of conversations) {
        const expected = expectedInsights(reader, id);
        const asked = await ask(reader.access, insightsDocument, { id }, 'conversationInsights');
        expect(differences(shownInsights(asked), expected)).toEqual([]);
      }
    }
  });

  it('get exports in both formats, at once and as a file that is theirs alone', async () => {
    for (const { reader, projectId } of pairs()) {
      const question = { projectId, filter: everything, moment: present };
      const expected = orCode(() => oracleLines(world, reader.sees, question));
      const lines = await exported(reader.access, { projectId, format: 'JSONL' });
      const csv = await exported(reader.access, { projectId, format: 'CSV' });
      if (typeof expected === 'string') {
        expect([lines, csv]).toEqual([expected, expected].map((code) => ({ code })));
        continue;
      }
      const found = String(lines).split('\n').slice(0, -1).map(lineOf);
      expect(differences(byId(found), byId(expected.map(comparable)))).toEqual([]);
      compareCsv(String(csv), expected);
    }
  });

  it('open no export of each other', async () => {
    const [own, team, , stranger] = readers as [Reader, Reader, Reader, Reader];
    const body = { projectId: projectIds[0], format: 'CSV' };
    const { body: started } = await send(own.access, 'POST', '/v1/exports', body);
    const { id } = z.looseObject({ id: z.string() }).parse(started);
    for (const { access } of [team, stranger]) {
      expect(await get(access, `/v1/exports/${id}`)).toBe('UNKNOWN_EXPORT');
      expect(await get(access, `/v1/exports/${id}/content`)).toBe('UNKNOWN_EXPORT');
    }
  });

  it('get the same bytes for the same past, also after the present has changed', async () => {
    const asOf = '2026-05-20T12:00:00.000Z';
    const ask = async ({ access }: Reader): Promise<string> =>
      JSON.stringify((await send(access, 'GET', `/v1/projects/${projectIds[0]}/report?asOf=${asOf}`)).body);
    const [own, , all] = readers as [Reader, Reader, Reader];
    const before = [await ask(own), await ask(all)];
    expect(before[0]).not.toBe(before[1]);
    const { conversation } = selectAll(world, all.sees, projectIds[0] ?? '', present)[0] ?? {};
    const change = { title: 'Another title', tags: ['changed'], medium: 'CHAT' };
    const path = `/v1/conversations/${conversation?.id}`;
    const { status } = await send(sample.home.workspace.admin, 'PATCH', path, change);
    expect(status).toBe(200);
    expect([await ask(own), await ask(all)]).toEqual(before);
    world = await sample.world();
    expect(await reportDifferences(world, all, whole(projectIds[0] ?? ''))).toEqual([]);
  });

  it('pin projects for themselves, and list those that they see', async () => {
    const [own, team] = readers as [Reader, Reader];
    const pin = 'mutation ($id: ID!) { pinProject(id: $id) { id isPinned } }';
    expect(await ask(own.access, pin, { id: projectIds[0] }, 'pinProject')).toMatchObject({ isPinned: true });
    expect(await ask(own.access, pin, { id: projectIds[2] }, 'pinProject')).toBe('UNKNOWN_PROJECT');
    const list = '{ projects { edges { node { id isPinned } } } }';
    const listed = z.object({
      edges: z.array(z.object({ node: z.object({ id: z.string(), isPinned: z.boolean() }) })),
    });
    const of = async ({ access }: Reader) =>
      listed.parse(await ask(access, list, {}, 'projects')).edges.map(({ node }) => node);
    expect((await of(own))[0]).toEqual({ id: projectIds[0], isPinned: true });
    expect((await of(team)).filter(({ isPinned }) => isPinned)).toEqual([]);
    for (const reader of readers) {
      const visible = projectIds.filter((id) => typeof expectedReport(world, reader, whole(id)) !== 'string');
      expect((await of(reader)).map(({ id }) => id).sort()).toEqual([...visible].sort());
    }
  });
});

const pageSchema = z.object({
  totalCount: z.number(),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  edges: z.array(z.object({ node: z.looseObject({ conversation: z.looseObject({ id: z.string() }) }) })),
});

interface RowsWish {
  readonly projectId: string;
  readonly definitionId: string;
  readonly search?: string;
}

async function comparePages(reader: Reader, wish: RowsWish): Promise<void> {
  const question = { ...wish, filter: everything, moment: present };
  const expected = orCode(() => oracleRows(world, reader.sees, question));
  const nodes: unknown[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page = await ask(reader.access, rowsDocument, { ...wish, after, first: 30 }, 'definitionResults');
    if (typeof expected === 'string') return expect(page).toBe(expected);
    const { edges, totalCount, pageInfo } = pageSchema.parse(page);
    expect(totalCount).toBe(expected.length);
    nodes.push(...edges.map(({ node }) => node));
    ({ endCursor: after, hasNextPage: more } = pageInfo);
  }
  if (typeof expected === 'string') return;
  const wanted = expected.map(({ conversationId, runId, title, status, happenedAt, result }) => {
    const { answer: _, evidence, ...rest } = result;
    return {
      ...{ ...rest, runId, conversation: { id: conversationId, title, status, happenedAt } },
      evidence: (evidence as { quote: string; turn: number; start: number; end: number }[]).map(
        ({ quote, turn, start, end }) => ({ quote, turn, start, end }),
      ),
    };
  });
  expect(differences(nodes, wanted)).toEqual([]);
}

const insightsSchema = z.object({
  projects: z.array(
    z.looseObject({
      projectId: z.string(),
      run: z.object({ id: z.string() }),
      results: z.array(z.looseObject({ definitionId: z.string(), outcome: z.string() })),
      goals: z.array(z.object({ goalId: z.string(), outcome: z.string() })),
      scorecards: z.array(z.object({ scorecardId: z.string(), score: z.number().nullable() })),
    }),
  ),
});

/** By project and definition, without what only the view of a conversation shows. */
function shownInsights(insights: unknown): unknown {
  if (insights === null || typeof insights === 'string') return {};
  const { projects } = insightsSchema.parse(insights);
  return Object.fromEntries(
    projects.map(({ projectId, run, results }) => [
      projectId,
      {
        runId: run.id,
        results: Object.fromEntries(
          results.filter(({ outcome }) => outcome !== 'DROPPED').map((result) => [result.definitionId, result]),
        ),
      },
    ]),
  );
}

/** By project: the run in force, and what it found. */
function expectedInsights({ sees }: Reader, conversationId: string): unknown {
  const projects = projectIds.flatMap((projectId) => {
    if (typeof orCode(() => oracleLines(world, sees, { ...whole(projectId) })) === 'string') return [];
    const one = selectAll(world, sees, projectId, present).find(
      ({ conversation }) => conversation.id === conversationId,
    );
    if (!one) return [];
    const own = [...one.run.cells.values()].filter((cell) => cell.projectId === projectId);
    const results = own.flatMap(({ definitionId }) => {
      const result = resultThen(one, definitionId, Infinity);
      if (!result) return [];
      const { answer: _, evidence: _quotes, ...shown } = result;
      return [[definitionId, shown] as const];
    });
    return [[projectId, { runId: one.run.id, results: Object.fromEntries(results) }] as const];
  });
  return Object.fromEntries(projects);
}

/** The file itself, or the refusal. */
async function exported(access: Access, wish: { projectId: string; format: 'CSV' | 'JSONL' }): Promise<unknown> {
  const Accept = wish.format === 'CSV' ? 'text/csv' : 'application/x-ndjson';
  const { url, headers } = access;
  const response = await fetch(`${url}/v1/exports`, {
    ...{ method: 'POST', headers: { ...headers, Accept, 'Content-Type': 'application/json' } },
    body: JSON.stringify(wish),
  });
  if (response.status === 200) return response.text();
  return { code: z.looseObject({ code: z.string() }).parse(await response.json()).code };
}

const person = z.object({ id: z.string() }).nullable();
const lineSchema = z.object({
  conversation: z.looseObject({ id: z.string(), team: person, owner: person, contact: person, happenedAt: z.string() }),
  runId: z.string(),
  results: z.array(z.looseObject({ definitionId: z.string() })),
  goals: z.array(z.looseObject({ goalId: z.string(), outcome: z.string() })),
  scorecards: z.array(z.looseObject({ scorecardId: z.string(), score: z.number().nullable() })),
});

/** What the oracle says of a line too. */
function lineOf(text: string) {
  const { conversation, runId, results, goals, scorecards } = lineSchema.parse(JSON.parse(text));
  const { team, owner, contact, link: _, happenedAt, ...facts } = conversation;
  return {
    conversation: {
      ...{ ...facts, happenedAt: new Date(happenedAt).toISOString() },
      ...{ teamId: team?.id ?? null, ownerId: owner?.id ?? null, contactId: contact?.id ?? null },
    },
    runId,
    results: results.map(({ title: _title, type: _type, askedAt: _asked, settledAt: _settled, ...result }) => result),
    goals: goals.map(({ name: _name, ...goal }) => goal),
    scorecards: scorecards.map(({ name: _name, ...scorecard }) => scorecard),
  };
}

const comparable = (line: OracleLine): ReturnType<typeof lineOf> => JSON.parse(JSON.stringify(line)) as never;

const byId = (lines: readonly ReturnType<typeof lineOf>[]) =>
  Object.fromEntries(lines.map((line) => [line.conversation.id, line]));

function compareCsv(csv: string, expected: readonly OracleLine[]): void {
  const [header = [], ...records] = parseCsv(csv);
  const found = new Map(records.map((record) => [record[header.indexOf('Conversation id')], record]));
  expect(found.size).toBe(expected.length);
  for (const line of expected) {
    const record = found.get(line.conversation.id) ?? [];
    for (const [ending, value] of Object.entries(csvFields(line))) {
      const column = header.findIndex((name) => name?.endsWith(ending));
      expect({ ending, value: record[column] }).toEqual({ ending, value });
    }
    for (const cell of record) expect(cell ?? '').not.toMatch(/^[=+@\t\r\n]/);
  }
}
