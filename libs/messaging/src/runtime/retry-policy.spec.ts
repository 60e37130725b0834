import { errorCatalogue, HarmonyError, type ErrorCode } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { judge, type RetryPolicy } from './retry-policy.js';

const policy: RetryPolicy = {
  firstMs: 100,
  maximumMs: 1_000,
  retriable: { attempts: 10, ageMs: 60_000 },
  bug: { attempts: 3, ageMs: 5_000 },
};

const codes = Object.keys(errorCatalogue) as ErrorCode[];
const anyCode = fc.constantFrom(...codes);
const codesOf = (...kinds: string[]): fc.Arbitrary<ErrorCode> =>
  fc.constantFrom(...codes.filter((code) => kinds.includes(errorCatalogue[code].kind)));

describe('the retry policy', () => {
  it('never tries poison again', () => {
    fc.assert(
      fc.property(codesOf('poison'), (code) => {
        expect(judge({ error: new HarmonyError(code), attempt: 1, ageMs: 0 }, policy)).toBe('dead-letter');
      }),
    );
  });

  it('decides by the class of the error, whatever its text says', () => {
    fc.assert(
      fc.property(anyCode, fc.string(), fc.nat(20), fc.nat(100_000), (code, detail, attempt, ageMs) => {
        const verdict = (error: unknown): unknown => judge({ error, attempt: attempt + 1, ageMs }, policy, () => 0.5);
        expect(verdict(new HarmonyError(code, { detail }))).toBe(verdict(new HarmonyError(code)));
      }),
    );
  });

  it.each([
    ['STORE_UNAVAILABLE', policy.retriable],
    ['WRONG_EXPECTED_REVISION', policy.bug],
    ['INTERNAL', policy.bug],
  ] as const)('tries %s again below both bounds and not at either', (code, { attempts, ageMs }) => {
    const error = new HarmonyError(code);
    expect(judge({ error, attempt: attempts - 1, ageMs: ageMs - 1 }, policy)).not.toBe('dead-letter');
    expect(judge({ error, attempt: attempts, ageMs: 0 }, policy)).toBe('dead-letter');
    expect(judge({ error, attempt: 1, ageMs }, policy)).toBe('dead-letter');
  });

  it('takes what is not ours for a bug', () => {
    const failure = { attempt: policy.bug.attempts, ageMs: 0 };
    for (const error of [new TypeError('x'), 'a string', undefined]) {
      expect(judge({ ...failure, error }, policy)).toBe('dead-letter');
      expect(judge({ ...failure, attempt: 1, error }, policy)).not.toBe('dead-letter');
    }
  });

  it('waits with full jitter, within the maximum', () => {
    fc.assert(
      fc.property(
        codesOf('retriable'),
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (code, attempt, random) => {
          const wait = judge({ error: new HarmonyError(code), attempt, ageMs: 0 }, policy, () => random);
          expect(wait).toBe(Math.round(random * Math.min(policy.maximumMs, policy.firstMs * 2 ** (attempt - 1))));
        },
      ),
    );
  });
});
