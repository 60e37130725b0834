import type { StoredObject } from '@harmony/contracts';
import { FolderObjectStore, type ObjectStore } from '@harmony/object-store';
import { transcribeRecording, type TranscribedRecording } from '@harmony/service-transcription';
import {
  loudnessOf,
  openSpeechEngine,
  planPieces,
  samplesOf,
  SherpaEngine,
  withWavFile,
  type PieceLimits,
  type SpeechEngine,
} from '@harmony/speech';
import { bareRecogniser, installedModel, modelsDirectory, wordErrorRate } from '@harmony/speech/testing';
import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { assertSame, type Bench, type BenchOptions, type BenchResult, type Figure } from '../harness/bench.js';
import { withFolder } from '../harness/harmony.js';
import { interleave } from '../harness/interleave.js';
import { processorSeconds } from '../harness/processor-time.js';
import { prepare, recordings, type Recording } from './recordings.js';

const threads = 2;
const repetitions = 9;
/** Our overhead is to stay under 5 %. */
const target = 0.95;
const compared = 'call-stereo.wav';
const signal = new AbortController().signal;

type Audio = { readonly channel: number; readonly object: StoredObject; readonly path: string }[];

interface Place {
  readonly folder: string;
  readonly objects: ObjectStore;
  readonly all: readonly Recording[];
}

/** Recordings to transcripts by every engine that the machine has, beside the engine called with the bare samples. */
export const speechBench: Bench = {
  title: 'recordings transcribed by the job against the engine on its own, and the word error rate of each format',
  run: async (options) => {
    const all = await recordings();
    if (all.length === 0) return nothing('there is no ../shared/data/audio');
    return withFolder(async (folder) => {
      const objects = await FolderObjectStore.open(join(folder, 'objects'));
      const chosen = options.quick ? all.filter(({ name }) => name === compared) : all;
      const place = { folder, objects, all: chosen };
      return joined([await benchModel(place, options), await benchServer(place)]);
    });
  },
};

async function benchModel(place: Place, { quick }: BenchOptions): Promise<BenchResult> {
  const model = await installedModel();
  if ('reason' in model) return nothing(`sherpa-onnx: ${model.reason}`);
  const engine = new SherpaEngine({ modelsDirectory, wanted: model.name, threads });
  try {
    const figures = await errorRates(engine, model.name, place);
    const call = place.all.find(({ name }) => name === compared);
    if (!call) return nothing(`${compared} is not there`);
    const { audio, seconds } = await stored(call, place, 'compared');
    const { pieces } = await engine.identify();
    const decode = bareRecogniser(model, threads);
    const samples = await piecesOf(audio, pieces);
    const heard = { ours: 0, alone: 0 };
    const spent = { ours: [] as number[], alone: [] as number[] };
    let run = 0;
    const speed = async (side: keyof typeof spent, work: () => Promise<void>): Promise<number> => {
      const pid = side === 'ours' ? engine.process.pid : undefined;
      const [startedAt, before] = [performance.now(), await processorSeconds(pid)];
      await work();
      spent[side].push(seconds / ((await processorSeconds(pid)) - before));
      return (seconds * 1_000) / (performance.now() - startedAt);
    };
    const ours = (): Promise<number> =>
      speed('ours', async () => {
        run += 1;
        heard.ours = wordsOf((await job(engine, place, audio, `run-${run}`)).transcript.turns.map(({ text }) => text));
      });
    const alone = (): Promise<number> =>
      speed('alone', async () => void (heard.alone = wordsOf(samples.map((piece) => decode(piece)))));
    const rates = await interleave({ ours, alone }, quick ? 1 : repetitions);
    assertSame('number of words', heard.ours, heard.alone);
    const what = { ours: 'transcription job', peer: 'sherpa-onnx alone' };
    const comparisons = [
      // Both sides use every core there is, so on a busy machine only what they spend tells of our part.
      {
        ...{ workload: `${compared}, processor time`, ...what, unit: 's of sound a processor second', target },
        ...{ ourRates: spent.ours.slice(1), peerRates: spent.alone.slice(1) },
      },
      {
        ...{ workload: `${compared}, wall clock`, ...what, unit: 'x real time' },
        ...{ ourRates: rates.ours, peerRates: rates.alone },
      },
    ].filter(({ ourRates }) => !ourRates.some(Number.isNaN));
    const checks = ['both sides hear the same number of words'];
    return { comparisons, figures, checks, facts: { model: model.name, threads } };
  } finally {
    await engine.close();
  }
}

