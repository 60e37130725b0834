import { expect, it } from '@jest/globals';
import { parseText } from './parse-text.js';

it('what is too long for a word costs nothing, and what stands around it is read where it stands', () => {
  const [before, after] = ['Look at this.', 'It was my cat.'];
  const text = `${before} ${'a'.repeat(1_000_000)} ${after}`;
  const sentences = parseText(text).map(({ text: said, start }) => [said, start]);
  expect(sentences).toEqual([
    [before, 0],
    [after, text.indexOf(after)],
  ]);
});
