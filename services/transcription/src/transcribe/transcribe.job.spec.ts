import { HarmonyError, streams, type EventDataOf, type StoredObject } from '@harmony/contracts';
import type { RecordedEvent } from '@harmony/event-store';
import { eventsFrom, fact, newId, systemClock, type Cause, type Fact } from '@harmony/kernel';
import type { JobContext } from '@harmony/messaging';
import { FolderObjectStore } from '@harmony/object-store';
import { OpenAiEngine, speechNotConfigured, wavFile, type SpeechEngine } from '@harmony/speech';
import { sayTones, SpeechServer, toneWords, type SpokenTone } from '@harmony/speech/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StageAttempts } from '../attempt/stage-attempts.js';
import { TranscriptionStreams } from '../streams/transcription-streams.js';
import { MemoryStreams } from '@harmony/event-store/testing';
import { TranscribeJob } from './transcribe.job.js';

jest.setTimeout(60_000);

const workspaceId = newId();
const context: JobContext = {
  workspaceId,
  correlationId: 'request',
  attempt: 1,
  lastAttempt: false,
  signal: new AbortController().signal,
};
/** Alternating: each speaker says a word every four seconds, two seconds after the other. */
const words = (offsetMs: number): SpokenTone[] =>
  Array.from({ length: 7 }, (_, index) => ({
    word: toneWords[(index + offsetMs / 2_000) % 8] ?? 'alpha',
    atMs: index * 4_000 + offsetMs,
  }));
const spoken = [words(0), words(2_000)] as const;
const expectedText = words(0).flatMap(({ word }, index) => [word, words(2_000)[index]?.word]);

let folder: string;
let objects: FolderObjectStore;
let server: SpeechServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-transcribe-'));
  objects = await FolderObjectStore.open(folder);
  server = await SpeechServer.start();
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

let store: MemoryStreams;
let engine: SpeechEngine;
let conversationId: string;
beforeEach(async () => {
  store = new MemoryStreams();
  conversationId = newId();
  server.requests.length = 0;
  server.faults.length = 0;
  server.beforeAnswer = () => undefined;
  engine = engineWith(200_000);
  await prepared(spoken);
});

/** Small uploads make many pieces. */
const engineWith = (maximumUploadBytes: number): OpenAiEngine =>
  new OpenAiEngine({
    ...{ baseUrl: server.url, model: 'tones', timeoutMs: 20_000, maximumUploadBytes },
    backoff: { firstMs: 1, maximumMs: 2 },
  });
const jobWith = (speech: SpeechEngine): TranscribeJob => {
  const conversations = new TranscriptionStreams(store);
  const attempts = new StageAttempts(conversations, objects, systemClock);
  return new TranscribeJob(attempts, conversations, objects, speech, systemClock);
};
const job = (): TranscribeJob => jobWith(engine);
const run = (changes: Partial<JobContext> = {}): Promise<void> =>
  job().run({ conversationId }, { ...context, ...changes });
const fail = (error: unknown): Promise<void> => job().failed({ conversationId }, error, context);

const broken = { kind: 'status', status: 503, headers: { 'retry-after': '0' } } as const;

const prefix = (): string => `${workspaceId}/conversations/${conversationId}/`;
async function put(name: string, bytes: Buffer): Promise<StoredObject> {
  const key = `${prefix()}${name}`;
  const { bytes: size, sha256 } = await objects.put(key, bytes, { contentType: 'audio/wav' });
  return { key, bytes: size, sha256 };
}

async function append(facts: readonly Fact[], decision: string): Promise<void> {
  const stream = streams.conversation(conversationId);
  const cause: Cause = {
    ...{ workspaceId, causationId: conversationId, correlationId: 'request', occurredAt: new Date().toISOString() },
    actor: { kind: 'SYSTEM', id: 'test' },
  };
  const last = store.recorded.length - 1;
  await store.append(stream, eventsFrom(cause, `${stream}/${decision}`, facts), last < 0 ? 'none' : last);
}

