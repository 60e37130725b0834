/** What every engine gets: 16 kHz, 16 bits, one channel. */
export const sampleRate = 16_000;

/** One channel of a recording, read stretch by stretch, so that memory stays flat whatever its length. */
export interface Sound {
  /** How many there are. */
  readonly samples: number;
  /** Fewer than asked for only at the end. */
  read(start: number, count: number): Promise<Int16Array>;
}

/** Times are whole milliseconds from the beginning of the sound that was given. */
export interface Word {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** What somebody said without a long pause. */
export interface Segment extends Word {
  readonly words?: readonly Word[];
  /** Equal for the same person; absent where the engine does not tell people apart. */
  readonly speaker?: string;
}

export interface Heard {
  /** In the order of their beginnings; without empty texts. */
  readonly segments: readonly Segment[];
  /** ISO 639-1, where the engine says so. */
  readonly language: string | null;
}

/** What an engine can take at once. */
export interface PieceLimits {
  readonly longestMs: number;
  /** Silence up to this long stays inside a piece; engines without times of their own need a short one. */
  readonly bridgeMs: number;
}

/** Decides what the words will be; recorded with the transcript. */
export interface EngineIdentity {
  /** For instance `sherpa-onnx`. */
  readonly engine: string;
  readonly model: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly pieces: PieceLimits;
}

export interface SpeechOptions {
  readonly signal: AbortSignal;
}

/** Somebody speaks, from when to when. */
export interface SpeakerSpan {
  readonly startMs: number;
  readonly endMs: number;
  readonly speaker: string;
}

/**
 * Turns sound into words. Failures: SPEECH_NOT_CONFIGURED and SPEECH_MODEL_INVALID (somebody has to set something),
 * SPEECH_REFUSED (the server does not want the request), SPEECH_UNAVAILABLE (may pass), SPEECH_FAILED (no words for this
 * sound, however often it is tried). An aborted signal rejects with its reason.
 */
export interface SpeechEngine {
  /** Asks again each time, so that a model which was installed meanwhile is found. */
  identify(): Promise<EngineIdentity>;
  /** The words of one piece within the limits. Harmless to repeat. */
  transcribe(piece: Int16Array, options: SpeechOptions): Promise<Heard>;
  /** Who speaks when in a whole recording; undefined where the engine cannot tell. */
  findSpeakers(sound: Sound, options: SpeechOptions): Promise<readonly SpeakerSpan[] | undefined>;
  close(): Promise<void>;
}

export const samplesOf = (milliseconds: number): number => Math.round((milliseconds * sampleRate) / 1_000);
export const millisecondsOf = (samples: number): number => Math.round((samples * 1_000) / sampleRate);
