import type { Principal } from '@harmony/access';
import { streams } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { parseCsv } from '@harmony/testing';
import { RunningExports, type SampleWorkspace } from './testing/running-exports.js';

jest.setTimeout(120_000);

const exported = z.looseObject({
  id: z.uuid(),
  status: z.string(),
  rowCount: z.number().nullable(),
  bytes: z.number().nullable(),
  fileName: z.string(),
  download: z.object({ url: z.string(), expiresAt: z.string() }).nullable(),
});

const line = z.object({
  conversation: z.looseObject({ id: z.uuid(), title: z.string(), owner: z.looseObject({ name: z.string() }) }),
  results: z.array(z.looseObject({ definitionId: z.uuid(), outcome: z.string(), failureCode: z.string().nullable() })),
  goals: z.array(z.looseObject({ goalId: z.uuid(), outcome: z.string() })),
  scorecards: z.array(z.looseObject({ scorecardId: z.uuid(), score: z.number().nullable() })),
});

let running: RunningExports;
let workspace: SampleWorkspace;
let admin: Principal;

beforeAll(async () => {
  running = await RunningExports.start();
  workspace = await running.newWorkspace(60);
  [admin] = workspace.people as [Principal];
});
afterAll(() => running.close());

const post = (body: object, by = admin, headers: Record<string, string> = {}): Promise<Response> =>
  running.fetch('/v1/exports', by, {
    method: 'POST',
    headers,
    body: JSON.stringify({ projectId: workspace.projectId, ...body }),
  });

async function start(body: object, by = admin): Promise<z.output<typeof exported>> {
  const response = await post(body, by);
  const answer: unknown = await response.json();
  expect({ status: response.status, answer }).toMatchObject({ status: 201 });
  return exported.parse(answer);
}

/** The file behind the link, fetched by nobody in particular. */
async function contentOf(body: object, by = admin): Promise<string> {
  const { download } = await start(body, by);
  const response = await running.fetch(download?.url ?? '', undefined);
  return Buffer.from(await response.arrayBuffer()).toString();
}

const linesOf = async (body: object, by = admin): Promise<z.output<typeof line>[]> =>
  (await contentOf({ ...body, format: 'JSONL' }, by))
    .split('\n')
    .slice(0, -1)
    .map((text) => line.parse(JSON.parse(text)));

/** Rows by the names of their columns. */
const table = (csv: string): Record<string, string | null>[] => {
  const [header = [], ...rows] = parseCsv(csv);
  return rows.map((row) => Object.fromEntries(row.map((value, index) => [header[index] ?? '', value])));
};

const column = (row: Record<string, unknown>, ending: string): unknown =>
  row[Object.keys(row).find((name) => name.endsWith(ending)) ?? ''];

