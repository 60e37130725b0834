import type { Principal } from '@harmony/access';
import { HarmonyError, streams, type EventType } from '@harmony/contracts';
import { formatPosition, type RecordedEvent } from '@harmony/event-store';
import { lastPosition } from '@harmony/event-store/testing';
import { derivedId, fact, newId } from '@harmony/kernel';
import { verify } from '@harmony/read-model';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { buffer as readBytes, text as readText } from 'node:stream/consumers';
import { ConversationController } from './api/conversation.controller.js';
import { ConversationResolver } from './api/conversation.resolver.js';
import { TranscriptController } from './api/transcript.controller.js';
import { conversationListSchema, conversationSchema, submittedSchema, transcriptSchema } from './api/rest-schemas.js';
import { conversationsProjection } from './projections/conversations.projection.js';
import { ConversationQueries } from './read-model/conversation-queries.js';
import type { ConversationView } from './read-model/conversation-row.js';
import { requestBy, startIngestion, type RunningIngestion, type SampleWorkspace } from './testing/running-ingestion.js';

jest.setTimeout(60_000);

const timeLimit = 120_000;
let system: RunningIngestion;
let workspace: SampleWorkspace;
let rest: ConversationController;
let graph: ConversationResolver;

const eventsOf = async (conversationId: string): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of system.backends.eventStore.readStream(streams.conversation(conversationId)))
    events.push(event);
  return events;
};
const typesOf = async (conversationId: string): Promise<EventType[]> =>
  (await eventsOf(conversationId)).map(({ type }) => type as EventType);

const submit = (body: object, principal: Principal = workspace.member): Promise<{ id: string }> =>
  rest.submit(body, requestBy(principal));

const ended = (id: string, principal: Principal = workspace.member): Promise<ConversationView> =>
  eventually(
    async () => {
      const conversation = await rest.get(principal, id);
      expect(['COMPLETED', 'FAILED']).toContain(conversation.status);
      return conversation;
    },
    { withinMs: 60_000 },
  );

const readTranscript = async (principal: Principal, id: string, query: Record<string, unknown>) => {
  const transcripts = system.api.get(TranscriptController, { strict: false });
  return transcripts.page(principal, id, query);
};

