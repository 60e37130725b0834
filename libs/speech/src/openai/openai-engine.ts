import { wavFile } from '../audio/wav.js';
import { millisecondsOf, type EngineIdentity, type Heard, type SpeechEngine, type SpeechOptions } from '../port.js';
import { heardFrom } from './answer.js';
import type { OpenAiOptions } from './options.js';
import { request } from './request.js';

/** A server hears pauses by itself, and a piece that is lost costs at most this much. */
const longestPieceMs = 10 * 60_000;
const headerBytes = 44;
const sampleBytes = 2;

/** Any server with OpenAI's `/audio/transcriptions`. */
export class OpenAiEngine implements SpeechEngine {
  constructor(private readonly options: OpenAiOptions) {}

  async identify(): Promise<EngineIdentity> {
    const { model, language, maximumUploadBytes } = this.options;
    const fittingMs = millisecondsOf(Math.floor((maximumUploadBytes - headerBytes) / sampleBytes));
    return {
      engine: 'openai',
      model,
      parameters: { temperature: 0, ...(language && { language }) },
      pieces: { longestMs: Math.min(longestPieceMs, fittingMs), bridgeMs: longestPieceMs },
    };
  }

  async transcribe(piece: Int16Array, { signal }: SpeechOptions): Promise<Heard> {
    const { model, language } = this.options;
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(wavFile(piece))], { type: 'audio/wav' }), 'audio.wav');
    form.append('model', model);
    form.append('response_format', 'verbose_json');
    form.append('timestamp_granularities[]', 'segment');
    form.append('timestamp_granularities[]', 'word');
    form.append('temperature', '0');
    if (language) form.append('language', language);
    const answer = await request(this.options, form, signal);
    return heardFrom(answer, millisecondsOf(piece.length));
  }

  /** The protocol has no word for it. */
  findSpeakers(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