describe('an export of a report', () => {
  it('is there with the answer, and says what it holds', async () => {
    const { id, status, rowCount, bytes, fileName, download } = await start({});
    expect({ status, fileName }).toMatchObject({ status: 'COMPLETED', fileName: expect.stringMatching(/\.csv$/) });
    const response = await running.fetch(download?.url ?? '', undefined);
    const content = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('Content-Disposition')).toContain('attachment; filename="');
    expect(content.length).toBe(bytes);
    const rows = parseCsv(content.toString());
    expect(rows.length).toBe((rowCount ?? 0) + 1);
    expect(new Set(rows[0]).size).toBe(rows[0]?.length);
    expect(await (await running.fetch(`/v1/exports/${id}/content`, admin)).text()).toBe(content.toString());
  });

  it('holds in CSV what it holds as JSON, newest first', async () => {
    const [rows, lines] = [table(await contentOf({})), await linesOf({})];
    expect(rows.map((row) => row['Conversation id'])).toEqual(lines.map(({ conversation }) => conversation.id));
    const dates = rows.map((row) => row['Date (UTC)']);
    expect(dates).toEqual([...dates].sort().reverse());
    expect(new Set(lines.flatMap(({ results }) => results.map(({ outcome }) => outcome)))).toEqual(
      new Set(['ANSWERED', 'NOT_DISCUSSED', 'FAILED', 'PENDING']),
    );
    for (const [index, { conversation, results, goals, scorecards }] of lines.entries()) {
      const row = rows[index] ?? {};
      expect(row['Owner']).toBe(conversation.owner.name);
      for (const { definitionId, outcome, failureCode } of results)
        expect(column(row, ` [d:${definitionId.slice(0, 8)}:outcome]`)).toBe(
          failureCode === null ? outcome : `FAILED: ${failureCode}`,
        );
      const asked = Object.keys(row).filter((name) => name.endsWith(':outcome]') && row[name] !== null);
      expect(asked.length).toBe(results.length);
      for (const { goalId, outcome } of goals) expect(column(row, ` [g:${goalId.slice(0, 8)}]`)).toBe(outcome);
      for (const { scorecardId, score } of scorecards) {
        const shown = column(row, ` [s:${scorecardId.slice(0, 8)}]`);
        expect(shown === null ? null : Number(shown)).toBe(score);
      }
    }
  });

  it('is the answer itself for whoever accepts it, and the same file', async () => {
    const asOf = new Date().toISOString();
    for (const [type, format] of [
      ['text/csv', 'CSV'],
      ['application/x-ndjson', 'JSONL'],
    ] as const) {
      const response = await post({ asOf }, admin, { Accept: type });
      expect({ status: response.status, type: response.headers.get('Content-Type') }).toMatchObject({
        ...{ status: 200, type: expect.stringMatching(type) },
      });
      expect(await response.text()).toBe(await contentOf({ asOf, format }));
    }
  });

  it('begins with U+FEFF when it is asked to', async () => {
    const { download } = await start({ byteOrderMark: true });
    const bytes = Buffer.from(await (await running.fetch(download?.url ?? '', undefined)).arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });

  it('reflects the filter, also where nothing passes it', async () => {
    const [first] = await linesOf({});
    const title = first?.conversation.title ?? '';
    expect(title).not.toBe('');
    const { people } = workspace;
    const byOwner = await linesOf({ filter: { ownerIds: [people[1]?.id] } });
    expect(byOwner.every(({ conversation }) => conversation.owner['id'] === people[1]?.id)).toBe(true);
    expect(parseCsv(await contentOf({ filter: { teamIds: [newId()] } })).length).toBe(1);
  });

  it('of one definition has a row a result, with its rationale and quote', async () => {
    const [some] = (await linesOf({})).flatMap(({ results }) => results);
    const definitionId = some?.definitionId ?? '';
    const rows = table(await contentOf({ kind: 'DEFINITION', definitionId }));
    const all = (await linesOf({})).flatMap(({ results }) =>
      results.filter((one) => one.definitionId === definitionId),
    );
    expect(rows.length).toBe(all.length);
    expect(rows.map((row) => row['Rationale'] !== null)).toEqual(all.map(({ rationale }) => rationale !== null));
    expect(rows.some((row) => row['Quote'] !== null && Number(row['Turn (from 0)']) >= 0)).toBe(true);
    expect(parseCsv(await contentOf({ kind: 'DEFINITION', definitionId, search: 'no such words %' })).length).toBe(1);
  });
});

