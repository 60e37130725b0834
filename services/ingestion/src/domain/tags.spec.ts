import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { normalisedTags } from './tags.js';

describe('tags', () => {
  it('are kept once each, in the first spelling, without space around or doubled', () => {
    const typed = [' Demo ', 'demo', 'big  deal', 'Cafe\u0301', 'Café'];
    expect(normalisedTags(typed)).toEqual(['Demo', 'big deal', 'Café']);
  });

  it('are the same when normalised again, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (tags) => {
        const once = normalisedTags(tags);
        expect(normalisedTags(once)).toEqual(once);
      }),
    );
  });
});
