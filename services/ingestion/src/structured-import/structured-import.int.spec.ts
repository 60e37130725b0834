import type { Principal } from '@harmony/access';
import { HarmonyError, streams } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { StreamableFile } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { text as readText } from 'node:stream/consumers';
import { ConversationController } from '../api/conversation.controller.js';
import { ImportController } from '../api/import.controller.js';
import { importedBatchSchema, type RestImportedBatch } from '../api/import-documents.js';
import { ImportResolver } from '../api/import.resolver.js';
import { submittedSchema } from '../api/rest-schemas.js';
import { TranscriptController } from '../api/transcript.controller.js';
import type { ConversationView } from '../read-model/conversation-row.js';
import type { TurnView } from '../read-model/transcript-queries.js';
import { MatchSpeaker } from '../speakers/match-speaker.js';
import {
  requestBy,
  startIngestion,
  type RunningIngestion,
  type SampleWorkspace,
} from '../testing/running-ingestion.js';
import { maximumBatch } from './import-schemas.js';
import { maximumTranscriptBytes } from './upload-transcript.js';

jest.setTimeout(120_000);

let system: RunningIngestion;
let workspace: SampleWorkspace;
beforeAll(async () => {
  system = await startIngestion();
  workspace = await system.newWorkspace([
    fact('CustomFieldDefined', {
      ...{ customFieldId: newId(), target: 'CONVERSATION', key: 'seats', label: 'Seats', type: 'NUMBER' },
      ...{ options: [], required: false },
    }),
  ]);
});
afterAll(() => system?.close());

const get = <Type>(type: new (...parameters: never[]) => Type): Type => system.api.get(type, { strict: false });

const ann = { id: 'p1', name: 'Ann Lee', email: 'ann@example.com', role: 'HOST' };
const bob = { id: 'p2', name: 'דנה', role: 'CUSTOMER' };
const turns = [
  { participantId: 'p2', startMs: 0, endMs: 900, text: 'שלום 👋' },
  { participantId: 'p1', startMs: 1_000, endMs: 2_500, text: 'Hello & welcome.' },
  { participantId: 'p2', text: '' },
];
const call = { participants: [ann, bob], turns };

const upload = (body: object, principal: Principal = workspace.member): Promise<{ id: string }> =>
  get(ImportController).uploadTranscript(body, requestBy(principal));

async function importBatch(
  conversations: unknown[],
  request = requestBy(workspace.member),
): Promise<RestImportedBatch> {
  const answer = await get(ImportController).importConversations({ conversations }, request, {
    status: jest.fn<never>(),
  });
  return importedBatchSchema.parse(JSON.parse(JSON.stringify(answer)));
}

const completed = (id: string): Promise<ConversationView> =>
  eventually(
    async () => {
      const conversation = await get(ConversationController).get(workspace.member, id);
      expect(conversation.status).toBe('COMPLETED');
      return conversation;
    },
    { withinMs: 60_000 },
  );

async function turnsOf(id: string): Promise<TurnView[]> {
  const all: TurnView[] = [];
  for (let after: string | undefined, more = true; more;) {
    const query = { first: '100', ...(after && { after }) };
    const { edges, pageInfo } = await get(TranscriptController).page(workspace.member, id, query);
    all.push(...edges.map(({ node }) => node));
    after = pageInfo.endCursor ?? undefined;
    more = pageInfo.hasNextPage;
  }
  return all;
}

const storedObjects = async (): Promise<string[]> => {
  const keys: string[] = [];
  for await (const key of system.backends.objectStore.list('')) keys.push(key);
  return keys;
};

