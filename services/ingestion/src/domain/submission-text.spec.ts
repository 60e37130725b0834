import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { maximumTextBytes, textBytes, titleOf } from './submission-text.js';

const codeOf = (run: () => unknown): unknown => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

describe('a pasted text', () => {
  it.each([undefined, null])('that is %s is a missing required field', (text) => {
    expect(codeOf(() => textBytes(text))).toBe('MISSING_REQUIRED_FIELDS');
  });

  it.each(['', '   ', '\n\r\n\t', '\u00A0\u2003', '\uFEFF', '\u200B\u200F', '\0'])('of %j is empty', (text) => {
    expect(codeOf(() => textBytes(text))).toBe('EMPTY_TRANSCRIPT');
  });

  it('may have as many bytes as the limit, and not one more', () => {
    const two = 'é';
    expect(codeOf(() => textBytes('a'.repeat(maximumTextBytes)))).toBe('accepted');
    expect(codeOf(() => textBytes(two.repeat(maximumTextBytes / 2)))).toBe('accepted');
    expect(codeOf(() => textBytes(`${two.repeat(maximumTextBytes / 2)}a`))).toBe('PAYLOAD_TOO_LARGE');
  });
});

describe('the title of a text without one', () => {
  it.each([
    ['\n\n  Anna: Good morning.\nBob: Hi', 'Anna: Good morning.'],
    ['word '.repeat(30), `${'word '.repeat(15).trim()}…`],
    ['x'.repeat(200), `${'x'.repeat(79)}…`],
    ['\u0000\u200FHi\tthere', 'Hi there'],
  ])('of %j is %j', (text, title) => expect(titleOf(text)).toBe(title));

  it('fits the contract for every text that is not empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        fc.pre(codeOf(() => textBytes(text)) === 'accepted');
        const title = titleOf(text);
        expect(title.length).toBeGreaterThan(0);
        expect(title.length).toBeLessThanOrEqual(80);
        expect(title).not.toMatch(/[\p{Cc}\p{Surrogate}]/u);
      }),
      { numRuns: 500 },
    );
  });
});
