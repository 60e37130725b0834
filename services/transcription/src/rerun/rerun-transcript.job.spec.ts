import { HarmonyError, streams, type EventDataOf, type StoredObject } from '@harmony/contracts';
import { MemoryStreams } from '@harmony/event-store/testing';
import { eventsFrom, fact, newId, systemClock, type Clock, type Fact } from '@harmony/kernel';
import type { Media } from '@harmony/media';
import type { JobContext } from '@harmony/messaging';
import { FolderObjectStore } from '@harmony/object-store';
import { wavFile, type Heard, type SpeechEngine } from '@harmony/speech';
import { sayTones, toneWords } from '@harmony/speech/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StageAttempts } from '../attempt/stage-attempts.js';
import { RevisionStreams } from '../streams/revision-streams.js';
import { TranscriptionStreams } from '../streams/transcription-streams.js';
import { TranscribeJob } from '../transcribe/transcribe.job.js';
import { RerunTranscriptJob, type RerunTranscriptPayload } from './rerun-transcript.job.js';

const workspaceId = newId();
const context = (changes: Partial<JobContext> = {}): JobContext => ({
  ...{ workspaceId, correlationId: 'request', attempt: 1, lastAttempt: false },
  ...{ signal: new AbortController().signal, ...changes },
});

/** Says a new word for every piece, so that what was heard once is told from what is heard again. */
class MoodyEngine implements SpeechEngine {
  heard = 0;
  before: (piece: number) => Promise<void> | void = () => undefined;
  constructor(private readonly model: string) {}

  async identify() {
    const pieces = { longestMs: 3_000, bridgeMs: 300 };
    return { engine: 'moody', model: this.model, parameters: {}, pieces };
  }
  async transcribe(piece: Int16Array): Promise<Heard> {
    await this.before(this.heard);
    this.heard += 1;
    const text = `${this.model} ${this.heard}`;
    return { segments: [{ startMs: 0, endMs: Math.floor(piece.length / 16), text }], language: 'en' };
  }
  async findSpeakers() {
    return undefined;
  }
  async close(): Promise<void> {}
}

let folder: string;
let objects: FolderObjectStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-rerun-'));
  objects = await FolderObjectStore.open(folder);
});
afterAll(() => rm(folder, { recursive: true }));

let store: MemoryStreams;
let engine: MoodyEngine;
let conversationId: string;
let audio: EventDataOf<'RecordingPrepared'>['audio'];
/** What preparing gives; fails where a test says so. */
let prepare: () => Promise<never>;
beforeEach(async () => {
  store = new MemoryStreams();
  engine = new MoodyEngine('second');
  conversationId = newId();
  prepare = () => Promise.reject(new HarmonyError('MEDIA_BROKEN'));
  // One word in each channel, the second channel first.
  const times = [2_000, 0].map((atMs) => sayTones([{ word: toneWords[0] ?? '', atMs }], 4_000));
  audio = await Promise.all(
    times.map(async (sound, channel) => ({
      channel,
      object: await put(`audio/channel-${channel}.wav`, wavFile(sound)),
    })),
  );
  await append(fact('ConversationSubmitted', submission()), received());
});

const submission = (): EventDataOf<'ConversationSubmitted'> => ({
  ...{ conversationId, source: 'RECORDING', title: 'Call', medium: 'CALL', teamId: null, contactId: null },
  ...{ ownerId: workspaceId, createdBy: workspaceId, tags: [], customFields: {}, content: null },
});
const other = (): StoredObject => ({ key: `${prefix()}recording`, bytes: 1, sha256: '0'.repeat(64) });
const received = (): Fact =>
  fact('RecordingReceived', {
    ...{ conversationId, recording: other(), fileName: null, mediaType: 'audio/wav', hasVideo: false, via: 'UPLOAD' },
  });
const preparedFact = (): Fact =>
  fact('RecordingPrepared', {
    ...{ conversationId, durationMs: 4_000, channels: 2, container: 'wav', codec: 'pcm', audio, peaks: other() },
    rendition: { object: other(), mediaType: 'audio/mp4' },
  });

const prefix = (): string => `${workspaceId}/conversations/${conversationId}/`;
async function put(name: string, bytes: Buffer): Promise<StoredObject> {
  const key = `${prefix()}${name}`;
  const { bytes: size, sha256 } = await objects.put(key, bytes, { contentType: 'audio/wav' });
  return { key, bytes: size, sha256 };
}
async function append(...facts: readonly Fact[]): Promise<void> {
  await appendTo(streams.conversation(conversationId), facts);
}
async function appendTo(stream: string, facts: readonly Fact[]): Promise<void> {
  const cause = {
    ...{ workspaceId, causationId: newId(), correlationId: 'request', occurredAt: new Date().toISOString() },
    actor: { kind: 'SYSTEM', id: 'test' },
  } as const;
  const last = store.recorded.filter(({ streamId }) => streamId === stream).length - 1;
  await store.append(stream, eventsFrom(cause, stream, facts), last < 0 ? 'none' : last);
}

