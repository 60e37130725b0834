import { describe, expect, it } from '@jest/globals';
import { batchLoader } from './batch-loader.js';

describe('batchLoader', () => {
  it('makes one query of the lookups of one turn of the event loop, for each scope its own', async () => {
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

  it('reads together what requests that arrive in ticks of their own ask in the same name', async () => {
    const queries: (readonly string[])[] = [];
    const load = batchLoader<object, string>(async (_, ids) => {
      queries.push(ids);
      return new Map(ids.map((id) => [id, id]));
    });
    const scope = {};
    const nextTick = () => new Promise<void>((resolve) => process.nextTick(resolve));
    const request = async (id: string, ticks: number) => {
      for (let count = 0; count < ticks; count += 1) await nextTick();
      return load(scope, id);
    };
    expect(await Promise.all([request('a', 0), request('b', 3), request('c', 7)])).toEqual(['a', 'b', 'c']);
    expect(queries).toEqual([['a', 'b', 'c']]);
  });

  it('splits a crowd into queries of a hundred ids', async () => {
    const sizes: number[] = [];
    const load = batchLoader<object, string>(async (_, ids) => {
      sizes.push(ids.length);
      return new Map(ids.map((id) => [id, id]));
    });
    const scope = {};
    await Promise.all(Array.from({ length: 250 }, (_, index) => load(scope, String(index))));
    expect(sizes).toEqual([100, 100, 50]);
  });
});
