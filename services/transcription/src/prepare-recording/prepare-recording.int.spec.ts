import { HarmonyError, streams, type StoredObject } from '@harmony/contracts';
import { eventsFrom, fact, newId, systemClock, type Cause, type Fact } from '@harmony/kernel';
import { Media } from '@harmony/media';
import type { JobContext } from '@harmony/messaging';
import { FolderObjectStore } from '@harmony/object-store';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { StageAttempts } from '../attempt/stage-attempts.js';
import { TranscriptionStreams } from '../streams/transcription-streams.js';
import { MemoryStreams } from '@harmony/event-store/testing';
import { PrepareRecordingJob } from './prepare-recording.job.js';

const workspaceId = newId();
let scratch: string;
let objects: FolderObjectStore;
let short: Buffer;
let store: MemoryStreams;
let conversationId: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'prepare-test-'));
  objects = await FolderObjectStore.open(join(scratch, 'objects'));
  short = await recorded('short.mp3', 'sine=d=2', '-c:a', 'libmp3lame');
});
afterAll(() => rm(scratch, { recursive: true, force: true }));
beforeEach(() => {
  store = new MemoryStreams();
  conversationId = newId();
});

async function recorded(name: string, source: string, ...codec: string[]): Promise<Buffer> {
  const { path } = await new Media().ffmpeg();
  const file = join(scratch, name);
  await promisify(execFile)(path, ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...codec, file]);
  return readFile(file);
}

const context = (changes: Partial<JobContext> = {}): JobContext => ({
  workspaceId,
  correlationId: 'request',
  attempt: 1,
  lastAttempt: false,
  signal: new AbortController().signal,
  ...changes,
});

function jobOn(media: Media): PrepareRecordingJob {
  const transcriptions = new TranscriptionStreams(store);
  const attempts = new StageAttempts(transcriptions, objects, systemClock);
  return new PrepareRecordingJob(attempts, transcriptions, objects, media);
}

const prefix = (): string => `${workspaceId}/conversations/${conversationId}/`;

async function received(bytes: Buffer): Promise<StoredObject> {
  const { key, bytes: size, sha256 } = await objects.put(`${prefix()}recording`, bytes, { contentType: 'audio/mpeg' });
  const recording = { key, bytes: size, sha256 };
  await append([
    fact('ConversationSubmitted', {
      ...{ conversationId, source: 'RECORDING', title: 'A call', medium: 'CALL', teamId: null, contactId: null },
      ...{ ownerId: workspaceId, createdBy: workspaceId, tags: [], customFields: {}, content: null },
    }),
    fact('RecordingReceived', {
      ...{ conversationId, recording, fileName: 'call.mp3', mediaType: 'audio/mpeg', hasVideo: false, via: 'UPLOAD' },
    }),
  ]);
  return recording;
}

async function append(facts: readonly Fact[]): Promise<void> {
  const stream = streams.conversation(conversationId);
  const cause: Cause = {
    ...{ workspaceId, causationId: newId(), correlationId: 'request', occurredAt: new Date().toISOString() },
    actor: { kind: 'SYSTEM', id: 'test' },
  };
  const last = store.recorded.length - 1;
  await store.append(stream, eventsFrom(cause, stream, facts), last < 0 ? 'none' : last);
}

const told = (): string[] => store.recorded.slice(2).map(({ type }) => type);
const dataOf = (type: string): unknown => store.recorded.filter((event) => event.type === type).at(-1)?.data;
async function storedKeys(): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of objects.list(prefix())) keys.push(key.slice(prefix().length));
  return keys.sort();
}

/** Of this machine, the ffmpeg that works in a directory below this one. */
async function ffmpegBelow(directory: string): Promise<number> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const place = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    if (place.startsWith(directory)) return Number(pid);
  }
  throw new Error('There is none.');
}

/** The test finds the child there. */
const itWithProc = existsSync('/proc/self/cwd') ? it : it.skip;

