import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { send, type Access, type Answer } from '../support/api.js';
import { createProject, type SampleProject } from '../support/projects.js';
import { completed, startHarmony, succeed, type RunningHarmony, type Workspace } from '../support/running-harmony.js';
import { ask } from './ask.js';
import { reportDocument, rowsDocument } from './documents.js';
import { parseCsv } from '@harmony/testing';

let harmony: RunningHarmony;
let home: Workspace;
let other: Workspace;
let project: SampleProject;
let otherProject: SampleProject;

/** Titles that a spreadsheet, a parser or a database would stumble over. */
const titles = [
  '=HYPERLINK("https://example.org","open")',
  '+1 call back',
  '@home, "later"',
  '-2',
  "'; drop table reporting.cells; --",
];

const definitions = [
  { title: '=Next step?', question: { yesNo: { question: 'Did they agree on a next step?' } } },
  { title: 'Summary', question: { fixed: 'SUMMARY' } },
];

beforeAll(async () => {
  harmony = await startHarmony();
  [home, other] = [await harmony.workspace('Home'), await harmony.workspace('Other')];
  project = await createProject(home.admin, definitions);
  otherProject = await createProject(other.admin, definitions);
  for (const title of titles) await submit(home, project, title);
  await submit(other, otherProject, 'Theirs');
}, 240_000);
afterAll(() => harmony?.stop(), 60_000);

async function submit({ admin }: Workspace, { teamId }: SampleProject, title: string): Promise<void> {
  const text = 'Ann: Shall we meet on Tuesday for the offer?\nBob: Yes, Tuesday at ten is fine.';
  const { body } = await send(admin, 'POST', '/v1/conversations', { title, teamId, text, tags: ['a,b'] });
  const { id } = z.looseObject({ id: z.string() }).parse(body);
  await completed(admin, id);
}

const report = (variables: object): Promise<unknown> =>
  ask(home.admin, reportDocument, { projectId: project.id, ...variables }, 'projectReport');
const rows = (variables: object, { admin } = home, of = project): Promise<unknown> =>
  ask(
    admin,
    rowsDocument,
    { projectId: of.id, definitionId: of.definitionIds[0], first: 2, ...variables },
    'definitionResults',
  );
const restReport = (query: string): Promise<Answer> =>
  send(home.admin, 'GET', `/v1/projects/${project.id}/report?${query}`);
const startExport = (body: object, access: Access = home.admin): Promise<Answer> =>
  send(access, 'POST', '/v1/exports', { projectId: project.id, ...body });

const codeOf = ({ body }: Answer): unknown => z.looseObject({ code: z.string().optional() }).parse(body).code;

const day = (text: string): string => `${text}T00:00:00.000Z`;
const nul = 'a\u0000b';
const half = 'a\ud800b';

describe('what a report refuses', () => {
  it.each<[string, object, string]>([
    [
      'a range that ends before it starts',
      { filter: { from: day('2026-02-01'), to: day('2026-01-01') } },
      'INVALID_INPUT',
    ],
    ['a range of nothing', { filter: { from: day('2026-02-01'), to: day('2026-02-01') } }, 'INVALID_INPUT'],
    [
      'ten years by day',
      { filter: { from: day('2016-01-01'), to: day('2026-01-01') }, display: { interval: 'DAY' } },
      'INVALID_INPUT',
    ],
    [
      '10,000 tags',
      { filter: { tags: Array.from({ length: 10_000 }, (_, index) => `tag ${index}`) } },
      'INVALID_INPUT',
    ],
    ['ids that are none', { filter: { teamIds: ["' or 1=1 --"] } }, 'INVALID_INPUT'],
    [
      'a field that is compared with nothing',
      { filter: { customFields: [{ key: 'x', operator: 'EQUALS' }] } },
      'INVALID_INPUT',
    ],
    ['more of the latest than there may be', { display: { latest: 21 } }, 'INVALID_INPUT'],
    ['a time zone of nowhere', { display: { timeZone: 'Moon/Crater' } }, 'INVALID_INPUT'],
    ['a time to come', { asOf: day('2100-01-01') }, 'INVALID_INPUT'],
    ['a time and a revision', { asOf: day('2026-01-01'), revisionId: randomUUID() }, 'INVALID_INPUT'],
    ['an unknown revision', { revisionId: randomUUID() }, 'UNKNOWN_REVISION'],
    ['a revision that is no id', { revisionId: "' or 1=1" }, 'UNKNOWN_REVISION'],
    ['an unknown project', { projectId: randomUUID() }, 'UNKNOWN_PROJECT'],
    ['a project that is no id', { projectId: "x' --" }, 'UNKNOWN_PROJECT'],
  ])('%s', async (_what, variables, code) => {
    expect(await report(variables)).toBe(code);
  });

  it.each<[string, string, string]>([
    ['a range that ends before it starts', 'from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', 'INVALID_INPUT'],
    ['a date that is none', 'from=yesterday', 'INVALID_INPUT'],
    ['ten years by day', 'from=2016-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&interval=DAY', 'INVALID_INPUT'],
    ['a parameter that nobody knows', 'sort=1;drop', 'INVALID_INPUT'],
    ['a field without an operator', 'customField=seats', 'INVALID_INPUT'],
    ['a field with an operator of nobody', 'customField=seats:LIKE:%25', 'INVALID_INPUT'],
    ['201 tags', Array.from({ length: 201 }, (_, index) => `tag=${index}`).join('&'), 'INVALID_INPUT'],
    ['an unknown revision', `revisionId=${randomUUID()}`, 'UNKNOWN_REVISION'],
  ])('%s, in REST', async (_what, query, code) => {
    const answer = await restReport(query);
    expect([codeOf(answer), answer.status]).toEqual([code, code === 'INVALID_INPUT' ? 400 : 404]);
  });
});

