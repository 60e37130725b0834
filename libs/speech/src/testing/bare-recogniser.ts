import { loadSherpaOnnx } from '../sherpa/child/sherpa-onnx.js';
import { resultSchema } from '../sherpa/child/protocol.js';
import { recogniserOf } from '../sherpa/configuration.js';
import type { ModelFolder } from '../sherpa/model-folder.js';
import { sampleRate } from '../port.js';

/** sherpa-onnx as somebody would call it who has samples and wants words: in this process, with nothing around it. */
export function bareRecogniser(model: ModelFolder, threads: number): (samples: Int16Array) => string {
  const recogniser = new (loadSherpaOnnx().OfflineRecognizer)(recogniserOf(model, { threads }));
  return (piece) => {
    const stream = recogniser.createStream();
    const samples = new Float32Array(piece.length);
    for (let index = 0; index < piece.length; index += 1) samples[index] = (piece[index] ?? 0) / 32_768;
    stream.acceptWaveform({ samples, sampleRate });
    recogniser.decode(stream);
    return resultSchema.parse(recogniser.getResult(stream)).text.trim();
  };
}
