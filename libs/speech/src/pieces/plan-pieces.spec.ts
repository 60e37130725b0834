import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { soundOf } from '../audio/sounds.js';
import { cutAtSpeakers } from './cut-at-speakers.js';
import { frameMs, loudnessOf } from './loudness.js';
import { planPieces } from './plan-pieces.js';

const limits = { longestMs: 9_000, bridgeMs: 600 };

/** Runs of frames of one loudness each. */
const loudnessArbitrary = fc
  .array(fc.record({ level: fc.double({ min: -100, max: 0, noNaN: true }), frames: fc.integer({ min: 1, max: 200 }) }))
  .map((runs) => Float32Array.from(runs.flatMap(({ level, frames }) => Array<number>(frames).fill(level))));

const levels = (...runs: readonly (readonly [level: number, frames: number])[]): Float32Array =>
  Float32Array.from(runs.flatMap(([level, frames]) => Array<number>(frames).fill(level)));

describe('a recording is divided', () => {
  it('into pieces that are in order, do not overlap, and are short enough', () => {
    fc.assert(
      fc.property(loudnessArbitrary, fc.integer({ min: 1_000, max: 30_000 }), (loudness, longestMs) => {
        const pieces = planPieces(loudness, { longestMs, bridgeMs: 600 });
        let end = 0;
        for (const piece of pieces) {
          expect(piece.startMs).toBeGreaterThanOrEqual(end);
          expect(piece.endMs).toBeGreaterThan(piece.startMs);
          expect(piece.endMs - piece.startMs).toBeLessThanOrEqual(longestMs);
          end = piece.endMs;
        }
        expect(end).toBeLessThanOrEqual(loudness.length * frameMs);
      }),
    );
  });

  it('so that whatever is clearly speech is in one of them', () => {
    fc.assert(
      fc.property(loudnessArbitrary, (loudness) => {
        const pieces = planPieces(loudness, limits);
        const isCovered = (frame: number): boolean =>
          pieces.some(({ startMs, endMs }) => startMs <= frame * frameMs && (frame + 1) * frameMs <= endMs);
        for (let frame = 10; frame < loudness.length - 10; frame += 1) {
          // Loud for long enough to be no click.
          if (loudness.slice(frame - 5, frame + 5).every((level) => level > -39)) expect(isCovered(frame)).toBe(true);
        }
      }),
    );
  });

  it('the same each time', () => {
    fc.assert(
      fc.property(loudnessArbitrary, (loudness) => {
        expect(planPieces(loudness, limits)).toEqual(planPieces(loudness.slice(), limits));
      }),
    );
  });

  it('at its silences', () => {
    const loudness = levels([-100, 50], [-20, 100], [-75, 60], [-25, 100], [-100, 50]);
    expect(planPieces(loudness, limits)).toEqual([
      { startMs: 800, endMs: 3_200 },
      { startMs: 4_000, endMs: 6_400 },
    ]);
  });

  it('where it is quietest when nobody ever stops speaking', () => {
    const loudness = levels([-20, 300], [-30, 8], [-20, 300]);
    expect(planPieces(loudness, limits)).toEqual([
      { startMs: 0, endMs: expect.closeTo(6_080, -2) },
      { startMs: expect.closeTo(6_080, -2), endMs: 608 * frameMs },
    ]);
  });

  it('into nothing when it is silent, or there is but noise', () => {
    expect(planPieces(levels([-100, 500]), limits)).toEqual([]);
    expect(planPieces(levels([-62, 500], [-58, 500]), limits)).toEqual([]);
    expect(planPieces(new Float32Array(), limits)).toEqual([]);
  });

  it('with quiet speech in it, when everything else is quieter', () => {
    expect(planPieces(levels([-85, 100], [-55, 100], [-85, 100]), limits)).toHaveLength(1);
  });
});

describe('pieces are cut where another speaker begins', () => {
  it('without losing or adding a millisecond', () => {
    const time = fc.integer({ min: 0, max: 20_000 });
    const spans = fc.array(fc.record({ startMs: time, endMs: time, speaker: fc.constantFrom('0', '1', '2') }));
    fc.assert(
      fc.property(spans, (found) => {
        const parts = cutAtSpeakers([{ startMs: 1_000, endMs: 15_000 }], found);
        expect(parts[0]?.startMs).toBe(1_000);
        expect(parts.at(-1)?.endMs).toBe(15_000);
        for (const [index, { startMs, endMs }] of parts.entries()) {
          expect(endMs - startMs).toBeGreaterThanOrEqual(400);
          if (index > 0) expect(startMs).toBe(parts[index - 1]?.endMs);
        }
      }),
    );
  });

  it('in the pause between the two', () => {
    const spans = [
      { startMs: 4_200, endMs: 8_000, speaker: '1' },
      { startMs: 0, endMs: 4_000, speaker: '0' },
      { startMs: 8_100, endMs: 9_000, speaker: '1' },
    ];
    expect(cutAtSpeakers([{ startMs: 0, endMs: 9_000 }], spans)).toEqual([
      { startMs: 0, endMs: 4_100 },
      { startMs: 4_100, endMs: 9_000 },
    ]);
  });
});

it('loudness is that of the samples, whatever the length of the sound', async () => {
  const signal = new AbortController().signal;
  const samples = new Int16Array(16_000 * 45 + 7).fill(16_384, 16_000 * 20);
  const loudness = await loudnessOf(soundOf(samples), signal);
  expect(loudness).toHaveLength(45 * 50 + 1);
  expect(loudness[999]).toBe(-100);
  expect(loudness[1_000]).toBeCloseTo(-6.02, 1);
  expect(loudness.at(-1)).toBeCloseTo(-6.02, 1);
  await expect(loudnessOf(soundOf(samples), AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
});

it.each([
  ['between digital silence', -100],
  ['between noise', -62],
])('a recording that is quiet as a whole loses nothing %s', (_, pause) => {
  const phrase = [
    [-45, 20],
    [-55, 5],
    [-43, 20],
    [-58, 4],
    [-44, 30],
  ] as const;
  const loudness = levels([pause, 60], ...phrase, [pause, 60], ...phrase, [pause, 60]);
  expect(planPieces(loudness, limits)).toHaveLength(2);
});