describe('preparing a received recording', () => {
  it('stores sound, peaks and rendition beside it, and tells where they are', async () => {
    await received(short);
    await jobOn(new Media()).run({ conversationId }, context());
    expect(told()).toEqual(['StageStarted', 'RecordingPrepared']);
    expect(await storedKeys()).toEqual(['audio/channel-0.wav', 'peaks.json', 'recording', 'rendition.mp3']);
    const prepared = dataOf('RecordingPrepared') as { audio: { object: StoredObject }[]; durationMs: number };
    const sound = prepared.audio[0]?.object ?? { key: '', bytes: 0, sha256: '' };
    const bytes = await buffer(await objects.get(sound.key));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sound.sha256);
    expect(Math.abs(prepared.durationMs - 2_000)).toBeLessThan(100);
  });

  it('is done once, however often it is asked for', async () => {
    await received(short);
    await jobOn(new Media()).run({ conversationId }, context());
    await jobOn(new Media()).run({ conversationId }, context({ attempt: 2 }));
    expect(told()).toEqual(['StageStarted', 'RecordingPrepared']);
  });

  it('has nothing to do for a conversation without a recording', async () => {
    await jobOn(new Media()).run({ conversationId }, context());
    expect(store.recorded).toEqual([]);
  });

  it.each([
    ['no recording', () => Buffer.from('not a recording'), 'NOT_A_RECORDING'],
    ['longer than the limit', () => short, 'DURATION_LIMIT'],
  ])('fails at once, by name, for a file that is %s', async (_, bytes, code) => {
    await received(bytes());
    await jobOn(new Media({ limits: { durationMs: 1_000 } })).run({ conversationId }, context());
    expect(told()).toEqual(['StageStarted', 'StageAttemptFailed', 'ConversationFailed']);
    expect(dataOf('StageAttemptFailed')).toMatchObject({ stage: 'TRANSCRIPTION', attempt: 1, code, willRetry: false });
    expect(dataOf('ConversationFailed')).toMatchObject({ stage: 'TRANSCRIPTION', code });
    expect(await storedKeys()).toEqual(['recording']);
  });

  it('fails for bytes that are not the ones that were received', async () => {
    const { key } = await received(short);
    await objects.put(key, short.subarray(0, 1_000), { contentType: 'audio/mpeg' });
    await jobOn(new Media()).run({ conversationId }, context());
    expect(dataOf('ConversationFailed')).toMatchObject({ code: 'CHECKSUM_MISMATCH' });
  });

  it('says what to do where there is no ffmpeg', async () => {
    await received(short);
    const job = jobOn(new Media({ ffmpegPath: join(scratch, 'nothing') }));
    const failure = await job.run({ conversationId }, context()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'MEDIA_TOOL_MISSING', kind: 'poison' });
    await job.failed({ conversationId }, failure, context({ lastAttempt: true }));
    expect(dataOf('ConversationFailed')).toMatchObject({ code: 'MEDIA_TOOL_MISSING' });
  });

  itWithProc('is tried again when ffmpeg is killed, and the try that failed is counted', async () => {
    await received(await recorded('long.flac', 'anoisesrc=d=900:r=8000'));
    const directory = join(scratch, 'killed');
    await mkdir(directory);
    const running = jobOn(new Media({ directory })).run({ conversationId }, context());
    const failure = running.catch((error: unknown) => error);
    await eventually(async () => process.kill(await ffmpegBelow(directory), 'SIGKILL'));
    expect(await failure).toMatchObject({ code: 'MEDIA_TOOL_KILLED' });
    expect(dataOf('StageAttemptFailed')).toMatchObject({ attempt: 1, code: 'MEDIA_TOOL_KILLED', willRetry: true });
    expect(await readdir(directory)).toEqual([]);

    await jobOn(new Media({ directory })).run({ conversationId }, context({ attempt: 2 }));
    expect(told()).toEqual(['StageStarted', 'StageAttemptFailed', 'StageStarted', 'RecordingPrepared']);
    expect(dataOf('StageStarted')).toMatchObject({ attempt: 2 });
  });

  it('fails for good when the last try fails', async () => {
    await received(short);
    const job = jobOn(new Media());
    const error = new HarmonyError('MEDIA_TIME_LIMIT');
    await job.failed({ conversationId }, error, context({ lastAttempt: true }));
    await job.failed({ conversationId }, error, context({ lastAttempt: true }));
    expect(told()).toEqual(['ConversationFailed']);
  });

  it('goes on after a crash as the same try', async () => {
    await received(short);
    const stop = new AbortController();
    stop.abort(new Error('killed'));
    const run = jobOn(new Media()).run({ conversationId }, context({ signal: stop.signal }));
    await expect(run).rejects.toThrow();
    expect(told()).toEqual(['StageStarted']);
    await jobOn(new Media()).run({ conversationId }, context({ attempt: 2 }));
    expect(told()).toEqual(['StageStarted', 'RecordingPrepared']);
  });

  it('begins again after a retry by a person', async () => {
    await received(Buffer.from('not a recording'));
    await jobOn(new Media()).run({ conversationId }, context());
    await append([fact('ConversationRetried', { conversationId, fromStage: 'TRANSCRIPTION' })]);
    await jobOn(new Media()).run({ conversationId }, context());
    expect(told().slice(4)).toEqual(['StageStarted', 'StageAttemptFailed', 'ConversationFailed']);
    expect(dataOf('StageStarted')).toMatchObject({ attempt: 2 });
  });

  it('leaves no object of a conversation that is deleted meanwhile', async () => {
    await received(short);
    const deleting = new Media();
    const prepare = deleting.prepare.bind(deleting);
    deleting.prepare = async (...given) => {
      const prepared = await prepare(...given);
      await append([fact('ConversationDeleted', { conversationId, transcripts: [] })]);
      return prepared;
    };
    await jobOn(deleting).run({ conversationId }, context());
    expect(told()).toEqual(['StageStarted', 'ConversationDeleted']);
    expect(await storedKeys()).toEqual([]);
  });
});
