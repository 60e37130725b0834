import { readFileSync } from 'node:fs';
import { complaints, forgetComplaints } from './complaints.js';
import { resultSchema, type SherpaReply, type SherpaRequest } from './protocol.js';
import { loadSherpaOnnx, type Diariser, type Recogniser } from './sherpa-onnx.js';

const sampleRate = 16_000;

/** Keeps what was loaded last: a process has one model, and loading it takes longer than a piece. */
class Loaded<Thing> {
  #key: string | undefined;
  #thing: Thing | undefined;

  constructor(private readonly load: (configuration: unknown) => Thing) {}

  get(configuration: unknown): Thing {
    const key = JSON.stringify(configuration);
    if (this.#thing === undefined || this.#key !== key) {
      this.#thing = this.load(configuration);
      this.#key = key;
    }
    return this.#thing;
  }
}

const recognisers = new Loaded<Recogniser>((configuration) => new (loadSherpaOnnx().OfflineRecognizer)(configuration));
const diarisers = new Loaded<Diariser>(
  (configuration) => new (loadSherpaOnnx().OfflineSpeakerDiarization)(configuration),
);

/** Does one thing that was asked; never throws. */
export function work(request: SherpaRequest): SherpaReply {
  forgetComplaints();
  return request.kind === 'transcribe' ? transcribe(request) : diarise(request);
}

function transcribe({ id, recogniser, samples }: Extract<SherpaRequest, { kind: 'transcribe' }>): SherpaReply {
  const loaded = attempt(() => recognisers.get(recogniser));
  if ('why' in loaded) return { kind: 'failed', id, of: 'model', why: loaded.why };
  forgetComplaints();
  const decoded = attempt(() => {
    const stream = loaded.value.createStream();
    stream.acceptWaveform({ samples: floats(samples), sampleRate });
    loaded.value.decode(stream);
    return resultSchema.parse(loaded.value.getResult(stream));
  });
  if ('why' in decoded) return { kind: 'failed', id, of: 'sound', why: decoded.why };
  const complaint = decoded.value.text.trim() === '' ? complaints() : '';
  if (complaint !== '') return { kind: 'failed', id, of: 'sound', why: complaint };
  return { kind: 'transcribed', id, result: decoded.value };
}

function diarise({ id, diariser, samplesPath }: Extract<SherpaRequest, { kind: 'diarise' }>): SherpaReply {
  const loaded = attempt(() => diarisers.get(diariser));
  if ('why' in loaded) return { kind: 'failed', id, of: 'model', why: loaded.why };
  const found = attempt(() => {
    const bytes = readFileSync(samplesPath);
    const samples = new Int16Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 2));
    return loaded.value.process(floats(samples)) as { start: number; end: number; speaker: number }[];
  });
  if ('why' in found) return { kind: 'failed', id, of: 'sound', why: found.why };
  return { kind: 'diarised', id, spans: found.value.map(({ start, end, speaker }) => ({ start, end, speaker })) };
}

function attempt<Value>(action: () => Value): { readonly value: Value } | { readonly why: string } {
  try {
    return { value: action() };
  } catch (error) {
    const printed = complaints();
    return { why: printed === '' ? String(error) : printed };
  }
}

function floats(samples: Int16Array): Float32Array {
  const values = new Float32Array(samples.length);
  // The built-in conversion with a function takes fifty times as long.
  for (let index = 0; index < samples.length; index += 1) values[index] = (samples[index] ?? 0) / 32_768;
  return values;
}
