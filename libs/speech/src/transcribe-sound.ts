import { cutAtSpeakers } from './pieces/cut-at-speakers.js';
import { loudnessOf } from './pieces/loudness.js';
import { planPieces, type Piece } from './pieces/plan-pieces.js';
import { samplesOf, type Heard, type Segment, type Sound, type SpeechEngine } from './port.js';
import { speakerAt } from './turns/speaker-at.js';

/** What is known already of a sound, so that whoever was interrupted does not begin again. */
export interface PieceMemory {
  recall(piece: Piece): Heard | undefined;
  /** Called for pieces that were not known, some at the same time. */
  keep(piece: Piece, heard: Heard): Promise<void>;
}

export interface TranscribeOptions {
  readonly signal: AbortSignal;
  /** Whether to find out who speaks; not where the channel is one speaker's own. */
  readonly findSpeakers: boolean;
  readonly memory?: PieceMemory;
}

const wholeSound: Piece = { startMs: 0, endMs: Infinity };
const forgetful: PieceMemory = { recall: () => undefined, keep: () => Promise.resolve() };

/**
 * Everything that is said in one channel, however long: cut at silences into what the engine takes. Silence gives no
 * segment. Segments are in order; times count from the beginning of the sound.
 */
export async function transcribeSound(
  engine: SpeechEngine,
  sound: Sound,
  { signal, findSpeakers, memory = forgetful }: TranscribeOptions,
): Promise<Heard> {
  const { pieces: limits } = await engine.identify();
  const planned = planPieces(await loudnessOf(sound, signal), limits);
  const spans = findSpeakers && planned.length > 0 ? await engine.findSpeakers(sound, { signal }) : undefined;
  const pieces = spans ? cutAtSpeakers(planned, spans) : planned;
  const heard = await inOrder(pieces, signal, async (piece, still) => {
    const known = memory.recall(piece);
    const result = known ?? (await transcribePiece(engine, sound, piece, still));
    if (!known) await memory.keep(piece, result);
    return result;
  });
  // Labels of different pieces do not mean the same people.
  const segments = heard.flatMap((one, index) =>
    one.segments.map((segment) => placed(segment, pieces[index] ?? wholeSound, pieces.length === 1)),
  );
  const named = spans ? segments.map((segment) => ({ ...segment, speaker: speakerAt(spans, segment) })) : segments;
  return { segments: named, language: mostFrequent(heard.map((one) => one.language)) };
}

/** So many pieces are under way at once: while one is heard, the next one is read and the one before is kept. */
const underWay = 2;

/** The answers in the order of the pieces. After a failure nothing is begun, and nothing goes on unseen. */
async function inOrder(
  pieces: readonly Piece[],
  signal: AbortSignal,
  hear: (piece: Piece, signal: AbortSignal) => Promise<Heard>,
): Promise<Heard[]> {
  const failed = new AbortController();
  const still = AbortSignal.any([signal, failed.signal]);
  const answers: Heard[] = [];
  const rest = pieces.entries();
  const work = async (): Promise<void> => {
    for (const [index, piece] of rest) {
      still.throwIfAborted();
      answers[index] = await hear(piece, still);
    }
  };
  const works = Array.from({ length: underWay }, () =>
    work().catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(works);
  await Promise.all(works);
  signal.throwIfAborted();
  return answers;
}

async function transcribePiece(
  engine: SpeechEngine,
  sound: Sound,
  { startMs, endMs }: Piece,
  signal: AbortSignal,
): Promise<Heard> {
  const start = samplesOf(startMs);
  return engine.transcribe(await sound.read(start, samplesOf(endMs) - start), { signal });
}

/** An engine may say that a word ends after the sound does. */
function placed({ words, speaker, ...segment }: Segment, { startMs, endMs }: Piece, keepsSpeaker: boolean): Segment {
  const moved = (ms: number): number => Math.min(endMs, startMs + ms);
  const shifted = { text: segment.text, startMs: moved(segment.startMs), endMs: moved(segment.endMs) };
  return {
    ...shifted,
    ...(words && { words: words.map((word) => ({ ...word, startMs: moved(word.startMs), endMs: moved(word.endMs) })) }),
    ...(keepsSpeaker && speaker !== undefined && { speaker }),
  };
}

function mostFrequent(languages: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const language of languages) if (language) counts.set(language, (counts.get(language) ?? 0) + 1);
  const [first] = [...counts].sort(([, one], [, other]) => other - one);
  return first?.[0] ?? null;
}
