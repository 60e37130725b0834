import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sampleRate } from '@harmony/speech';
import { sayTones, SpeechServer, toneWords, type SpokenTone } from '@harmony/speech/testing';
import { eventually } from '@harmony/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { send, withKey, type Answer } from '../support/api.js';
import { startHarmonyProcess, type HarmonyProcess } from '../support/harmony-process.js';

const durationMs = 90_000;
/** Two speakers, each a word every four seconds, two seconds after the other. */
const words = (offsetMs: number): SpokenTone[] =>
  Array.from({ length: 22 }, (_, index) => ({
    word: toneWords[(index * 3 + offsetMs / 2_000) % toneWords.length] ?? 'alpha',
    atMs: index * 4_000 + offsetMs + 500,
  }));
const [left, right] = [words(0), words(2_000)];
const script = left.flatMap(({ word }, index) => [
  { speaker: 'A', text: word },
  { speaker: 'B', text: right[index]?.word },
]);

const conversationSchema = z.object({
  status: z.string(),
  turnCount: z.number().nullable(),
  failure: z.object({ stage: z.string(), code: z.string() }).nullish(),
});
const turn = z.object({ speakerCode: z.string(), text: z.string(), startMs: z.number() });
const transcriptSchema = z.object({ edges: z.array(z.object({ node: turn })) });

let dataDirectory: string;
let harmony: HarmonyProcess;
let server: SpeechServer;

beforeAll(async () => {
  server = await SpeechServer.start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-transcription-'));
  server.requests.length = 0;
  server.beforeAnswer = () => undefined;
});
afterEach(async () => {
  await harmony.stop();
  await rm(dataDirectory, { recursive: true, force: true });
});

/** One megabyte is half a minute of a channel: several requests for each. */
const withServer = (): Record<string, string> => ({ SPEECH_URL: server.url, SPEECH_MAX_UPLOAD_MB: '1' });

async function start(environment: Readonly<Record<string, string>>): Promise<void> {
  harmony = await startHarmonyProcess({ dataDirectory, environment });
}

async function upload(channels: readonly (readonly SpokenTone[])[]): Promise<string> {
  const form = new FormData();
  form.set('title', 'A call of tones');
  form.set('file', new Blob([new Uint8Array(stereo(channels))], { type: 'audio/wav' }), 'call.wav');
  const { headers } = withKey(harmony.url, harmony.apiKey);
  const response = await fetch(`${harmony.url}/v1/conversations/upload`, { method: 'POST', headers, body: form });
  expect({ status: response.status }).toEqual({ status: 202 });
  return z.object({ id: z.string() }).parse(await response.json()).id;
}

const get = (path: string): Promise<Answer> => send(withKey(harmony.url, harmony.apiKey), 'GET', path);

const conversation = (id: string): Promise<z.output<typeof conversationSchema>> =>
  get(`/v1/conversations/${id}`).then(({ body }) => conversationSchema.parse(body));

const ended = (id: string, status: string): Promise<z.output<typeof conversationSchema>> =>
  eventually(
    async () => {
      const now = await conversation(id);
      expect(now).toMatchObject({ status });
      return now;
    },
    { withinMs: 120_000, everyMs: 200 },
  );

async function turnsOf(id: string): Promise<{ speaker: string; text: string }[]> {
  const { body } = await get(`/v1/conversations/${id}/transcript?first=100`);
  const turns = transcriptSchema.parse(body).edges.map(({ node }) => node);
  for (const [index, { startMs }] of turns.entries()) expect(Math.abs(startMs - index * 2_000 - 500)).toBeLessThan(50);
  return turns.map(({ speakerCode: speaker, text }) => ({ speaker, text }));
}

describe('a recording', () => {
  it('whose transcription is cut by kill -9 gets its transcript, every turn once', async () => {
    await start(withServer());
    const reached = new Promise<void>((resolve) => {
      // The answer to this request never arrives.
      server.beforeAnswer = (_, index) => (index === 4 ? new Promise(() => resolve()) : undefined);
    });
    const id = await upload([left, right]);
    await reached;
    await expect(conversation(id)).resolves.toMatchObject({ status: 'TRANSCRIBING' });
    await harmony.kill9();
    server.beforeAnswer = () => undefined;
    await start(withServer());
    await expect(ended(id, 'COMPLETED')).resolves.toMatchObject({ turnCount: script.length });
    await expect(turnsOf(id)).resolves.toEqual(script);
    expect(server.requests.length).toBeGreaterThan(5);
  }, 300_000);

  it('without an engine fails and says what to set, is kept, and gets its transcript when it is retried', async () => {
    await start({});
    const id = await upload([left, right]);
    await expect(ended(id, 'FAILED')).resolves.toMatchObject({
      failure: { stage: 'TRANSCRIPTION', code: 'SPEECH_NOT_CONFIGURED' },
    });
    await harmony.stop();
    await start(withServer());
    const access = withKey(harmony.url, harmony.apiKey);
    const retried = await send(access, 'POST', `/v1/conversations/${id}/retry`, { fromStage: 'TRANSCRIPTION' });
    expect(retried.status).toBeLessThan(300);
    await ended(id, 'COMPLETED');
    await expect(turnsOf(id)).resolves.toEqual(script);
  }, 300_000);

  it('in which nobody speaks has a transcript without turns', async () => {
    await start(withServer());
    const id = await upload([[], []]);
    await expect(ended(id, 'COMPLETED')).resolves.toMatchObject({ turnCount: 0 });
    await expect(turnsOf(id)).resolves.toEqual([]);
    expect(server.requests).toHaveLength(0);
  }, 300_000);
});

/** A WAV file of 16-bit samples, the channels in turn. */
function stereo(channels: readonly (readonly SpokenTone[])[]): Buffer {
  const sounds = channels.map((tones) => sayTones(tones, durationMs));
  const [frames, bytesPerFrame] = [(durationMs * sampleRate) / 1_000, 2 * sounds.length];
  const file = Buffer.alloc(44 + frames * bytesPerFrame);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(sounds.length, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * bytesPerFrame, 28);
  file.writeUInt16LE(bytesPerFrame, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(file.length - 44, 40);
  for (let frame = 0; frame < frames; frame += 1) {
    sounds.forEach((sound, channel) => file.writeInt16LE(sound[frame] ?? 0, 44 + frame * bytesPerFrame + channel * 2));
  }
  return file;
}