async function prepared(channels: readonly (readonly SpokenTone[])[]): Promise<void> {
  const audio = await Promise.all(
    channels.map(async (tones, channel) => ({
      channel,
      object: await put(`audio/channel-${channel}.wav`, wavFile(sayTones(tones, 30_000))),
    })),
  );
  const other = { key: `${prefix()}peaks.json`, bytes: 1, sha256: '0'.repeat(64) };
  const submission: EventDataOf<'ConversationSubmitted'> = {
    ...{ conversationId, source: 'RECORDING', title: 'Call', medium: 'CALL', teamId: null, contactId: null },
    ...{ ownerId: workspaceId, createdBy: workspaceId, tags: [], customFields: {}, content: null },
  };
  await append(
    [
      fact('ConversationSubmitted', submission),
      fact('RecordingReceived', {
        ...{ conversationId, recording: other, fileName: null, mediaType: 'audio/wav', hasVideo: false, via: 'UPLOAD' },
      }),
      fact('RecordingPrepared', {
        ...{ conversationId, durationMs: 30_000, channels: 2, container: 'wav', codec: 'pcm', audio, peaks: other },
        rendition: { object: other, mediaType: 'audio/mp4' },
      }),
    ],
    'prepared',
  );
}

const made = (): RecordedEvent[] => store.recorded.slice(3);
const types = (): string[] => made().map(({ type }) => type);
const dataOf = (type: string): Record<string, unknown>[] =>
  made()
    .filter((event) => event.type === type)
    .map(({ data }) => data as Record<string, unknown>);
const turns = (): { speaker: string; text: string; index: number; startMs: number }[] =>
  dataOf('TranscriptChunkRecorded').flatMap(({ turns: some }) => some as ReturnType<typeof turns>);
const essence = (events: readonly RecordedEvent[]): unknown[] =>
  events.filter(({ type }) => type.startsWith('Transcript')).map(({ id, type, data }) => ({ id, type, data }));
async function keptObjects(): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of objects.list(`${prefix()}speech/`)) keys.push(key);
  return keys;
}

describe('a prepared recording', () => {
  it('gets a transcript whose turns follow each other, one speaker a channel', async () => {
    await run();
    expect(types()).toEqual(['StageStarted', 'TranscriptChunkRecorded', 'TranscriptRecorded', 'StageSucceeded']);
    expect(turns().map(({ text }) => text)).toEqual(expectedText);
    expect(turns().map(({ speaker }) => speaker)).toEqual(expectedText.map((_, index) => (index % 2 ? 'B' : 'A')));
    for (const { startMs, index } of turns()) expect(Math.abs(startMs - index * 2_000)).toBeLessThan(30);
    expect(dataOf('TranscriptRecorded')).toMatchObject([
      {
        transcriptVersion: 1,
        turnCount: 14,
        speakers: [
          { code: 'A', channel: 0, words: 7 },
          { code: 'B', channel: 1, words: 7 },
        ],
        origin: { kind: 'SPEECH', engine: 'openai', model: 'tones', parameters: { temperature: 0 }, language: 'en' },
      },
    ]);
    await expect(keptObjects()).resolves.toEqual([]);
  });

  it('in which nobody speaks gets a transcript without turns', async () => {
    store = new MemoryStreams();
    await prepared([[], []]);
    await run();
    expect(dataOf('TranscriptRecorded')).toMatchObject([{ turnCount: 0, chunkCount: 0, wordCount: 0, speakers: [] }]);
    expect(types()).toEqual(['StageStarted', 'TranscriptRecorded', 'StageSucceeded']);
    expect(server.requests).toHaveLength(0);
  });

  it('is transcribed once, however often and by however many it is asked for', async () => {
    await Promise.all([run(), run()]);
    await run();
    expect(types().filter((type) => type === 'TranscriptRecorded')).toHaveLength(1);
    expect(types().filter((type) => type === 'StageSucceeded')).toHaveLength(1);
    expect(turns()).toHaveLength(14);
  });
});

