import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { buildSchema, execute, parse, validate, type DocumentNode } from 'graphql';
import { schemaOfGeneratedData, type GeneratedData } from '../../testing/generated-data.js';
import { generatedOperations, oddNames } from '../../testing/generated-operation.js';
import { errorsByPath, hasPlace, toldAnswer } from '../../testing/told-answer.js';
import { isCompilable } from './compilable.js';
import { queryExecutor } from './query-executor.js';

const schema = schemaOfGeneratedData();
const ours = queryExecutor(schema);

const isValid = (query: string): boolean => validate(schema, parse(query)).length === 0;

interface Asked {
  readonly document: DocumentNode;
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/** Asked twice, since what is asked once is not compiled. */
async function answerOfOurs(asked: Asked, data: Omit<GeneratedData, 'calls'>) {
  await ours({ ...asked, contextValue: { ...data, calls: new Map() } });
  const calls = new Map<string, string>();
  return { calls, result: await ours({ ...asked, contextValue: { ...data, calls } }) };
}

async function answerOfGraphqlJs(asked: Asked, data: Omit<GeneratedData, 'calls'>) {
  const calls = new Map<string, string>();
  return { calls, result: await execute({ schema, ...asked, contextValue: { ...data, calls } }) };
}

async function requireSame(query: string, variableValues: object, data: Omit<GeneratedData, 'calls'>) {
  const asked = { document: parse(query), variableValues: { ...variableValues } };
  const theirs = await answerOfGraphqlJs(asked, data);
  const mine = await answerOfOurs(asked, data);
  expect(toldAnswer(mine.result)).toEqual(toldAnswer(theirs.result));
  const told = errorsByPath(mine.result);
  for (const [path, error] of errorsByPath(theirs.result)) expect(told.get(path) ?? error).toEqual(error);
  for (const [path, given] of theirs.calls) {
    // What lies below a null that an error made need not be asked for any more.
    const asking = mine.calls.get(path);
    if (asking !== undefined || hasPlace(mine.result.data, path.split('.'))) expect(asking).toBe(given);
  }
  return asked;
}

const data = fc.record({ seed: fc.nat(), failures: fc.constantFrom(0, 10, 60, 200) });

describe('an answer to a generated query over our own schema', () => {
  it('is the one of graphql-js where the query is compiled', async () => {
    await fc.assert(
      fc.asyncProperty(generatedOperations(schema, true), data, async ({ query, variables }, generated) => {
        fc.pre(isValid(query));
        const { document } = await requireSame(query, variables, generated);
        expect(isCompilable(document)).toBe(true);
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  it('is the one of graphql-js whatever the query is made of', async () => {
    await fc.assert(
      fc.asyncProperty(generatedOperations(schema, false), data, async ({ query, variables }, generated) => {
        fc.pre(isValid(query));
        await requireSame(query, variables, generated);
      }),
      { numRuns: 150, endOnFailure: true },
    );
  });
});

describe('a query with a hostile name', () => {
  const page = '{ edges { node { id } } }';

  it.each(oddNames)('such as %s is answered as by graphql-js, and changes no object', async (name) => {
    const queries = [
      `{ ${name}: users(first: 1) ${page} ${name}: users(first: 1) ${page} other: teams ${page} }`,
      `{ users(first: 1) { ${name}: edges { ${name}: node { ${name}: name constructor: email } } } }`,
      `query ${name}($${name}: Boolean!) { ...${name} } fragment ${name} on Query { teams @include(if: $${name}) ${page} }`,
      `query ${name}($${name}: Int!) { ...${name} } fragment ${name} on Query { users(first: $${name}) ${page} }`,
    ];
    const before = Object.getOwnPropertyNames(Object.prototype);
    for (const query of queries) {
      for (const value of [2, true, '__proto__', undefined]) {
        await requireSame(query, JSON.parse(JSON.stringify({ [name]: value })) as object, { seed: 7, failures: 0 });
      }
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});

describe('a compiled query', () => {
  it('waits for promises, calls functions and catches getters of a source that has no resolvers', async () => {
    const plain = buildSchema(
      'type Source { late: String, called: String, broken: String } type Query { source: Source }',
    );
    Object.assign(plain.getQueryType()?.getFields()['source'] ?? {}, {
      resolve: () => ({
        late: Promise.resolve('late'),
        called: () => 'called',
        get broken(): string {
          throw new Error('broken');
        },
      }),
    });
    const executor = queryExecutor(plain);
    const document = parse('{ source { late called broken } }');
    const answers = [await executor({ document }), await executor({ document })];
    expect(isCompilable(document)).toBe(true);
    expect(answers.map(({ data }) => data)).toMatchObject(
      answers.map(() => ({ source: { late: 'late', called: 'called', broken: null } })),
    );
    expect(answers.map(({ errors }) => errors?.map(({ message, path }) => [message, path]))).toEqual(
      answers.map(() => [['broken', ['source', 'broken']]]),
    );
  });

  it('is refused under the name of another operation as by graphql-js', async () => {
    const document = parse('query A { teams { __typename } }');
    await ours({ document, contextValue: { seed: 1, failures: 0, calls: new Map() } });
    for (const operationName of ['A', 'B', '', null, undefined]) {
      const contextValue = { seed: 1, failures: 0, calls: new Map() };
      const theirs = await execute({ schema, document, operationName, contextValue });
      expect(toldAnswer(await ours({ document, operationName, contextValue }))).toEqual(toldAnswer(theirs));
    }
  });
});
