import { describe, expect, it } from '@jest/globals';
import { batchLoader } from './batch-loader.js';

describe('batchLoader', () => {
  it('makes one query of the lookups of one tick, for each scope its own', async () => {
    const queries: { scope: object; ids: readonly string[] }[] = [];
    const load = batchLoader<{ name: string }, string>(async (scope, ids) => {
      queries.push({ scope, ids });
      return new Map(ids.filter((id) => id !== 'unknown').map((id) => [id, `${scope.name}:${id}`]));
    });
    const [red, blue] = [{ name: 'red' }, { name: 'blue' }];
    const answers = await Promise.all([
      load(red, 'a'),
      load(red, 'b'),
      load(red, 'a'),
      load(blue, 'a'),
      load(red, 'unknown'),
    ]);
    expect(answers).toEqual(['red:a', 'red:b', 'red:a', 'blue:a', undefined]);
    expect(queries).toEqual([
      { scope: red, ids: ['a', 'b', 'unknown'] },
      { scope: blue, ids: ['a'] },
    ]);
  });

  it('asks again for what it was asked before, so that a long-lived socket never reads stale values', async () => {
    let queries = 0;
    const scope = {};
    const load = batchLoader<object, number>(async (_, ids) => new Map(ids.map((id) => [id, ++queries])));
    expect([await load(scope, 'a'), await load(scope, 'a')]).toEqual([1, 2]);
  });
});