describe('who may have an export', () => {
  it('is whoever asked for it, and nobody else, whatever they may see', async () => {
    const [, user] = workspace.people as [Principal, Principal];
    const { id } = await start({}, user);
    for (const path of [`/v1/exports/${id}`, `/v1/exports/${id}/content`]) {
      expect((await running.fetch(path, admin)).status).toBe(404);
      expect((await running.fetch(path, user)).status).toBe(200);
    }
    expect((await running.fetch(`/v1/exports/${id}/content`, undefined)).status).toBe(401);
    const listed = z.object({ edges: z.array(z.object({ node: exported })) });
    const mine = listed.parse(await (await running.fetch('/v1/exports?first=100', admin)).json());
    expect(mine.edges.map(({ node }) => node.id)).not.toContain(id);
  });

  it('gets what they may read at the time when it is written', async () => {
    const everything = await linesOf({});
    for (const person of workspace.people.slice(1, 6)) {
      const response = await post({ format: 'JSONL' }, person, { Accept: 'application/x-ndjson' });
      if (response.status === 404) continue;
      const ids = (await response.text())
        .split('\n')
        .slice(0, -1)
        .map((text) => line.parse(JSON.parse(text)).conversation.id);
      const scope = [...person.permissions].some((permission) => permission === 'conversations:read:all');
      const own = everything.filter(({ conversation }) => scope || conversation.owner['id'] === person.id);
      for (const { conversation } of own) expect(ids).toContain(conversation.id);
      if (!scope) expect(ids.length).toBeLessThan(everything.length);
    }
  });

  it('may pass on a link, which opens one file for an hour', async () => {
    const [one, other] = [await start({}), await start({})];
    const url = one.download?.url ?? '';
    expect((await running.fetch(url, undefined)).status).toBe(200);
    const forged = [url.replace(one.id, other.id), url.replace(/expires=\d+/, 'expires=99999999999'), `${url}x`];
    for (const address of forged) expect((await running.fetch(address, undefined)).status).toBe(403);
  });
});

describe('an export of a moment', () => {
  it('is the same, byte by byte, whatever happens afterwards', async () => {
    const asOf = new Date().toISOString();
    const [first] = await linesOf({});
    const definitionId = first?.results[0]?.definitionId ?? '';
    const bodies = [{ asOf }, { asOf, format: 'JSONL' }, { asOf, kind: 'DEFINITION', definitionId }];
    const before = await Promise.all(bodies.map((body) => contentOf(body)));
    const { workspaceId, projectId, log } = workspace;
    const [team] = log.cast.teams;
    const presentation = { title: '=Renamed', successAnswer: 'YES' as const, desiredOutcome: '' };
    await running.append(workspaceId, streams.project(projectId), [
      fact('DefinitionPresented', { projectId, definitionId, presentation }),
      fact('DefinitionDeactivated', { projectId, definitionId }),
      fact('DefinitionRemoved', { projectId, definitionId }),
    ]);
    await running.append(workspaceId, streams.workspace(workspaceId), [
      fact('TeamRenamed', { teamId: team?.id ?? '', name: 'Renamed' }),
      fact('CustomFieldDefined', {
        ...{ customFieldId: newId(), target: 'CONVERSATION', key: 'later', label: 'Later', type: 'TEXT' },
        ...{ options: [], required: false },
      }),
    ]);
    const conversationId = first?.conversation.id ?? '';
    await running.append(workspaceId, streams.conversation(conversationId), [
      fact('ConversationChanged', { conversationId, title: '@Retitled', tags: ['later'] }),
    ]);
    expect(await Promise.all(bodies.map((body) => contentOf(body)))).toEqual(before);
    expect(await contentOf({})).not.toBe(before[0]);
    expect(await contentOf({})).toContain("'@Retitled");
  });

  it('is that of its request, whenever it is written', async () => {
    const requestedAt = new Date().toISOString();
    const before = await contentOf({ asOf: requestedAt });
    const { workspaceId, projectId } = workspace;
    const [first] = await linesOf({});
    const definitionId = first?.results[0]?.definitionId ?? '';
    const presentation = { title: 'Renamed again', successAnswer: 'YES' as const, desiredOutcome: '' };
    await running.append(workspaceId, streams.project(projectId), [
      fact('DefinitionPresented', { projectId, definitionId, presentation }),
      fact('DefinitionRemoved', { projectId, definitionId }),
    ]);
    const id = await running.requestAt(admin, { projectId }, requestedAt);
    await running.has('COMPLETED', id, admin);
    expect(await (await running.fetch(`/v1/exports/${id}/content`, admin)).text()).toBe(before);
  });
});
