import { HarmonyError } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { parseInput, pointerOf } from './parse-input.js';

describe('parseInput', () => {
  it('returns what fits', () => {
    expect(parseInput(z.object({ name: z.string().trim() }), { name: ' Ada ' })).toEqual({ name: 'Ada' });
  });

  it('names every refused field by its pointer', () => {
    const schema = z.object({ name: z.string(), tags: z.array(z.string()) });
    try {
      parseInput(schema, { name: 7, tags: ['a', 1] });
      throw new Error('expected a refusal');
    } catch (error) {
      expect(error).toBeInstanceOf(HarmonyError);
      expect((error as HarmonyError).errors.map(({ pointer }) => pointer)).toEqual(['/name', '/tags/1']);
    }
  });

  it('names a property that is not known, wherever it stands', () => {
    const schema = z.strictObject({ inner: z.strictObject({}) });
    expect(() => parseInput(schema, { inner: { colour: 1 }, 'a/b': 2 })).toThrow(
      expect.objectContaining({
        errors: [expect.objectContaining({ pointer: '/inner/colour' }), expect.objectContaining({ pointer: '/a~1b' })],
      }),
    );
  });

  it('escapes pointers as RFC 6901 has it', () => {
    expect(pointerOf(['a/b', 'c~d', 0])).toBe('/a~1b/c~0d/0');
  });
});
