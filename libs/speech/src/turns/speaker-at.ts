import type { SpeakerSpan } from '../port.js';

/** Who speaks most of a stretch of time; where nobody was noticed, whoever is nearest. Spans must not be empty. */
export function speakerAt(spans: readonly SpeakerSpan[], time: { startMs: number; endMs: number }): string {
  const overlaps = new Map<string, number>();
  let nearest = { speaker: '', distance: Infinity };
  for (const { startMs, endMs, speaker } of spans) {
    const overlap = Math.min(endMs, time.endMs) - Math.max(startMs, time.startMs);
    if (overlap > 0) overlaps.set(speaker, (overlaps.get(speaker) ?? 0) + overlap);
    else if (-overlap < nearest.distance) nearest = { speaker, distance: -overlap };
  }
  const [longest] = [...overlaps].sort(([, one], [, other]) => other - one);
  return longest?.[0] ?? nearest.speaker;
}