const [projectId, revisionId] = [newId(), newId()];
const rerun = (changes: Partial<RerunTranscriptPayload> = {}): RerunTranscriptPayload => ({
  ...{ conversationId, projectId, revisionId, runId: newId(), cause: newId(), ...changes },
});
const job = (clock: Clock = systemClock): RerunTranscriptJob =>
  new RerunTranscriptJob(
    new TranscriptionStreams(store),
    new RevisionStreams(store),
    { withDirectory: () => prepare() } as unknown as Media,
    objects,
    engine,
    clock,
  );
const run = (payload: RerunTranscriptPayload, changes: Partial<JobContext> = {}): Promise<void> =>
  job().run(payload, context(changes));
/** Of the conversation itself, by another engine. */
async function transcribed(): Promise<void> {
  await append(preparedFact());
  const conversations = new TranscriptionStreams(store);
  const attempts = new StageAttempts(conversations, objects, systemClock);
  const ordinary = new TranscribeJob(attempts, conversations, objects, new MoodyEngine('first'), systemClock);
  await ordinary.run({ conversationId }, context());
  await append(fact('ConversationCompleted', { conversationId }));
}
const dataOf = <Type extends Fact['type']>(type: Type): EventDataOf<Type>[] =>
  store.recorded.filter((event) => event.type === type).map(({ data }) => data as EventDataOf<Type>);
const types = (from: number): string[] => store.recorded.slice(from).map(({ type }) => type);
async function keptObjects(): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of objects.list(`${prefix()}speech`)) keys.push(key);
  return keys;
}
const made = ['RerunTranscriptChunkRecorded', 'RerunTranscriptRecorded'];
const unavailable = new HarmonyError('SPEECH_UNAVAILABLE');

describe('a recording that a revision transcribes again', () => {
  beforeEach(transcribed);

  it('gets the next transcript, by the engine of now, for the run alone', async () => {
    const before = store.recorded.length;
    const payload = rerun();
    await run(payload);
    expect(types(before)).toEqual(made);
    const { runId } = payload;
    expect(dataOf('RerunTranscriptRecorded')).toMatchObject([
      { transcriptVersion: 2, revisionId, runId, turnCount: 2, origin: { engine: 'moody', model: 'second' } },
    ]);
    expect(dataOf('RerunTranscriptChunkRecorded')).toMatchObject([
      { transcriptVersion: 2, chunk: 0, revisionId, runId },
    ]);
    expect(dataOf('TranscriptRecorded')).toMatchObject([{ transcriptVersion: 1 }]);
    await expect(keptObjects()).resolves.toEqual([]);
  });

  it('says how long it took to make', async () => {
    let passedMs = 0;
    engine.before = async () => void (passedMs += 4_000);
    const clock = { now: () => new Date(Date.UTC(2026, 0, 1) + passedMs) };
    await job(clock).run(rerun(), context());
    expect(passedMs).toBeGreaterThan(0);
    expect(dataOf('RerunTranscriptRecorded')).toMatchObject([{ durationMs: passedMs }]);
  });

  it('has speakers of the codes by which the conversation knows them', async () => {
    const own = dataOf('TranscriptRecorded')[0]?.speakers;
    engine.before = async () => {
      // This engine hears nothing of the channel that the other one heard first.
      engine.transcribe = async (piece) => ({
        segments: engine.heard++ === 0 ? [{ startMs: 0, endMs: piece.length / 16, text: 'Hello' }] : [],
        language: null,
      });
      throw unavailable;
    };
    await expect(run(rerun())).rejects.toBe(unavailable);
    await run(rerun());
    const [speaker] = dataOf('RerunTranscriptRecorded')[0]?.speakers ?? [];
    expect(own).toHaveLength(2);
    expect(own).toContainEqual(expect.objectContaining({ code: speaker?.code, channel: speaker?.channel }));
    expect(speaker).toMatchObject({ code: 'B', channel: 0 });
  });

  it('is transcribed once for a run, however often and by however many it is asked for, and again for another revision', async () => {
    const payload = rerun();
    await Promise.all([run(payload), run(payload)]);
    await run(payload);
    expect(dataOf('RerunTranscriptRecorded')).toHaveLength(1);
    await run(rerun({ revisionId: newId() }));
    expect(dataOf('RerunTranscriptRecorded')).toMatchObject([{ transcriptVersion: 2 }, { transcriptVersion: 3 }]);
  });

  it('is not heard again by a later try of the same revision: its transcript is named again', async () => {
    const first = rerun();
    await run(first);
    const { heard } = engine;
    const second = rerun();
    await run(second);
    await run(second);
    await run(rerun());
    expect(engine.heard).toBe(heard);
    expect(dataOf('RerunTranscriptChunkRecorded')).toHaveLength(1);
    const [original, ...again] = dataOf('RerunTranscriptRecorded');
    expect(original).not.toHaveProperty('fromRunId');
    expect(again).toHaveLength(2);
    for (const one of again) expect(one).toMatchObject({ transcriptVersion: 2, fromRunId: first.runId, chunkCount: 1 });
  });

  it('keeps its number apart from a retry that goes on at the same time', async () => {
    await append(fact('ConversationRetried', { conversationId, fromStage: 'TRANSCRIPTION' }));
    const conversations = new TranscriptionStreams(store);
    const attempts = new StageAttempts(conversations, objects, systemClock);
    const retrying = new MoodyEngine('third');
    // While the retry listens, which would have been version 2, the revision records its transcript.
    retrying.before = async (piece) => {
      if (piece === 0) await run(rerun());
    };
    await new TranscribeJob(attempts, conversations, objects, retrying, systemClock).run({ conversationId }, context());
    expect(dataOf('RerunTranscriptRecorded')).toMatchObject([{ transcriptVersion: 2 }]);
    expect(dataOf('TranscriptRecorded')).toMatchObject([{ transcriptVersion: 1 }, { transcriptVersion: 3 }]);
  });
});

