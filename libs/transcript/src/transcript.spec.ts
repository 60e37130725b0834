import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { countWords } from './transcript.js';

it('words are counted as white space separates them, in every script and of every kind', () => {
  expect([countWords(''), countWords(' \n '), countWords('one'), countWords(' שלום  👋🏽\u3000好 ')]).toEqual([
    0, 0, 1, 3,
  ]);
  const codes = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
  const isSpace = (text: string): boolean => countWords(text) === 0;
  expect(codes.filter(isSpace)).toEqual(codes.filter((text) => /\s/.test(text)));
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => countWords(text) === (text.match(/\S+/gu)?.length ?? 0)),
  );
});