describe('a structured transcript', () => {
  it('becomes a conversation with its form, participants and turns', async () => {
    const answer = await upload({
      ...call,
      title: 'Renewal',
      medium: 'VIDEO_CONFERENCE',
      startedAt: '2026-04-08T10:00:00+02:00',
      team: 'sales',
      contactId: workspace.contactId,
      tags: ['renewal'],
      customFields: { seats: 7 },
    });
    expect(submittedSchema.parse(answer)).toMatchObject({ status: 'QUEUED' });
    expect(await completed(answer.id)).toMatchObject({
      title: 'Renewal',
      source: 'TRANSCRIPT',
      medium: 'VIDEO_CONFERENCE',
      startedAt: new Date('2026-04-08T08:00:00Z'),
      teamId: workspace.teamId,
      contactId: workspace.contactId,
      ownerId: workspace.member.userId,
      tags: ['renewal'],
      customFields: { seats: 7 },
      turnCount: 3,
      speakers: [
        { code: 'A', name: 'דנה', turns: 2 },
        { code: 'B', name: 'Ann Lee', turns: 1, words: 3 },
      ],
    });
    expect(await turnsOf(answer.id)).toMatchObject([
      { index: 0, speakerName: 'דנה', text: 'שלום 👋', startMs: 0, endMs: 900 },
      { index: 1, speakerName: 'Ann Lee', text: 'Hello & welcome.', startMs: 1_000, endMs: 2_500 },
      { index: 2, speakerName: 'דנה', text: '', startMs: null, endMs: null },
    ]);
  });

  it('is kept as JSON, and where it comes from is recorded', async () => {
    const { id } = await upload(call);
    await completed(id);
    const key = `${workspace.id}/conversations/${id}/transcript.json`;
    expect(JSON.parse(await readText(await system.backends.objectStore.get(key)))).toEqual(call);
    const events = [];
    for await (const event of system.backends.eventStore.readStream(streams.conversation(id))) events.push(event);
    const types = events.map(({ type }) => type);
    expect(types.slice(0, 3)).toEqual(['ConversationSubmitted', 'TranscriptChunkRecorded', 'TranscriptRecorded']);
    expect(types.at(-1)).toBe('ConversationCompleted');
    expect(events[2]?.data).toMatchObject({
      origin: { kind: 'STRUCTURED' },
      speakers: [{ role: 'CUSTOMER' }, { email: 'ann@example.com', role: 'HOST' }],
    });
  });

  it('without a title is named by who took part', async () => {
    const { id } = await upload(call);
    expect((await get(ConversationController).get(workspace.member, id)).title).toBe('Ann Lee, דנה');
  });

  it('of 100,000 turns is imported whole', async () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ({ participantId: 'p1', text: `turn ${index}` }));
    const { id } = await upload({ participants: [ann], turns: many });
    expect(await completed(id)).toMatchObject({ turnCount: 100_000, wordCount: 200_000 });
    const file = await get(TranscriptController).whole(workspace.member, id, 'txt');
    const lines = (await readText(file.getStream())).trimEnd().split('\n');
    expect(lines).toHaveLength(100_000);
    expect(lines.every((line, index) => line === `Ann Lee: turn ${index}`)).toBe(true);
  });

  it.each([
    ['an unknown participant', { ...call, turns: [{ participantId: 'p9', text: 'x' }] }, 'INVALID_INPUT'],
    ['two participants of one id', { ...call, participants: [ann, { ...bob, id: 'p1' }] }, 'INVALID_INPUT'],
    ['times that end before they start', { ...call, turns: [{ ...turns[0], startMs: 901 }] }, 'INVALID_INPUT'],
    ['no words', { ...call, turns: [{ participantId: 'p1', text: ' ' }] }, 'EMPTY_TRANSCRIPT'],
    ['a team that is not there', { ...call, team: 'Nobody’s' }, 'UNKNOWN_TEAM'],
    ['an unknown contact', { ...call, contactId: newId() }, 'UNKNOWN_CONTACT'],
    ['a custom field of another type', { ...call, customFields: { seats: 'many' } }, 'INVALID_CUSTOM_FIELD_VALUE'],
    ['a text in place of turns', { text: 'Ann: Hello' }, 'INVALID_INPUT'],
    [
      'more than 10 MB',
      { ...call, turns: [{ participantId: 'p1', text: 'a'.repeat(maximumTranscriptBytes) }] },
      'PAYLOAD_TOO_LARGE',
    ],
  ])('with %s is refused, and nothing is stored', async (_title, body, code) => {
    const before = await storedObjects();
    await expect(upload(body)).rejects.toMatchObject({ code });
    expect(await storedObjects()).toEqual(before);
  });

  it('is one conversation however often the same command is repeated', async () => {
    const request = requestBy(workspace.member);
    const answers = await Promise.all(
      [1, 2].map(() => get(ImportController).uploadTranscript(call, request).catch(conflict)),
    );
    const again = await get(ImportController).uploadTranscript(call, request);
    expect(new Set([...answers.filter((answer) => answer !== undefined), again].map(({ id }) => id)).size).toBe(1);
  });
});

