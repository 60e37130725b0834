import { HarmonyError, streams, type ErrorCode } from '@harmony/contracts';
import { eventsFrom, fact, newId, systemClock, type Fact } from '@harmony/kernel';
import type { JobContext } from '@harmony/messaging';
import { FolderObjectStore } from '@harmony/object-store';
import { openOutbound } from '@harmony/outbound';
import { wavOf } from '@harmony/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { MemoryStreams } from '@harmony/event-store/testing';
import { Media } from '@harmony/media';
import { RecogniseRecording } from '../uploads/recognise-recording.js';
import { FetchFileJob } from './fetch-file.job.js';
import { ReceiveFile } from './receive-file.js';
import { UrlFetchStreams } from './url-fetch-streams.js';

jest.setTimeout(60_000);

const workspaceId = newId();
const context: JobContext = {
  workspaceId,
  correlationId: 'request',
  attempt: 1,
  lastAttempt: false,
  signal: new AbortController().signal,
};
const sound = wavOf(2_000);

let folder: string;
let objects: FolderObjectStore;
let server: Server;
let url: string;
let answer: RequestListener;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-fetch-'));
  objects = await FolderObjectStore.open(folder);
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/calls/First%20call.wav?key=1`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
  await rm(folder, { recursive: true });
});

let store: MemoryStreams;
let job: FetchFileJob;
let conversationId: string;

async function record(...facts: readonly Fact[]): Promise<void> {
  const stream = streams.conversation(conversationId);
  const actor = { kind: 'SYSTEM', id: 'test' } as const;
  const cause = { workspaceId, correlationId: 'request', occurredAt: new Date().toISOString(), actor };
  const revision = store.recorded.length - 1;
  const events = eventsFrom({ ...cause, causationId: newId() }, stream, facts);
  await store.append(stream, events, revision < 0 ? 'none' : revision);
}

async function submit(link: string): Promise<void> {
  const people = { teamId: null, contactId: null, ownerId: workspaceId, createdBy: workspaceId };
  const form = { title: 'Call', medium: 'CALL', tags: [], customFields: {}, ...people } as const;
  await record(
    fact('ConversationSubmitted', { conversationId, source: 'URL', content: null, ...form, tags: [] }),
    fact('UrlImportRequested', { conversationId, url: link }),
  );
}

beforeEach(async () => {
  store = new MemoryStreams();
  const outbound = openOutbound({ allowedHosts: ['127.0.0.1'] });
  const files = new ReceiveFile(new RecogniseRecording(objects, new Media()), outbound, objects);
  job = new FetchFileJob(new UrlFetchStreams(store), files, systemClock);
  conversationId = newId();
  answer = (_request, response) => response.end(sound);
  await submit(url);
});

const run = (changes: Partial<JobContext> = {}): Promise<void> =>
  job.run({ conversationId }, { ...context, ...changes });
const types = (): string[] => store.recorded.map(({ type }) => type).slice(2);
const last = (type: string): unknown => store.recorded.findLast((event) => event.type === type)?.data;
const keys = async (): Promise<string[]> => {
  const prefix = `${workspaceId}/conversations/${conversationId}/`;
  const found: string[] = [];
  for await (const key of objects.list(prefix)) found.push(key.slice(prefix.length));
  return found;
};

describe('a link to a recording', () => {
  it('becomes a stored recording, known by its bytes', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(sound);
    await run();
    expect(types()).toEqual(['StageStarted', 'RecordingReceived', 'StageSucceeded']);
    const received = last('RecordingReceived') as { recording: { key: string } };
    expect(received).toMatchObject({
      ...{ fileName: 'First call.wav', mediaType: 'audio/wav', hasVideo: false, via: 'URL' },
      recording: { bytes: sound.length },
    });
    expect((await buffer(await objects.get(received.recording.key))).equals(sound)).toBe(true);
    expect(await keys()).toEqual(['recording']);
  });

  it('is fetched once, however often the job runs', async () => {
    await run();
    const before = store.recorded.length;
    await run();
    expect(store.recorded).toHaveLength(before);
  });

  it.each([0, 1])('ends in the same events after a crash before or after append %i', async (crash) => {
    for (const moment of ['before', 'after'] as const) {
      store.recorded.length = 2;
      const stop = new AbortController();
      let call = 0;
      store[moment] = () => {
        if (call++ !== crash) return;
        stop.abort();
        throw new Error('killed');
      };
      await expect(run({ signal: stop.signal })).rejects.toThrow('killed');
      await run();
      expect(types()).toEqual(['StageStarted', 'RecordingReceived', 'StageSucceeded']);
    }
  });

  it('is fetched anew when somebody asks anew, and what was there stays', async () => {
    await run();
    await record(fact('ConversationCompleted', { conversationId }));
    await record(fact('ConversationRetried', { conversationId, fromStage: 'INTAKE' }));
    await run();
    expect(last('RecordingReceived')).toMatchObject({ recording: { key: expect.stringMatching(/\/recording-2$/) } });
    expect((await keys()).toSorted()).toEqual(['recording', 'recording-2']);
    expect(last('StageSucceeded')).toMatchObject({ attempt: 2 });
  });

  it('leaves nothing behind when it is deleted meanwhile', async () => {
    const deleted = (): Promise<void> => record(fact('ConversationDeleted', { conversationId }));
    answer = (_request, response) => void deleted().then(() => response.end(sound));
    await run();
    expect(types()).toEqual(['StageStarted', 'ConversationDeleted']);
    expect(await keys()).toEqual([]);
  });

  it('leaves nothing behind when its run dies with the file stored, and it is erased before the next run', async () => {
    const stop = new AbortController();
    let call = 0;
    store.before = () => {
      if (call++ !== 1) return;
      stop.abort();
      throw new Error('killed');
    };
    await expect(run({ signal: stop.signal })).rejects.toThrow('killed');
    expect(await keys()).toEqual(['recording']);
    store.deleted = true;
    await run({ attempt: 2 });
    expect(await keys()).toEqual([]);
  });
});

describe('a link to a transcript', () => {
  it.each([
    ['TEXT', 'transcript.txt', 'Ann: Hello'],
    ['SRT', 'transcript.srt', '1\n00:00:01,000 --> 00:00:02,000\nHello'],
    ['VTT', 'transcript.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello'],
    ['STRUCTURED', 'transcript.json', '{"participants":[{"id":"a","name":"A"}],"turns":[]}'],
  ])('becomes stored content in the format %s', async (format, name, text) => {
    answer = (_request, response) => response.end(text);
    await run();
    expect(types()).toEqual(['StageStarted', 'TranscriptReceived', 'StageSucceeded']);
    expect(last('TranscriptReceived')).toMatchObject({ format, content: { bytes: text.length } });
    expect(await keys()).toEqual([name]);
  });
});

describe('a link that cannot be imported', () => {
  const failed = (code: ErrorCode): object => ({ stage: 'INTAKE', code });
  const answers: Readonly<Record<string, readonly [ErrorCode, RequestListener]>> = {
    'a sign-in page': [
      'URL_NOT_ACCESSIBLE',
      (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in'),
    ],
    'a page that is called audio': [
      'URL_NOT_ACCESSIBLE',
      (_request, response) => response.writeHead(200, { 'content-type': 'audio/mpeg' }).end('<!doctype html>Sign in'),
    ],
    'a refusal': ['URL_NOT_ACCESSIBLE', (_request, response) => response.writeHead(401).end('no')],
    'a picture': ['NOT_A_RECORDING', (_request, response) => response.end(Buffer.from('89504e470d0a1a0a00', 'hex'))],
    nothing: ['NOT_A_RECORDING', (_request, response) => response.end()],
    'a playlist': ['NOT_A_RECORDING', (_request, response) => response.end('#EXTM3U\nhttp://127.0.0.1/secret')],
    'a way inside': [
      'URL_NOT_ALLOWED',
      (_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
    ],
    'a circle': ['TOO_MANY_REDIRECTS', (_request, response) => response.writeHead(302, { location: url }).end()],
    'more than fits': [
      'FILE_TOO_LARGE',
      (_request, response) => response.writeHead(200, { 'content-length': 2_147_483_649 }).flushHeaders(),
    ],
    'a long text': ['PAYLOAD_TOO_LARGE', (_request, response) => response.end('words '.repeat(1_800_000))],
  };

  it.each(Object.keys(answers))('fails at once when it leads to %s, and nothing is kept', async (name) => {
    const [code, listener] = answers[name] ?? ['INTERNAL', answer];
    answer = listener;
    await run();
    expect(types()).toEqual(['StageStarted', 'StageAttemptFailed', 'ConversationFailed']);
    expect(last('ConversationFailed')).toMatchObject(failed(code));
    expect(last('StageAttemptFailed')).toMatchObject({ code, willRetry: false, attempt: 1 });
    expect(await keys()).toEqual([]);
  });

  it('is tried again while its server is away, and is not accessible in the end', async () => {
    answer = (_request, response) => response.writeHead(503).end();
    await expect(run()).rejects.toMatchObject({ code: 'URL_UNAVAILABLE' });
    await expect(run({ attempt: 2, lastAttempt: true })).rejects.toThrow();
    await job.failed({ conversationId }, new HarmonyError('URL_UNAVAILABLE'), context);
    const try_ = ['StageStarted', 'StageAttemptFailed'];
    expect(types()).toEqual([...try_, ...try_, 'ConversationFailed']);
    expect(last('StageAttemptFailed')).toMatchObject({ attempt: 2, willRetry: false });
    expect(last('ConversationFailed')).toMatchObject(failed('URL_NOT_ACCESSIBLE'));
  });

  it('goes on with the same try after a restart', async () => {
    const stop = new AbortController();
    answer = (_request, response) => {
      response.write(sound.subarray(0, 100));
      stop.abort();
    };
    await expect(run({ signal: stop.signal })).rejects.toThrow();
    expect(types()).toEqual(['StageStarted']);
    answer = (_request, response) => response.end(sound);
    await run({ attempt: 2 });
    expect(types()).toEqual(['StageStarted', 'RecordingReceived', 'StageSucceeded']);
    expect(await keys()).toEqual(['recording']);
  });
});
