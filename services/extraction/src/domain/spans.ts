/** A stretch of time in milliseconds; `startMs` is not after `endMs`. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** Milliseconds that are in any of the spans; what several of them share counts once. */
export function coveredMs(spans: readonly Span[]): number {
  let covered = 0;
  let reached = -Infinity;
  for (const { startMs, endMs } of spans.toSorted((left, right) => left.startMs - right.startMs)) {
    covered += Math.max(0, endMs - Math.max(startMs, reached));
    reached = Math.max(reached, endMs);
  }
  return covered;
}

/** From the first start to the last end; 0 for no spans. */
export function extentMs(spans: readonly Span[]): number {
  let [first, last] = [Infinity, -Infinity];
  for (const { startMs, endMs } of spans) [first, last] = [Math.min(first, startMs), Math.max(last, endMs)];
  return Math.max(0, last - first);
}