describe('what a report takes, though it is about nothing', () => {
  it.each<[string, object]>([
    ['a range to come', { from: day('2090-01-01'), to: day('2090-02-01') }],
    ['a team that nobody knows', { teamIds: [randomUUID()] }],
    ['a tag like a statement', { tags: ["'); drop table reporting.cells; --"] }],
  ])('%s', async (_what, filter) => {
    const found = z
      .looseObject({ conversations: z.number(), cards: z.array(z.looseObject({ value: z.null() })) })
      .parse(await report({ filter }));
    expect(found.conversations).toBe(0);
  });

  it('ten years, by month', async () => {
    const filter = { from: day('2016-06-01'), to: day('2036-06-01') };
    expect(await report({ filter })).toMatchObject({ conversations: titles.length, interval: 'MONTH' });
  });

  it.each<[string, object]>([
    ['NUL', { tags: [nul] }],
    ['half a character', { tags: [half] }],
    ['NUL in a field', { customFields: [{ key: nul, value: { text: nul } }] }],
  ])('%s, which no conversation can have, is refused and harms nothing', async (_what, filter) => {
    expect([await report({ filter }), await rows({ filter })]).toEqual(['INVALID_INPUT', 'INVALID_INPUT']);
    expect(codeOf(await startExport({ filter: { ...filter, customFields: [] } }))).toBe(
      'tags' in filter ? 'INVALID_INPUT' : undefined,
    );
  });
});

const pageSchema = z.object({ totalCount: z.number(), pageInfo: z.looseObject({ endCursor: z.string().nullable() }) });

describe('rows', () => {
  it.each([
    "'; drop table reporting.cells; --",
    '%',
    '_',
    String.raw`\\ \' \" (?=x`,
    '${1} $1 :a',
    '\u202e',
    'x'.repeat(200),
  ])('are searched for %j as it stands there', async (search) => {
    const { totalCount } = pageSchema.parse(await rows({ search }));
    expect(totalCount).toBe(search.startsWith("'; drop") ? 1 : 0);
  });

  it.each<[string, object, string]>([
    ['a search without end', { search: 'x'.repeat(201) }, 'INVALID_INPUT'],
    ['a search with NUL', { search: nul }, 'INVALID_INPUT'],
    ['a sort that is a statement', { sort: 'DATE; drop table x' }, 'QUERY_INVALID'],
    ['a page of nothing', { first: 0 }, 'INVALID_INPUT'],
    ['a page without end', { first: 1_000_000 }, 'QUERY_TOO_COSTLY'],
    ['a cursor that is none', { after: 'nonsense' }, 'INVALID_INPUT'],
    ['an unknown definition', { definitionId: randomUUID() }, 'UNKNOWN_DEFINITION'],
    ['a time to come', { asOf: day('2100-01-01') }, 'INVALID_INPUT'],
  ])('refuse %s', async (_what, variables, code) => {
    // A value that its type does not have is refused by GraphQL itself, in words.
    const refused = await rows(variables);
    expect(code === 'QUERY_INVALID' ? typeof refused : refused).toBe(code === 'QUERY_INVALID' ? 'string' : code);
  });

  it('refuse a cursor of another question, of another definition and of another workspace', async () => {
    const { endCursor: after } = pageSchema.parse(await rows({})).pageInfo;
    expect(pageSchema.parse(await rows({ after })).totalCount).toBe(titles.length);
    expect(await rows({ after, search: 'call' })).toBe('INVALID_INPUT');
    expect(await rows({ after, sort: 'TITLE' })).toBe('INVALID_INPUT');
    expect(await rows({ after, definitionId: project.definitionIds[1] })).toBe('INVALID_INPUT');
    expect(await rows({ after }, other, otherProject)).toBe('INVALID_INPUT');
    expect(await rows({}, other, project)).toBe('UNKNOWN_PROJECT');
  });
});

