import type { SpeakerSpan } from '../port.js';
import type { Piece } from './plan-pieces.js';

/** What is shorter cannot be transcribed by itself. */
const shortestMs = 400;

/** Divides pieces where another speaker begins, so that an engine without times of its own does not mix two people. */
export function cutAtSpeakers(pieces: readonly Piece[], spans: readonly SpeakerSpan[]): Piece[] {
  const changes = changesOf(spans);
  return pieces.flatMap(({ startMs, endMs }) => {
    const parts: Piece[] = [];
    let from = startMs;
    for (const change of changes) {
      if (change - from < shortestMs || endMs - change < shortestMs) continue;
      parts.push({ startMs: from, endMs: change });
      from = change;
    }
    return [...parts, { startMs: from, endMs }];
  });
}

/** Between the end of one speaker and the beginning of the next, in order. */
function changesOf(spans: readonly SpeakerSpan[]): number[] {
  const inOrder = [...spans].sort((one, other) => one.startMs - other.startMs);
  const changes: number[] = [];
  inOrder.forEach((span, index) => {
    const before = inOrder[index - 1];
    if (!before || before.speaker === span.speaker) return;
    changes.push(before.endMs < span.startMs ? Math.round((before.endMs + span.startMs) / 2) : span.startMs);
  });
  return changes;
}
