import type { Turn } from './transcript.js';

/** Well below what an append takes (900 KB), so that a chunk and what follows it are small reads too. */
const maximumChunkBytes = 256_000;
const maximumChunkTurns = 1_000;

/** Groups turns, in order, into runs that are recorded as one event each. */
export function chunkTurns(turns: readonly Turn[]): Turn[][] {
  const chunks: Turn[][] = [];
  let bytes = Infinity;
  for (const turn of turns) {
    const size = Buffer.byteLength(JSON.stringify(turn)) + 1;
    const current = chunks.at(-1);
    if (current && bytes + size <= maximumChunkBytes && current.length < maximumChunkTurns) {
      current.push(turn);
      bytes += size;
    } else {
      chunks.push([turn]);
      bytes = size;
    }
  }
  return chunks;
}
