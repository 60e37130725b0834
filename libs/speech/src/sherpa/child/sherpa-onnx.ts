import { createRequire } from 'node:module';

/** The part of `sherpa-onnx-node` that is used; the package has no types of its own. */
export interface SherpaOnnx {
  readonly OfflineRecognizer: new (configuration: unknown) => Recogniser;
  readonly OfflineSpeakerDiarization: new (configuration: unknown) => Diariser;
}

export interface Recogniser {
  createStream(): RecogniserStream;
  decode(stream: RecogniserStream): void;
  getResult(stream: RecogniserStream): unknown;
}

interface RecogniserStream {
  acceptWaveform(wave: { readonly samples: Float32Array; readonly sampleRate: number }): void;
}

export interface Diariser {
  readonly sampleRate: number;
  process(samples: Float32Array): unknown;
}

/** Throws where the platform has no build: the package is an optional dependency. */
export const loadSherpaOnnx = (): SherpaOnnx => createRequire(import.meta.url)('sherpa-onnx-node') as SherpaOnnx;