describe('a run that ends in the middle', () => {
  it('of a channel is continued where it stopped, and leaves what it would have left', async () => {
    await run();
    const whole = essence(made());
    const requests = server.requests.length;
    expect(requests).toBeGreaterThanOrEqual(8);
    store.recorded.splice(3);
    server.requests.length = 0;
    server.beforeAnswer = (_, index) => void (index >= 5 && server.faults.push(broken));
    await expect(run()).rejects.toMatchObject({ code: 'SPEECH_UNAVAILABLE' });
    server.beforeAnswer = () => undefined;
    await run({ attempt: 2 });
    expect(essence(made())).toEqual(whole);
    expect(server.requests.length).toBeLessThanOrEqual(requests + 8);
    await expect(keptObjects()).resolves.toEqual([]);
  });

  it.each(['before', 'after'] as const)('%s an append is continued without doubling a turn', async (moment) => {
    await run();
    const whole = essence(made());
    for (const call of [1, 2, 3]) {
      store.recorded.splice(3);
      let calls = 0;
      store[moment] = () => {
        calls += 1;
        if (calls === call) throw new HarmonyError('STORE_UNAVAILABLE');
      };
      await run().catch(() => undefined);
      store[moment] = () => undefined;
      await run({ attempt: 2 });
      expect(essence(made())).toEqual(whole);
    }
  });

  it('gives the same turns of an engine that never says the same twice', async () => {
    let answers = 0;
    const moody: SpeechEngine = {
      ...{ identify: () => engine.identify(), close: () => engine.close(), findSpeakers: async () => undefined },
      transcribe: async (piece) => ({
        segments: [{ startMs: 0, endMs: piece.length / 16, text: `answer ${(answers += 1)}` }],
        language: null,
      }),
    };
    const moodyJob = jobWith(moody);
    let calls = 0;
    store.after = () => {
      calls += 1;
      if (calls === 2) throw new HarmonyError('STORE_UNAVAILABLE');
    };
    await expect(moodyJob.run({ conversationId }, context)).rejects.toThrow();
    const before = answers;
    await moodyJob.run({ conversationId }, context);
    expect(answers).toBe(before);
    expect(types().filter((type) => type === 'TranscriptRecorded')).toHaveLength(1);
  });

  it('between two appends of a long transcript is continued with the rest of it', async () => {
    const wordy: SpeechEngine = {
      ...{ identify: () => engine.identify(), close: () => engine.close(), findSpeakers: async () => undefined },
      transcribe: async (piece) => ({
        segments: [{ startMs: 0, endMs: piece.length / 16, text: `${piece.length} ${'é'.repeat(49_000)}` }],
        language: null,
      }),
    };
    let appends = 0;
    store.before = () => {
      appends += 1;
    };
    await jobWith(wordy).run({ conversationId }, context);
    const whole = essence(made());
    expect(appends).toBeGreaterThan(3);
    store.recorded.splice(3);
    let calls = 0;
    store.before = () => {
      calls += 1;
      if (calls === 3) throw new HarmonyError('STORE_UNAVAILABLE');
    };
    await expect(jobWith(wordy).run({ conversationId }, context)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(dataOf('TranscriptChunkRecorded').length).toBeGreaterThan(0);
    await jobWith(wordy).run({ conversationId }, { ...context, attempt: 2 });
    expect(essence(made())).toEqual(whole);
  });

  it('takes nothing over when the engine is another one by then', async () => {
    server.beforeAnswer = (_, index) => void (index >= 5 && server.faults.push(broken));
    await expect(run()).rejects.toThrow();
    server.beforeAnswer = () => undefined;
    const half = server.requests.length;
    engine = new OpenAiEngine({
      ...{ baseUrl: server.url, model: 'other', timeoutMs: 20_000, maximumUploadBytes: 200_000 },
    });
    await run();
    expect(server.requests.length - half).toBeGreaterThanOrEqual(8);
    expect(dataOf('TranscriptRecorded')).toMatchObject([{ origin: { model: 'other' } }]);
  });

  it('by its signal leaves its try open', async () => {
    const stopping = new AbortController();
    server.beforeAnswer = (_, index) => {
      if (index === 3) stopping.abort(new Error('the service stops'));
    };
    await expect(run({ signal: stopping.signal })).rejects.toThrow('the service stops');
    expect(types()).toEqual(['StageStarted']);
    await run({ attempt: 2 });
    expect(dataOf('StageSucceeded')).toMatchObject([{ attempt: 1 }]);
  });
});

describe('a recording that cannot be transcribed', () => {
  it('fails with SPEECH_NOT_CONFIGURED, keeps the recording, and is transcribed when it is retried', async () => {
    const real = engine;
    engine = speechNotConfigured();
    const error = await run().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'SPEECH_NOT_CONFIGURED', kind: 'poison' });
    expect((error as Error).message).toMatch(/SPEECH_URL.*npm run models/);
    await fail(error);
    await fail(error);
    expect(made()).toMatchObject([
      { type: 'StageStarted', data: { attempt: 1 } },
      { type: 'StageAttemptFailed', data: { code: 'SPEECH_NOT_CONFIGURED', attempt: 1, willRetry: false } },
      { type: 'ConversationFailed', data: { stage: 'TRANSCRIPTION', code: 'SPEECH_NOT_CONFIGURED' } },
    ]);
    engine = real;
    await run();
    expect(types()).not.toContain('TranscriptRecorded');
    await append([fact('ConversationRetried', { conversationId, fromStage: 'TRANSCRIPTION' })], 'retried');
    await run();
    expect(dataOf('StageStarted')).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
    expect(dataOf('TranscriptRecorded')).toMatchObject([{ transcriptVersion: 1, turnCount: 14 }]);
  });

  it('tells of each try that failed', async () => {
    server.beforeAnswer = () => void server.faults.push(broken);
    await expect(run()).rejects.toMatchObject({ code: 'SPEECH_UNAVAILABLE' });
    server.beforeAnswer = () => undefined;
    await run({ attempt: 2 });
    expect(made().filter(({ type }) => type.startsWith('Stage'))).toMatchObject([
      { type: 'StageStarted', data: { attempt: 1 } },
      { type: 'StageAttemptFailed', data: { attempt: 1, code: 'SPEECH_UNAVAILABLE', willRetry: true } },
      { type: 'StageStarted', data: { attempt: 2 } },
      { type: 'StageSucceeded', data: { attempt: 2 } },
    ]);
  });

  it('because it is not the one that was prepared fails at once', async () => {
    await put('audio/channel-1.wav', wavFile(sayTones([], 30_000)));
    await run();
    expect(dataOf('ConversationFailed')).toMatchObject([{ stage: 'TRANSCRIPTION', code: 'CHECKSUM_MISMATCH' }]);
  });
});