/** A server is somewhere else: its figures are those of its own machine. */
async function benchServer(place: Place): Promise<BenchResult> {
  const { SPEECH_URL: url, SPEECH_API_KEY: apiKey, SPEECH_MODEL: model } = process.env;
  if (!url) return nothing('OpenAI-compatible server: SPEECH_URL is not set');
  const settings = {
    url,
    apiKey,
    model,
    language: undefined,
    threads,
    timeoutSeconds: 600,
    maximumUploadMegabytes: 24,
  };
  const figures = await errorRates(openSpeechEngine(settings, '.'), `server ${model ?? ''}`, place);
  return { comparisons: [], figures, checks: [], facts: {} };
}

async function errorRates(engine: SpeechEngine, label: string, place: Place): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const recording of place.all) {
    const { audio, seconds } = await stored(recording, place, `${label}-${recording.name}`);
    const startedAt = performance.now();
    const { transcript } = await job(engine, place, audio, `${label}-${recording.name}`);
    const factor = (performance.now() - startedAt) / 1_000 / seconds;
    const rate = wordErrorRate(recording.words, transcript.turns.map(({ text }) => text).join(' ')) * 100;
    const workload = `${label}: ${recording.name}`;
    figures.push({ workload, what: 'word error rate', unit: '%', values: [rate] });
    figures.push({ workload, what: 'real-time factor', unit: '', values: [factor] });
  }
  return figures;
}

const job = (engine: SpeechEngine, { objects }: Place, audio: Audio, name: string): Promise<TranscribedRecording> =>
  transcribeRecording(engine, objects, { audio, keptUnder: `bench/${keyPart(name)}/`, signal });

const keyPart = (name: string): string => name.replace(/[^A-Za-z0-9._-]+/g, '-');

const joined = (results: readonly BenchResult[]): BenchResult => ({
  comparisons: results.flatMap(({ comparisons }) => comparisons),
  figures: results.flatMap(({ figures = [] }) => figures),
  skipped: results.flatMap(({ skipped = [] }) => skipped),
  checks: results.flatMap(({ checks }) => checks),
  facts: Object.assign({}, ...results.map(({ facts }) => facts)) as BenchResult['facts'],
});

const nothing = (reason: string): BenchResult => ({ comparisons: [], skipped: [reason], checks: [], facts: {} });

const wordsOf = (texts: readonly string[]): number =>
  texts
    .join(' ')
    .split(/\s+/)
    .filter((word) => word !== '').length;

/** Prepared by the pipeline, and in the object store. */
async function stored(
  recording: Recording,
  { folder, objects }: Place,
  name: string,
): Promise<{ audio: Audio; seconds: number }> {
  const directory = join(folder, keyPart(name));
  await mkdir(directory);
  const prepared = await prepare(recording, directory);
  const audio: Audio = [];
  for (const { channel, path } of prepared.audio) {
    const key = `bench/audio/${keyPart(name)}-${channel}.wav`;
    const { bytes, sha256 } = await objects.put(key, createReadStream(path), { contentType: 'audio/wav' });
    audio.push({ channel, path, object: { key, bytes, sha256 } });
  }
  return { audio, seconds: prepared.durationMs / 1_000 };
}

/** The very samples that the job gives to the engine. */
async function piecesOf(audio: Audio, limits: PieceLimits): Promise<Int16Array[]> {
  const pieces: Int16Array[] = [];
  for (const { path } of audio) {
    await withWavFile(path, async (sound) => {
      for (const { startMs, endMs } of planPieces(await loudnessOf(sound, signal), limits)) {
        const start = samplesOf(startMs);
        pieces.push(await sound.read(start, samplesOf(endMs) - start));
      }
    });
  }
  return pieces;
}
