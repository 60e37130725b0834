import type { PieceLimits } from '../port.js';
import { frameMs } from './loudness.js';

/** A stretch of sound that is transcribed at once; times in milliseconds. */
export interface Piece {
  readonly startMs: number;
  readonly endMs: number;
}

/** In frames; the end is not part of it. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** How far above the noise speech is at least. */
const aboveNoiseDb = 10;
/** Between a loud vowel and what is surely part of a word; what is quieter lies within the bridge or the edges. */
const speechRangeDb = 15;
/** Sound that varies less is no speech. */
const leastRangeDb = 15;
/** Below the first nobody can be understood; above the second it is no noise. */
const quietestSpeechDb = -70;
const loudestNoiseDb = -40;
/** Consonants at the edges of a word are quiet. */
const edgeFrames = 200 / frameMs;
/** Anything shorter is a click. */
const shortestFrames = 80 / frameMs;

/**
 * Divides a sound at its silences into what an engine takes at once. The same loudness gives the same pieces. Whatever
 * may be speech is in exactly one piece: a doubtful frame is kept, and only silence longer than the bridge is left out.
 */
export function planPieces(loudness: Float32Array, { longestMs, bridgeMs }: PieceLimits): Piece[] {
  const longest = Math.floor(longestMs / frameMs);
  const loud = loudStretches(loudness, Math.max(1, bridgeMs / frameMs));
  const whole = withEdges(loud, loudness.length);
  return whole
    .flatMap((stretch) => divided(stretch, loudness, longest))
    .map(({ start, end }) => ({ startMs: start * frameMs, endMs: end * frameMs }));
}

function loudStretches(loudness: Float32Array, bridge: number): Stretch[] {
  const threshold = thresholdOf(loudness);
  const stretches: { start: number; end: number; loud: number }[] = [];
  loudness.forEach((level, frame) => {
    if (level <= threshold) return;
    const last = stretches.at(-1);
    if (last && frame - last.end <= bridge) {
      last.end = frame + 1;
      last.loud += 1;
    } else {
      stretches.push({ start: frame, end: frame + 1, loud: 1 });
    }
  });
  return stretches.filter(({ loud }) => loud >= shortestFrames);
}

/**
 * Above the noise, which is what the quietest tenth consists of; but where a recording is quiet as a whole, not above
 * what belongs to its speech.
 */
function thresholdOf(loudness: Float32Array): number {
  const sorted = loudness.slice().sort();
  const noise = sorted[Math.floor(sorted.length * 0.1)] ?? quietestSpeechDb;
  const loudest = sorted[Math.floor(sorted.length * 0.99)] ?? quietestSpeechDb;
  const aboveNoise = Math.max(quietestSpeechDb, Math.min(loudestNoiseDb, noise + aboveNoiseDb));
  return loudest - noise < leastRangeDb ? aboveNoise : Math.min(aboveNoise, loudest - speechRangeDb);
}

/** Neighbours share what lies between them. */
function withEdges(stretches: readonly Stretch[], frames: number): Stretch[] {
  return stretches.map(({ start, end }, index) => {
    const before = stretches[index - 1]?.end;
    const after = stretches[index + 1]?.start;
    const earliest = before === undefined ? 0 : Math.ceil((before + start) / 2);
    const latest = after === undefined ? frames : Math.ceil((end + after) / 2);
    return { start: Math.max(earliest, start - edgeFrames), end: Math.min(latest, end + edgeFrames) };
  });
}

/** Cut where it is quietest, in the second half of what fits, so that pieces are not needlessly short. */
function divided({ start, end }: Stretch, loudness: Float32Array, longest: number): Stretch[] {
  const parts: Stretch[] = [];
  let from = start;
  while (end - from > longest) {
    const cut = quietestFrame(loudness, from + Math.floor(longest / 2), from + longest);
    parts.push({ start: from, end: cut });
    from = cut;
  }
  return [...parts, { start: from, end }];
}

/** Judged with its neighbours: a pause is more than one quiet frame. */
function quietestFrame(loudness: Float32Array, first: number, last: number): number {
  let best = last;
  let lowest = Infinity;
  for (let frame = first + 1; frame <= last; frame += 1) {
    let sum = 0;
    for (let near = frame - 3; near <= frame + 2; near += 1) sum += loudness[near] ?? 0;
    if (sum < lowest) [best, lowest] = [frame, sum];
  }
  return best;
}
