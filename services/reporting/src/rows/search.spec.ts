import { parseInput } from '@harmony/api';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Parameters } from '../read-model/sql.js';
import { searchCondition, searchWords } from './search.js';

const wordsOf = (search: string | null | undefined): string[] =>
  parseInput(z.object({ search: searchWords }), { search }).search;

describe('what somebody searches for', () => {
  it.each([
    ['  price   talk ', ['price', 'talk']],
    ['talk talk', ['talk']],
    ['ﬁnal FINAL', ['final']],
    ['  \n\t ', []],
    ['', []],
    [null, []],
    [undefined, []],
    ["100% '; drop table x; --", ['100%', "';", 'drop', 'table', 'x;', '--']],
  ])('%j is the words %j', (search, words) => {
    expect(wordsOf(search)).toEqual(words);
  });

  it.each(['a\0b', '\ud800', 'x'.repeat(201)])('%j is refused at its field', (search) => {
    expect(() => wordsOf(search)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', errors: [expect.objectContaining({ pointer: '/search' })] }),
    );
  });

  it('is never a part of the statement', () => {
    const parameters = new Parameters(4);
    const sql = searchCondition(["' or true --"], ['title'], parameters);
    expect(sql).not.toContain('or true');
    expect(parameters.values).toEqual([["' or true --"]]);
    expect(searchCondition([], ['title'], parameters)).toBe('true');
  });
});
