import { join } from 'node:path';
import type { PieceLimits } from '../port.js';
import type { DiarisationFolder, ModelFolder } from './model-folder.js';

export interface ModelSettings {
  readonly threads: number;
  /** ISO 639-1; Whisper only. Absent: the model finds out. */
  readonly language?: string | undefined;
}

/** What sherpa-onnx wants to know of a model. */
export function recogniserOf({ path, model }: ModelFolder, { threads, language }: ModelSettings): object {
  const at = (name: string): string => join(path, name);
  const common = { tokens: at(model.tokens), numThreads: threads, provider: 'cpu', debug: 0 };
  return { featConfig: { sampleRate: 16_000, featureDim: 80 }, modelConfig: { ...common, ...parts() } };

  function parts(): object {
    switch (model.kind) {
      case 'transducer':
        return { transducer: { encoder: at(model.encoder), decoder: at(model.decoder), joiner: at(model.joiner) } };
      case 'whisper': {
        const files = { encoder: at(model.encoder), decoder: at(model.decoder) };
        return { whisper: { ...files, language: language ?? '', task: 'transcribe', tailPaddings: -1 } };
      }
      case 'moonshine':
        return { moonshine: { encoder: at(model.encoder), mergedDecoder: at(model.mergedDecoder) } };
      case 'moonshine-parts': {
        const decoders = { uncachedDecoder: at(model.uncachedDecoder), cachedDecoder: at(model.cachedDecoder) };
        return { moonshine: { preprocessor: at(model.preprocessor), encoder: at(model.encoder), ...decoders } };
      }
    }
  }
}

/** `-1` clusters: as many speakers as the voices say. */
export const diariserOf = ({ segmentation, embedding }: DiarisationFolder, threads: number): object => ({
  segmentation: { pyannote: { model: segmentation }, numThreads: threads, provider: 'cpu', debug: 0 },
  embedding: { model: embedding, numThreads: threads, provider: 'cpu', debug: 0 },
  clustering: { numClusters: -1, threshold: 0.5 },
  minDurationOn: 0.2,
  minDurationOff: 0.5,
});

/**
 * Whisper knows 30 s and no more. sherpa-onnx 1.13.8 loses what is longer than 9.2 s in Moonshine's merged form (it
 * hands the decoder a mask of the wrong length), and neither model says when within a piece a word was said.
 */
export function piecesOf({ model }: ModelFolder): PieceLimits {
  switch (model.kind) {
    case 'transducer':
      return { longestMs: 30_000, bridgeMs: 1_000 };
    case 'whisper':
      return { longestMs: 28_000, bridgeMs: 600 };
    case 'moonshine':
      return { longestMs: 9_000, bridgeMs: 600 };
    case 'moonshine-parts':
      return { longestMs: 20_000, bridgeMs: 600 };
  }
}