describe('a run that ends in the middle', () => {
  beforeEach(transcribed);

  it('goes on with what was heard, also in a later try of the revision', async () => {
    engine.before = (piece) => {
      if (piece === 1) throw unavailable;
    };
    const first = rerun();
    await expect(run(first)).rejects.toBe(unavailable);
    await job().failed(first, unavailable, context());
    expect((await keptObjects()).length).toBeGreaterThan(0);
    engine.before = () => undefined;
    await run(rerun());
    expect(engine.heard).toBe(2);
    await expect(keptObjects()).resolves.toEqual([]);
  });

  it.each(['before', 'after'] as const)(
    '%s its append is continued, and leaves what it would have left',
    async (moment) => {
      const before = store.recorded.length;
      const payload = rerun();
      store[moment] = () => {
        store[moment] = () => undefined;
        throw new HarmonyError('STORE_UNAVAILABLE');
      };
      await expect(run(payload)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await run(payload, { attempt: 2 });
      expect(types(before)).toEqual(made);
      expect(engine.heard).toBe(2);
    },
  );
});

describe('a recording that cannot be transcribed again', () => {
  const failures = (): unknown[] => dataOf('RerunStageFailed');

  it('because its file is missing fails the run with a code, once, and nothing else', async () => {
    await transcribed();
    await objects.delete(`${prefix()}audio/channel-0.wav`);
    const before = store.recorded.length;
    const payload = rerun();
    const error = await run(payload).catch((reason: unknown) => reason);
    await job().failed(payload, error, context());
    await job().failed(payload, error, context());
    const { runId } = payload;
    expect(failures()).toEqual([
      { conversationId, revisionId, runId, stage: 'TRANSCRIPTION', code: 'OBJECT_NOT_FOUND' },
    ]);
    expect(types(before)).toEqual(['RerunStageFailed']);
    await run(payload);
    expect(types(before)).toEqual(['RerunStageFailed']);
  });

  it('because another file is in its place fails the run at once', async () => {
    await transcribed();
    await put('audio/channel-0.wav', wavFile(new Int16Array(16)));
    await run(rerun());
    expect(failures()).toMatchObject([{ code: 'CHECKSUM_MISMATCH' }]);
  });

  it('because there is none, or it cannot be prepared, says so', async () => {
    await run(rerun());
    expect(failures()).toMatchObject([{ code: 'MEDIA_BROKEN' }]);
    store.recorded.splice(1);
    await run(rerun());
    expect(failures()).toMatchObject([{ code: 'RECORDING_NOT_READY' }]);
  });

  it('before it was prepared is prepared first', async () => {
    const { type, data } = preparedFact();
    if (type !== 'RecordingPrepared') throw new Error('It is prepared.');
    const { conversationId: _, ...stored } = data;
    prepare = () => Promise.resolve(stored as never);
    const before = store.recorded.length;
    await run(rerun());
    expect(types(before)).toEqual(['RecordingPrepared', ...made]);
    expect(dataOf('RerunTranscriptRecorded')).toMatchObject([{ transcriptVersion: 1 }]);
  });
});

describe('nothing is recorded', () => {
  beforeEach(transcribed);
  const cancel = (): Promise<void> =>
    appendTo(streams.revisions(projectId), [fact('RevisionCancelled', { revisionId, projectId })]);

  it('of a revision that was cancelled before, or while it was heard', async () => {
    const before = store.recorded.length;
    engine.before = async (piece) => {
      if (piece === 0) await cancel();
    };
    await run(rerun());
    const { heard } = engine;
    const payload = rerun();
    await run(payload);
    await job().failed(payload, unavailable, context());
    expect(engine.heard).toBe(heard);
    expect(types(before)).toEqual(['RevisionCancelled']);
    await expect(keptObjects()).resolves.toEqual([]);
  });

  it.each(['in the stream', 'with its stream'])('of a conversation that is deleted %s meanwhile', async (how) => {
    const before = store.recorded.length;
    engine.before = async (piece) => {
      if (piece !== 0) return;
      await append(fact('ConversationDeleted', { conversationId }));
      store.deleted = how === 'with its stream';
    };
    const payload = rerun();
    await run(payload);
    await job().failed(payload, unavailable, context());
    expect(types(before)).toEqual(['ConversationDeleted']);
    const left: string[] = [];
    for await (const key of objects.list(prefix())) left.push(key);
    expect(left).toEqual([]);
  });
});
