import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { soundOf } from '../audio/sounds.js';
import { speechEngineContract } from '../contract-suite/index.js';
import { sayTones, SpeechServer, toneWords } from '../testing/index.js';
import { transcribeSound } from '../transcribe-sound.js';
import { OpenAiEngine } from './openai-engine.js';
import type { OpenAiOptions } from './options.js';
import { retryAfterMs } from './retry-after.js';
import { languageCode } from './language-code.js';

const speech = sayTones(
  [
    { word: 'alpha', atMs: 500 },
    { word: 'bravo', atMs: 900 },
    { word: 'hotel', atMs: 3_000 },
  ],
  4_000,
);
const never = new AbortController().signal;
const backoff = { firstMs: 1, maximumMs: 5 };

describe('the engine for OpenAI-compatible servers', () => {
  speechEngineContract(async () => {
    const server = await SpeechServer.start();
    const engine = new OpenAiEngine({
      baseUrl: server.url,
      model: 'tones',
      timeoutMs: 60_000,
      maximumUploadBytes: 25_000_000,
    });
    return { engine, speech, word: 'bravo', close: () => server.stop() };
  });
});

describe('a transcription server', () => {
  let server: SpeechServer;
  beforeAll(async () => {
    server = await SpeechServer.start();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    server.requests.length = 0;
    server.faults.length = 0;
    server.beforeAnswer = () => undefined;
  });

  const engine = (options: Partial<OpenAiOptions> = {}): OpenAiEngine =>
    new OpenAiEngine({
      ...{ baseUrl: server.url, model: 'tones', timeoutMs: 60_000, maximumUploadBytes: 25_000_000, backoff },
      ...options,
    });
  const hear = (options: Partial<OpenAiOptions> = {}, signal = never): Promise<unknown> =>
    engine(options).transcribe(speech, { signal });

  it('is asked for segments and words, with the key, the model and the language', async () => {
    await hear({ apiKey: 'secret', language: 'en', baseUrl: `${server.url}/` });
    expect(server.requests[0]).toMatchObject({
      authorization: 'Bearer secret',
      durationMs: 4_000,
      fields: {
        model: ['tones'],
        language: ['en'],
        response_format: ['verbose_json'],
        'timestamp_granularities[]': ['segment', 'word'],
      },
    });
  });

  it('gives segments with their words', async () => {
    await expect(hear()).resolves.toMatchObject({
      language: 'en',
      segments: [
        { startMs: 500, text: 'alpha bravo', words: [{ text: 'alpha', startMs: 500 }, { text: 'bravo' }] },
        { startMs: 3_000, text: 'hotel', words: [{ text: 'hotel' }] },
      ],
    });
  });

  it.each([
    ['429 with a time', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
    ['429 with a date', { kind: 'status', status: 429, headers: { 'retry-after': new Date(0).toUTCString() } }],
    ['500', { kind: 'status', status: 500 }],
    ['503', { kind: 'status', status: 503 }],
    ['a connection that is cut', { kind: 'cut' }],
  ] as const)('is asked again after %s', async (_, fault) => {
    server.faults.push(fault, fault);
    await expect(hear()).resolves.toMatchObject({ language: 'en' });
    expect(server.requests).toHaveLength(3);
  });

  it('is given up for now after four tries, which may pass', async () => {
    server.faults.push(...Array.from({ length: 4 }, () => ({ kind: 'status', status: 503 }) as const));
    await expect(hear()).rejects.toMatchObject({ code: 'SPEECH_UNAVAILABLE', kind: 'retriable' });
    expect(server.requests).toHaveLength(4);
  });

  it('that wants to be left alone for long is left alone', async () => {
    server.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '3600' } });
    await expect(hear()).rejects.toMatchObject({ code: 'SPEECH_UNAVAILABLE', retryAfterSeconds: 3_600 });
    expect(server.requests).toHaveLength(1);
  });

  it('that does not answer in time is given up for now', async () => {
    server.faults.push(...Array.from({ length: 4 }, () => ({ kind: 'hang' }) as const));
    await expect(hear({ timeoutMs: 100 })).rejects.toMatchObject({ code: 'SPEECH_UNAVAILABLE' });
  });

  it('that cannot be reached is given up for now', async () => {
    await expect(hear({ baseUrl: 'http://127.0.0.1:1/v1' })).rejects.toMatchObject({ code: 'SPEECH_UNAVAILABLE' });
  });

  it.each([400, 401, 404, 413, 302])('that answers %i refuses, which is not tried again', async (status) => {
    server.faults.push({ kind: 'status', status, headers: { location: 'http://127.0.0.1:1/' }, body: 'no such model' });
    await expect(hear({ apiKey: 'secret' })).rejects.toMatchObject({
      code: 'SPEECH_REFUSED',
      kind: 'poison',
      message: expect.stringContaining('no such model'),
      facts: { status },
    });
    expect(server.requests).toHaveLength(1);
  });

  it('that repeats the key which it refuses does not get it into our logs', async () => {
    server.faults.push({ kind: 'status', status: 401, body: 'The key sk-very-secret is wrong.' });
    await expect(hear({ apiKey: 'sk-very-secret' })).rejects.toMatchObject({
      message: 'The transcription server answers 401. The key … is wrong.',
    });
  });

  it.each(['{"text":', '"words"', '{"segments":[]}', '{"text":"a","segments":[{"start":-1,"end":1,"text":"a"}]}'])(
    'that answers %s is not understood',
    async (body) => {
      server.faults.push({ kind: 'answer', body });
      await expect(hear()).rejects.toMatchObject({ code: 'SPEECH_FAILED' });
    },
  );

  it('that knows neither segments nor words gives one segment', async () => {
    server.faults.push({ kind: 'answer', body: '{"text":" All of it. "}' });
    await expect(hear()).resolves.toEqual({
      segments: [{ startMs: 0, endMs: 4_000, text: 'All of it.' }],
      language: null,
    });
  });

  it('that says odd times is put right', async () => {
    const segments = [
      { start: 3, end: 9, text: 'second', speaker: 1 },
      { start: 1, end: 0.5, text: 'first', speaker: 'A' },
      { start: 2, end: 3, text: '  ' },
    ];
    server.faults.push({ kind: 'answer', body: JSON.stringify({ text: '', language: 'Klingon', segments }) });
    await expect(hear()).resolves.toEqual({
      segments: [
        { startMs: 1_000, endMs: 1_000, text: 'first', speaker: 'A' },
        { startMs: 3_000, endMs: 4_000, text: 'second', speaker: '1' },
      ],
      language: null,
    });
  });

  it('is not waited for when the work is stopped between two tries', async () => {
    const stopping = new AbortController();
    server.faults.push({ kind: 'status', status: 503, headers: { 'retry-after': '50' } });
    const asked = hear({}, stopping.signal);
    server.beforeAnswer = () => void setImmediate(() => stopping.abort(new Error('over')));
    await expect(asked).rejects.toThrow('over');
  });

  it('never gets a file above its limit, and loses no word for it', async () => {
    const tones = Array.from({ length: 60 }, (_, index) => ({
      word: toneWords[index % toneWords.length] ?? 'alpha',
      atMs: 1_000 * index + 200,
    }));
    const maximumUploadBytes = 320_044;
    const heard = await transcribeSound(engine({ maximumUploadBytes }), soundOf(sayTones(tones, 60_000)), {
      signal: never,
      findSpeakers: true,
    });
    expect(Math.max(...server.requests.map(({ bytes }) => bytes))).toBeLessThanOrEqual(maximumUploadBytes);
    expect(server.requests.length).toBeGreaterThan(5);
    expect(heard.segments.map(({ text }) => text).join(' ')).toBe(tones.map(({ word }) => word).join(' '));
    for (const [index, { startMs }] of heard.segments.entries()) {
      expect(Math.abs(startMs - (tones[index]?.atMs ?? 0))).toBeLessThan(50);
    }
  });

  it('is not asked about silence', async () => {
    const silence = soundOf(new Int16Array(16_000 * 60));
    await expect(transcribeSound(engine(), silence, { signal: never, findSpeakers: true })).resolves.toEqual({
      segments: [],
      language: null,
    });
    expect(server.requests).toHaveLength(0);
  });
});

it.each([
  ['120', 120_000],
  ['0', 0],
  ['-5', 0],
  [new Date(61_000).toUTCString(), 60_000],
  [new Date(0).toUTCString(), 0],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
])('Retry-After: %s', (header, expected) => {
  expect(retryAfterMs(header, 1_000)).toBe(expected);
});

it.each([
  ['english', 'en'],
  ['German', 'de'],
  ['pt', 'pt'],
  ['zz top', null],
  ['', null],
  [undefined, null],
])('the language %s is %s', (said, code) => {
  expect(languageCode(said)).toBe(code);
});