/** Two at the same moment: one of them may be told to look again. */
function conflict(error: unknown): undefined {
  if (!(error instanceof HarmonyError && error.code === 'WRONG_EXPECTED_REVISION')) throw error;
}

describe('a batch', () => {
  it('records what is right and refuses what is wrong, each with a result in its place', async () => {
    const wrong = [
      { participants: [ann], turns: [{ participantId: 'p9', text: 'x' }] },
      7,
      { ...call, teamId: newId() },
      { ...call, key: 'a key with spaces' },
    ];
    const { recorded, refused, results } = await importBatch([call, ...wrong, { ...call, title: 'Last' }]);
    expect({ recorded, refused }).toEqual({ recorded: 2, refused: 4 });
    expect(results.map(({ index, status, error }) => [index, status, error?.code])).toEqual([
      [0, 202, undefined],
      [1, 400, 'INVALID_INPUT'],
      [2, 400, 'INVALID_INPUT'],
      [3, 422, 'UNKNOWN_TEAM'],
      [4, 400, 'INVALID_INPUT'],
      [5, 202, undefined],
    ]);
    expect(results[1]?.error?.errors).toMatchObject([{ pointer: '/turns/0/participantId' }]);
    expect((await completed(results[5]?.conversation?.id ?? '')).title).toBe('Last');
  });

  it('that is repeated by the same command records nothing twice', async () => {
    const request = requestBy(workspace.member);
    const first = await importBatch([call, { ...call, title: 'Second' }], request);
    const before = await storedObjects();
    const again = await importBatch([call, { ...call, title: 'Second' }], request);
    expect(again.results.map(({ conversation }) => conversation?.id)).toEqual(
      first.results.map(({ conversation }) => conversation?.id),
    );
    expect(await storedObjects()).toEqual(before);
  });

  it('finds a conversation again by its key, whatever batch it comes in', async () => {
    const key = `crm:${newId()}`;
    const first = await importBatch([{ ...call, key }]);
    const { results } = await importBatch([call, { ...call, key }, { ...call, key: `${key}-other` }]);
    const single = (await get(ImportController).importConversations({ ...call, key }, requestBy(workspace.member), {
      status: jest.fn<never>(),
    })) as { id: string };
    const id = first.results[0]?.conversation?.id;
    expect([results[1]?.conversation?.id, single.id]).toEqual([id, id]);
    expect(new Set(results.map(({ conversation }) => conversation?.id)).size).toBe(3);
  });

  it('refuses other words under a key that is taken, and a key that the batch has twice', async () => {
    const key = newId();
    await importBatch([{ ...call, key }]);
    const other = { participants: [ann], turns: [{ participantId: 'p1', text: 'Other words.' }] };
    const { results } = await importBatch([
      { ...other, key },
      { ...other, key: `${key}2` },
      { ...call, key: `${key}2` },
    ]);
    expect(results.map(({ key: own, error }) => [own, error?.code])).toEqual([
      [key, 'IDEMPOTENCY_KEY_REUSED'],
      [`${key}2`, undefined],
      [`${key}2`, 'INVALID_INPUT'],
    ]);
  });

  it('of the same keys in another workspace is another one', async () => {
    const key = newId();
    const elsewhere = await system.newWorkspace();
    const ours = await importBatch([{ ...call, key }]);
    const theirs = await importBatch([{ ...call, key }], requestBy(elsewhere.member));
    expect(theirs.results[0]?.conversation?.id).not.toBe(ours.results[0]?.conversation?.id);
  });

  it.each([
    ['501 conversations', Array.from({ length: maximumBatch + 1 }, () => call)],
    ['none', []],
  ])('of %s is refused as a whole', async (_title, conversations) => {
    const before = await storedObjects();
    await expect(importBatch(conversations)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ pointer: '/conversations' }],
    });
    expect(await storedObjects()).toEqual(before);
  });

  it('that fails by no fault of the caller is not answered as if it were theirs', async () => {
    const put = jest.spyOn(system.backends.objectStore, 'put');
    put.mockRejectedValueOnce(new HarmonyError('OBJECT_STORE_UNAVAILABLE'));
    const request = requestBy(workspace.member);
    await expect(importBatch([call, call], request)).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE' });
    put.mockRestore();
    expect((await importBatch([call, call], request)).recorded).toBe(2);
  });

  it('may be sent by GraphQL, which answers with the conversations', async () => {
    const input = {
      conversations: [
        { ...call, key: null },
        { ...call, turns: [{ participantId: 'p9', text: 'x' }] },
      ],
    };
    const { results } = await get(ImportResolver).importConversations(requestBy(workspace.member), input as never);
    expect(results).toMatchObject([
      { index: 0, conversation: { title: 'Ann Lee, דנה', source: 'TRANSCRIPT' }, error: null },
      {
        index: 1,
        conversation: null,
        error: { code: 'INVALID_INPUT', errors: [{ pointer: '/turns/0/participantId' }] },
      },
    ]);
    const one = await get(ImportResolver).uploadTranscript(requestBy(workspace.member), {
      ...call,
      startedAt: new Date(0),
    } as never);
    expect(one.conversation.startedAt).toEqual(new Date(0));
  });
});