const exportSchema = z.looseObject({ id: z.string(), status: z.string(), download: z.object({ url: z.string() }) });

/** The file behind the link that came with the answer. */
async function fileOf(answer: Answer): Promise<string> {
  const { download } = exportSchema.parse(answer.body);
  return (await fetch(new URL(download.url, harmony.url))).text();
}

describe('exports', () => {
  it.each<[string, object, string]>([
    ['of an unknown project', { projectId: randomUUID() }, 'UNKNOWN_PROJECT'],
    ['of a definition that is not named', { kind: 'DEFINITION' }, 'INVALID_INPUT'],
    ['of an unknown definition', { kind: 'DEFINITION', definitionId: randomUUID() }, 'UNKNOWN_DEFINITION'],
    ['in a format of nobody', { format: 'XLSX' }, 'INVALID_INPUT'],
    ['of 10,000 tags', { filter: { tags: Array.from({ length: 10_000 }, () => 'x') } }, 'INVALID_INPUT'],
    ['of a reversed range', { filter: { from: day('2026-02-01'), to: day('2026-01-01') } }, 'INVALID_INPUT'],
    ['of a time to come', { asOf: day('2100-01-01') }, 'INVALID_INPUT'],
    ['of an unknown revision', { revisionId: randomUUID() }, 'UNKNOWN_REVISION'],
  ])('are refused %s', async (_what, body, code) => {
    expect(codeOf(await startExport(body))).toBe(code);
  });

  it('are refused where nothing is defined, with the reason', async () => {
    const { id } = await createProject(home.admin, [], 'Nobody');
    const answer = await startExport({ projectId: id });
    expect(answer.body).toMatchObject({ code: 'NO_INSIGHTS_DEFINED', detail: 'No insights defined for this project.' });
    const asked = await ask(home.admin, '{ __typename }', {}, '__typename');
    expect(asked).toBe('Query');
  });

  it('open by their own link only', async () => {
    const { download, id } = exportSchema.parse((await startExport({})).body);
    const link = new URL(download.url, harmony.url);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const last of alphabet.replace(link.href.slice(-1), '')) {
      expect((await fetch(`${link.href.slice(0, -1)}${last}`)).status).toBe(403);
    }
    expect((await fetch(new URL(`/v1/exports/${id}/content`, harmony.url))).status).toBeGreaterThanOrEqual(401);
    expect((await fetch(link)).status).toBe(200);
    expect(codeOf(await send(home.admin, 'GET', '/v1/exports/nonsense'))).toBe('UNKNOWN_EXPORT');
  });

  it('hold no formula, whatever people call things', async () => {
    const records = parseCsv(await fileOf(await startExport({})));
    const at = records[0]?.indexOf('Title') ?? -1;
    const found = records.slice(1).map((record) => record[at]);
    expect(found.sort()).toEqual(titles.map((title) => (/^[=+@-]/.test(title) ? `'${title}` : title)).sort());
    for (const cell of records.flat()) expect(cell ?? '').not.toMatch(/^[=+@\t\r\n-]/);
  });

  it('stay what they were when a definition is renamed, switched off and removed after their start', async () => {
    const definitionId = project.definitionIds[0];
    const started = await startExport({});
    const asOf = new Date().toISOString();
    const before = await fileOf(started);
    expect(before.split('\r\n')[0]).toContain("'=Next step?");
    const named = { p: project.id, d: definitionId };
    const rename =
      'mutation ($p: ID!, $d: ID!) { changeDefinition(projectId: $p, definitionId: $d, input: { title: "Other" }) { change } }';
    await succeed(home.admin, rename, named);
    expect(await fileOf(started)).toBe(before);
    const off =
      'mutation ($p: ID!, $d: ID!) { setDefinitionActive(projectId: $p, definitionId: $d, isActive: false) { id } }';
    await succeed(home.admin, off, named);
    expect(await fileOf(started)).toBe(before);
    await succeed(
      home.admin,
      'mutation ($p: ID!, $d: ID!) { removeDefinition(projectId: $p, definitionId: $d) }',
      named,
    );
    expect(await fileOf(started)).toBe(before);
    const now = parseCsv(await fileOf(await startExport({})));
    expect(now[0]?.some((name) => name?.includes('Next step?'))).toBe(false);
    expect(await fileOf(await startExport({ asOf }))).toBe(before);
    expect(await rows({})).toMatchObject({ totalCount: titles.length });
  });
});
