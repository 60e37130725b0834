import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { buildSchema, parse } from 'graphql';
import { costError } from './cost-limit.js';

const schema = buildSchema(`
  type Node { id: ID!, child: Node }
  type Query { nodes(first: Int, after: String, text: String): [Node!]! }`);

const text = `
  query Page($first: Int, $after: String, $text: String, $deep: Boolean = false) {
    nodes(first: $first, after: $after, text: $text) { id child @include(if: $deep) { id child { id } } }
  }
  query Small { nodes(first: 1) { id } }`;

const refusalOf = (document: ReturnType<typeof parse>, operationName: string, variables: Record<string, unknown>) =>
  costError({ schema, document, variables, operationName, maximumCost: 60 })?.message;

describe('the cost of a document that is asked again', () => {
  it('is that of the variables at hand, whatever was asked before', () => {
    const document = parse(text);
    const variables = fc.record(
      {
        first: fc.option(fc.integer({ min: 1, max: 60 })),
        after: fc.option(fc.constantFrom('a', 'b')),
        text: fc.string({ maxLength: 30 }),
        deep: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.constantFrom('Page', 'Small'), variables, (operation, values) => {
        expect(refusalOf(document, operation, values)).toBe(refusalOf(parse(text), operation, values));
      }),
      { numRuns: 500 },
    );
  });

  it('is refused for a large page right after a small one was let through', () => {
    const document = parse(text);
    expect(refusalOf(document, 'Page', { first: 2 })).toBeUndefined();
    expect(refusalOf(document, 'Page', { first: 1_000 })).toContain('1001 points');
    expect(refusalOf(document, 'Page', { first: 2 })).toBeUndefined();
  });
});

describe('the cost of a document whose variables do not fit', () => {
  it('is nothing, since execution refuses them, and nothing is remembered of it', () => {
    const document = parse('query Big($first: Int) { nodes(first: $first) { id child { id } } }');
    expect(refusalOf(document, 'Big', { first: 'many' })).toBeUndefined();
    expect(refusalOf(document, 'Big', { first: 1_000 })).toContain('points');
  });
});
