import { expect, it } from '@jest/globals';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
} from 'graphql';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** Operations have no words for all of them together. */
const roots = ['Query', 'Mutation', 'Subscription'];

/** A type and everything in it, named as `Type.field(argument)`. */
function partsOf(type: GraphQLNamedType): Described[] {
  const named = ({ name, description }: Described, within = `${type.name}.`): Described => ({
    name: `${within}${name}`,
    description,
  });
  const own = roots.includes(type.name) ? [] : [type];
  if (isEnumType(type)) return [...own, ...type.getValues().map((value) => named(value))];
  if (isInputObjectType(type)) return [...own, ...Object.values(type.getFields()).map((field) => named(field))];
  if (!isObjectType(type) && !isInterfaceType(type)) return own;
  return [
    ...own,
    ...Object.values(type.getFields()).flatMap((field) => [
      named(field),
      ...field.args.map((argument) => named({ ...argument, name: `(${argument.name})` }, `${type.name}.${field.name}`)),
    ]),
  ];
}

it('every type, field, argument, input and value of the schema says what it is', async () => {
  const file = join(import.meta.dirname, '../../../../contracts/graphql/schema.graphql');
  const types = Object.values(buildSchema(await readFile(file, 'utf8')).getTypeMap());
  const own = types.filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
  const parts = own.flatMap(partsOf);
  expect(parts.length).toBeGreaterThan(1_000);
  expect(parts.filter(({ description }) => !description?.trim()).map(({ name }) => name)).toEqual([]);
});
