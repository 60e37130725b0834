import { join } from 'node:path';
import { OpenAiEngine } from './openai/openai-engine.js';
import type { SpeechEngine } from './port.js';
import { SherpaEngine } from './sherpa/sherpa-engine.js';

/** The group `speech` of the configuration. */
export interface SpeechSettings {
  readonly url: string | undefined;
  readonly apiKey: string | undefined;
  readonly model: string | undefined;
  readonly language: string | undefined;
  readonly threads: number;
  readonly timeoutSeconds: number;
  readonly maximumUploadMegabytes: number;
}

/** What OpenAI itself and most compatible servers call their model. */
const usualModel = 'whisper-1';

/** A server where a URL is set, else a model in the folder `models` of the data directory. */
export function openSpeechEngine(settings: SpeechSettings, dataDirectory: string): SpeechEngine {
  const { url, apiKey, model, language, threads, timeoutSeconds, maximumUploadMegabytes } = settings;
  if (url === undefined) {
    return new SherpaEngine({ modelsDirectory: join(dataDirectory, 'models'), wanted: model, language, threads });
  }
  return new OpenAiEngine({
    baseUrl: url,
    apiKey,
    model: model ?? usualModel,
    language,
    timeoutMs: timeoutSeconds * 1_000,
    maximumUploadBytes: maximumUploadMegabytes * 1_000_000,
  });
}