it('a transcript that is made again gets the next version', async () => {
  await run();
  await append([fact('ConversationRetried', { conversationId, fromStage: 'TRANSCRIPTION' })], 'retried');
  await run();
  expect(dataOf('TranscriptRecorded')).toMatchObject([{ transcriptVersion: 1 }, { transcriptVersion: 2 }]);
  expect(new Set(store.recorded.map(({ id }) => id)).size).toBe(store.recorded.length);
});

it('a retry of a later stage does not transcribe again', async () => {
  await run();
  const before = store.recorded.length;
  await append([fact('ConversationRetried', { conversationId, fromStage: 'INSIGHTS' })], 'retried');
  await run();
  expect(store.recorded).toHaveLength(before + 1);
});

it.each(['in the stream', 'with its stream'])(
  'a conversation that is deleted %s meanwhile leaves nothing',
  async (how) => {
    server.beforeAnswer = async (_, index) => {
      if (index !== 4) return;
      await append([fact('ConversationDeleted', { conversationId })], 'deleted');
      if (how === 'with its stream') store.deleted = true;
    };
    const before = store.recorded.length;
    await run();
    await fail(new HarmonyError('OBJECT_NOT_FOUND'));
    expect(store.recorded.slice(before).map(({ type }) => type)).toEqual(['StageStarted', 'ConversationDeleted']);
    await expect(keptObjects()).resolves.toEqual([]);
  },
);

it('nothing is done for a conversation that is not there, or not prepared', async () => {
  await job().run({ conversationId: newId() }, context);
  store.recorded.splice(2);
  await run();
  expect(store.recorded).toHaveLength(2);
});
