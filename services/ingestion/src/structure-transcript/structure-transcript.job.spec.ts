import { HarmonyError, streams } from '@harmony/contracts';
import type { RecordedEvent } from '@harmony/event-store';
import { eventsFrom, fact, newId, systemClock } from '@harmony/kernel';
import type { JobContext } from '@harmony/messaging';
import { FolderObjectStore } from '@harmony/object-store';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConversationStreams } from '../streams/conversation-streams.js';
import { MemoryStreams } from '@harmony/event-store/testing';
import { StructureTranscriptJob } from './structure-transcript.job.js';

jest.setTimeout(60_000);

const workspaceId = newId();
const context: JobContext = {
  workspaceId,
  correlationId: 'request',
  attempt: 1,
  lastAttempt: false,
  signal: new AbortController().signal,
};
/** Long enough for several appends. */
const text = Array.from({ length: 40 }, (_, index) => `${index % 2 ? 'Ann' : 'Bob'}: ${'word '.repeat(9_000)}`).join(
  '\n',
);

let folder: string;
let objects: FolderObjectStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-job-'));
  objects = await FolderObjectStore.open(folder);
});
afterAll(() => rm(folder, { recursive: true }));

let store: MemoryStreams;
let job: StructureTranscriptJob;
let conversations: ConversationStreams;
let conversationId: string;

async function submitted(content = text, source: 'TEXT' | 'TRANSCRIPT' = 'TEXT'): Promise<void> {
  conversationId = newId();
  const key = `${workspaceId}/conversations/${conversationId}/transcript.txt`;
  const { bytes, sha256 } = await objects.put(key, Buffer.from(content), { contentType: 'text/plain' });
  const submission = fact('ConversationSubmitted', {
    conversationId,
    source,
    title: 'Long',
    medium: 'CALL',
    teamId: null,
    contactId: null,
    ownerId: workspaceId,
    createdBy: workspaceId,
    tags: [],
    customFields: {},
    content: { key, bytes, sha256 },
  });
  const cause = {
    ...{ workspaceId, causationId: conversationId, correlationId: 'request', occurredAt: new Date().toISOString() },
    actor: { kind: 'SYSTEM', id: 'test' },
  } as const;
  const stream = streams.conversation(conversationId);
  await store.append(stream, eventsFrom(cause, stream, [submission]), 'none');
}

beforeEach(async () => {
  store = new MemoryStreams();
  conversations = new ConversationStreams(store);
  job = new StructureTranscriptJob(conversations, objects, systemClock);
  await submitted();
});

const run = (): Promise<void> => job.run({ conversationId }, context);
const essence = (events: readonly RecordedEvent[]): unknown[] =>
  events.map(({ id, type, revision, data }) => ({ id, type, revision, data }));

/** Throws once, at the nth call. */
function crashAt(call: number): () => void {
  let calls = 0;
  return () => {
    calls += 1;
    if (calls === call) throw new HarmonyError('STORE_UNAVAILABLE');
  };
}

describe('recording a transcript', () => {
  it('needs several appends for a long one, each within the limit', async () => {
    let appends = 0;
    store.before = () => (appends += 1);
    await run();
    expect(appends).toBeGreaterThan(2);
    expect(store.recorded.at(-1)?.type).toBe('TranscriptRecorded');
  });

  it.each([1, 2, 3])(
    'goes on after a crash before or after append %i, and leaves what it would have left',
    async (call) => {
      for (const moment of ['before', 'after'] as const) {
        store[moment] = crashAt(call);
        await expect(run()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
        await run();
        const interrupted = essence(store.recorded);
        store.recorded.splice(1);
        await run();
        expect(interrupted).toEqual(essence(store.recorded));
        store.recorded.splice(1);
      }
    },
  );

  it('is done once by two runners at the same time', async () => {
    await Promise.all([run(), run(), run()]);
    const types = store.recorded.map(({ type }) => type);
    expect(types.filter((type) => type === 'TranscriptRecorded')).toHaveLength(1);
    expect(store.recorded.map(({ revision }) => revision)).toEqual(store.recorded.map((_, index) => index));
  });

  it('stops between two appends when it is told to', async () => {
    const stopping = new AbortController();
    store.after = () => stopping.abort();
    await expect(job.run({ conversationId }, { ...context, signal: stopping.signal })).rejects.toThrow();
    store.after = () => undefined;
    await run();
    expect(store.recorded.at(-1)?.type).toBe('TranscriptRecorded');
  });

  it('does nothing for a conversation that has its transcript, has failed, or never was', async () => {
    await run();
    const before = store.recorded.length;
    await run();
    await job.failed({ conversationId }, new HarmonyError('TIMED_OUT'), context);
    await job.run({ conversationId: newId() }, context);
    expect(store.recorded).toHaveLength(before);
  });

  it('refuses a text that is not the one that was submitted', async () => {
    const { state } = await conversations.load(conversationId);
    await objects.put(state?.content?.key ?? '', Buffer.from('other'), { contentType: 'text/plain' });
    await expect(run()).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH' });
  });

  it.each([
    ['no JSON', '{"participants":[', 'INVALID_JSON'],
    ['another format', '{"turns":[]}', 'INVALID_INPUT'],
    [
      'silent',
      '{"participants":[{"id":"a","name":"A"}],"turns":[{"participantId":"a","text":""}]}',
      'EMPTY_TRANSCRIPT',
    ],
  ])('of a file that is %s ends the conversation at once, and is not tried again', async (_title, content, code) => {
    await submitted(content, 'TRANSCRIPT');
    await run();
    await run();
    expect(store.recorded.slice(2)).toMatchObject([
      { type: 'ConversationFailed', data: { stage: 'TRANSCRIPTION', code } },
    ]);
  });

  it.each([
    [new HarmonyError('OBJECT_NOT_FOUND'), 'OBJECT_NOT_FOUND'],
    [new TypeError('a bug'), 'INTERNAL'],
  ])('that failed with %s ends the conversation once, with its code', async (error, code) => {
    await job.failed({ conversationId }, error, context);
    await job.failed({ conversationId }, error, context);
    await run();
    expect(store.recorded.slice(1)).toMatchObject([
      { type: 'ConversationFailed', data: { stage: 'TRANSCRIPTION', code } },
    ]);
  });

  it('that failed half way keeps what was recorded', async () => {
    store.before = crashAt(2);
    await expect(run()).rejects.toThrow();
    const kept = store.recorded.length;
    await job.failed({ conversationId }, new HarmonyError('STORE_UNAVAILABLE'), context);
    expect(store.recorded.length).toBe(kept + 1);
    expect(new Set(store.recorded.map(({ id }) => id)).size).toBe(kept + 1);
  });
});
