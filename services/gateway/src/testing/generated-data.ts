import { GraphQLJSONObject } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import { GraphQLISODateTime } from '@nestjs/graphql';
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isObjectType,
  isScalarType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';

/** What the data of one run depend on, and what its resolvers were asked. */
export interface GeneratedData {
  readonly seed: number;
  /** Of a thousand fields and items, how many go wrong. */
  readonly failures: number;
  /** By path: the arguments, as text. */
  readonly calls: Map<string, string>;
}

/** Our own printed schema with its real scalars, where every field answers with data made from its path and a seed. */
export function schemaOfGeneratedData(): GraphQLSchema {
  const file = join(import.meta.dirname, '../../../../contracts/graphql/schema.graphql');
  const schema = buildSchema(readFileSync(file, 'utf8'));
  for (const scalar of [GraphQLISODateTime, GraphQLJSONObject]) {
    const { serialize, parseValue, parseLiteral } = scalar;
    Object.assign(schema.getType(scalar.name) ?? {}, { serialize, parseValue, parseLiteral });
  }
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    if (type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) field.resolve = resolve;
  }
  return schema;
}

function resolve(_source: unknown, given: unknown, data: GeneratedData, info: GraphQLResolveInfo): unknown {
  const path = keysOf(info.path).join('.');
  const asked = `${path} ${inspect(given, { sorted: true, depth: null })}`;
  data.calls.set(path, asked);
  const place = { path, asked };
  return isLate(path, data) ? late(() => outcome(info.returnType, place, data)) : outcome(info.returnType, place, data);
}

const keysOf = (path: GraphQLResolveInfo['path'] | undefined): (string | number)[] =>
  path ? [...keysOf(path.prev), path.key] : [];

const numberOf = (seed: number, place: string): number =>
  createHash('sha1').update(`${seed} ${place}`).digest().readUInt32BE();

/**
 * Late is a promise. Fields below one list are all late or none of them, since graphql-js 16 forgets about promises of a
 * list when an item throws at once: nobody would handle their failure.
 */
const isLate = (path: string, { seed }: GeneratedData): boolean =>
  numberOf(seed, path.split(/\.\d/)[0] ?? '') % 2 === 0;

function late(make: () => unknown): Promise<unknown> {
  const promise = Promise.resolve().then(make);
  // An executor may have given up on the list that holds it.
  promise.catch(() => undefined);
  return promise;
}

interface Place {
  readonly path: string;
  /** The path with all that makes a difference. */
  readonly asked: string;
}

/** A value, or one of the ways to have none. */
function outcome(type: GraphQLOutputType, place: Place, data: GeneratedData): unknown {
  const number = numberOf(data.seed, place.asked);
  if (number % 1000 >= data.failures) return valueOf(type, place, data);
  const error = number % 2 ? new HarmonyError('NOT_FOUND') : new TypeError(`Failure ${number}`);
  const ways = [() => null, () => undefined, () => error, () => thrown(error), () => ({ odd: 1 })];
  return ways[Math.floor(number / 1000) % ways.length]?.();
}

function thrown(error: Error): never {
  throw error;
}

function valueOf(wished: GraphQLOutputType, place: Place, data: GeneratedData): unknown {
  const number = numberOf(data.seed, `value ${place.asked}`);
  const type = getNullableType(wished);
  if (isListType(type)) return Array.from({ length: number % 4 }, (_, index) => item(type.ofType, place, index, data));
  if (isEnumType(type)) return type.getValues()[number % type.getValues().length]?.value;
  return isScalarType(type) ? scalars[getNamedType(type).name]?.(number) : {};
}

/** It may fail on its own, but only a resolver can throw. */
function item(type: GraphQLOutputType, { path, asked }: Place, index: number, data: GeneratedData): unknown {
  const make = () => outcome(type, { path, asked: `${asked} ${index}` }, data);
  if (isLate(path, data)) return late(make);
  try {
    return make();
  } catch (error) {
    return error;
  }
}

const scalars: Readonly<Record<string, (number: number) => unknown>> = {
  ID: (number) => (number % 2 ? number : `id-${number}`),
  String: (number) => `text "${number}"\n\u2028 </script> ${number % 7}`,
  Int: (number) => number % 100_000,
  Float: (number) => number / 1024,
  Boolean: (number) => number % 2 === 0,
  DateTime: (number) => new Date(number * 1000),
  JSONObject: (number) => ({ key: number, __proto__: null, nested: { list: [number, null] } }),
};
