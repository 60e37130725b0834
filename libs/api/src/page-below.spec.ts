import { describe, expect, it } from '@jest/globals';
import { buildSchema, graphql, type GraphQLResolveInfo } from 'graphql';
import type { PageRequest } from './page.js';
import { pageBelow } from './page-below.js';

const schema = buildSchema(`
  type Item { name: String! }
  type Shelf { id: ID!, items(first: Int! = 25, after: String): [Item!]! }
  type Query { shelf: Shelf, shelves: [Shelf!]!, count: Int! }`);

/** What a resolver of the field sees of the page below it. */
async function seenBy(field: string, source: string, variableValues: Record<string, unknown> = {}) {
  const seen: (PageRequest | undefined)[] = [];
  const resolve = (_arguments: unknown, _context: unknown, info: GraphQLResolveInfo) => {
    seen.push(pageBelow(info, 'items'));
    return field === 'shelves' ? [] : null;
  };
  const rootValue = { [field]: resolve };
  await graphql({ schema, source, rootValue, variableValues });
  expect(seen).toHaveLength(1);
  return seen[0];
}

describe('the page below a field', () => {
  it.each([
    ['that is asked for', '{ shelf { id items(first: 5, after: "x") { name } } }', { first: 5, after: 'x' }],
    ['with its default size', '{ shelf { items { name } } }', { first: 25, after: null }],
    ['under an alias', '{ shelf { some: items(first: 5) { name } } }', { first: 5, after: null }],
    ['in an inline fragment', '{ shelf { ... on Shelf { items(first: 5) { name } } } }', { first: 5, after: null }],
    [
      'in fragments of fragments',
      'fragment a on Shelf { ...b } fragment b on Shelf { items(first: 5) { name } } { shelf { ...a } }',
      { first: 5, after: null },
    ],
    [
      'in a second selection of the same field',
      '{ shelf { id } shelf { items(first: 5) { name } } }',
      { first: 5, after: null },
    ],
  ])('is known %s', async (_, source, page) => {
    expect(await seenBy('shelf', source)).toEqual(page);
  });

  it('takes its arguments from variables', async () => {
    const source = 'query ($first: Int!, $after: String) { shelf { items(first: $first, after: $after) { name } } }';
    expect(await seenBy('shelf', source, { first: 7, after: 'y' })).toEqual({ first: 7, after: 'y' });
  });

  it('is known to a field that gives a list', async () => {
    expect(await seenBy('shelves', '{ shelves { items(first: 5) { name } } }')).toEqual({ first: 5, after: null });
  });

  it.each(['{ shelf { id } }', '{ shelf { items: id } }'])('is none in %s', async (source) => {
    expect(await seenBy('shelf', source)).toBeUndefined();
  });
});
