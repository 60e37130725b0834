import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchesIn } from './matches.js';

const patterns = [/\d+|\p{L}+/gu, /\b(?<first>a)(b?)/giu, /(?<=x)y(?! z)/g];

describe('matches of a pattern', () => {
  it('are those that the language finds, with their places and groups, however often and in whatever text', () => {
    const texts = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('ab a', 'xy xy z', '🙂1 é')));
    fc.assert(
      fc.property(fc.constantFrom(...patterns), texts, (pattern, all) => {
        for (const text of all) {
          const found = matchesIn(text, pattern);
          expect(found).toEqual([...text.matchAll(pattern)]);
          expect(found.map(({ index }) => index)).toEqual([...text.matchAll(pattern)].map(({ index }) => index));
        }
      }),
    );
  });

  it('begin at the start of each text, also after somebody has searched with the same pattern', () => {
    const pattern = /a/g;
    pattern.exec('aa');
    expect(matchesIn('aa', pattern).map(({ index }) => index)).toEqual([0, 1]);
  });
});
