import { loadConfiguration } from '@harmony/config';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, specifiedRules, validate } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { costError } from './cost-limit.js';
import { isCompilable } from './execution/compilable.js';
import { structureLimits } from './structure-limits.js';

const folder = join(import.meta.dirname, '../../../../contracts/graphql');
const schema = buildSchema(readFileSync(join(folder, 'schema.graphql'), 'utf8'));
const { graphqlDepth, graphqlAliases, graphqlTokens, graphqlCost } = loadConfiguration({}, { target: 'all' }).limits;

describe.each(readdirSync(join(folder, 'operations')))('the operation of the console in %s', (file) => {
  const text = readFileSync(join(folder, 'operations', file), 'utf8');
  const document = parse(text, { maxTokens: graphqlTokens });

  it('is valid, and within the limits that are set by default', () => {
    const limits = structureLimits({ maximumDepth: graphqlDepth, maximumAliases: graphqlAliases });
    expect(validate(schema, document, [...specifiedRules, limits])).toEqual([]);
    const operation = { schema, document, variables: {}, operationName: undefined };
    expect(costError({ ...operation, maximumCost: graphqlCost })).toBeUndefined();
  });

  it('is compiled when it is asked again', () => {
    expect(isCompilable(document)).toBe(true);
  });
});
