import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parse, print, type DocumentNode } from 'graphql';
import { oddNames } from '../../testing/generated-operation.js';
import { isCompilable } from './compilable.js';

const compilable = (query: string): boolean => isCompilable(parse(query));

describe('what may be compiled', () => {
  it.each([
    'query Conversation($id: ID!) { conversation(id: $id) { __typename id ...Head_conversation } } fragment Head_conversation on Conversation { title }',
    'query ($ids: [ID!]!, $filter: FilterInput) { a(ids: $ids, filter: $filter, first: 50, deep: true, by: NAME_FIRST) { id } }',
    '{ a { ... on B { c } ... { d(e: null) } } }',
  ])('is a query of names, variables and small literals: %s', (query) => {
    expect(compilable(query)).toBe(true);
  });

  it.each([
    ['a mutation', 'mutation { a }'],
    ['a subscription', 'subscription { a }'],
    ['several operations', 'query A { a } query B { a }'],
    ['an alias', '{ b: a }'],
    ['a directive', '{ a @include(if: true) }'],
    ['a directive of a fragment', '{ ...A @skip(if: false) } fragment A on Query { a }'],
    ['the default of a variable', 'query ($a: Int = 1) { a(a: $a) }'],
    ['a float', '{ a(a: 1.5) }'],
    ['a list', '{ a(a: [1]) }'],
    ['an object', 'query ($b: Int) { a(a: { b: $b }) }'],
    ['a question about the schema', '{ __schema { description } }'],
    ['fragments that double each other', '{ ...A ...A } fragment A on Query { a }'],
  ])('is not %s', (_what, query) => {
    expect(compilable(query)).toBe(false);
  });

  it('is nothing with a text of the caller, wherever it stands', () => {
    const places = [
      (text: string) => `{ a(a: ${text}) }`,
      (text: string) => `{ a { b { ...C } } } fragment C on D { e(f: 1, g: ${text}) }`,
      (text: string) => `{ a(b: [{ c: ${text} }]) }`,
      (text: string) => `query ($a: String = ${text}) { a(a: $a) }`,
      (text: string) => `{ a @b(c: ${text}) }`,
      (text: string) => `query @b(c: ${text}) { a }`,
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.string({ unit: 'binary' }), fc.boolean(), (place, text, isBlock) => {
        const literal = print({ kind: 'StringValue', value: text, block: isBlock } as unknown as DocumentNode);
        expect(compilable(place(literal))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it.each(oddNames.filter((name) => !/^(then|toJSON|await|return|data|name|prototype|idx0)$/.test(name)))(
    'has no variable and no field called %s',
    (name) => {
      expect([compilable(`query ($${name}: Int) { a(a: $${name}) }`), compilable(`{ ${name} }`)]).toEqual([
        false,
        false,
      ]);
    },
  );
});
