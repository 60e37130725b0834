import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Amount } from './earlier-work.js';
import { transcriptionEstimate, type TimedTranscription } from './transcription-estimate.js';

const exactly = (amount: number): Amount => ({ least: amount, most: amount });
const minutes = (count: number): number => count * 60_000;

const recordings = (count: number, recordingMs: number, unmeasured = 0) => ({
  recordings: exactly(count + unmeasured),
  recordingMs: exactly(recordingMs),
  unmeasured: exactly(unmeasured),
});

const took = (recordingMs: number, durationMs: number): TimedTranscription => ({ recordingMs, durationMs });

/** The same numbers in every run of the test. */
function* uniform(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

describe('the estimate of transcriptions', () => {
  it('is in proportion to how long recordings are, whatever their number', () => {
    const recorded = [took(minutes(1), 6_000), took(minutes(3), 18_000)];
    const { recordingMs, durationMs } = transcriptionEstimate(recordings(5, minutes(20)), recorded, 1);
    expect(recordingMs).toEqual({ low: minutes(20), expected: minutes(20), high: minutes(20) });
    expect(durationMs.expected).toBeCloseTo(120_000, 6);
    expect(durationMs.high).toBeCloseTo(120_000, 1);
  });

  it('lies between its bounds, and costs no call and no token', () => {
    const length = fc.integer({ min: 1, max: minutes(90) });
    const past = fc.array(fc.record({ recordingMs: length, durationMs: length }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(past, length, fc.integer({ min: 1, max: 8 }), (recorded, ms, inParallel) => {
        const part = transcriptionEstimate(recordings(3, ms), recorded, inParallel);
        const { low, expected, high } = part.durationMs;
        expect([low <= expected, expected <= high]).toEqual([true, true]);
        expect([part.calls.high, part.tokens.high, part.samples]).toEqual([0, 0, recorded.length]);
      }),
    );
  });

  it('holds what it really takes in at least nine of ten revisions', () => {
    const numbers = uniform(11);
    const next = (): number => numbers.next().value;
    const transcription = (): TimedTranscription => {
      const recordingMs = minutes(1 - 20 * Math.log(1 - next()));
      return took(recordingMs, recordingMs * (0.2 + 0.2 * next()) + 3_000);
    };
    const trials = Array.from({ length: 200 }, () => {
      const past = Array.from({ length: 30 }, transcription);
      const coming = Array.from({ length: 5 + Math.floor(next() * 100) }, transcription);
      const length = coming.reduce((sum, { recordingMs }) => sum + recordingMs, 0);
      const { low, high } = transcriptionEstimate(recordings(coming.length, length), past, 1).durationMs;
      const actual = coming.reduce((sum, { durationMs }) => sum + durationMs, 0);
      return low <= actual && actual <= high;
    });
    expect(trials.filter(Boolean).length / trials.length).toBeGreaterThanOrEqual(0.9);
  });

  it('takes recordings that nobody measured to be as long as others are', () => {
    const recorded = [took(minutes(2), 10_000), took(minutes(4), 20_000)];
    const { amount, recordingMs, durationMs } = transcriptionEstimate(recordings(1, minutes(5), 2), recorded, 1);
    expect(amount).toEqual({ low: 3, expected: 3, high: 3 });
    expect(recordingMs.expected).toBe(minutes(11));
    expect(recordingMs.low).toBeGreaterThanOrEqual(minutes(5));
    expect(recordingMs.low).toBeLessThan(minutes(11));
    expect(durationMs.expected).toBeCloseTo(55_000, 6);
  });

  it('says what cannot be told: what is charged for it, and without any record how long it takes', () => {
    const cost = { measure: 'COST', reason: 'NOT_PRICED' };
    const duration = { measure: 'DURATION', reason: 'NOTHING_RECORDED' };
    expect(transcriptionEstimate(recordings(1, 1), [took(1, 1)], 1).unknown).toEqual([cost]);
    const unheard = transcriptionEstimate(recordings(1, minutes(1)), [], 1);
    expect(unheard).toMatchObject({ samples: 0, recordingMs: { expected: minutes(1) }, durationMs: { high: 0 } });
    expect(unheard.unknown).toEqual([cost, duration]);
    const unmeasured = transcriptionEstimate(recordings(0, 0, 1), [], 1).unknown;
    expect(unmeasured).toEqual([{ measure: 'RECORDING', reason: 'NOTHING_RECORDED' }, cost, duration]);
  });

  it('leaves to chance what an earlier try may have done, and how many are heard at once', () => {
    const recorded = [took(minutes(1), 6_000), took(minutes(1), 6_000)];
    const perhaps = { least: 0, most: minutes(10) };
    const retried = { recordings: { least: 0, most: 2 }, recordingMs: perhaps, unmeasured: exactly(0) };
    expect(transcriptionEstimate(retried, recorded, 1)).toMatchObject({
      ...{ amount: { low: 0, expected: 2, high: 2 }, durationMs: { low: 0, expected: 60_000 } },
    });
    const { low, expected } = transcriptionEstimate(recordings(2, minutes(10)), recorded, 4).durationMs;
    expect([low, expected]).toEqual([15_000, 60_000]);
  });
});
