import { countWords } from '../transcript.js';

/** A turn with the name that its readers see. */
export interface NamedTurn {
  readonly speakerName: string;
  readonly text: string;
  readonly startMs: number | null;
  readonly endMs: number | null;
}

export interface TimedTurn extends NamedTurn {
  readonly startMs: number;
  readonly endMs: number;
}

/** People say some 150 words a minute. */
const msOfWord = 400;
const shortestMs = 1_000;

/**
 * Gives every turn a start and an end, as subtitles need them. Starts never go back: a turn that states an earlier one,
 * or none, starts with or behind the one before. An end that is not stated comes after the time that its words take,
 * or when the next turn starts. Turns without words are left out.
 */
export async function* timedTurns(turns: AsyncIterable<NamedTurn>): AsyncGenerator<TimedTurn> {
  let waiting: NamedTurn | undefined;
  let last: TimedTurn | undefined;
  for await (const turn of turns) {
    if (turn.text.trim() === '') continue;
    if (waiting) yield (last = timed(waiting, last, turn.startMs));
    waiting = turn;
  }
  if (waiting) yield timed(waiting, last, null);
}

function timed(turn: NamedTurn, last: TimedTurn | undefined, nextStartMs: number | null): TimedTurn {
  const startMs = Math.max(turn.startMs ?? last?.endMs ?? 0, last?.startMs ?? 0);
  if (turn.endMs !== null && turn.endMs > startMs) return { ...turn, startMs, endMs: turn.endMs };
  const spoken = startMs + Math.max(shortestMs, countWords(turn.text) * msOfWord);
  const isCutShort = nextStartMs !== null && nextStartMs > startMs && nextStartMs < spoken;
  return { ...turn, startMs, endMs: isCutShort ? nextStartMs : spoken };
}
