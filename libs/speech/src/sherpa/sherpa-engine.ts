import { HarmonyError } from '@harmony/contracts';
import { open, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  millisecondsOf,
  sampleRate,
  type EngineIdentity,
  type Heard,
  type Sound,
  type SpeakerSpan,
  type SpeechEngine,
  type SpeechOptions,
} from '../port.js';
import type { SherpaReply } from './child/protocol.js';
import { diariserOf, piecesOf, recogniserOf, type ModelSettings } from './configuration.js';
import { heardFrom } from './heard.js';
import { findDiarisation, findModel, type ModelFolder, type ModelPlace } from './model-folder.js';
import { SherpaProcess } from './sherpa-process.js';

export interface SherpaOptions extends ModelPlace, ModelSettings {
  readonly idleMs?: number;
}

/** Voices are compared all at once; a longer recording would not fit into memory. */
const longestDiarisedMs = 4 * 60 * 60_000;
const samplesAtOnce = sampleRate * 60;

/** A model on this machine, run by sherpa-onnx. */
export class SherpaEngine implements SpeechEngine {
  readonly process: SherpaProcess;

  constructor(private readonly options: SherpaOptions) {
    this.process = new SherpaProcess({ idleMs: options.idleMs ?? 120_000 });
  }

  async identify(): Promise<EngineIdentity> {
    const { language, modelsDirectory } = this.options;
    const folder = await findModel(this.options);
    const diarises = (await findDiarisation(modelsDirectory)) !== undefined;
    return {
      engine: 'sherpa-onnx',
      model: folder.name,
      parameters: { kind: folder.model.kind, diarisation: diarises, ...(language && { language }) },
      pieces: piecesOf(folder),
    };
  }

  async transcribe(piece: Int16Array, { signal }: SpeechOptions): Promise<Heard> {
    const folder = await findModel(this.options);
    const recogniser = recogniserOf(folder, this.options);
    const reply = await this.process.ask({ kind: 'transcribe', recogniser, samples: piece }, signal);
    if (reply.kind !== 'transcribed') throw failureOf(reply, folder);
    const { segments, language } = heardFrom(reply.result, millisecondsOf(piece.length));
    return { segments, language: language ?? this.options.language ?? null };
  }

  async findSpeakers(sound: Sound, { signal }: SpeechOptions): Promise<readonly SpeakerSpan[] | undefined> {
    const models = await findDiarisation(this.options.modelsDirectory);
    if (!models || millisecondsOf(sound.samples) > longestDiarisedMs) return undefined;
    const directory = await mkdtemp(join(tmpdir(), 'harmony-voices-'));
    try {
      const samplesPath = join(directory, 'samples');
      await writeSamples(sound, samplesPath, signal);
      const diariser = diariserOf(models, this.options.threads);
      const reply = await this.process.ask({ kind: 'diarise', diariser, samplesPath }, signal);
      if (reply.kind !== 'diarised') throw failureOf(reply, { name: 'diarisation' });
      const spans = reply.spans.map(({ start, end, speaker }) => ({
        startMs: Math.max(0, Math.round(start * 1_000)),
        endMs: Math.round(end * 1_000),
        speaker: String(speaker),
      }));
      return spans.length > 0 ? spans : undefined;
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    this.process.close();
  }
}

async function writeSamples(sound: Sound, path: string, signal: AbortSignal): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for (let start = 0; start < sound.samples; start += samplesAtOnce) {
      signal.throwIfAborted();
      const samples = await sound.read(start, samplesAtOnce);
      await file.appendFile(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    }
  } finally {
    await file.close();
  }
}

function failureOf(reply: SherpaReply, { name }: Pick<ModelFolder, 'name'>): HarmonyError {
  if (reply.kind !== 'failed')
    return new HarmonyError('INTERNAL', { detail: 'The speech process answers out of turn.' });
  return reply.of === 'model'
    ? new HarmonyError('SPEECH_MODEL_INVALID', { detail: `The model ${name} cannot be loaded: ${reply.why}` })
    : new HarmonyError('SPEECH_FAILED', { detail: `The model ${name} cannot be used on this sound: ${reply.why}` });
}