/** As it leaves the process. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

beforeAll(async () => {
  system = await startIngestion();
  workspace = await system.newWorkspace();
  rest = system.api.get(ConversationController, { strict: false });
  graph = system.api.get(ConversationResolver, { strict: false });
}, timeLimit);
afterAll(() => system?.close(), timeLimit);

describe('a pasted conversation', () => {
  it('goes from the command by event, consumer, job and projection to a completed row with its transcript', async () => {
    const body = {
      text: 'Anna: [ready]\nBob: Hello Anna.\nAnna: Bye.',
      title: 'First call',
      medium: 'CALL',
      teamId: workspace.teamId,
      contactId: workspace.contactId,
      tags: ['demo', 'demo', 'discovery'],
      startedAt: '2026-01-05T10:00:00+02:00',
    };
    const answer = await submit(body);
    expect(submittedSchema.parse(answer)).toMatchObject({
      status: 'QUEUED',
      links: { self: `/v1/conversations/${answer.id}` },
    });

    expect(conversationSchema.parse(asJson(await ended(answer.id)))).toMatchObject({
      id: answer.id,
      title: 'First call',
      status: 'COMPLETED',
      stuck: false,
      medium: 'CALL',
      teamId: workspace.teamId,
      contactId: workspace.contactId,
      ownerId: workspace.member.userId,
      createdBy: workspace.member.userId,
      tags: ['demo', 'discovery'],
      startedAt: '2026-01-05T08:00:00.000Z',
      turnCount: 3,
      wordCount: 4,
      speakers: [
        { code: 'A', name: 'Anna', words: 2, turns: 2, wordShare: 0.5 },
        { code: 'B', name: 'Bob', words: 2, turns: 1, wordShare: 0.5 },
      ],
      failure: null,
    });
    expect(transcriptSchema.parse(asJson(await readTranscript(workspace.member, answer.id, {}))).edges).toMatchObject([
      { node: { index: 0, speakerCode: 'A', speakerName: 'Anna', text: '[ready]', startMs: null } },
      { node: { index: 1, speakerName: 'Bob', text: 'Hello Anna.' } },
      { node: { index: 2, speakerName: 'Anna', text: 'Bye.' } },
    ]);
    expect(await typesOf(answer.id)).toEqual([
      'ConversationSubmitted',
      'TranscriptChunkRecorded',
      'TranscriptRecorded',
      'StageStarted',
      'ExtractionRecorded',
      'StageSucceeded',
      'StageStarted',
      'StageSucceeded',
      'ConversationCompleted',
    ]);
  });

  it('keeps its text, byte for byte, as an object that the event names', async () => {
    const text = '\uFEFFZoë: “naïve” – 你好 👋\r\nבן: שלום\n';
    const { id } = await submit({ text });
    const [submitted] = await eventsOf(id);
    const { content } = submitted?.data as { content: { key: string; bytes: number; sha256: string } };
    expect(content.key).toBe(`${workspace.id}/conversations/${id}/transcript.txt`);
    expect(await system.backends.objectStore.info(content.key)).toMatchObject({
      bytes: content.bytes,
      sha256: content.sha256,
    });
    expect((await readBytes(await system.backends.objectStore.get(content.key))).equals(Buffer.from(text))).toBe(true);
    expect(content.bytes).toBe(Buffer.byteLength(text));
    expect((await ended(id)).speakers.map(({ name }) => name)).toEqual(['Zoë', 'בן']);
  });

  it('of 10 MB in one paragraph is recorded in chunks and read page by page, in order', async () => {
    const words = 'abcdefghi '.repeat(1_048_576);
    const { id } = await submit({ text: words });
    const { turnCount, wordCount, speakers } = await ended(id);
    expect({ wordCount, names: speakers.map(({ name }) => name) }).toEqual({ wordCount: 1_048_576, names: ['User'] });
    const events = await eventsOf(id);
    expect(events.length).toBeGreaterThan(40);
    expect(events.every(({ data }) => Buffer.byteLength(JSON.stringify(data)) < 900_000)).toBe(true);
    const indices: number[] = [];
    for (let after: string | undefined, more = true; more;) {
      const { edges, pageInfo } = await readTranscript(workspace.member, id, { first: '60', after });
      indices.push(...edges.map(({ node }) => node.index));
      after = pageInfo.endCursor ?? undefined;
      more = pageInfo.hasNextPage;
    }
    expect(indices).toEqual(Array.from({ length: turnCount ?? 0 }, (_, index) => index));
  }, 120_000);

  it('is one conversation however often the same command is repeated', async () => {
    const request = requestBy(workspace.member);
    const first = await rest.submit({ text: 'Ann: Once.' }, request);
    await ended(first.id);
    const repeat = await rest.submit({ text: 'Ann: Once.' }, request);
    const changed = await rest.submit({ text: 'Ann: Something else.' }, request);
    expect([repeat.id, changed.id]).toEqual([first.id, first.id]);
    const key = `${workspace.id}/conversations/${first.id}/transcript.txt`;
    expect(await readText(await system.backends.objectStore.get(key))).toBe('Ann: Once.');
    expect(await typesOf(first.id)).toHaveLength(9);
  });

  it('is one conversation when the same command races itself', async () => {
    const request = requestBy(workspace.member);
    const answers = await Promise.all(Array.from({ length: 6 }, () => rest.submit({ text: 'Ann: Race.' }, request)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    await ended(answers[0]?.id ?? '');
    expect(await typesOf(answers[0]?.id ?? '')).toHaveLength(9);
  });

  it('may be submitted by GraphQL, which answers with the conversation', async () => {
    const { conversation } = await graph.submitConversation(requestBy(workspace.member), {
      text: 'Just one paragraph.',
      startedAt: new Date('2026-02-01T00:00:00Z'),
    });
    expect(conversation).toMatchObject({ title: 'Just one paragraph.', medium: 'CHAT', source: 'TEXT' });
    await ended(conversation.id);
    const page = await graph.transcript(workspace.member, conversation, { first: 10 });
    expect(page.edges).toMatchObject([{ node: { speakerName: 'User', text: 'Just one paragraph.' } }]);
  });
});

describe('a transcript that cannot be made', () => {
  it('fails the conversation with the stage and the code, for good', async () => {
    const { objectStore } = system.backends;
    const request = requestBy(workspace.member);
    const id = derivedId(request.commandId, 'conversation');
    const put = objectStore.put.bind(objectStore);
    objectStore.put = async (key, body, options) => {
      const info = await put(key, body, options);
      if (key.includes(id)) await objectStore.delete(key);
      return info;
    };
    await rest.submit({ text: 'Ann: Lost.' }, request);
    objectStore.put = put;
    expect(await ended(id)).toMatchObject({
      status: 'FAILED',
      failure: { stage: 'TRANSCRIPTION', code: 'OBJECT_NOT_FOUND' },
      stuck: false,
    });
    expect(await typesOf(id)).toEqual(['ConversationSubmitted', 'ConversationFailed']);
  });
});

describe('a refused submission', () => {
  const unknown = '7e57e57e-7e57-4e57-8e57-7e57e57e7e57';
  const last = async (): Promise<string> => formatPosition(await lastPosition(system.backends.database.worker));
  const objects = async (): Promise<string[]> => {
    const keys: string[] = [];
    for await (const key of system.backends.objectStore.list(`${workspace.id}/`)) keys.push(key);
    return keys.sort();
  };

  it.each([
    ['no text', {}, 'MISSING_REQUIRED_FIELDS', '/text'],
    ['null for a text', { text: null }, 'MISSING_REQUIRED_FIELDS', '/text'],
    ['an empty text', { text: '' }, 'EMPTY_TRANSCRIPT', '/text'],
    ['white space', { text: ' \n\t\u00A0' }, 'EMPTY_TRANSCRIPT', '/text'],
    ['a number for a text', { text: 7 }, 'INVALID_INPUT', '/text'],
    ['a list', [], 'INVALID_INPUT', ''],
    ['an unknown property', { text: 'a', colour: 'red' }, 'INVALID_INPUT', '/colour'],
    ['an unknown team', { text: 'a', teamId: unknown }, 'UNKNOWN_TEAM', '/teamId'],
    ['a team that is no id', { text: 'a', teamId: "x' or true" }, 'UNKNOWN_TEAM', '/teamId'],
    ['an unknown contact', { text: 'a', contactId: unknown }, 'UNKNOWN_CONTACT', '/contactId'],
    ['an unknown medium', { text: 'a', medium: 'FAX' }, 'INVALID_INPUT', '/medium'],
    ['a title that is too long', { text: 'a', title: 'x'.repeat(301) }, 'INVALID_INPUT', '/title'],
    ['a title with a control character', { text: 'a', title: 'x\0y' }, 'INVALID_INPUT', '/title'],
    ['a tag with a broken surrogate', { text: 'a', tags: ['\ud800'] }, 'INVALID_INPUT', '/tags/0'],
    [
      'a custom field that nobody defined',
      { text: 'a', customFields: { x: 1 } },
      'UNKNOWN_CUSTOM_FIELD',
      '/customFields/x',
    ],
    ['a start that is no time', { text: 'a', startedAt: 'yesterday' }, 'INVALID_INPUT', '/startedAt'],
    ['an owner who is not the caller', { text: 'a', ownerId: unknown }, 'FORBIDDEN', undefined],
    ['one byte too many', { text: 'x'.repeat(10_485_761) }, 'PAYLOAD_TOO_LARGE', '/text'],
  ])('for %s stores nothing', async (_, body, code, pointer) => {
    const before = [await last(), await objects()];
    const refusal = await submit(body as object).then(
      () => undefined,
      (error: HarmonyError) => error,
    );
    expect({ code: refusal?.code, pointer: refusal?.errors[0]?.pointer }).toEqual({ code, pointer });
    expect([await last(), await objects()]).toEqual(before);
  });

  it('for what only another workspace has looks like an unknown one', async () => {
    const other = await system.newWorkspace();
    const foreign: [object, string][] = [
      [{ teamId: other.teamId }, 'UNKNOWN_TEAM'],
      [{ contactId: other.contactId }, 'UNKNOWN_CONTACT'],
      [{ ownerId: other.member.userId }, 'UNKNOWN_OWNER'],
    ];
    for (const [reference, code] of foreign) {
      const put = submit({ text: 'a', ...reference }, workspace.admin);
      await expect(put).rejects.toMatchObject({ code });
    }
  });

  it('for a role without the permission is FORBIDDEN', async () => {
    const nobody = { ...workspace.member, permissions: new Set<never>() };
    await expect(submit({ text: 'a' }, nobody)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('for a required custom field that is missing names the field; with it, the values are kept', async () => {
    const field = fact('CustomFieldDefined', {
      ...{ customFieldId: newId(), target: 'CONVERSATION', key: 'deal_stage', label: 'Deal stage' },
      ...{ type: 'SELECT', options: ['New', 'Won'], required: true },
    });
    const strict = await system.newWorkspace([field]);
    await expect(submit({ text: 'a' }, strict.member)).rejects.toMatchObject({
      code: 'MISSING_REQUIRED_FIELDS',
      title: 'Please fill in all required fields.',
      errors: [{ pointer: '/customFields/deal_stage' }],
    });
    const { id } = await submit({ text: 'a', customFields: { deal_stage: 'Won' } }, strict.member);
    expect(await rest.get(strict.member, id)).toMatchObject({ customFields: { deal_stage: 'Won' } });
  });
});

describe('readers', () => {
  let own: SampleWorkspace;
  let ids: { mine: string; teams: string; others: string };
  beforeAll(async () => {
    own = await system.newWorkspace();
    const mine = await submit({ text: 'Ann: Mine.', title: 'Mine' }, own.member);
    const teams = await submit(
      {
        ...{ text: 'Ann: Team.', title: 'Of the team', teamId: own.teamId, medium: 'CALL' },
        startedAt: '2026-01-31T10:00:00Z',
      },
      own.admin,
    );
    const others = await submit({ text: 'Ann: Other.', title: "Somebody's", tags: ['x', 'y'] }, own.admin);
    ids = { mine: mine.id, teams: teams.id, others: others.id };
    for (const id of Object.values(ids)) await ended(id, own.admin);
  }, timeLimit);

  const titles = async (principal: Principal, query: object = {}): Promise<string[]> =>
    (await rest.list(principal, query)).edges.map(({ node }) => node.title);

  it('see their own, their team’s or all, newest first, as their role says', async () => {
    expect(await titles(own.member)).toEqual(['Mine']);
    expect(await titles(own.manager)).toEqual(['Of the team']);
    expect(await titles(own.admin)).toEqual(["Somebody's", 'Of the team', 'Mine']);
  });

  it('see nothing of another workspace, whose ids look unknown', async () => {
    for (const id of [ids.mine, newId(), 'nonsense', "' or 1=1"]) {
      const refusal = { code: 'NOT_FOUND' };
      await expect(rest.get(workspace.admin, id)).rejects.toMatchObject(refusal);
      await expect(readTranscript(workspace.admin, id, {})).rejects.toMatchObject(refusal);
      await expect(graph.conversation(workspace.admin, id)).rejects.toMatchObject(refusal);
      await expect(graph.conversationChanged(workspace.admin, id)).rejects.toMatchObject(refusal);
    }
    const scoped = system.api.get(ConversationQueries, { strict: false });
    expect((await scoped.byIds(workspace.admin, Object.values(ids))).size).toBe(0);
  });

  it('cannot read what is outside their scope by its id', async () => {
    await expect(rest.get(own.member, ids.others)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(readTranscript(own.member, ids.others, {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(graph.conversationChanged(own.member, ids.others)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const transcript = await graph.transcript(own.member, { id: ids.others } as ConversationView, { first: 5 });
    expect(transcript.edges).toEqual([]);
  });

  it('narrow a list by any filter, alone or together', async () => {
    const { createdAt } = await rest.get(own.admin, ids.teams);
    const cases: [object, string[]][] = [
      [{ status: 'COMPLETED' }, ["Somebody's", 'Of the team', 'Mine']],
      [{ status: ['QUEUED', 'FAILED'] }, []],
      [{ incomplete: 'true' }, []],
      [{ incomplete: 'false' }, ["Somebody's", 'Of the team', 'Mine']],
      [{ teamId: own.teamId }, ['Of the team']],
      [{ teamId: 'nonsense' }, []],
      [{ ownerId: own.member.userId }, ['Mine']],
      [{ contactId: own.contactId }, []],
      [{ medium: 'CALL' }, ['Of the team']],
      [{ tags: ['x', 'y'] }, ["Somebody's"]],
      [{ tags: ['x', 'z'] }, []],
      [{ createdFrom: createdAt.toISOString() }, ["Somebody's", 'Of the team']],
      [{ createdBefore: createdAt.toISOString() }, ['Mine']],
      [{ happenedFrom: '2026-01-31T10:00:00Z', happenedBefore: '2026-02-01T00:00:00Z' }, ['Of the team']],
      [{ happenedFrom: '2026-01-31T10:00:00.001Z' }, ["Somebody's", 'Mine']],
      [{ title: 'MIN' }, ['Mine']],
      [{ title: '%' }, []],
      [{ title: "'" }, ["Somebody's"]],
      [{ medium: 'CALL', title: 'team', status: 'COMPLETED' }, ['Of the team']],
    ];
    for (const [query, expected] of cases)
      expect({ query, titles: await titles(own.admin, query) }).toEqual({ query, titles: expected });
  });

  it.each([
    { colour: 'red' },
    { status: 'LOST' },
    { first: '0' },
    { first: '101' },
    { first: 'x' },
    { after: 'x' },
    { incomplete: 'maybe' },
  ])('are refused the query %j', async (query) => {
    await expect(rest.list(own.admin, query)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('walk a list page by page without losing or repeating one', async () => {
    const seen: string[] = [];
    for (let after: string | undefined, more = true; more;) {
      const page = conversationListSchema.parse(asJson(await rest.list(own.admin, { first: '1', after })));
      seen.push(...page.edges.map(({ node }) => (node as { id: string }).id));
      after = page.pageInfo.endCursor ?? undefined;
      more = page.pageInfo.hasNextPage;
    }
    expect(seen).toEqual([ids.others, ids.teams, ids.mine]);
  });
});

describe('the live feed', () => {
  const next = async (changes: AsyncIterator<ConversationView>): Promise<ConversationView | undefined> => {
    const result = await changes.next();
    return result.done ? undefined : result.value;
  };
  const untilCompleted = async (changes: AsyncIterator<ConversationView>): Promise<string[]> => {
    const seen: string[] = [];
    for (;;) {
      const conversation = await next(changes);
      if (!conversation) return seen;
      seen.push(conversation.title);
      if (conversation.status === 'COMPLETED') return seen;
    }
  };

  it('tells of one conversation: its present state first, then every change until it is completed', async () => {
    const { id } = await submit({ text: 'Ann: Live.', title: 'Live' });
    const changes = await graph.conversationChanged(workspace.member, id);
    expect(await next(changes)).toMatchObject({ id });
    if ((await rest.get(workspace.member, id)).status !== 'COMPLETED') await untilCompleted(changes);
    expect(await rest.get(workspace.member, id)).toMatchObject({ status: 'COMPLETED', turnCount: 1 });
    await changes.return?.();
  });

  it('never tells of a status that comes before one that it told', async () => {
    const { id } = await submit({ text: 'Ann: In order.' });
    const changes = await graph.conversationChanged(workspace.member, id);
    const seen: string[] = [];
    while (seen.at(-1) !== 'COMPLETED') seen.push((await next(changes))?.status ?? 'gone');
    const order = ['QUEUED', 'EXTRACTING', 'ANALYZING', 'COMPLETED'];
    expect(seen).toEqual(seen.toSorted((left, right) => order.indexOf(left) - order.indexOf(right)));
    expect(order).toEqual(expect.arrayContaining(seen));
    await changes.return?.();
  });

  it('tells each listener only of what they may read', async () => {
    const home = await system.newWorkspace();
    const listeners = {
      member: await graph.conversationChanged(home.member, null),
      manager: await graph.conversationChanged(home.manager, null),
      admin: await graph.conversationChanged(home.admin, null),
      stranger: await graph.conversationChanged(workspace.admin, null),
    };
    await ended((await submit({ text: 'Ann: 1.', title: 'secret' }, home.admin)).id, home.admin);
    await ended((await submit({ text: 'Ann: 2.', title: 'team', teamId: home.teamId }, home.admin)).id, home.admin);
    await ended((await submit({ text: 'Ann: 3.', title: 'own' }, home.member)).id, home.admin);
    await ended((await submit({ text: 'Ann: 4.', title: 'elsewhere' }, workspace.admin)).id, workspace.admin);
    expect(new Set(await untilCompleted(listeners.member))).toEqual(new Set(['own']));
    expect(new Set(await untilCompleted(listeners.manager))).toEqual(new Set(['team']));
    expect((await untilCompleted(listeners.stranger)).at(-1)).toBe('elsewhere');
    const all: string[] = [];
    while (all.filter((title, index) => all.indexOf(title) === index).length < 3) {
      all.push(...(await untilCompleted(listeners.admin)));
    }
    expect(new Set(all)).toEqual(new Set(['secret', 'team', 'own']));
    for (const changes of Object.values(listeners)) await changes.return?.();
  });

  it('ends at once for a listener who goes while waiting', async () => {
    const changes = await graph.conversationChanged(workspace.member, null);
    const waiting = changes.next();
    await changes.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('is FORBIDDEN for a role that may not read conversations', async () => {
    const nobody = { ...workspace.member, permissions: new Set<never>() };
    await expect(graph.conversationChanged(nobody, null)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

it(
  'the read model equals a fresh replay of the log',
  async () => {
    const { database, eventStore: store } = system.backends;
    const { differences, examples } = await verify(conversationsProjection, { database, store });
    expect({ differences, examples }).toEqual({ differences: 0, examples: [] });
  },
  timeLimit,
);
