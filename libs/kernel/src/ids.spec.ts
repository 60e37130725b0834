import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { derivedId } from './ids.js';

describe('derived ids', () => {
  it('are the same for the same cause and parts', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (cause, index) =>
        expect(derivedId(cause, index)).toBe(derivedId(cause, index)),
      ),
    );
  });

  it('differ when the parts are split differently', () => {
    expect(derivedId('a', 'bc')).not.toBe(derivedId('ab', 'c'));
  });

  it('are version 5 UUIDs', () => {
    fc.assert(
      fc.property(fc.string(), (cause) =>
        expect(derivedId(cause)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      ),
    );
  });
});