describe('a transcript', () => {
  const read = async (id: string, query: object, accept = '*/*') => {
    const request = {
      accepts: (types: string[]) => types.find((type) => type === accept) ?? (accept === '*/*' && types[0]),
    };
    const answer = await get(TranscriptController).read(workspace.member, id, { ...query }, request as never, {
      setHeader: jest.fn<never>(),
    });
    return answer instanceof StreamableFile
      ? { type: answer.getHeaders().type, text: await readText(answer.getStream()) }
      : answer;
  };

  it('is read as text and subtitles, by parameter or header, and as JSON by whoever takes anything', async () => {
    const { id } = await upload(call);
    await completed(id);
    const txt = {
      type: 'text/plain; charset=utf-8',
      text: '[00:00:00] דנה: שלום 👋\n[00:00:01] Ann Lee: Hello & welcome.\nדנה: \n',
    };
    expect(await read(id, { format: 'txt' })).toEqual(txt);
    expect(await read(id, {}, 'text/plain')).toEqual(txt);
    expect(await read(id, { format: 'srt' }, 'text/plain')).toMatchObject({
      type: 'application/x-subrip; charset=utf-8',
      text: expect.stringContaining('2\n00:00:01,000 --> 00:00:02,500\nAnn Lee: Hello & welcome.\n'),
    });
    expect(await read(id, {}, 'text/vtt')).toMatchObject({
      text: expect.stringMatching(/^WEBVTT\n\n00:00:00\.000 --> 00:00:00\.900\n<v דנה>/),
    });
    expect(await read(id, {})).toMatchObject({ edges: expect.any(Array) });
    expect(await read(id, { format: 'json' }, 'text/plain')).toMatchObject({ edges: expect.any(Array) });
    await expect(read(id, { format: 'doc' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('has the names that speakers are matched to, in every form', async () => {
    const { id } = await upload(call);
    await completed(id);
    await get(MatchSpeaker).execute(id, 'A', { name: 'Dana Cohen' }, requestBy(workspace.member));
    await eventually(async () => {
      expect(await read(id, { format: 'txt' })).toMatchObject({ text: expect.stringContaining('Dana Cohen: שלום 👋') });
      expect(await read(id, { format: 'vtt' })).toMatchObject({ text: expect.stringContaining('<v Dana Cohen>') });
    });
  });

  it('that states no times is refused as subtitles, and is there as text', async () => {
    const { id } = await upload({ participants: [ann], turns: [{ participantId: 'p1', text: 'Hello' }] });
    await completed(id);
    await expect(read(id, { format: 'vtt' })).rejects.toMatchObject({ code: 'TRANSCRIPT_WITHOUT_TIMES' });
    expect(await read(id, { format: 'txt' })).toMatchObject({ text: 'Ann Lee: Hello\n' });
  });

  it('of a conversation that the reader may not see, or that is not there, is NOT_FOUND in every form', async () => {
    const { id } = await upload(call, workspace.admin);
    for (const format of ['txt', 'srt', 'json']) {
      await expect(read(id, { format })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(read(newId(), { format })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(read('no-id', { format })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});
